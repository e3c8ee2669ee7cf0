/**
 * `npm run bench:engine`: what a training step costs on the native engine, beside PyTorch, JAX and our wasm engine.
 * Every contestant is a process of its own and trains the same problem; `--help` lists what can be chosen.
 */

import process from 'node:process'
import { benchAll } from './engine/all'
import { help, readOptions } from './engine/options'
import { benchOurs } from './engine/ours'
import { sizesOf } from './engine/rows'

const options = readOptions(process.argv.slice(2))
if (!options) {
  console.log(help)
}
else if (options.ours) {
  await benchOurs({
    networks: options.networks.map(sizesOf),
    densities: options.sparsity.map(percent => 1 - percent / 100),
    optimizers: options.optimizers,
    rounds: options.rounds,
    clock: options.clock,
    settings: {
      threads: options.threads[0]!,
      ...options.instructionSet !== undefined && { instructionSet: options.instructionSet },
      ...options.sparseDensity !== undefined && { sparseDensity: options.sparseDensity },
    },
  })
}
else {
  process.exitCode = await benchAll(options) ? 0 : 1
}
