import type { ChartCurve, PairCurveRows } from './rows'

/** The epochs that either side has. */
export function epochsOf({ dense, sparse }: Pick<PairCurveRows, 'dense' | 'sparse'>): number[] {
  return [...new Set([...dense?.epochs ?? [], ...sparse?.epochs ?? []])].sort((a, b) => a - b)
}

/** null where there is no value or it was not finite. */
export function valueAt(curve: ChartCurve | undefined, epoch: number): number | null {
  const i = curve?.epochs.indexOf(epoch) ?? -1
  return i >= 0 ? curve!.values[i]! : null
}

/** The last epoch that is planned. */
export function lastEpoch({ pair, dense, sparse }: PairCurveRows): number {
  return Math.max(1, pair.dense.epochs, pair.sparse.epochs, ...epochsOf({ dense, sparse }))
}
