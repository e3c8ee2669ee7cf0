/** A contestant of ours: as rivals/serve.py, it loads problems and takes steps, as lines of JSON on stdin ask. */

import type { OpenEngine, Trainer } from '../../src-main/engines/engine'
import type { Reply } from './protocol'
import { createInterface } from 'node:readline'
import { configure } from '@shared/experiment/parameters'
import { engines } from '../../src-main/engines'
import { examplesOfBatch } from '../../src-main/engines/native/calibration-networks'
import { BATCH, mlp } from './networks'
import { readProblem } from './problem'
import { request } from './protocol'

const [id, settings] = process.argv.slice(2)
const engine = await engines.get(id!).open(JSON.parse(settings!))
let current: { trainer: Trainer, rate: number } | undefined
const batch = Uint32Array.from({ length: BATCH }, (_, i) => i)

reply({ versions: { ...engine.versions } })
for await (const line of createInterface({ input: process.stdin })) {
  try {
    const asked = request.parse(JSON.parse(line))
    if ('load' in asked) {
      current?.trainer.dispose()
      current = await load(engine, asked.load)
      reply({ loaded: true })
    }
    else {
      reply(await take(asked.steps))
    }
  }
  catch (error) {
    reply({ error: (error as Error).message })
  }
}

function reply(answer: Reply): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}

async function load(engine: OpenEngine, path: string): Promise<{ trainer: Trainer, rate: number }> {
  const { layers, optimizer, own, rate, standardisation, state, images, labels } = readProblem(path)
  const examples = { ...examplesOfBatch({ images, labels }, layers[0]!.inputs, layers.at(-1)!.outputs), standardisation: [standardisation] }
  const ownSettings = Object.entries(own).map(([name, value]) => [`training.${optimizer}.${name}`, value])
  const replica = { state, settings: configure(Object.fromEntries(ownSettings)), lambda: 0 }
  return { trainer: await engine.compile(mlp(layers), { optimizer, batchSize: BATCH }, [replica], examples), rate }
}

/** Each step with its loss read back, as all contestants do. */
async function take(count: number): Promise<Reply> {
  if (!current)
    throw new Error('nothing was loaded')
  const { trainer, rate } = current
  const milliseconds: number[] = []
  const losses: number[] = []
  for (let i = 0; i < count; i++) {
    const start = performance.now()
    trainer.step({ examples: batch, rates: [rate] })
    const [progress] = await trainer.progress()
    milliseconds.push(performance.now() - start)
    losses.push(progress!.loss)
  }
  return { milliseconds, losses }
}
