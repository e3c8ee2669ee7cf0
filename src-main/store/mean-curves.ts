import type { Store } from './open'

/** The mean of several runs' curves at one epoch. */
export interface MeanPoint {
  readonly epoch: number
  /** Runs that have a finite value there. */
  readonly n: number
  /** null where there is none. */
  readonly mean: number | null
  /** Of a sample (n - 1); null below two. */
  readonly sd: number | null
}

/** The statement that averages one measure of whole runs over the runs that have it, epoch by epoch. */
export function prepareMeanCurve({ sqlite }: Store): (measure: string, runs: readonly number[]) => MeanPoint[] {
  // Deviations from the mean itself, not a difference of sums of squares, whose digits would cancel. NULL is what was
  // not finite: aggregates pass over it.
  const statement = sqlite.prepare(`
    WITH points AS (
      SELECT epoch, measurements.value / coalesce(total, 1.0) AS value,
        avg(measurements.value / coalesce(total, 1.0)) OVER (PARTITION BY epoch) AS mean
      FROM measures
      JOIN series ON series.measure = measures.id AND layer = 0 AND run IN (SELECT value FROM json_each(:runs))
      JOIN measurements ON measurements.series = series.id
      WHERE measures.name = :measure)
    SELECT epoch, count(value) AS n, mean, sqrt(sum((value - mean) * (value - mean)) / (count(value) - 1)) AS sd
    FROM points GROUP BY epoch ORDER BY epoch`)
  return (measure, runs) => statement.all({ measure, runs: JSON.stringify(runs) }) as MeanPoint[]
}
