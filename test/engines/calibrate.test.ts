import type { Addon } from '../../src-main/engines/native/addon'
import { calibration } from '@shared/calibration/calibration'
import { describe, expect, it } from 'vitest'
import { loadAddon } from '../../src-main/engines/native/addon'
import { calibrate } from '../../src-main/engines/native/calibrate'
import { ownSettings } from '../../src-main/engines/native/settings'

const loaded = loadAddon()

describe.skipIf(loaded.kind === 'missing')('calibrating the native engine', () => {
  const { addon } = loaded as { addon: Addon }

  it.each(addon?.instructionSets ?? [])('measures both ways to store a layer at every density, and what a training costs: %s', async (instructionSet) => {
    const shares: number[] = []
    const measured = await calibrate(addon, { ...ownSettings(addon), instructionSet }, share => void shares.push(share), { width: 256, rounds: 6, seconds: 3 })
    const whole = calibration.parse({ engine: 'native', numerics: 1, device: 'x', ...measured })
    expect(whole.measuredWith).toEqual({ instructionSet })
    const densities = whole.curve.map(({ density }) => density)
    expect(densities).toEqual(densities.toSorted((a, b) => a - b))
    // Whatever else the machine does: one part of weights in a hundred takes less than all of them.
    expect(whole.curve[0]!.sparse).toBeLessThan(whole.curve[0]!.masked / 3)
    expect(whole.settings).toEqual({ sparseDensity: Math.round(100 * whole.breakEven) / 100 })
    expect(whole.dense).toBeGreaterThan(0)
    expect(whole.peak).toBeGreaterThan(0)
    expect(Object.values(whole.costs).filter(cost => !Number.isFinite(cost) || cost < 0)).toEqual([])
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)
  })
})
