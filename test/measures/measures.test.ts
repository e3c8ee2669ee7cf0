import { checkpointEpochs, contains, countEpochs, elevenEpochs, gradientFlowEpochs, testEpochs } from '@shared/experiment/cadence'
import { configureRecording } from '@shared/experiment/parameters'
import { measurementsOf, measures } from '@shared/measures'
import { layerNorms } from '@shared/runs/observation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gradientsOf } from '../reference/network'
import { cases } from '../seed'

function value(measured: ReturnType<typeof measurementsOf>, measure: string, layer = 0): number | undefined {
  return measured.find(one => one.measure === measure && one.layer === layer)?.value
}

function rounded(values: Iterable<number>): number[] {
  return Array.from(values, value => Number(value.toFixed(12)))
}

describe('gradient flow of a tiny network, by hand', () => {
  // 2 - 2 - 2 network, one example x = [1, 2] of class 0, no biases; masked entries of W are zero, and one
  // differentiates there all the same.
  //   W1 = [[1, 1], [2, 0]], m1 = [[1, 1], [1, 0]]; a = relu(W1 x) = [3, 2]
  //   W2 = [[2, 0], [0, 3]], m2 = [[1, 0], [0, 1]]; logits W2 a = [6, 6], softmax [1/2, 1/2], dZ = [-1/2, 1/2]
  //   dW2 = dZ aᵀ = [[-3/2, -1], [3/2, 1]]; dA = W2ᵀ dZ = [-1, 3/2]
  //   dW1 = dA xᵀ = [[-1, -2], [3/2, 3]], for both units are above zero
  // Active gradients: 1, 2, 3/2 in the first layer, 3/2, 1 in the second.
  const weights = [Float64Array.of(1, 1, 2, 0), Float64Array.of(2, 0, 0, 3)] as const
  const masks = [Uint8Array.of(1, 1, 1, 0), Uint8Array.of(1, 0, 0, 1)] as const
  const { gradients } = gradientsOf({ sizes: [2, 2, 2], batchNorm: false, activation: 'relu' }, { 'layers.0.weight': weights[0], 'layers.1.weight': weights[1] }, { x: [[1, 2]], y: [0] })
  const flow = [gradients['layers.0.weight']!, gradients['layers.1.weight']!] as const

  it('has the gradients of the derivation, masked entries included', () => {
    expect(flow.map(rounded)).toEqual([[-1, -2, 1.5, 3], [-1.5, -1, 1.5, 1]])
  })

  it('takes all entries for gf, active ones for EGF, the mean of the layers\' norms', () => {
    const layers = [0, 1].map(l => layerNorms(flow[l]!, weights[l]!, masks[l], 0))
    const measured = measurementsOf({ evaluations: {}, layers, measuringSeconds: 0 })
    expect(value(measured, 'gf1')).toBeCloseTo((1 + 2 + 1.5 + 3) + (1.5 + 1 + 1.5 + 1), 12)
    expect(value(measured, 'gf2')).toBeCloseTo(Math.sqrt((1 + 4 + 2.25 + 9) + (2.25 + 1 + 2.25 + 1)), 12)
    expect(value(measured, 'egf1')).toBeCloseTo(((1 + 2 + 1.5) + (1.5 + 1)) / 2, 12)
    expect(value(measured, 'egf2')).toBeCloseTo((Math.sqrt(1 + 4 + 2.25) + Math.sqrt(2.25 + 1)) / 2, 12)
    expect(rounded([1, 2].map(layer => value(measured, 'layer.gradient.l1', layer)!))).toEqual([7.5, 5])
    expect(rounded([1, 2].map(layer => value(measured, 'layer.gradient.active.l1', layer)!))).toEqual([4.5, 2.5])
    expect([1, 2].map(layer => value(measured, 'layer.weights.active', layer))).toEqual([3, 2])
    expect(value(measured, 'layer.weights.l2', 2)).toBeCloseTo(Math.sqrt(4 + 9), 12)
  })

  it('of a dense network is the same unmasked and masked', () => {
    const measured = measurementsOf({
      evaluations: {},
      layers: [layerNorms(Float64Array.of(3, -4), Float64Array.of(1, 1), undefined, 0)],
      measuringSeconds: 0,
    })
    expect(value(measured, 'gf1')).toBe(value(measured, 'egf1'))
    expect(value(measured, 'gf2')).toBe(value(measured, 'egf2'))
  })

  it('adds the penalty\'s gradient λθ where there is a penalty, and is silent where there is none', () => {
    const [gradient, weights, mask] = [Float64Array.of(3, -4), Float64Array.of(2, 0), Uint8Array.of(1, 0)]
    const penalised = measurementsOf({ evaluations: {}, layers: [layerNorms(gradient, weights, mask, 0.5)], measuringSeconds: 0 })
    expect(value(penalised, 'layer.gradient.penalised.l1', 1)).toBe(4 + 4)
    expect(value(penalised, 'layer.gradient.penalised.active.l2', 1)).toBe(4)
    expect(value(penalised, 'layer.gradient.l1', 1)).toBe(7)
    const plain = measurementsOf({ evaluations: {}, layers: [layerNorms(gradient, weights, mask, 0)], measuringSeconds: 0 })
    expect(value(plain, 'layer.gradient.penalised.l1', 1)).toBeUndefined()
  })
})

describe('accuracy', () => {
  it('keeps its counts, and the whole test set apart from its fixed part', () => {
    const measured = measurementsOf({
      evaluations: { test: { correct: 3, count: 4, lossSum: 2 }, testSubset: { correct: 1, count: 2, lossSum: 1 } },
      measuringSeconds: 1,
    })
    expect(measured.find(({ measure }) => measure === 'test.accuracy')).toEqual({
      measure: 'test.accuracy',
      layer: 0,
      value: 0.75,
      correct: 3,
      total: 4,
    })
    expect(measured.find(({ measure }) => measure === 'test.accuracy.subset')).toEqual({
      measure: 'test.accuracy.subset',
      layer: 0,
      value: 0.5,
      correct: 1,
      total: 2,
    })
    expect(value(measured, 'test.loss')).toBe(0.5)
    expect(value(measured, 'validation.accuracy')).toBeUndefined()
    expect(value(measured, 'train.loss')).toBeUndefined()
  })
})

describe('measures', () => {
  it.each(measures.members)('$id says what it is', ({ label, definition, direction }) => {
    expect(label).not.toBe('')
    expect(definition).toMatch(/\.$/)
    expect(['higher', 'lower', 'neither']).toContain(direction)
  })
})

describe('cadences', () => {
  it('the eleven epochs are ceil(k E / 11), and all epochs where there are fewer', () => {
    expect(elevenEpochs(500)).toEqual([46, 91, 137, 182, 228, 273, 319, 364, 410, 455, 500])
    expect(elevenEpochs(11)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    for (let epochs = 1; epochs < 11; epochs++)
      expect(elevenEpochs(epochs)).toEqual(Array.from({ length: epochs }, (_, i) => i + 1))
    fc.assert(fc.property(fc.integer({ min: 11, max: 5000 }), (epochs) => {
      const eleven = elevenEpochs(epochs)
      expect(eleven).toHaveLength(11)
      expect(eleven.at(-1)).toBe(epochs)
    }), { seed: 1 })
  })

  it('gradient flow is measured at the start and at the eleven, the whole test set and a checkpoint at the end', () => {
    const recording = configureRecording({})
    expect([...gradientFlowEpochs(recording, 22)]).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22])
    expect([...testEpochs(recording, 22)]).toEqual([22])
    expect([...checkpointEpochs(recording, 22)]).toEqual([10, 20, 22])
  })

  it('are counted without being listed', () => {
    const every = <T extends string>(name: T) => fc.oneof(fc.constant(name), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 3000 }))
    fc.assert(fc.property(every('eleven'), every('end'), fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 2000 })), (gradientFlow, test, epochs) => {
      const recording = configureRecording({ 'recording.gradientFlow': gradientFlow, 'recording.test': test })
      expect(countEpochs(recording, epochs)).toEqual({ gradientFlow: gradientFlowEpochs(recording, epochs).size, test: testEpochs(recording, epochs).size })
    }), cases(500))
    // Of the eleven 2, 4 .. 22, three are multiples of 6.
    expect(countEpochs(configureRecording({ 'recording.gradientFlow': 6, 'recording.test': 5 }), 22)).toEqual({ gradientFlow: 12, test: 5 })
    expect(countEpochs(configureRecording({ 'recording.gradientFlow': 5 }), 22)).toEqual({ gradientFlow: 14, test: 1 })
  })

  it('a recording contains another that asks for no more', () => {
    const sparse = configureRecording({})
    const often = configureRecording({ 'recording.gradientFlow': 5, 'recording.test': 10 })
    expect(contains(often, sparse, 100)).toBe(true)
    expect(contains(sparse, often, 100)).toBe(false)
    expect(contains(configureRecording({ 'recording.gradientFlow': 1 }), often, 100)).toBe(false)
    expect(contains(sparse, configureRecording({ 'recording.checkpoint': 1, 'recording.keep': 'all' }), 100)).toBe(true)
  })
})
