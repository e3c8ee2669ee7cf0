import type { Measurement } from '@shared/measures'
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

  /** Stores what was measured after an epoch, in one transaction; what is stored already is replaced. */
  record(run: { readonly id: number, readonly epochs: number }, epoch: number, measurements: readonly Measurement[], alsoInTransaction = () => {}): void {
    const eleven = elevenEpochs(run.epochs)
    const reported = eleven.includes(epoch) ? JSON.stringify(eleven) : undefined
    this.store.sqlite.transaction(() => {
      for (const { measure, layer, value, correct, total } of measurements) {
        const number = correct ?? (Number.isFinite(value) ? value : null)
        const { direction } = measures.get(measure)
        const series = this.#statements.series.get({
          run: run.id,
          measure: this.#ids.get(measure),
          layer,
          total: total ?? null,
          epoch,
          value: number,
          sign: { higher: 1, lower: -1, neither: 0 }[direction],
        }) as number
        this.#statements.point.run(series, epoch, number)
        if (reported && layer === 0)
          this.#statements.meanEleven.run({ series, epochs: reported })
      }
      alsoInTransaction()
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
      VALUES (:run, :measure, :layer, :total, :epoch, :value, iif(:sign AND :value IS NOT NULL, :epoch, NULL), iif(:sign, :value, NULL))
      ON CONFLICT (run, measure, layer) DO UPDATE SET
        last = iif(excluded.last_epoch >= last_epoch, excluded.last, last),
        best_epoch = iif(:sign AND :value IS NOT NULL AND (best IS NULL OR :sign * (:value - best) > 0), :epoch, best_epoch),
        best = iif(:sign AND :value IS NOT NULL AND (best IS NULL OR :sign * (:value - best) > 0), :value, best),
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
