import { describe, expect, it } from 'vitest'
import { calibrationOf, forgetCalibration, settingsOfNewRuns, storeCalibration } from '../../src-main/store/calibrations'
import { setSetting } from '../../src-main/store/settings'
import { calibrated } from '../calibration/calibrations'
import { fresh } from '../queue/queues'

const here = { id: 'native', numerics: 1, device: 'test CPU', settings: { instructionSet: 'avx2', sparseDensity: 0.5, threads: 1 } }

describe('a calibration', () => {
  it('changes the settings of new runs until it is forgotten', () => {
    const { store } = fresh()
    expect(calibrationOf(store, here)).toEqual({ kind: 'never' })
    expect(settingsOfNewRuns(store, here)).toEqual(here.settings)
    storeCalibration(store, calibrated())
    expect(calibrationOf(store, here)).toEqual({ kind: 'used', calibration: calibrated() })
    expect(settingsOfNewRuns(store, here)).toEqual({ instructionSet: 'avx2', sparseDensity: 0.62, threads: 1 })
    expect(settingsOfNewRuns(store, { ...here, id: 'wasm', settings: { simd: true } })).toEqual({ simd: true })
    expect(forgetCalibration(store, 'native')).toBe(true)
    expect(forgetCalibration(store, 'native')).toBe(false)
    expect(settingsOfNewRuns(store, here)).toEqual(here.settings)
  })

  it.each([
    ['CPU', { device: 'another CPU' }, 'on test CPU, and this is another CPU'],
    ['instruction set', { settings: { ...here.settings, instructionSet: 'avx512' } }, 'with instructionSet avx2, and here it is avx512'],
    ['engine version', { numerics: 2 }, 'for version 1 of the engine \'native\', and this is version 2'],
  ])('of another %s is not used, and says so', (_, change, reason) => {
    const { store } = fresh()
    storeCalibration(store, calibrated())
    const engine = { ...here, ...change }
    expect(calibrationOf(store, engine)).toEqual({ kind: 'unused', calibration: calibrated(), reason })
    expect(settingsOfNewRuns(store, engine)).toEqual(engine.settings)
  })

  it('that this program cannot read is as none', () => {
    const { store } = fresh()
    setSetting(store, 'calibration.native', { ...calibrated(), curve: 'none' })
    expect(calibrationOf(store, here)).toEqual({ kind: 'never' })
  })
})
