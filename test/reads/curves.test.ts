import type { Store } from '../../src-main/store/open'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { chartCurves } from '../../src-main/reads/curves'
import { createExperiment, runsOfExperiment } from '../../src-main/store/experiments'
import { Measurements } from '../../src-main/store/measurements'
import { openStore } from '../../src-main/store/open'
import { mustPlan, smallExperiment } from '../plans'
import { cases } from '../seed'
import { temporaryFolder } from '../temporary'

/** Runs with these losses, from epoch 0 on. */
function storeOf(losses: readonly (readonly number[])[]): { store: Store, runs: number[] } {
  const store = openStore(temporaryFolder())
  onTestFinished(() => void store.close())
  const experiment = smallExperiment({ seeds: Array.from({ length: Math.ceil(losses.length / 2) }, (_, i) => i) })
  const { id } = createExperiment(store, experiment, mustPlan(experiment), { id: 'wasm', numerics: 1 })
  const runs = runsOfExperiment(store, id).slice(0, losses.length)
  const measurements = new Measurements(store)
  for (const [r, values] of losses.entries())
    measurements.record({ id: runs[r]!, epochs: values.length - 1 }, values.map((value, epoch) => ({ epoch, measurements: [{ measure: 'test.loss', layer: 0, value }] })))
  return { store, runs }
}

/** A curve of so many epochs that falls, with a spike. */
function falling(epochs: number, spike: number): number[] {
  return Array.from({ length: epochs + 1 }, (_, epoch) => epoch === spike ? 50 : 1 + Math.exp(-epoch / 100) + Math.sin(epoch * (spike + 1)) / 10)
}

describe('curves of a chart', () => {
  it('of many runs are each told for themselves: few points, no spike lost, at their exact epochs', () => {
    const losses = Array.from({ length: 40 }, (_, r) => falling(1500, 7 + 37 * r))
    const { store, runs } = storeOf(losses)
    const curves = chartCurves(store, runs, 'test.loss', 0)
    expect(curves.map(({ run }) => run)).toEqual(runs)
    expect(new Set(curves.map(({ epochs }) => epochs.join())).size).toBe(runs.length)
    for (const [r, { epochs, values }] of curves.entries()) {
      expect(epochs.length).toBeLessThanOrEqual(602)
      expect(values).toEqual(epochs.map(epoch => losses[r]![epoch]))
      expect(values).toContain(50)
      expect([epochs[0], epochs.at(-1)]).toEqual([0, 1500])
    }
  })

  it('have of every range of epochs the lowest and the highest value, a gap, and nothing but what was measured', () => {
    const value = fc.oneof({ weight: 20, arbitrary: fc.integer({ min: -400, max: 400 }).map(eighths => eighths / 8) }, fc.constant(Number.NaN))
    fc.assert(fc.property(fc.array(value, { minLength: 601, maxLength: 1500 }), (losses) => {
      const { store, runs } = storeOf([losses])
      const [{ epochs, values }] = chartCurves(store, runs, 'test.loss') as [ReturnType<typeof chartCurves>[number]]
      expect(values).toEqual(epochs.map(epoch => Number.isFinite(losses[epoch]) ? losses[epoch] : null))
      expect([epochs[0], epochs.at(-1)]).toEqual([0, losses.length - 1])
      const told = new Map(epochs.map((epoch, i) => [epoch, values[i]!]))
      // 300 ranges, of as many epochs each as that takes.
      const width = Math.ceil(losses.length / 300)
      for (let start = 0; start < losses.length; start += width) {
        const all = losses.slice(start, start + width)
        const shown = all.flatMap((_, i) => told.has(start + i) ? [told.get(start + i)!] : [])
        const finite = all.filter(Number.isFinite)
        const of = shown.filter(value => value !== null)
        expect([Math.min(...of), Math.max(...of)]).toEqual([Math.min(...finite), Math.max(...finite)])
        expect(shown.includes(null as never)).toBe(finite.length < all.length)
      }
    }), cases(10))
  })

  it('of two runs are at the same epochs, also where they differ most', () => {
    // Neither is at an extreme where they differ most.
    const dense = Array.from({ length: 2001 }, (_, epoch) => epoch % 10 === 3 ? 1 : epoch % 2 ? 4 : 0)
    const sparse = dense.map((value, epoch) => epoch === 1203 ? 3 : epoch % 10 === 3 ? 1 : value)
    const { store, runs } = storeOf([dense, sparse])
    const [one, other] = chartCurves(store, runs, 'test.loss', 0)
    expect(one!.epochs).toEqual(other!.epochs)
    expect(one!.epochs).toContain(1203)
    expect(one!.epochs.length).toBeLessThan(1500)
  })

  it('of a run without any are empty', () => {
    const { store, runs } = storeOf([[1, 2], []])
    expect(chartCurves(store, runs, 'test.loss', 0)).toEqual([
      { run: runs[0], measure: 'test.loss', layer: 0, epochs: [0, 1], values: [1, 2] },
      { run: runs[1], measure: 'test.loss', layer: 0, epochs: [], values: [] },
    ])
  })
})
