import type { Calibration } from '@shared/calibration/calibration'
import type { Settings } from '@shared/experiment/parameter'
import type { Store } from './open'
import { calibration } from '@shared/calibration/calibration'
import { deleteSetting, getSetting, setSetting } from './settings'

/** An engine as it is here now. */
export interface EngineHere {
  readonly id: string
  readonly numerics: number
  readonly device?: string
  readonly settings: Settings
}

/** What was measured of an engine, and whether it holds here. */
export type Calibrated
  = | { readonly kind: 'never' }
    | { readonly kind: 'used', readonly calibration: Calibration }
    /** It is of another machine, say: a sentence's end, after "it was measured". */
    | { readonly kind: 'unused', readonly calibration: Calibration, readonly reason: string }

export function calibrationOf(store: Store, engine: EngineHere): Calibrated {
  const found = storedCalibration(store, engine.id)
  if (!found)
    return { kind: 'never' }
  const reason = whyUnused(found, engine)
  return reason === undefined ? { kind: 'used', calibration: found } : { kind: 'unused', calibration: found, reason }
}

/** Of the newest calibration, if it holds here; else the engine's own. */
export function settingsOfNewRuns(store: Store, engine: EngineHere): Settings {
  const found = calibrationOf(store, engine)
  return found.kind === 'used' ? { ...engine.settings, ...found.calibration.settings } : engine.settings
}

/** For runs of experiments that begin from now on. */
export function storeCalibration(store: Store, measured: Calibration): void {
  setSetting(store, nameOf(measured.engine), measured)
}

/** Whether there was one. */
export function forgetCalibration(store: Store, engine: string): boolean {
  const there = storedCalibration(store, engine) !== undefined
  deleteSetting(store, nameOf(engine))
  return there
}

/** The newest, of whatever machine. */
export function storedCalibration(store: Store, engine: string): Calibration | undefined {
  return getSetting(store, nameOf(engine), calibration.optional(), undefined)
}

function nameOf(engine: string): string {
  return `calibration.${engine}`
}

function whyUnused(found: Calibration, { id, numerics, device, settings }: EngineHere): string | undefined {
  if (found.engine !== id || found.numerics !== numerics)
    return `for version ${found.numerics} of the engine '${found.engine}', and this is version ${numerics}`
  if (found.device !== device)
    return `on ${found.device}, and this is ${device}`
  const other = Object.keys(found.measuredWith).find(name => found.measuredWith[name] !== settings[name])
  return other && `with ${other} ${String(found.measuredWith[other])}, and here it is ${String(settings[other])}`
}
