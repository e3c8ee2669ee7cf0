import { expect, it, onTestFinished } from 'vitest'
import { createExperiment, runsOfExperiment } from '../../src-main/store/experiments'
import { finalAccuracies } from '../../src-main/store/final-accuracies'
import { Measurements } from '../../src-main/store/measurements'
import { openStore } from '../../src-main/store/open'
import { pairsOfExperiment } from '../../src-main/store/pairs'
import { mustPlan, smallExperiment } from '../plans'
import { temporaryFolder } from '../temporary'

it('takes the final accuracies of the pairs that are asked for and complete, also of many', () => {
  const store = openStore(temporaryFolder())
  onTestFinished(() => void store.close())
  const experiment = smallExperiment({ seeds: Array.from({ length: 400 }, (_, i) => i) })
  const { id } = createExperiment(store, experiment, mustPlan(experiment), { id: 'wasm', numerics: 1 })
  const measurements = new Measurements(store)
  store.sqlite.transaction(() => {
    for (const run of runsOfExperiment(store, id))
      measurements.record({ id: run, epochs: 3 }, [{ epoch: 3, measurements: ['test.accuracy', 'egf2'].map(measure => ({ measure, layer: 0, value: run / 1000, correct: run, total: 1000 })) }])
  })()
  store.sqlite.exec('UPDATE runs SET state = \'done\' WHERE id <> 3')
  const pairs = pairsOfExperiment(store, id).slice(0, 390)
  const expected = pairs.flatMap(({ denseRun, sparseRun }) => denseRun === 3 || sparseRun === 3 ? [] : [{ dense: denseRun / 1000, sparse: sparseRun / 1000 }])
  expect(expected).toHaveLength(389)
  expect(finalAccuracies(store, pairs)).toEqual(expected)
})
