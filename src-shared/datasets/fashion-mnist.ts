import type { Dataset } from '.'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** The four files in `resources/datasets/fashion-mnist`, and the SHA-256 of what each holds uncompressed. */
export const fashionMnistFiles = {
  trainImages: { file: 'train-images-idx3-ubyte.gz', sha256: 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888' },
  trainLabels: { file: 'train-labels-idx1-ubyte.gz', sha256: 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9' },
  testImages: { file: 't10k-images-idx3-ubyte.gz', sha256: '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b' },
  testLabels: { file: 't10k-labels-idx1-ubyte.gz', sha256: '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34' },
} as const

const content = `sha256:${bytesToHex(sha256(utf8ToBytes(Object.values(fashionMnistFiles).map(({ sha256 }) => sha256).join('\n'))))}`

export default {
  id: 'fashion-mnist',
  version: 1,
  title: 'Fashion-MNIST',
  help: 'Zalando\'s article images: 28 x 28 grey, 10 classes of 6,000 training and 1,000 test examples each.',
  source: 'Xiao, Rasul, Vollgraf 2017, arXiv 1708.07747',
  licence: 'MIT',
  facts: () => ({
    shape: [1, 28, 28],
    classes: ['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'],
    train: 60_000,
    test: 10_000,
    testMajority: 1_000,
    content,
  }),
} satisfies Dataset
