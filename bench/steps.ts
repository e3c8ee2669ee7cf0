/**
 * `npm run bench:steps -- [PRESET] [--engine wasm]`: what training costs on an engine (native by default), for the networks
 * of a preset (first-look by default), both sides: a step, on wasm its matrix products alone, gradient flow, evaluations,
 * and their sum over an epoch. (`npm run bench:engine -- --rows epoch` measures epochs as the product trains them.)
 */

import type { RunSpecification } from '@shared/plan/specification'
import { parseArgs } from 'node:util'
import { checkExperiment } from '@shared/experiment/file'
import { planExperiment } from '@shared/plan/plan'
import { stepsPerEpoch } from '@shared/plan/specification'
import { probeChunks } from '@shared/plan/splits'
import { initialState } from '@shared/runs/network-state'
import * as tf from '@tensorflow/tfjs'
import { cpuName } from '../src-main/cpu'
import { loadDataset } from '../src-main/datasets'
import { examplesOf } from '../src-main/datasets/examples'
import { engines } from '../src-main/engines'
import { compileRun } from '../src-main/engines/compile'
import { presets } from '../src-main/presets'

interface Time { readonly minimum: number, readonly median: number }

async function time(rounds: number, action: () => unknown): Promise<Time> {
  await action()
  const taken: number[] = []
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    await action()
    taken.push(performance.now() - start)
  }
  taken.sort((a, b) => a - b)
  return { minimum: taken[0]!, median: taken[Math.floor(rounds / 2)]! }
}

const show = ({ minimum, median }: Time): string => `${minimum.toFixed(1)} / ${median.toFixed(1)}`.padStart(16)

/** The products of one step on operands of its shapes: forward, dW, and dA but for the first layer. */
function products({ layers }: RunSpecification, batch: number): () => void {
  const operands = layers.map(({ inputs, outputs }) => ({ W: tf.randomNormal([outputs, inputs]), A: tf.randomNormal([inputs, batch]), dZ: tf.randomNormal([outputs, batch]) }))
  return () => tf.tidy(() => operands.forEach(({ W, A, dZ }, l) => {
    // W is a new tensor after each update: the backend prepares it anew.
    const fresh = tf.mul(W, 1)
    tf.matMul(fresh as tf.Tensor2D, A as tf.Tensor2D)
    tf.matMul(dZ as tf.Tensor2D, tf.transpose(A) as tf.Tensor2D)
    if (l > 0)
      tf.matMul(tf.transpose(fresh) as tf.Tensor2D, dZ as tf.Tensor2D)
  }))
}

const { values: { engine: id }, positionals: [preset = 'first-look'] } = parseArgs({ args: process.argv.slice(2), allowPositionals: true, options: { engine: { type: 'string', default: 'native' } } })
const parsed = checkExperiment(presets.get(preset))
const planned = parsed.kind === 'valid' ? planExperiment(parsed.experiment) : undefined
if (planned?.kind !== 'planned')
  throw new Error('there is no such preset')
const { pairs } = planned.plan
const engine = await engines.get(id).open()
const dataset = await loadDataset(pairs[0]!.dense.specification.settings['data.dataset'], pairs[0]!.dense.specification.settings)
const cells = [...Map.groupBy(pairs, ({ treatment, capacity }) => `${treatment} W=${capacity}`)]

const multiplies = id === 'wasm'

console.log(`${id} on ${cpuName()}, Node ${process.versions.node}, ${Object.entries(engine.versions).map(entry => entry.join(' ')).join(', ')}; ms, minimum / median`)
console.log(`${''.padEnd(18)}${['step', ...multiplies ? ['its products'] : [], 'flow, probe', 'test part', 'whole test', 'epoch'].map(name => name.padStart(16)).join('')}`)
for (const [name, [pair]] of cells) {
  for (const side of ['dense', 'sparse'] as const) {
    const run = pair![side].specification
    const examples = examplesOf(dataset, run)
    const trainer = await compileRun(engine, run, initialState(run), examples)
    const batchSize = run.settings['training.batchSize']
    const batch = examples.splits.train.slice(0, batchSize)
    const chunks = probeChunks(examples.splits.probe, batchSize)
    const step = await time(40, () => trainer.step({ examples: batch, rates: [1e-6] }))
    const multiplied = multiplies ? [await time(40, products(run, batchSize))] : []
    const flow = await time(5, () => trainer.norms({ chunks }))
    const part = await time(5, () => trainer.evaluate({ half: 'test', indices: examples.splits.testSubset }))
    const whole = await time(3, () => trainer.evaluate({ half: 'test', indices: Uint32Array.from(examples.test.labels, (_, i) => i) }))
    const sum = (pick: keyof Time): number => stepsPerEpoch(run) * step[pick] + flow[pick] + part[pick]
    console.log(`${`${name} ${side}`.padEnd(18)}${[step, ...multiplied, flow, part, whole, { minimum: sum('minimum'), median: sum('median') }].map(show).join('')}`)
    trainer.dispose()
  }
}
