import type { RunCurve } from '@shared/comparison/curves/reader'
import type { Store } from './open'

type Row = readonly [run: number, epoch: number, value: number | null, total: number | null]

/**
 * The statement that reads one measure of many whole runs at every epoch, by run. What is made of them is computed from
 * these numbers: in SQL, windows over the epochs of thousands of runs take three times as long.
 */
export function prepareCurves({ sqlite }: Store): (measure: string, runs: readonly number[]) => Map<number, RunCurve> {
  const statement = sqlite.prepare(`
    SELECT series.run, epoch, measurements.value, total
    FROM json_each(:runs) AS wanted
    CROSS JOIN series ON series.run = wanted.value AND series.measure = (SELECT id FROM measures WHERE name = :measure) AND series.layer = 0
    CROSS JOIN measurements ON measurements.series = series.id
    ORDER BY wanted.id, epoch`).raw()
  return (measure, runs) => {
    const curves = new Map<number, { epochs: number[], values: number[] }>()
    let [last, curve] = [-1, { epochs: [] as number[], values: [] as number[] }]
    for (const [run, epoch, value, total] of statement.all({ measure, runs: JSON.stringify([...new Set(runs)]) }) as Row[]) {
      if (run !== last) {
        curve = { epochs: [], values: [] }
        curves.set(run, curve)
        last = run
      }
      curve.epochs.push(epoch)
      curve.values.push(value === null ? Number.NaN : value / (total ?? 1))
    }
    return curves
  }
}
