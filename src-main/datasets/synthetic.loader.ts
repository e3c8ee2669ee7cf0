import type { LabelledImages } from './examples'
import type { DatasetLoader } from './loader'
import description, { syntheticSettings } from '@shared/datasets/synthetic'
import { Draws, normal, streamKey } from '@shared/random/stream'

/** One random picture a class, and noisy copies of it; from the stream keyed by the data set alone. */
const load: DatasetLoader['load'] = async (settings) => {
  const { train, test, side, classes, noise } = syntheticSettings(settings)
  const facts = description.facts(settings)
  const key = streamKey({ name: 'synthetic', data: facts.content })
  const pictures = Array.from({ length: classes }, (_, label) => {
    const draws = new Draws(key, 0, label)
    return Float32Array.from({ length: side * side }, () => draws.below(256))
  })
  const examples = (count: number, half: number): LabelledImages => {
    const labels = Uint8Array.from({ length: count }, (_, i) => i % classes)
    const images = new Uint8Array(count * side * side)
    const deviations = new Float32Array(side * side)
    labels.forEach((label, i) => {
      normal(deviations, key, half, i)
      deviations.forEach((z, pixel) => images[i * side * side + pixel] = Math.min(255, Math.max(0, Math.round(pictures[label]![pixel]! + noise * z))))
    })
    return { images, labels }
  }
  return { facts, train: examples(train, 1), test: examples(test, 2) }
}

export default { load } satisfies DatasetLoader
