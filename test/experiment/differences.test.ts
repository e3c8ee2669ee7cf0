import { differences } from '@shared/experiment/differences'
import { expect, it } from 'vitest'
import { smallBase, smallExperiment } from '../plans'

it('two experiments differ in what their documents say otherwise, by path', () => {
  const one = smallExperiment({ base: { ...smallBase, 'training.learningRate': 0.1, 'network.bias': false }, recording: { 'recording.test': 1 } })
  expect(differences(one, one)).toEqual([])
  expect(differences(one, structuredClone(one))).toEqual([])
  const other = smallExperiment({
    name: 'other',
    base: { ...smallBase, 'training.learningRate': 0.2, 'training.epochs': 4 },
    seeds: [7, 8],
    recording: { 'recording.keep': 'all' },
  })
  // Changed, taken away, and added.
  expect(differences(one, other).toSorted()).toEqual(['name', 'network.bias', 'recording.keep', 'recording.test', 'seeds', 'training.epochs', 'training.learningRate'])
  expect(differences(other, one).toSorted()).toEqual(differences(one, other).toSorted())
})

it('two experiments differ in factors and exclusions as wholes', () => {
  const level = (name: string, rate: number) => ({ name, set: { 'training.learningRate': rate }, setDense: {}, setSparse: {} })
  const one = smallExperiment({ factors: [{ name: 'rate', levels: [level('low', 0.1), level('high', 0.2)] }] })
  expect(differences(one, smallExperiment({ factors: [{ name: 'rate', levels: [level('low', 0.1), level('high', 0.3)] }] }))).toEqual(['factors'])
  expect(differences(one, { ...one, exclude: [{ rate: 'low' }] })).toEqual(['exclude'])
})
