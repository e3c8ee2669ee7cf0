import type { EngineRow } from '@shared/contract/system'
import type { Engine } from '../engines/engine'
import type { Store } from '../store/open'
import { engines } from '../engines'
import { calibrationOf, settingsOfNewRuns } from '../store/calibrations'

/** Every engine as it is here, the best first. @param store where calibrations are; absent where nothing is stored yet */
export function engineRows(store: Store | undefined): Promise<EngineRow[]> {
  return Promise.all(engines.members.toSorted((a, b) => b.preference - a.preference).map(engine => engineRow(engine, store)))
}

async function engineRow({ id, title, numerics, calibrate, availability }: Engine, store: Store | undefined): Promise<EngineRow> {
  const found = await availability()
  const settings = found.kind === 'available' ? { ...found.settings } : {}
  const here = { id, numerics, settings, ...found.kind === 'available' && { device: found.device } }
  const calibrated = store && found.kind === 'available' ? calibrationOf(store, here) : { kind: 'never' } as const
  const described = { id, title, numerics, calibrated, canCalibrate: calibrate !== undefined && found.kind === 'available' }
  return found.kind === 'available'
    ? { ...described, kind: 'available', device: found.device, versions: { ...found.versions }, settings, newRuns: store ? { ...settingsOfNewRuns(store, here) } : settings }
    : { ...described, kind: 'unavailable', reason: found.reason }
}
