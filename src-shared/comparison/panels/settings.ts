import type { RunState } from '../../runs/state'
import type { ComparisonPair, ComparisonRun } from '../pair'
import type { Comparison, Panel } from '../panel'
import type { SettingsColumn, SettingsGroup, SettingsRow } from '../settings-differences'
import { z } from 'zod'
import { settingsTable } from '../../tables/settings'
import { integer, plural } from '../../words'
import { statesInWords } from '../run-table/format'
import { settingPaths } from '../setting'
import { engineRow, nameOf, rowOf } from '../settings-differences'

/** More columns nobody reads. */
const MOST_COLUMNS = 24
/** Runs that stand beside each other until others are named. */
const USUAL_RUNS = 8

const arrangement = z.object({
  /** The key of the column that all are held against; the first if absent, or gone. */
  baseline: z.string().max(500).exactOptional(),
  /** Also what does not differ. */
  all: z.boolean().default(false),
  /** Paths of what is left out. */
  ignored: z.array(z.string().max(200)).max(200).default([]),
})
const options = z.object({
  /** What makes a column: a treatment's side, an experiment, or a run. */
  by: z.enum(['treatment', 'experiment', 'run']).default('treatment'),
  /** Slugs of experiments, or ids of runs; all of them, or the first runs, where none is named. */
  chosen: z.array(z.string().max(500)).max(100).default([]),
  ...arrangement.shape,
})
type Options = z.infer<typeof options>

export interface SettingsDifferences extends Options {
  readonly columns: readonly SettingsColumn[]
  /** Columns that there are beyond those. */
  readonly more: number
  /** Chosen ones that are not among the runs. */
  readonly missing: readonly string[]
  readonly rows: readonly SettingsRow[]
  /** Of every run that stands in a column. */
  readonly states: readonly RunState['kind'][]
}

function settings({ pairs }: Pick<Comparison, 'pairs'>, given: Options): SettingsDifferences {
  const { by, chosen } = given
  const groups = groupsOf(pairs, by)
  const wanted = by === 'treatment' || !chosen.length ? groups : chosen.flatMap(key => groups.find(group => group.key === key) ?? [])
  const shown = wanted.slice(0, by === 'run' && !chosen.length ? USUAL_RUNS : MOST_COLUMNS)
  const runs = [...new Map(shown.flatMap(({ runs }) => runs).map(run => [run.id, run])).values()]
  return {
    ...given,
    columns: shown.map(({ runs, ...column }) => ({ ...column, runs: runs.length })),
    more: wanted.length - shown.length,
    missing: by === 'treatment' ? [] : chosen.filter(key => !groups.some(group => group.key === key)),
    rows: [...settingPaths(runs).map(path => rowOf(path, shown)), engineRow(shown)],
    states: runs.map(({ state }) => state),
  }
}

/** The columns that there are; a run stands in each that it belongs to, once. */
function groupsOf(pairs: readonly ComparisonPair[], by: Options['by']): SettingsGroup[] {
  const groups = new Map<string, Omit<SettingsGroup, 'runs'> & { runs: Map<string, ComparisonRun> }>()
  for (const pair of pairs) {
    for (const side of ['dense', 'sparse'] as const) {
      const run = pair[side]
      const group = groupOf(pair, run, by)
      const known = groups.get(group.key) ?? { ...group, runs: new Map<string, ComparisonRun>() }
      groups.set(group.key, known)
      known.runs.set(run.id, run)
    }
  }
  return [...groups.values()].map(({ runs, ...group }) => ({ ...group, runs: [...runs.values()] }))
}

function groupOf({ experiment, treatment, capacity, seed }: ComparisonPair, { id, side }: ComparisonRun, by: Options['by']): Omit<SettingsGroup, 'runs'> {
  switch (by) {
    case 'treatment': return { key: `${treatment} ${side}`, title: treatment, side }
    case 'experiment': return { key: experiment, title: experiment, side: null }
    case 'run': return { key: id, title: `${id}, ${treatment}, W = ${capacity}, seed ${seed}`, side }
  }
}

/** The place of the column that all are held against. */
export function baselineOf({ columns, baseline }: Pick<SettingsDifferences, 'columns' | 'baseline'>): number {
  return Math.max(0, columns.findIndex(({ key }) => key === baseline))
}

/** What differs, or all, without what is ignored. */
export function shownRows({ rows, all, ignored }: Pick<SettingsDifferences, 'rows' | 'all' | 'ignored'>): SettingsRow[] {
  return rows.filter(({ path, differs }) => (all || differs) && !ignored.includes(path))
}

function caption(found: SettingsDifferences): string {
  const { by, columns, more, missing, rows, states, ignored } = found
  const kind = { treatment: 'treatment and side', experiment: 'experiment', run: 'run' }[by]
  const [baseline, differing] = [columns[baselineOf(found)], rows.filter(({ differs }) => differs).length]
  const left = ignored.filter(path => rows.some(row => row.path === path))
  return [
    `${integer(differing)} of ${plural(rows.length, 'setting')} ${differing === 1 ? 'differs' : 'differ'} among ${plural(states.length, 'run')} (${statesInWords(states) || 'none'}), a column a ${kind}`,
    ...more > 0 ? [`${plural(more, 'further column is', 'further columns are')} not shown`] : [],
    ...missing.length ? [`Not among the runs: ${missing.join(', ')}`] : [],
    ...baseline ? [`Baseline: ${nameOf(baseline)}`] : [],
    ...left.length ? [`Ignored: ${left.join(', ')}`] : [],
    'A dash: the parameter does not apply; empty: that side has none',
  ].map(sentence => `${sentence}.`).join(' ')
}

export default {
  id: 'settings',
  title: 'Settings',
  help: 'What the runs are set to: only what differs, against a baseline',
  options,
  arrangement: Object.keys(arrangement.shape) as (keyof typeof arrangement.shape)[],
  of: settings,
  caption,
  tables: found => [settingsTable(found.columns, shownRows(found), caption(found))],
} satisfies Panel<Options, SettingsDifferences>
