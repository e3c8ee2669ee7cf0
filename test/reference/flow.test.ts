import type { FlowCase } from './flow'
import { elevenEpochs } from '@shared/experiment/cadence'
import { measurementsOf } from '@shared/measures'
import { probeChunks } from '@shared/plan/splits'
import { describe, expect, it } from 'vitest'
import { readFile } from '../../src-main/import/read'
import { answers } from './flow'
import { normsOf } from './network'

/** Our measures of the float64 reference network. */
function measured({ sizes, batch_norm, batch, masks, parameters, pixels, y }: FlowCase): Record<string, number> {
  const { mean, deviation } = answers.standardisation
  const inputs = sizes[0]!
  const chunks = probeChunks(Uint32Array.from(y, (_, i) => i), batch).map(examples => ({
    x: Array.from(examples, i => pixels.slice(i * inputs, (i + 1) * inputs).map(pixel => (pixel - mean) / deviation)),
    y: Array.from(examples, i => y[i]!),
  }))
  const layers = normsOf(
    { sizes, batchNorm: batch_norm, activation: 'relu' },
    Object.fromEntries(Object.entries(parameters).map(([name, values]) => [name, Float64Array.from(values)])),
    Object.fromEntries(Object.entries(masks).map(([name, mask]) => [name, Uint8Array.from(mask)])),
    chunks,
    0,
  )
  return Object.fromEntries(measurementsOf({ evaluations: {}, layers, measuringSeconds: 0 }).map(({ measure, value }) => [measure, value]))
}

describe('egf.py in PyTorch', () => {
  it.each(answers.cases)('says the same as our measures of the float64 reference: $name', (given) => {
    const ours = measured(given)
    expect(Object.keys(given.flow)).toEqual(['gf1', 'gf2', 'egf1', 'egf2'])
    for (const [measure, value] of Object.entries(given.flow)) {
      expect(Math.abs(ours[measure]! / value - 1), measure).toBeLessThan(1e-12)
      expect(Math.abs(ours[measure]! / given.float32[measure]! - 1), `${measure} in float32`).toBeLessThan(1e-5)
    }
    // Masked entries have gradients too.
    if (Object.keys(given.masks).length)
      expect(given.flow.gf1).toBeGreaterThan(1.1 * given.flow.egf1! * (given.sizes.length - 1))
  })

  it('measures at the epochs of ours, and refuses a model that hides the gradients of masked weights', () => {
    for (const [epochs, measured] of Object.entries(answers.elevenEpochs))
      expect(measured).toEqual(elevenEpochs(Number(epochs)))
    expect(answers.multiplier).toMatch(/does the model multiply weights by masks\?/)
  })

  it('writes a file that is read', () => {
    const read = readFile(new TextEncoder().encode(answers.csv))
    expect(read).toMatchObject({ kind: 'read', results: { pairs: [{
      name: 'a, or so',
      capacity: 79,
      seed: 1,
      levels: { 'training.optimizer': 'adam' },
      dense: { state: 'done', measures: { 'test.accuracy': { correct: 9312, total: 10_000 }, 'egf2': { value: 1 / 3 } } },
      sparse: { state: 'diverged', measures: {} },
    }] } })
  })
})
