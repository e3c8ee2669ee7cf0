import { Draws, permutation, streamKey } from '../random/stream'

/** The largest probe, in examples. */
export const PROBE_SIZE = 1024
/** The largest fixed part of the test set that is measured each epoch, in examples. */
export const TEST_SUBSET_SIZE = 1000

/** Which examples a run uses, by their index in the data set's training and test examples. */
export interface Splits {
  /** Trained on; shuffled anew each epoch. */
  readonly train: Uint32Array
  readonly validation: Uint32Array
  /** Training examples on which gradient flow is measured. */
  readonly probe: Uint32Array
  readonly testSubset: Uint32Array
}

/**
 * Training examples in one fixed random order, keyed by the data set alone: the probe first, then the rest.
 * A subset takes from its front, so it contains the probe; validation takes from its end, so it never does.
 */
export function split(data: { content: string, trainLabels: Uint8Array, testLabels: Uint8Array }, sizes: { train: number, validation: number }): Splits {
  const key = streamKey({ name: 'examples', data: data.content })
  const order = balancedOrder(data.trainLabels, Math.min(PROBE_SIZE, data.trainLabels.length), new Draws(key, 0))
  const train = order.slice(0, sizes.train)
  return {
    train,
    validation: order.slice(order.length - sizes.validation),
    probe: train.slice(0, PROBE_SIZE),
    testSubset: balancedOrder(data.testLabels, Math.min(TEST_SUBSET_SIZE, data.testLabels.length), new Draws(key, 1)).slice(0, TEST_SUBSET_SIZE),
  }
}

/**
 * A random order of all examples in which the class counts of the first k differ by at most one,
 * for every k up to `balanced`, as long as no class runs out.
 */
function balancedOrder(labels: Uint8Array, balanced: number, draws: Draws): Uint32Array {
  const random = permutation(labels.length, draws)
  const byClass = [...Map.groupBy(random, example => labels[example]!).entries()]
    .sort(([a], [b]) => a - b)
    .map(([, examples]) => examples)
  const front: number[] = []
  for (let round = 0; front.length < balanced; round++)
    front.push(...byClass.flatMap(examples => examples.slice(round, round + 1)))
  front.length = balanced
  const inFront = new Set(front)
  return Uint32Array.from([...front, ...random.filter(example => !inFront.has(example))])
}

/**
 * The probe in chunks of the training batch size, by whose statistics BatchNorm normalises;
 * a last chunk shorter than 2 joins the one before.
 */
export function probeChunks(probe: Uint32Array, batchSize: number): Uint32Array[] {
  const chunks = Array.from({
    length: Math.ceil(probe.length / batchSize),
  }, (_, i) => probe.subarray(i * batchSize, (i + 1) * batchSize))
  if (chunks.length > 1 && chunks.at(-1)!.length < 2)
    chunks.splice(-2, 2, probe.subarray((chunks.length - 2) * batchSize))
  return chunks
}
