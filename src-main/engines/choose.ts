import type { Settings } from '@shared/experiment/parameter'
import type { Problem } from '@shared/experiment/problems'
import type { Experiment } from '@shared/experiment/schema'
import type { Plan } from '@shared/plan/plan'
import type { Engine } from './engine'
import { planExperiment } from '@shared/plan/plan'
import { engines } from '.'

export type Choice
  = | { readonly kind: 'chosen', readonly engine: Engine }
    /** A sentence for each thing that is in the way. */
    | { readonly kind: 'none', readonly reasons: readonly string[] }

/** The engine of an experiment: the one that is named, or for `auto` the best that is available here and can train every run. */
export async function chooseEngine(wanted: string, plan: Plan): Promise<Choice> {
  if (wanted !== 'auto' && !engines.ids.includes(wanted)) {
    return { kind: 'none', reasons: [`there is no engine '${wanted}'; there is auto, ${engines.ids.join(', ')}`] }
  }
  const candidates = engines.members.filter(({ id }) => wanted === 'auto' || id === wanted).sort((a, b) => b.preference - a.preference)
  const reasons: string[] = []
  for (const engine of candidates) {
    const obstacles = await obstaclesTo(engine, plan)
    if (obstacles.length === 0)
      return { kind: 'chosen', engine }
    reasons.push(...obstacles)
  }
  return { kind: 'none', reasons }
}

export type PlannedHere
  = | { readonly kind: 'planned', readonly plan: Plan, readonly engine: Engine }
    | { readonly kind: 'refused', readonly problems: readonly Problem[] }

/** An experiment's plan, and the engine that can train all of it here. */
export async function planHere(experiment: Experiment): Promise<PlannedHere> {
  const planned = planExperiment(experiment)
  if (planned.kind === 'refused')
    return planned
  const choice = await chooseEngine(experiment.engine, planned.plan)
  return choice.kind === 'none'
    ? { kind: 'refused', problems: choice.reasons.map(message => ({ path: ['engine'], message })) }
    : { kind: 'planned', plan: planned.plan, engine: choice.engine }
}

async function obstaclesTo(engine: Engine, plan: Plan): Promise<string[]> {
  const availability = await engine.availability()
  if (availability.kind === 'unavailable')
    return [`the engine '${engine.id}' is not available: ${availability.reason}`]
  return [...new Set(plan.runs.flatMap(({ specification }) => engine.lacks(specification)))]
}

/** What can train on this machine now, and how. */
export interface AvailableEngine extends Pick<Engine, 'id' | 'numerics' | 'obstacle'> {
  readonly device: string
  /** Its own; a calibration may have others for new runs. */
  readonly settings: Settings
}

export async function availableEngines(): Promise<AvailableEngine[]> {
  const all = await Promise.all(engines.members.map(async ({ id, numerics, obstacle, availability }) => ({ id, numerics, ...obstacle && { obstacle }, found: await availability() })))
  return all.flatMap(({ found, ...engine }) => found.kind === 'available' ? [{ ...engine, device: found.device, settings: found.settings }] : [])
}
