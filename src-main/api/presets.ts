import { planExperiment } from '@shared/plan/plan'
import { presets as all } from '../presets'
import { mustCheck } from '../reads/errors'
import { os } from './base'

export const presets = {
  list: os.presets.list.handler(() => [...all].map(([id, document]) => {
    const experiment = mustCheck(document)
    const planned = planExperiment(experiment)
    return { id, name: experiment.name, question: experiment.question, runs: planned.kind === 'planned' ? planned.plan.runs.length : 0, document: JSON.parse(JSON.stringify(document)) as never }
  })),
}
