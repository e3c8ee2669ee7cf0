import type { MeasuredEpoch } from '@shared/measures'
import type { Store } from './open'
import { elevenEpochs } from '@shared/experiment/cadence'
import { measures } from '@shared/measures'

/** A point of a curve. */
export interface Point {
  readonly epoch: number
  /** NaN where it was not finite. */
  readonly value: number
}

/** What lists show of one measure of one run. Shares are between 0 and 1; NaN is what was not finite. */
export interface Summary {
  readonly last: number
  readonly lastEpoch: number
  readonly best?: number
  readonly bestEpoch?: number
  readonly meanEleven?: number
  /** Of a share: how many there were of how many at the last epoch. */
  readonly counts?: { readonly correct: number, readonly total: number }
}

/** Reads and writes measurements by prepared statements: this is the store's hot path. */
export class Measurements {
  readonly #ids: ReadonlyMap<string, number>
  readonly #statements: ReturnType<typeof prepare>

  constructor(private readonly store: Store) {
    this.#ids = measureIds(store)
    this.#statements = prepare(store)
  }

  /** Stores what was measured after some epochs, in one transaction; what is stored already is replaced. */
  record(run: { readonly id: number, readonly epochs: number }, measured: readonly MeasuredEpoch[]): void {
    const eleven = elevenEpochs(run.epochs)
    const reports = measured.some(({ epoch }) => eleven.includes(epoch))
    this.store.sqlite.transaction(() => {
      for (const { measure, layer, total, points } of curvesOf(measured)) {
        const { direction } = measures.get(measure)
        const sign = direction === 'lower' ? -1 : 1
        const best = direction === 'neither' ? undefined : bestOf(points, sign)
        const last = points.reduce((last, point) => point.epoch >= last.epoch ? point : last)
        const series = this.#statements.series.get({
          run: run.id,
          measure: this.#ids.get(measure),
          layer,
          total,
          lastEpoch: last.epoch,
          last: last.value,
          bestEpoch: best?.epoch ?? null,
          best: best?.value ?? null,
          sign,
        }) as number
        for (const { epoch, value } of points)
          this.#statements.point.run(series, epoch, value)
        if (reports && layer === 0)
          this.#statements.meanEleven.run({ series, epochs: JSON.stringify(eleven) })
      }
    })()
  }

  /** One curve: a contiguous read. */
  curve(run: number, measure: string, layer = 0): Point[] {
    return (this.#statements.curve.all(run, this.#id(measure), layer) as [number, number | null][]).map(toPoint)
  }

  /** One measure of many runs, by run; of all runs if none are named. */
  summaries(measure: string, runs?: readonly number[]): Map<number, Summary> {
    const rows = this.#statements.summaries.all({ measure: this.#id(measure), runs: runs ? JSON.stringify(runs) : null })
    return new Map((rows as SummaryRow[]).map(([run, total, last, lastEpoch, best, bestEpoch, meanEleven]) => {
      const share = total ?? 1
      return [
        run,
        {
          last: last === null ? Number.NaN : last / share,
          lastEpoch,
          ...best !== null && { best: best / share, bestEpoch: bestEpoch! },
          ...meanEleven !== null && { meanEleven: meanEleven / share },
          ...total !== null && last !== null && { counts: { correct: last, total } },
        },
      ]
    }))
  }

  /** The sums over all epochs of one measure, by run. */
  totals(measure: string, runs: readonly number[]): Map<number, number> {
    return new Map(this.#statements.totals.all({ measure: this.#id(measure), runs: JSON.stringify(runs) }) as [number, number][])
  }

  /** Everything of a run at each epoch, in the order of epochs: for exports. */
  all(run: number): { measure: string, layer: number, epoch: number, value: number, correct?: number, total?: number }[] {
    const names = new Map([...this.#ids].map(([name, id]) => [id, name]))
    const rows = this.#statements.all.all(run) as [number, number, number, number | null, number | null][]
    return rows.map(([measure, layer, epoch, value, total]) => ({
      measure: names.get(measure)!,
      layer,
      epoch,
      value: value === null
        ? Number.NaN
        : value / (total ?? 1),
      ...total !== null && value !== null && { correct: value, total },
    }))
  }

  #id(measure: string): number {
    return this.#ids.get(measures.get(measure).id)!
  }
}

type SummaryRow = [run: number, total: number | null, last: number | null, lastEpoch: number, best: number | null, bestEpoch: number | null, meanEleven: number | null]

/** As it is stored: counts where there are any, null where it was not finite. */
interface StoredPoint { readonly epoch: number, readonly value: number | null }

/** What was measured, by measure and layer. */
function curvesOf(measured: readonly MeasuredEpoch[]): Iterable<{ measure: string, layer: number, total: number | null, points: StoredPoint[] }> {
  const curves = new Map<string, { measure: string, layer: number, total: number | null, points: StoredPoint[] }>()
  for (const { epoch, measurements } of measured) {
    for (const { measure, layer, value, correct, total = null } of measurements) {
      const key = `${layer} ${measure}`
      const curve = curves.get(key) ?? { measure, layer, total, points: [] }
      curves.set(key, curve)
      curve.points.push({ epoch, value: correct ?? (Number.isFinite(value) ? value : null) })
    }
  }
  return curves.values()
}

/** The first of the best. */
function bestOf(points: readonly StoredPoint[], sign: 1 | -1): StoredPoint | undefined {
  return points.reduce<StoredPoint | undefined>((best, point) =>
    point.value !== null && (!best || sign * (point.value - best.value!) > 0) ? point : best, undefined)
}

function toPoint([epoch, value]: [number, number | null]): Point {
  return { epoch, value: value ?? Number.NaN }
}

/** Numbers of all measures; new ones get theirs where the database can be written. */
function measureIds({ sqlite }: Store): Map<string, number> {
  const known = () => new Map(sqlite.prepare('SELECT name, id FROM measures').raw().all() as [string, number][])
  const missing = measures.ids.filter(id => !known().has(id))
  if (missing.length && !sqlite.readonly) {
    const insert = sqlite.prepare('INSERT INTO measures (name) VALUES (?)')
    sqlite.transaction(() => missing.forEach(id => insert.run(id)))()
  }
  return known()
}

function prepare({ sqlite }: Store) {
  return {
    // Re-measuring an epoch gives the same bits, so best and last need no more than this row.
    series: sqlite.prepare(`
      INSERT INTO series (run, measure, layer, total, last_epoch, last, best_epoch, best)
      VALUES (:run, :measure, :layer, :total, :lastEpoch, :last, :bestEpoch, :best)
      ON CONFLICT (run, measure, layer) DO UPDATE SET
        last = iif(excluded.last_epoch >= last_epoch, excluded.last, last),
        best_epoch = iif(excluded.best IS NOT NULL AND (best IS NULL OR :sign * (excluded.best - best) > 0), excluded.best_epoch, best_epoch),
        best = iif(excluded.best IS NOT NULL AND (best IS NULL OR :sign * (excluded.best - best) > 0), excluded.best, best),
        last_epoch = max(excluded.last_epoch, last_epoch)
      RETURNING id`).pluck(),
    point: sqlite.prepare('INSERT INTO measurements (series, epoch, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value'),
    // Only of all of them, and only where all were finite: a mean of some would pass for the mean of all.
    meanEleven: sqlite.prepare(`
      UPDATE series SET mean_eleven = (
        SELECT iif(count(value) = json_array_length(:epochs), avg(value), NULL)
        FROM measurements WHERE series = :series AND epoch IN (SELECT value FROM json_each(:epochs)))
      WHERE id = :series`),
    curve: sqlite.prepare(`
      SELECT epoch, value / coalesce(total, 1.0) FROM series JOIN measurements ON series = series.id
      WHERE run = ? AND measure = ? AND layer = ? ORDER BY epoch`).raw(),
    summaries: sqlite.prepare(`
      SELECT run, total, last, last_epoch, best, best_epoch, mean_eleven FROM series
      WHERE measure = :measure AND layer = 0 AND (:runs IS NULL OR run IN (SELECT value FROM json_each(:runs)))`).raw(),
    totals: sqlite.prepare(`
      SELECT run, sum(value) FROM series JOIN measurements ON series = series.id
      WHERE measure = :measure AND layer = 0 AND run IN (SELECT value FROM json_each(:runs)) GROUP BY run`).raw(),
    all: sqlite.prepare(`
      SELECT measure, layer, epoch, value, total FROM series JOIN measurements ON series = series.id
      WHERE run = ? ORDER BY epoch, measure, layer`).raw(),
  }
}
