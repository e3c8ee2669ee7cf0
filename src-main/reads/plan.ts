import type { Costs } from '@shared/calibration/calibration'
import type { Speeds } from '@shared/plan/work'
import type { Engine } from '../engines/engine'
import type { Store } from '../store/open'
import { configureRecording } from '@shared/experiment/parameters'
import { planExperiment } from '@shared/plan/plan'
import { denseCosts } from '@shared/plan/work'
import { chooseEngine } from '../engines/choose'
import { calibrationOf } from '../store/calibrations'
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
      return { engine: null, costs: denseCosts, speeds: {}, basis: null, canCalibrate: false, stored: [], same }
    const { id, numerics } = choice.engine
    const { findShareable } = prepareRuns(store)
    const recording = configureRecording(experiment.recording)
    return {
      engine: id,
      ...await pace(store, choice.engine),
      canCalibrate: choice.engine.calibrate !== undefined,
      stored: identities.flatMap((identity, i) => findShareable({ identity, engine: id, numerics, recording }) === undefined ? [] : [i]),
      same,
    }
  }),
}

/** How fast an engine trains: as its runs did, else as it was calibrated here. */
async function pace(store: Store, { id, numerics, costs = denseCosts, availability }: Engine): Promise<{ costs: Costs, speeds: Speeds, basis: 'runs' | 'calibration' | null }> {
  const found = speeds(store, id, numerics)
  if (found.dense !== undefined || found.sparse !== undefined)
    return { costs, speeds: found, basis: 'runs' }
  const here = await availability()
  const calibrated = here.kind === 'available' ? calibrationOf(store, { id, numerics, ...here }) : undefined
  return calibrated?.kind === 'used'
    ? { costs: calibrated.calibration.costs, speeds: { dense: 1, sparse: 1 }, basis: 'calibration' }
    : { costs, speeds: {}, basis: null }
}
