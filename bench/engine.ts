/**
 * `npm run bench:engine -- --ours`: what a training step costs on the native engine.
 * Others' measurements stand beside ours in `bench/engine`; each takes the networks of this file.
 */

import type { Clock } from './engine/time'
import { parseArgs } from 'node:util'
import { benchOurs } from './engine/ours'

const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    ours: { type: 'boolean' },
    networks: { type: 'string', default: '784-256-256-256-256-10,784-1024-1024-1024-1024-10,784-3076-3076-10' },
    /** Sparsity in percent. */
    sparsity: { type: 'string', default: '0,50,70,90,95,99' },
    optimizers: { type: 'string', default: 'sgd,adam' },
    clock: { type: 'string', default: 'wall' },
    rounds: { type: 'string', default: '25' },
    instructionSet: { type: 'string' },
    sparseDensity: { type: 'string' },
    threads: { type: 'string', default: '1' },
  },
})
const list = (text: string): string[] => text.split(',')

if (!values.ours)
  throw new Error('there is only --ours so far')
await benchOurs({
  networks: list(values.networks).map(sizes => sizes.split('-').map(Number)),
  densities: list(values.sparsity).map(percent => 1 - Number(percent) / 100),
  optimizers: list(values.optimizers),
  rounds: Number(values.rounds),
  clock: values.clock as Clock,
  settings: {
    threads: Number(values.threads),
    ...values.instructionSet !== undefined && { instructionSet: values.instructionSet },
    ...values.sparseDensity !== undefined && { sparseDensity: Number(values.sparseDensity) },
  },
})
