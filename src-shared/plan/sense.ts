import type { DatasetFacts } from '../datasets'
import type { Configuration } from '../experiment/parameters'
import { trainExamples } from './specification'

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
