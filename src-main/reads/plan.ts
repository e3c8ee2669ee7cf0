import { configureRecording } from '@shared/experiment/parameters'
import { planExperiment } from '@shared/plan/plan'
import { chooseEngine } from '../engines/choose'
import { findSame } from '../store/experiments'
import { prepareRuns } from '../store/runs'
import { speeds } from '../store/speeds'
import { os } from './base'
import { mustCheck } from './errors'

export const plan = {
  outlook: os.plan.outlook.handler(async ({ context: { store }, input: { document, identities } }) => {
    const experiment = mustCheck(document)
    // One seed tells what an engine must be able to do.
    const planned = planExperiment({ ...experiment, seeds: experiment.seeds.slice(0, 1) })
    const choice = planned.kind === 'planned' ? await chooseEngine(experiment.engine, planned.plan) : undefined
    const found = findSame(store, experiment)
    const same = found ? { slug: found.slug, name: found.experiment.name } : null
    if (choice?.kind !== 'chosen')
      return { engine: null, speeds: {}, stored: [], same }
    const { id, numerics } = choice.engine
    const { findShareable } = prepareRuns(store)
    const recording = configureRecording(experiment.recording)
    return {
      engine: id,
      speeds: speeds(store, id, numerics),
      stored: identities.flatMap((identity, i) => findShareable({ identity, engine: id, numerics, recording }) === undefined ? [] : [i]),
      same,
    }
  }),
}
