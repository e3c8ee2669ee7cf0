import type { Problem } from '@shared/experiment/problems'
import type { Experiment } from '@shared/experiment/schema'
import type { Plan } from '@shared/plan/plan'
import type { Engine } from '../engines/engine'
import type { Lab } from '../lab/lab'
import type { StoredExperiment } from '../store/experiments'
import type { Store } from '../store/open'
import { implement, ORPCError } from '@orpc/server'
import { contract } from '@shared/contract'
import { checkExperiment } from '@shared/experiment/file'
import { planExperiment } from '@shared/plan/plan'
import { chooseEngine } from '../engines/choose'
import { getExperiment } from '../store/experiments'

export interface ApiContext { readonly lab: Lab }

/** The contract, to be implemented part by part. */
export const os = implement(contract).$context<ApiContext>()

export function notFound(what: string): ORPCError<'NOT_FOUND', { what: string }> {
  return new ORPCError('NOT_FOUND', { defined: true, message: `There is no ${what}`, data: { what } })
}

export function invalid(problems: readonly Problem[]): ORPCError<'INVALID', { problems: Problem[] }> {
  return new ORPCError('INVALID', { defined: true, message: problems.map(({ message }) => message).join('\n'), data: { problems: [...problems] } })
}

export function conflict(reason: string): ORPCError<'CONFLICT', { reason: string }> {
  return new ORPCError('CONFLICT', { defined: true, message: reason, data: { reason } })
}

/** @throws NOT_FOUND */
export function mustFind(store: Store, slug: string): StoredExperiment {
  const stored = getExperiment(store, slug)
  if (!stored)
    throw notFound(`experiment "${slug}"`)
  return stored
}

/** @throws INVALID with every problem and its path */
export function mustCheck(document: unknown): Experiment {
  const checked = checkExperiment(document)
  if (checked.kind === 'invalid')
    throw invalid(checked.problems)
  return checked.experiment
}

/** @throws INVALID where it cannot be planned or trained here */
export async function mustPlan(experiment: Experiment): Promise<{ plan: Plan, engine: Engine }> {
  const planned = planExperiment(experiment)
  if (planned.kind === 'refused')
    throw invalid(planned.problems)
  const choice = await chooseEngine(experiment.engine, planned.plan)
  if (choice.kind === 'none')
    throw invalid(choice.reasons.map(message => ({ path: ['engine'], message })))
  return { plan: planned.plan, engine: choice.engine }
}
