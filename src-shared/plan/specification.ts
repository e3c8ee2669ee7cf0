import type { LayerShape } from '../architectures'
import type { DatasetFacts } from '../datasets'
import type { Configuration } from '../experiment/parameters'
import type { Side } from '../random/stream'
import { architectures } from '../architectures'
import { applies, parameters } from '../experiment/parameters'

/** Everything that determines a run's result but the engine (design §1, identity), resolved. */
export interface RunSpecification {
  /** The parameters that this side has and that apply, by path. */
  readonly settings: Configuration
  readonly data: DatasetFacts
  /** Training examples after the subset and the validation split. */
  readonly trainExamples: number
  readonly widths: readonly number[]
  readonly layers: readonly LayerSpecification[]
  readonly streams: StreamKeys
  /** The checkpoint of another run from which this one starts; it goes on to its own last epoch. */
  readonly startsFrom?: { readonly identity: string, readonly epoch: number }
}

export interface LayerSpecification extends LayerShape {
  /** Exact number of ones in its mask; inputs x outputs where it is dense. */
  readonly activeWeights: number
  /** The layer of the dense network whose initial distribution its active weights share. */
  readonly initialisedAs: { readonly inputs: number, readonly outputs: number }
}

/** What a run's random streams may depend on. */
export interface StreamKeys {
  readonly seed: number
  /** Canonical text of the pair's dense network: its hidden widths. */
  readonly capacity: string
  readonly side: Side
}

/** The specification of one side of a pair. */
export function specifyRun({ configuration, data, widths, activeWeights, denseLayers, streams }: {
  configuration: Configuration
  data: DatasetFacts
  widths: readonly number[]
  activeWeights: readonly number[]
  denseLayers: readonly LayerShape[]
  streams: StreamKeys
}): RunSpecification {
  const layers = architectures.get(configuration['network.architecture']).layers(endsOf(data), widths)
  return {
    settings: settingsOf(configuration, streams.side),
    data,
    trainExamples: trainExamples(configuration, data),
    widths,
    layers: layers.map((layer, l) => ({
      ...layer,
      activeWeights: activeWeights[l]!,
      initialisedAs: { inputs: denseLayers[l]!.inputs, outputs: denseLayers[l]!.outputs },
    })),
    streams,
  }
}

function settingsOf(configuration: Configuration, side: Side): Configuration {
  return Object.fromEntries(Object.entries(configuration).filter(([path]) => {
    const parameter = parameters.get(path)!
    return (side === 'sparse' || parameter.sides !== 'sparse') && applies(parameter, configuration)
  })) as Configuration
}

export function endsOf({ shape, classes }: DatasetFacts): { inputs: number, classes: number } {
  return { inputs: shape[0] * shape[1] * shape[2], classes: classes.length }
}

export function trainExamples(configuration: Configuration, data: DatasetFacts): number {
  const { 'data.subset': subset, 'data.validation': validation } = configuration
  return subset === 'all' ? data.train - validation : subset
}

/** Optimizer steps in an epoch. */
export function stepsPerEpoch({ settings, trainExamples }: RunSpecification): number {
  return Math.ceil(trainExamples / settings['training.batchSize'])
}
