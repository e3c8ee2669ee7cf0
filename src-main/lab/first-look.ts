import type { Lab } from './lab'
import { checkExperiment } from '@shared/experiment/file'
import { planExperiment } from '@shared/plan/plan'
import { chooseEngine } from '../engines/choose'
import { presets } from '../presets'
import { listExperiments } from '../store/experiments'

/** Puts the preset that a new user sees first into an empty data directory. Whether it did. */
export async function beginFirstLook(lab: Lab): Promise<boolean> {
  if (listExperiments(lab.store).length > 0)
    return false
  const checked = checkExperiment(presets.get('first-look'))
  if (checked.kind === 'invalid')
    throw new Error(`the preset first-look is not valid: ${checked.problems[0]?.message}`)
  const planned = planExperiment(checked.experiment)
  if (planned.kind === 'refused')
    throw new Error(`the preset first-look cannot be planned: ${planned.problems[0]?.message}`)
  const choice = await chooseEngine(checked.experiment.engine, planned.plan)
  if (choice.kind === 'none')
    return false
  lab.create(checked.experiment, planned.plan, choice.engine)
  return true
}
