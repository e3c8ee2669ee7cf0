import type { DatasetLoader } from './loader'
import { join } from 'node:path'
import description, { fashionMnistFiles } from '@shared/datasets/fashion-mnist'
import { resources } from '../resources'
import { readIdx } from './idx'

const load: DatasetLoader['load'] = async () => {
  const read = async (part: keyof typeof fashionMnistFiles): Promise<Uint8Array> => {
    const { file, sha256 } = fashionMnistFiles[part]
    return (await readIdx(join(resources, 'datasets', 'fashion-mnist', file), sha256)).values
  }
  const [trainImages, trainLabels, testImages, testLabels] = await Promise.all(
    (['trainImages', 'trainLabels', 'testImages', 'testLabels'] as const).map(read),
  ) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
  return {
    facts: description.facts(),
    train: { images: trainImages, labels: trainLabels },
    test: { images: testImages, labels: testLabels },
  }
}

export default { load } satisfies DatasetLoader
