import { configureRecording } from '@shared/experiment/parameters'
import { engines } from '../engines'
import { prepareRuns } from '../store/runs'
import { mustCheck, os } from './base'

export const plan = {
  stored: os.plan.stored.handler(async ({ context: { lab }, input: { document, identities } }) => {
    const experiment = mustCheck(document)
    const recording = configureRecording(experiment.recording)
    const { findShareable } = prepareRuns(lab.store)
    const candidates = engines.members.filter(({ id }) => experiment.engine === 'auto' || experiment.engine === id).sort((a, b) => b.preference - a.preference)
    const stored = identities.filter(identity => candidates.slice(0, 1).some(({ id, numerics }) => findShareable({ identity, engine: id, numerics, recording }) !== undefined))
    return { stored: stored.length }
  }),
}
