import type { Result, StoredRow } from './record'
import { ours, rivals } from './variants'

/** A row as the terminal shows it: a contestant a line, those of the best PyTorch by their own names. */
export function rowText(key: string, { results, operations }: StoredRow): string {
  const lines = [ours, ...rivals].filter(({ id }) => id in results).map(({ id }) => `  ${id.padEnd(24)}${resultText(results[id]!)}`)
  const native = results[ours.id]
  const rate = native?.kind === 'measured' ? `: ${(operations / native.minimum / 1e6).toFixed(0)} GFLOP/s of active weights` : ''
  return [`${key}${rate}`, ...lines, ''].join('\n')
}

function resultText(result: Result): string {
  switch (result.kind) {
    case 'measured':
      return `${result.minimum.toFixed(3).padStart(10)} min ${result.median.toFixed(3).padStart(10)} median ${result.ratio.minima.toFixed(2).padStart(8)}x /${result.ratio.paired.toFixed(2).padStart(7)}x  (${result.steps} steps)`
    case 'none':
      return result.reason
    case 'disagrees':
      return `DISAGREES: ${result.reason}`
  }
}
