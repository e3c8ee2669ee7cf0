import { epochFlops } from '@shared/plan/flops'
import { describe, expect, it } from 'vitest'
import { planRuns } from '../plans'

describe('the FLOPs of an epoch', () => {
  it('are those of each product of training, a multiply-add being 2', () => {
    // 9 inputs, two hidden layers, 3 classes, 60 examples.
    const [dense, sparse] = planRuns({}, [5]).map(run => ({ ...epochFlops(run), widths: run.widths }))
    const products = (...layers: readonly number[]): number => {
      const [first, ...others] = layers as [number, ...number[]]
      const forward = first + others.reduce((sum, weights) => sum + weights, 0)
      const [dW, dX] = [forward, forward - first]
      return 2 * 60 * (forward + dW + dX)
    }
    expect(dense).toEqual({ active: products(9 * 5, 5 * 5, 5 * 3), dense: products(9 * 5, 5 * 5, 5 * 3), widths: [5, 5] })
    // The same active weights in every layer, of a network 14 wide.
    expect(sparse).toEqual({ active: dense!.active, dense: products(9 * 14, 14 * 14, 14 * 3), widths: [14, 14] })
  })
})
