import type { ImportedResults } from '@shared/import/results'
import { readFile } from '../../src-main/import/read'

/** Two treatments x two capacities x two seeds, written as a table; one sparse run diverged. */
export const study = [
  'experiment,pair,side,capacity,seed,state,training.optimizer,batch norm,test.accuracy,egf2',
  ...['no', 'yes'].flatMap((norm, t) => [79, 236].flatMap((capacity, c) => [1, 2].flatMap(seed => ['dense', 'sparse'].map((side, s) => {
    const diverged = s === 1 && t === 0 && c === 1 && seed === 2
    const values = diverged ? ',' : `0.${9200 + 100 * t + 10 * c + seed + s * (t ? 5 : -7 * seed)},${0.5 + 0.1 * s}`
    return `W${capacity} s${seed} ${norm},${side},${capacity},${seed},${diverged ? 'diverged' : 'done'},sgd,${norm},${values}`
  })))).map(row => `Batch norm elsewhere,${row}`),
  '',
].join('\n')

/** @throws Error where the file is not right */
export function resultsOf(csv: string): { results: ImportedResults, sha256: string } {
  const read = readFile(new TextEncoder().encode(csv))
  if (read.kind === 'refused')
    throw new Error(read.problems.map(({ message }) => message).join('\n'))
  return read
}
