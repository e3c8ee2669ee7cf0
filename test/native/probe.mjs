/**
 * Trains small networks on a native addon and prints what it computed, as JSON: `node probe.mjs ADDON`. Without
 * dependencies, so that it runs where nothing else does: under an emulator.
 */

import { createRequire } from 'node:module'
import process from 'node:process'

const addon = createRequire(import.meta.url)(process.argv[2])
const inputs = 97
const sizes = [inputs, 130, 64, 5]
const examples = 150
const random = generator(7)
const images = Uint8Array.from({ length: inputs * examples }, () => random() * 256)
const labels = Uint8Array.from({ length: examples }, () => random() * 5)

const results = [
  { storage: 'dense', batchNorm: false, threads: 1, batchSize: 33 },
  { storage: 'masked', batchNorm: true, threads: 2, batchSize: 128 },
  { storage: 'sparse', batchNorm: false, threads: 1, batchSize: 150 },
  { storage: 'sparse', batchNorm: true, threads: 2, batchSize: 20 },
].map(trained)
console.log(JSON.stringify(results))

function trained({ storage, batchNorm, threads, batchSize }) {
  const masks = sizes.slice(1).map((outputs, l) => Uint8Array.from({ length: outputs * sizes[l] }, () => storage === 'dense' || random() < 0.2 ? 1 : 0))
  const network = new addon.Network({
    instructionSet: 'portable',
    threads,
    sharedWork: 0,
    batchSize,
    inputs,
    channels: [{ mean: 127, deviation: 70 }],
    layers: masks.map((mask, l) => {
      const isHidden = l < sizes.length - 2
      const norm = batchNorm && isHidden ? `norm${l}` : undefined
      return {
        outputs: sizes[l + 1],
        storage,
        mask: storage === 'dense' ? undefined : mask,
        weight: `weight${l}`,
        bias: norm ? undefined : `bias${l}`,
        norm,
        affine: norm !== undefined,
        activation: isHidden ? 'relu' : undefined,
      }
    }),
    optimizer: 'adam',
    own: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    lambda: 0.01,
    step: 0,
  })
  masks.forEach((mask, l) => {
    network.write(`weight${l}`, -1, Float32Array.from(mask, active => active && (random() - 0.5) * 0.4))
    if (batchNorm && l < sizes.length - 2)
      network.write(`norm${l}.weight`, -1, new Float32Array(sizes[l + 1]).fill(1))
  })
  const indices = Uint32Array.from({ length: batchSize }, (_, e) => e)
  const chunk = Uint32Array.of(batchSize)
  const gradients = masks.map((_, l) => Array.from(network.gradient(images, labels, indices, chunk, l)))
  for (let step = 0; step < 3; step++)
    network.step(images, labels, indices, 0.001)
  return { gradients, norms: network.norms(images, labels, indices, chunk).map(sums => Array.from(sums)), losses: [network.evaluate(images, labels, indices)[1], network.progress()[0]] }
}

/** mulberry32 */
function generator(seed) {
  let state = seed
  return () => {
    state = (state + 0x6D2B79F5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
