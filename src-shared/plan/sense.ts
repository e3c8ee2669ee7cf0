import type { DatasetFacts } from '../datasets'
import type { Configuration } from '../experiment/parameters'
import { trainExamples } from './specification'

/** Bytes of pixels that every worker can hold. */
const LARGEST_DATASET = 4e9

const checks: readonly ((configuration: Configuration, data: DatasetFacts) => string | undefined)[] = [
  function enoughExamples(configuration, data) {
    const { 'data.dataset': dataset, 'data.subset': subset, 'data.validation': validation } = configuration
    const wanted = (subset === 'all' ? 1 : subset) + validation
    if (wanted > data.train) {
      return subset === 'all'
        ? `a validation split of ${validation} leaves none of the ${data.train} training examples of ${dataset}`
        : `a subset of ${subset} and a validation split of ${validation} are more than the ${data.train} training examples of ${dataset}`
    }
    return undefined
  },

  function dataInMemory(_, { train, test, shape: [channels, height, width] }) {
    const bytes = (train + test) * channels * height * width
    return bytes > LARGEST_DATASET
      ? `a data set of ${train} and ${test} images of ${channels} x ${height} x ${width} pixels takes ${(bytes / 1e9).toFixed(1)} GB; at most ${LARGEST_DATASET / 1e9} GB are read into memory`
      : undefined
  },

  function batchesForBatchNorm(configuration, data) {
    if (!configuration['network.batchNorm'])
      return undefined
    const batchSize = configuration['training.batchSize']
    const examples = trainExamples(configuration, data)
    if (batchSize === 1)
      return 'BatchNorm needs at least two examples a batch, and training.batchSize is 1'
    if (examples % batchSize === 1)
      return `BatchNorm needs at least two examples a batch, and the last batch of ${examples} examples in batches of ${batchSize} has one`
    return undefined
  },
]

/** Why a configuration can be trained by nobody, as a sentence that names the values; nothing if it can. */
export function nonsense(configuration: Configuration, data: DatasetFacts): string | undefined {
  return checks.map(check => check(configuration, data)).find(sentence => sentence !== undefined)
}
