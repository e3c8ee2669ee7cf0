import type { ComparedPair } from '@shared/statistics/cells'
import { compareCells } from '@shared/statistics/cells'
import { describe, expect, it } from 'vitest'
import { answerOf } from '../../src-main/comparison/answer'
import { smallExperiment } from '../plans'

function pair(treatment: string, seed: number, dense: number, sparse: number): ComparedPair {
  const side = (accuracy: number) => ({ accuracy, correct: Math.round(1000 * accuracy), total: 1000, egf1: 1, egf2: 1, collapsed: false })
  return { treatment, capacity: 5, seed, outcome: { kind: 'complete', dense: side(dense), sparse: side(sparse) } }
}

const experiment = smallExperiment({ factors: [{ name: 'BatchNorm', levels: ['NR', 'BN'].map(name => ({ name, set: {}, setDense: {}, setSparse: {} })) }] })
const answer = (pairs: readonly ComparedPair[], of = experiment): string | undefined => answerOf(of, { cells: compareCells(pairs), tuned: [] })
const complete = [pair('NR', 1, 0.8, 0.7), pair('NR', 2, 0.8, 0.72), pair('BN', 1, 0.79, 0.74), pair('BN', 2, 0.81, 0.78)]

describe('the answer', () => {
  it('says what the second level changes on each side, and over how many pairs', () => {
    expect(answer(complete)).toBe('BN gains the sparse networks 5.0 points over NR and changes nothing for the dense ones (2 pairs = 1 capacity x 2 seeds each).')
    expect(answer([...complete.slice(0, 2), pair('BN', 1, 0.9, 0.6), pair('BN', 2, 0.9, 0.6)])).toContain('BN costs the sparse networks 11.0 points against NR and gains the dense ones 10.0 points (')
    expect(answer([...complete.slice(0, 2), pair('BN', 1, 0.9, 0.8), pair('BN', 2, 0.9, 0.8)])).toContain('BN gains the sparse networks 9.0 points over NR and the dense ones 10.0 (')
  })

  it('is not given while a pair is missing, nor where more than one thing is varied', () => {
    expect(answer(complete.slice(0, 3))).toBeUndefined()
    expect(answer([...complete.slice(0, 3), { treatment: 'BN', capacity: 5, seed: 2, outcome: { kind: 'diverged' } }])).toBeUndefined()
    expect(answer([])).toBeUndefined()
    expect(answer(complete, smallExperiment())).toBeUndefined()
    expect(answer(complete, { ...experiment, factors: [...experiment.factors, ...experiment.factors] })).toBeUndefined()
  })
})
