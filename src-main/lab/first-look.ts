import type { Lab } from './lab'
import { checkExperiment } from '@shared/experiment/file'
import { presets } from '../presets'
import { listExperiments } from '../store/experiments'

/** Puts the preset that a new user sees first into an empty data directory. Whether it did: it may be that nothing can train it. */
export async function beginFirstLook(lab: Lab): Promise<boolean> {
  if (listExperiments(lab.store).length > 0)
    return false
  const checked = checkExperiment(presets.get('first-look'))
  if (checked.kind === 'invalid')
    throw new Error(`the preset first-look is not valid: ${checked.problems[0]?.message}`)
  return (await lab.create(checked.experiment)).kind === 'created'
}
