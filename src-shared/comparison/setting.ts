import type { Settings, Value } from '../experiment/parameter'
import type { PlacedParameter } from '../experiment/parameters'
import type { Side } from '../random/stream'
import type { ComparisonRun } from './pair'
import { applies, parameters } from '../experiment/parameters'

type Configured = Pick<ComparisonRun, 'side' | 'settings'>

/** The value of a parameter in a run; undefined where it has no meaning: masks of a dense network, β₁ of plain SGD. */
export function settingOf({ side, settings }: Configured, path: string): Value | undefined {
  const parameter = parameters.get(path)
  return parameter && !isMeant(parameter, side, settings) ? undefined : settings[path]
}

/** Paths of what runs are set to: the parameters in their order, then what imported files name otherwise. */
export function settingPaths(runs: readonly Configured[]): string[] {
  const named = new Set(distinctSettings(runs).flatMap(({ settings }) => Object.keys(settings)))
  return [...[...parameters.keys()].filter(path => named.has(path)), ...[...named].filter(path => !parameters.has(path))]
}

/** Those of them that have more than one value; where one has no meaning, it has none. */
export function variedSettings(runs: readonly Configured[]): string[] {
  const distinct = distinctSettings(runs)
  return settingPaths(distinct).filter(path => new Set(distinct.map(run => settingOf(run, path)).filter(value => value !== undefined)).size > 1)
}

/** Runs of one treatment and side share their settings: one of each. */
function distinctSettings(runs: readonly Configured[]): Configured[] {
  const sides = { dense: new Map<Settings, Configured>(), sparse: new Map<Settings, Configured>() }
  for (const run of runs)
    sides[run.side].set(run.settings, run)
  return [...sides.dense.values(), ...sides.sparse.values()]
}

/** An imported file may leave out what a parameter depends on. */
function isMeant(parameter: PlacedParameter, side: Side, settings: Settings): boolean {
  const known = Object.entries(parameter.appliesWhen ?? {}).filter(([path]) => path in settings)
  return !(parameter.sides === 'sparse' && side === 'dense') && applies({ ...parameter, appliesWhen: Object.fromEntries(known) }, settings)
}
