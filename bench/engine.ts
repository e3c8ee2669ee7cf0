/**
 * `npm run bench:engine`: what a training step costs on the native engine, beside PyTorch, JAX and our wasm engine.
 * Every contestant is a process of its own and trains the same problem; `--help` lists what can be chosen.
 */

import type { Options } from './engine/options'
import process from 'node:process'
import { benchAll } from './engine/all'
import { help, readOptions } from './engine/options'
import { benchOurs } from './engine/ours'
import { Refusal } from './engine/refusal'
import { sizesOf } from './engine/rows'

try {
  process.exitCode = await bench(readOptions(process.argv.slice(2))) ? 0 : 1
}
catch (error) {
  if (!(error instanceof Refusal))
    throw error
  console.error(error.message)
  process.exitCode = 2
}

/** False where contestants did not train alike. */
async function bench(options: Options | undefined): Promise<boolean> {
  if (!options) {
    console.log(help)
    return true
  }
  return options.ours ? benchOursAlone(options) : benchAll(options)
}

async function benchOursAlone({ networks, sparsity, optimizers, rounds, clock, threads, instructionSet, sparseDensity }: Options): Promise<true> {
  await benchOurs({
    networks: networks.map(sizesOf),
    densities: sparsity.map(percent => 1 - percent / 100),
    optimizers,
    rounds,
    clock,
    settings: {
      threads: threads[0]!,
      ...instructionSet !== undefined && { instructionSet },
      ...sparseDensity !== undefined && { sparseDensity },
    },
  })
  return true
}
