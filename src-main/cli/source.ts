import type { Path, Problem } from '@shared/experiment/problems'
import type { Experiment } from '@shared/experiment/schema'
import type { Plan } from '@shared/plan/plan'
import type { Store } from '../store/open'
import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { checkExperiment, experimentDocument, locate, parseExperiment } from '@shared/experiment/file'
import { parameters, recordingParameters } from '@shared/experiment/parameters'
import { pathText } from '@shared/experiment/problems'
import { planExperiment } from '@shared/plan/plan'
import { didYouMean } from '@shared/words'
import canonicalize from 'canonicalize'
import { presets } from '../presets'
import { getExperiment, slugs } from '../store/experiments'
import { CommandEnd } from './exit'

/** An experiment that a command names, and where the parts of its document stand. */
export interface FoundExperiment {
  readonly experiment: Experiment
  /** `file.json:12:7`, or the path in the document. */
  readonly place: (path: Path) => string
}

/** Whether a command's argument is a file: then nothing stored need be looked at. */
export function isFile(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isFile() ?? false
}

/**
 * The experiment that a command names: a JSON file, a preset, or a stored experiment.
 * @param set `path=value` changes
 * @throws CommandEnd with every problem, each with its place
 */
export function findExperiment(name: string, set: readonly string[], store: Store | undefined): FoundExperiment {
  const found = isFile(name) ? fromFile(name) : fromNames(name, store)
  // A place in a file would blame the file for what was changed.
  return set.length ? { experiment: override(found.experiment, set), place: path => `--set ${set.join(' --set ')}: ${pathText(path)}` } : found
}

/** @throws Error if there is no such preset: a defect */
export function presetExperiment(id: string): FoundExperiment {
  const checked = checkExperiment(presets.get(id))
  if (checked.kind === 'invalid')
    throw new Error(`the preset ${id} is not valid: ${checked.problems[0]?.message}`)
  return { experiment: checked.experiment, place: pathText }
}

function fromFile(name: string): FoundExperiment {
  const text = readFileSync(name, 'utf8')
  const at = (path: Path): string => {
    const { line, column } = locate(text, path)
    return `${name}:${line}:${column}`
  }
  const parsed = parseExperiment(text)
  if (parsed.kind === 'valid')
    return { experiment: parsed.experiment, place: at }
  throw new CommandEnd('invalid', parsed.problems
    .map(({ message, position: { line, column } }) => `${name}:${line}:${column}: ${message}`)
    .join('\n'))
}

function fromNames(name: string, store: Store | undefined): FoundExperiment {
  const [, kind, id] = /^(preset|stored):(.*)$/.exec(name) ?? [undefined, undefined, name]
  const preset = kind !== 'stored' && presets.has(id!) ? presetExperiment(id!) : undefined
  const stored = kind !== 'preset' && store ? getExperiment(store, id!) : undefined
  if (preset && stored && canonicalize(experimentDocument(preset.experiment)) !== canonicalize(experimentDocument(stored.experiment)))
    throw new CommandEnd('invalid', `"${id}" is a preset and also a stored experiment with another design; write preset:${id} or stored:${id}`)
  if (stored)
    return { experiment: stored.experiment, place: pathText }
  if (preset)
    return preset
  throw new CommandEnd('invalid', unknown(name, store))
}

function unknown(name: string, store: Store | undefined): string {
  const stored = store ? slugs(store) : []
  const path = resolve(name)
  if (statSync(name, { throwIfNoEntry: false })?.isDirectory())
    return `${path} is a folder; an experiment is a JSON file`
  if (name.endsWith('.json') || name.includes('/'))
    return `there is no file ${path}`
  const known = [`presets: ${[...presets.keys()].join(', ')}`, `stored experiments: ${stored.join(', ') || 'none'}`].join('; ')
  return `"${name}" is no file, no preset and no stored experiment${didYouMean(name, [...presets.keys(), ...stored])} (${known})`
}

/** What else than parameters `--set` may change. */
const topLevel: readonly string[] = ['seeds', 'capacities', 'engine']

/** Changes parameters, seeds, capacities or the engine: `training.epochs=3`. Values are JSON, or else text. */
function override(experiment: Experiment, set: readonly string[]): Experiment {
  const changes = set.map((text) => {
    const [, path, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
    if (path === undefined || value === undefined)
      throw new CommandEnd('invalid', `--set ${text}: it must be PATH=VALUE, for example training.epochs=3`)
    const known = [...parameters.keys(), ...recordingParameters.keys(), ...topLevel]
    if (!known.includes(path))
      throw new CommandEnd('invalid', `--set ${text}: there is no ${path}${didYouMean(path, known)}`)
    const factor = experiment.factors.find(({ levels }) => levels.every(({ set, setDense, setSparse }) =>
      path in { ...set, ...setDense } && path in { ...set, ...setSparse }))
    if (factor)
      throw new CommandEnd('invalid', `--set ${text}: the factor "${factor.name}" sets ${path} in each of its levels`)
    return { path, value: asJson(value) }
  })
  const changed = (kind: (path: string) => boolean): Record<string, never> =>
    Object.fromEntries(changes.filter(({ path }) => kind(path)).map(({ path, value }) => [path, value as never]))
  const checked = checkExperiment(experimentDocument({
    ...experiment,
    base: { ...experiment.base, ...changed(path => parameters.has(path)) },
    recording: { ...experiment.recording, ...changed(path => recordingParameters.has(path)) },
    ...changed(path => topLevel.includes(path)),
  }))
  if (checked.kind === 'invalid')
    throw new CommandEnd('invalid', checked.problems.map(({ message }) => `--set: ${message}`).join('\n'))
  return checked.experiment
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    return text
  }
}

/** @throws CommandEnd with every reason for a refusal, each with its place */
export function mustPlan({ experiment, place }: FoundExperiment): Plan {
  const planned = planExperiment(experiment)
  if (planned.kind === 'planned')
    return planned.plan
  const sentence = ({ path, message }: Problem): string => path.length ? `${place(path)}: ${message}` : message
  throw new CommandEnd('invalid', planned.problems.map(sentence).join('\n'))
}
