import type { Measured } from '@shared/comparison/pair'
import type { Summary } from '@shared/comparison/summary'
import type { Store } from './open'

/** One row a run: a number of the whole run, and of a share the counts that it is made of. */
type Row = readonly [run: number, value: number | null, total: number | null, epochs: number]

const FROM = `
  FROM json_each(:runs) AS wanted
  CROSS JOIN series ON series.run = wanted.value AND series.measure = (SELECT id FROM measures WHERE name = :measure) AND series.layer = 0`

/** The statements that read the number that stands for each of many runs. Values that were not finite are left out. */
export function prepareSummaries({ sqlite }: Store): (measure: string, summary: Summary, runs: readonly number[]) => Map<number, Measured> {
  const prepared = (select: string, more = ''): (parameters: object) => Row[] => {
    const statement = sqlite.prepare(`SELECT series.run, ${select} ${FROM} ${more}`).raw()
    return parameters => statement.all(parameters) as Row[]
  }
  const last = prepared('series.last, series.total, 1')
  const atEpoch = prepared('measurements.value, series.total, 1', 'CROSS JOIN measurements ON measurements.series = series.id AND measurements.epoch = :epoch')
  // Where nothing was held out, the best on its own: it is labelled so.
  const best = prepared('coalesce(measurements.value, iif(validation.id IS NULL, series.best, NULL), iif(validation.id IS NULL, series.last, NULL)), series.total, 1', `
    LEFT JOIN series AS validation ON validation.run = series.run AND validation.layer = 0 AND validation.measure = (SELECT id FROM measures WHERE name = 'validation.accuracy')
    LEFT JOIN measurements ON measurements.series = series.id AND measurements.epoch = validation.best_epoch`)
  const ofLast = prepared('iif(count(measurements.value) = count(*), sum(measurements.value), NULL), series.total, count(*)', `
    CROSS JOIN measurements ON measurements.series = series.id AND measurements.epoch > series.last_epoch - :epochs
    GROUP BY series.id`)
  const ofEleven = prepared('series.mean_eleven, NULL, coalesce(series.total, 1)')

  function rows(measure: string, summary: Summary, runs: string): Row[] {
    switch (summary.kind) {
      case 'last': return last({ measure, runs })
      case 'best': return best({ measure, runs })
      case 'epoch': return atEpoch({ measure, runs, epoch: summary.epoch })
      case 'meanOfLast': return ofLast({ measure, runs, epochs: summary.epochs })
      case 'meanOfEleven': return ofEleven({ measure, runs })
    }
  }
  return (measure, summary, runs) => new Map(rows(measure, summary, JSON.stringify(runs)).flatMap(([run, value, total, epochs]): [number, Measured][] => {
    if (value === null)
      return []
    return [[run, total === null ? { value: value / epochs } : { value: value / (total * epochs), correct: value, total: total * epochs }]]
  }))
}
