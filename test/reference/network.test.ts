import type { Batch, ReferenceNetwork, Tensors, TrainingState } from './network'
import { probeChunks } from '@shared/plan/splits'
import { describe, expect, it } from 'vitest'
import { evaluate, gradientsOf, normsOf, step } from './network'
import fixtures from './torch/fixtures.json'

function float64(named: Readonly<Record<string, readonly number[] | undefined>>): Tensors {
  return Object.fromEntries(Object.entries(named).map(([name, values]) => [name, Float64Array.from(values!)]))
}

function expectClose(actual: Tensors, expected: Readonly<Record<string, readonly number[] | undefined>>, tolerance: number): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort())
  for (const [name, values] of Object.entries(expected)) {
    const scale = Math.max(...values!.map(Math.abs), 1e-3)
    const worst = Math.max(...values!.map((value, i) => Math.abs(value - actual[name]![i]!)))
    expect(worst / scale, name).toBeLessThan(tolerance)
  }
}

describe.each(fixtures.cases)('the float64 reference and PyTorch: $name', (fixture) => {
  const { sizes } = fixture
  const inputs = sizes[0]!
  const network: ReferenceNetwork = { sizes, batchNorm: fixture.batch_norm, activation: 'relu' }
  const masks = Object.fromEntries(Object.entries(fixture.masks).map(([name, mask]) => [name, Uint8Array.from(mask)]))
  const batch = (examples: Iterable<number>): Batch => ({
    x: Array.from(examples, i => fixture.x.slice(i * inputs, (i + 1) * inputs)),
    y: Array.from(examples, i => fixture.y[i]!),
  })
  const all = Uint32Array.from(fixture.y, (_, i) => i)
  const start = (): TrainingState => ({
    parameters: float64(fixture.initial),
    buffers: float64(Object.fromEntries(Object.entries(fixture.buffers).map(([name, values]) => [
      name,
      values.map(() => name.endsWith('var') ? 1 : 0),
    ]))),
    slots: {},
    step: 0,
  })

  it('has the same gradients', () => {
    const { gradients, loss } = gradientsOf(network, start().parameters, batch(fixture.batches[0]!))
    expect(loss).toBeCloseTo(fixture.losses[0]!, 12)
    expectClose(gradients, fixture.firstGradients, 1e-10)
  })

  it('measures the same norms over a probe in chunks', () => {
    const chunks = probeChunks(all, fixture.batchSize).map(batch)
    const norms = normsOf(network, start().parameters, masks, chunks, fixture.l2)
    for (const [l, expected] of fixture.probeNorms.entries()) {
      const of = norms[l]!
      const unpenalised = fixture.l2 === 0
      expect([of.gradient.l1, of.gradient.l2]).toEqual(expected.gradient.map(v => expect.closeTo(v, 10)))
      expect([of.activeGradient.l1, of.activeGradient.l2]).toEqual(expected.activeGradient.map(v => expect.closeTo(v, 10)))
      expect(of.weights).toBeCloseTo(expected.weights, 10)
      expect(of.penalisedGradient === undefined).toBe(unpenalised)
      if (!unpenalised) {
        expect([of.penalisedGradient!.l1, of.penalisedGradient!.l2]).toEqual(expected.penalisedGradient.map(v => expect.closeTo(v, 10)))
        expect([of.penalisedActiveGradient!.l1, of.penalisedActiveGradient!.l2]).toEqual(expected.penalisedActiveGradient.map(v => expect.closeTo(v, 10)))
      }
    }
  })

  it('takes the same steps, short last batch included, and evaluates alike', () => {
    const state = start()
    const losses = fixture.batches.map(examples =>
      step(network, state, masks, batch(examples), fixture.rate, { optimizer: fixture.optimizer, lambda: fixture.l2 }))
    expect(losses).toEqual(fixture.losses.map(loss => expect.closeTo(loss, 10)))
    expectClose(state.parameters, fixture.final, 1e-9)
    expectClose(state.buffers, fixture.buffers, 1e-9)
    expect(Object.keys(state.slots).sort()).toEqual(Object.keys(fixture.slots).sort())
    for (const [slot, tensors] of Object.entries(fixture.slots as Record<string, Record<string, number[]>>))
      expectClose(state.slots[slot]!, tensors, 1e-8)
    const { correct, lossSum } = evaluate(network, state.parameters, state.buffers, batch(all))
    expect(correct).toBe(fixture.evaluation.correct)
    expect(lossSum).toBeCloseTo(fixture.evaluation.lossSum, 9)
  })

  it('has gradients that finite differences confirm', () => {
    const { parameters } = start()
    const first = batch(fixture.batches[0]!)
    const { gradients } = gradientsOf(network, parameters, first)
    const h = 1e-6
    for (const [name, values] of Object.entries(parameters)) {
      for (let i = 0; i < values.length; i += 3) {
        const kept = values[i]!
        values[i] = kept + h
        const above = gradientsOf(network, parameters, first).loss
        values[i] = kept - h
        const below = gradientsOf(network, parameters, first).loss
        values[i] = kept
        expect(gradients[name]![i], `${name}[${i}]`).toBeCloseTo((above - below) / (2 * h), 6)
      }
    }
  })
})
