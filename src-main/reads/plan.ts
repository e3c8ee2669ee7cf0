import { configureRecording } from '@shared/experiment/parameters'
import { engines } from '../engines'
import { prepareRuns } from '../store/runs'
import { os } from './base'
import { mustCheck } from './errors'

export const plan = {
  stored: os.plan.stored.handler(({ context: { store }, input: { document, identities } }) => {
    const experiment = mustCheck(document)
    const recording = configureRecording(experiment.recording)
    const { findShareable } = prepareRuns(store)
    const candidates = engines.members.filter(({ id }) => experiment.engine === 'auto' || experiment.engine === id).sort((a, b) => b.preference - a.preference)
    const stored = identities.filter(identity => candidates.slice(0, 1).some(({ id, numerics }) => findShareable({ identity, engine: id, numerics, recording }) !== undefined))
    return { stored: stored.length }
  }),
}
