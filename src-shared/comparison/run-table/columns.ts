import type { Value } from '../../experiment/parameter'
import type { ComparisonPair, ComparisonRun } from '../pair'
import type { Summary } from '../summary'
import { z } from 'zod'
import { parameters } from '../../experiment/parameters'
import { measures } from '../../measures'
import { settingOf, settingPaths, variedSettings } from '../setting'
import { summary, summaryOfMeasure, usualSummary } from '../summary'

/** A column as it is chosen: where a run belongs, a parameter, or a measure and which number of its curve. */
export const chosenColumn = z.object({ field: z.string().max(200), summary: summary.exactOptional() })
export type ChosenColumn = z.infer<typeof chosenColumn>

/** What a table of runs says of each of them, in the order of the runs. */
export interface RunColumn {
  /** Tells it from other columns: the field, of a measure with its summary. */
  readonly key: string
  readonly field: string
  readonly title: string
  /** Of its values; empty for a plain number or text. */
  readonly unit: string
  readonly help: string
  /** Present where it is a measure. */
  readonly measure?: { readonly summary: Summary, /** "final", "best on test". */ readonly inWords: string }
  /** Null where a run has none. */
  readonly values: readonly (Value | null)[]
}

/** What can be a column. */
export interface Choice {
  readonly field: string
  readonly title: string
  readonly kind: 'place' | 'varied parameter' | 'other parameter' | 'measure'
}

/** A run, and the first pair that it belongs to. */
export interface PairedRun {
  readonly run: ComparisonRun
  readonly pair: ComparisonPair
}

/** Every run of these pairs once. */
export function runsOf(pairs: readonly ComparisonPair[]): PairedRun[] {
  const once = new Map<string, PairedRun>()
  for (const pair of pairs) {
    for (const run of [pair.dense, pair.sparse]) {
      if (!once.has(run.id))
        once.set(run.id, { run, pair })
    }
  }
  return [...once.values()]
}

interface Described {
  readonly title: string
  readonly unit: string
  readonly help: string
  readonly of: (of: PairedRun) => Value | undefined
}

const places: Readonly<Record<string, Described>> = {
  experiment: { title: 'Experiment', unit: '', help: 'The experiment that the run was first planned by, of those that are compared', of: ({ pair }) => pair.experiment },
  treatment: { title: 'Treatment', unit: '', help: 'Combination of levels', of: ({ pair }) => pair.treatment },
  side: { title: 'Side', unit: '', help: 'Dense or sparse', of: ({ run }) => run.side },
  capacity: { title: 'W', unit: '', help: 'Dense width W of the pair', of: ({ pair }) => pair.capacity },
  seed: { title: 'Seed', unit: '', help: 'Seed of the random streams of both sides', of: ({ pair }) => pair.seed },
  state: { title: 'State', unit: '', help: 'What became of the run', of: ({ run }) => run.state },
  engine: { title: 'Engine', unit: '', help: 'What trained the run', of: ({ run }) => run.engine },
}

/** How many of the parameters that differ are shown until others are chosen. */
const USUAL_PARAMETERS = 6
const usualMeasures = ['test.accuracy', 'test.loss', 'egf2']

/** What is shown until something else is chosen: what runs differ in, and the usual measures. */
export function usualColumns(runs: readonly PairedRun[]): ChosenColumn[] {
  const varies = (field: string): boolean => new Set(runs.map(places[field]!.of)).size > 1
  const settings = variedSettings(runs.map(({ run }) => run))
  // What a treatment sets says more than its name.
  const isNamed = settings.length === 0 || settings.length > USUAL_PARAMETERS
  return [
    ...['experiment', ...isNamed ? ['treatment'] : []].filter(varies),
    'side',
    'capacity',
    'seed',
    'state',
    ...['engine'].filter(varies),
    ...settings.slice(0, USUAL_PARAMETERS),
    ...usualMeasures,
  ].map(field => ({ field }))
}

/** All that can be a column, the parameters in which runs differ before the others. */
export function choicesOf(runs: readonly PairedRun[]): Choice[] {
  const settings = runs.map(({ run }) => run)
  const factors = new Set(runs.flatMap(({ pair: { levels } }) => Object.keys(levels)))
  const varied = variedSettings(settings)
  const others = settingPaths(settings).filter(path => !varied.includes(path))
  const all = (fields: Iterable<string>, kind: Choice['kind']): Choice[] => [...fields].map(field => ({ field, title: described(field).title, kind }))
  return [
    ...all([...Object.keys(places), ...factors], 'place'),
    ...all(varied.filter(path => !factors.has(path)), 'varied parameter'),
    ...all(others.filter(path => !factors.has(path)), 'other parameter'),
    ...measures.members.filter(({ per }) => per === 'run').map(({ id, label }): Choice => ({ field: id, title: label, kind: 'measure' })),
  ]
}

/** Columns with their values, each once. */
export function columnsOf(runs: readonly PairedRun[], chosen: readonly ChosenColumn[]): RunColumn[] {
  return [...new Map(chosen.map(column => columnOf(runs, column)).map(column => [column.key, column])).values()]
}

function columnOf(runs: readonly PairedRun[], { field, summary = usual(field) }: ChosenColumn): RunColumn {
  if (!isMeasure(field)) {
    const { of, ...more } = described(field)
    return { key: field, field, ...more, values: runs.map(run => of(run) ?? null) }
  }
  const { label, unit, definition } = measures.get(field)
  return {
    key: keyOfColumn({ field, summary: summary! }),
    field,
    title: shortLabel(label),
    unit,
    help: `${label}: ${definition}`,
    measure: { summary: summary!, inWords: summaryOfMeasure(field, summary!, heldOut(runs)) },
    values: runs.map(({ run }) => run.measured(field, summary!)?.value ?? null),
  }
}

export function isMeasure(field: string): boolean {
  return measures.ids.includes(field) && measures.get(field).per === 'run'
}

function usual(field: string): Summary | undefined {
  return isMeasure(field) ? usualSummary(field) : undefined
}

/** The key of a column as it is chosen. */
export function keyOfColumn({ field, summary = usual(field) }: ChosenColumn): string {
  return isMeasure(field) ? `${field} ${keyOf(summary!)}` : field
}

function keyOf(summary: Summary): string {
  switch (summary.kind) {
    case 'epoch': return `epoch ${summary.epoch}`
    case 'meanOfLast': return `meanOfLast ${summary.epochs}`
    default: return summary.kind
  }
}

/** A place, a parameter, else a factor's level or what an imported file has of that name. */
function described(field: string): Described {
  const place = Object.hasOwn(places, field) ? places[field] : undefined
  if (place)
    return place
  const parameter = parameters.get(field)
  return parameter
    ? { title: parameter.title, unit: parameter.unit ?? '', help: parameter.help, of: ({ run }) => settingOf(run, field) }
    : { title: field, unit: '', help: `Level of ${field}`, of: ({ pair, run }) => pair.levels[field] ?? settingOf(run, field) }
}

/** "EGF₂" of "Effective gradient flow EGF₂": a head has little room. */
function shortLabel(label: string): string {
  return /\S+[₁₂]$/.exec(label)?.[0] ?? label
}

function heldOut(runs: readonly PairedRun[]): 'all' | 'none' | 'some' {
  const split = runs.filter(({ run }) => Number(run.settings['data.validation'] ?? 0) > 0).length
  return split === runs.length ? 'all' : split === 0 ? 'none' : 'some'
}
