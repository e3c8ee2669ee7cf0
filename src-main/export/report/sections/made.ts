import type { TableContent } from '@shared/tables/content'
import type { StoredRun } from '../../../store/runs'
import type { Section } from '../section'
import { integer, plural } from '@shared/words'
import { html } from '../html'
import { tableHtml } from '../table'

export default {
  id: 'made',
  title: 'With what it was made',
  body({ stored: { engine, experiment: { seeds } }, runs, version, now }) {
    const begun = runs.flatMap(({ startedAt }) => startedAt ?? [])
    const ended = runs.flatMap(({ finishedAt }) => finishedAt ?? [])
    return html`
<p>Gradient Flow Lab ${version}, engine ${engine}.${begun.length ? ` First run begun ${moment(begun, Math.min)}.` : ''}${ended.length ? ` Last run ended ${moment(ended, Math.max)}.` : ''} This report was written ${utc(now)}.</p>
<p>Seeds: ${seeds.map(integer).join(', ')}. Initial weights, masks, order of the data and augmentation come from random streams keyed by seed, capacity, side and layer, never by treatment: treatments begin from the same weights and see the same batches.</p>
${tableHtml(environments(runs))}`
  },
} satisfies Section

/** Every environment that a run was trained in. */
function environments(runs: readonly StoredRun[]): TableContent {
  const groups = Map.groupBy(runs.filter(({ environment }) => environment), ({ engine, numerics, environment }) => JSON.stringify([engine, numerics, environment]))
  return {
    id: 'environments',
    caption: groups.size ? 'Where the runs were trained.' : 'No run has begun.',
    columns: [
      { name: 'engine', unit: '', help: 'And the version of its arithmetic', align: 'left' },
      { name: 'device', unit: '', help: 'The hardware that the engine found', align: 'left' },
      { name: 'threads', unit: '', help: 'Of each run', align: 'right' },
      { name: 'versions', unit: '', help: 'Of the engine\'s parts', align: 'left' },
      { name: 'settings', unit: '', help: 'Of the engine', align: 'left' },
      { name: 'runs', unit: '', help: 'That were trained so', align: 'right' },
    ],
    rows: [...groups.values()].map((group) => {
      const { engine, numerics, environment } = group[0]!
      return [`${engine}, arithmetic ${numerics}`, environment!.device, environment!.threads, pairsOf(environment!.versions), pairsOf(environment!.settings), { value: group.length, text: plural(group.length, 'run') }]
    }),
  }
}

function pairsOf(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values).map(([name, value]) => `${name} ${String(value)}`).join(', ')
}

function moment(dates: readonly Date[], which: (...values: number[]) => number): string {
  return utc(new Date(dates.reduce((found, date) => which(found, date.getTime()), dates[0]!.getTime())))
}

/** "2026-10-01 12:30 UTC". */
function utc(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
