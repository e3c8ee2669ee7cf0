import type { MeasuredEpoch } from '@shared/measures'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MeasuredEpochs } from '../../src-main/worker/measured-epochs'

describe('what a worker measures', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const told: number[][] = []
  const measured = (epoch: number): MeasuredEpoch => ({ epoch, measurements: [{ measure: 'test.loss', layer: 0, value: 1 }] })
  function fresh(): MeasuredEpochs {
    told.length = 0
    return new MeasuredEpochs(async epochs => void told.push(epochs.map(({ epoch }) => epoch)))
  }

  it('is told a few times a second, in order and without a loss', async () => {
    const epochs = fresh()
    for (let epoch = 0; epoch < 100; epoch++) {
      await epochs.add(measured(epoch))
      await vi.advanceTimersByTimeAsync(5)
    }
    await epochs.flush()
    expect(told.flat()).toEqual(Array.from({ length: 100 }, (_, epoch) => epoch))
    expect(told.length).toBeGreaterThanOrEqual(4)
    expect(told.length).toBeLessThanOrEqual(7)
  })

  it('is told at once where epochs take longer than that', async () => {
    const epochs = fresh()
    for (let epoch = 0; epoch < 3; epoch++) {
      await vi.advanceTimersByTimeAsync(1000)
      await epochs.add(measured(epoch))
      expect(told.length).toBe(epoch + 1)
    }
  })

  it('is told earlier where it is much', async () => {
    const epochs = fresh()
    for (let epoch = 0; epoch < 20; epoch++)
      await epochs.add({ epoch, measurements: Array.from({ length: 300 }, () => measured(epoch).measurements[0]!) })
    expect(told.map(({ length }) => length)).toEqual([4, 4, 4, 4, 4])
  })

  it('is told within a tenth of a second, though no epoch follows', async () => {
    const epochs = fresh()
    await epochs.add(measured(0))
    await vi.advanceTimersByTimeAsync(50)
    expect(told).toEqual([])
    await vi.advanceTimersByTimeAsync(51)
    expect(told).toEqual([[0]])
    await epochs.flush()
    expect(told).toEqual([[0]])
  })
})
