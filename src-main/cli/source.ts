import type { Experiment } from '@shared/experiment/schema'
import type { Plan } from '@shared/plan/plan'
import type { Store } from '../store/open'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { checkExperiment, experimentDocument, parseExperiment } from '@shared/experiment/file'
import { parameters } from '@shared/experiment/parameters'
import { pathText } from '@shared/experiment/problems'
import { planExperiment } from '@shared/plan/plan'
import { presets } from '../presets'
import { getExperiment, listExperiments } from '../store/experiments'
import { CommandEnd } from './exit'

/**
 * The experiment that a command names: a JSON file, a preset, or a stored experiment.
 * @param set `path=value` overrides of the base configuration
 * @throws CommandEnd with every problem, each with its place
 */
export function findExperiment(name: string, { set = [], store }: { set?: readonly string[], store?: Store | undefined } = {}): Experiment {
  return override(read(name, store), set)
}

function read(name: string, store: Store | undefined): Experiment {
  if (existsSync(name) && statSync(name).isFile()) {
    const parsed = parseExperiment(readFileSync(name, 'utf8'))
    if (parsed.kind === 'valid')
      return parsed.experiment
    throw new CommandEnd('invalid', parsed.problems.map(({ message, position }) =>
      `${name}${position ? `:${position.line}:${position.column}` : ''}: ${message}`).join('\n'))
  }
  const stored = store && getExperiment(store, name)
  if (stored)
    return stored.experiment
  const preset = presets.get(name)
  if (preset) {
    const checked = checkExperiment(preset)
    if (checked.kind === 'valid')
      return checked.experiment
    throw new Error(`the preset ${name} is not valid: ${checked.problems[0]?.message}`)
  }
  const known = [
    `presets: ${[...presets.keys()].join(', ')}`,
    ...store
      ? [`stored experiments: ${listExperiments(store).map(({ slug }) => slug).join(', ') || 'none'}`]
      : [],
  ]
  throw new CommandEnd('invalid', name.endsWith('.json')
    ? `there is no file ${name}`
    : `"${name}" is no file, no preset and no stored experiment (${known.join('; ')})`)
}

/** Changes the base configuration: `training.epochs=3`. Values are JSON, or else text. */
function override(experiment: Experiment, set: readonly string[]): Experiment {
  if (set.length === 0)
    return experiment
  const changes = set.map((text): [string, unknown] => {
    const [, path, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
    if (path === undefined || value === undefined)
      throw new CommandEnd('invalid', `--set ${text}: it must be PATH=VALUE, for example training.epochs=3`)
    const parameter = parameters.get(path)
    if (!parameter)
      throw new CommandEnd('invalid', `--set ${text}: there is no parameter ${path}; "lab parameters" lists them`)
    return [path, asJson(value)]
  })
  const checked = checkExperiment(experimentDocument({
    ...experiment,
    base: { ...experiment.base, ...Object.fromEntries(changes) as Experiment['base'] },
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

/** @throws CommandEnd with every reason for a refusal */
export function mustPlan(experiment: Experiment): Plan {
  const planned = planExperiment(experiment)
  if (planned.kind === 'planned')
    return planned.plan
  throw new CommandEnd('invalid', planned.problems.map(({ path, message }) => path.length
    ? `${pathText(path)}: ${message}`
    : message).join('\n'))
}
