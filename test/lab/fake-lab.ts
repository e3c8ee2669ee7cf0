import type { Measure } from '../../src-main/lab/calibrating'
import type { Lab } from '../../src-main/lab/lab'
import type { Reader } from '../../src-main/reads/reader'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { onTestFinished } from 'vitest'
import { openLab } from '../../src-main/lab/lab'
import { planInParts } from '../../src-main/lab/planning'
import { reads } from '../../src-main/reads'
import { readStore } from '../../src-main/store/open'
import { temporaryFolder } from '../temporary'

/**
 * A lab whose workers do as `script` says for each assignment (`run`, `attempt`, `send`, `end`, `stopped`), by default
 * three epochs at once.
 */
export async function fakeLab(script = 'await started(); await epochs(3); await end({ kind: "done" })', { measure }: { measure?: Measure } = {}): Promise<Lab & { folder: string }> {
  const folder = temporaryFolder()
  const workerFile = join(folder, 'worker.mjs')
  writeFileSync(workerFile, `
    const send = message => new Promise(resolve => process.send(message, undefined, undefined, resolve))
    let stop
    const stopped = new Promise(resolve => stop = resolve)
    process.on('disconnect', () => process.exit(0))
    process.on('message', async (message) => {
      if (message.type === 'stop') stop()
      if (message.type !== 'train') return
      const { run, attempt, specification } = message.assignment
      const started = () => send({ type: 'started', epoch: 0, engine: { settings: { simd: true }, device: 'fake', versions: {}, threads: 1 }, layers: specification.layers.map(({ activeWeights }) => ({ activeWeights, effectiveActiveWeights: activeWeights, unconnectedUnits: 0 })) })
      const share = (measure, correct) => ({ measure, layer: 0, value: correct / 20, correct, total: 20 })
      const epochs = async (count) => {
        for (let epoch = 0; epoch <= count; epoch++) {
          await send({ type: 'progress', epoch, step: 1, loss: 1 / (epoch + 1) })
          await send({ type: 'measured', epochs: [{ epoch, measurements: [
            share('test.accuracy.subset', 5 + epoch),
            ...epoch === count ? [share('test.accuracy', specification.streams.side === 'dense' ? 10 : 12)] : [],
            { measure: 'egf2', layer: 0, value: epoch + 1 },
            { measure: 'egf1', layer: 0, value: 2 * epoch + 1 },
            { measure: 'layer.gradient.active.l2', layer: 1, value: epoch + 1 },
            { measure: 'layer.gradient.active.l2', layer: 2, value: epoch + 2 },
            { measure: 'layer.gradient.active.l2', layer: 3, value: epoch + 3 },
          ] }] })
        }
      }
      const end = async (outcome) => { await send({ type: 'ended', outcome }); process.disconnect() }
      ${script}
    })`)
  const data = join(folder, 'data')
  const lab = await openLab(data, 'test', { ...measure && { measure }, workerFile, startReader: readHere, plan: planInParts, exportFiles: async (_, slug, format) => [{ name: `${slug}.${format}`, content: new Blob(['x']) }] })
  let stopped: Promise<void> | undefined
  const { stop } = lab
  const opened = Object.assign(lab, { folder: data, stop: () => stopped ??= stop() })
  onTestFinished(opened.stop)
  return opened
}

/** As the thread does, whose file is not built here. */
function readHere(dataDirectory: string): Reader {
  const store = readStore(dataDirectory)
  return {
    reads: createRouterClient(reads, { context: { store } }),
    close: async () => {
      store.close()
    },
  }
}
