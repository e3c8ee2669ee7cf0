import type { Experiment } from '@shared/experiment/schema'
import type { Plan } from '@shared/plan/plan'
import type { Engine } from '../engines/engine'
import type { Lab } from '../lab/lab'
import { implement } from '@orpc/server'
import { contract } from '@shared/contract'
import { planHere } from '../engines/choose'
import { invalid, withTypedErrors } from '../reads/errors'

export interface ApiContext { readonly lab: Lab }

/** The contract, to be implemented part by part. */
export const os = implement(contract).$context<ApiContext>()
  .use(({ context: { lab }, next }) => withTypedErrors(lab.dataDirectory, next))

/** @throws INVALID where it cannot be planned or trained here */
export async function mustPlan(experiment: Experiment): Promise<{ plan: Plan, engine: Engine }> {
  const planned = await planHere(experiment)
  if (planned.kind === 'refused')
    throw invalid(planned.problems)
  return planned
}
