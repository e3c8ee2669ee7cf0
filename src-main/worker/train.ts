import type { RunSpecification } from '@shared/plan/specification'
import type { Outcome } from '@shared/runs/messages'
import type { Trainer } from '../engines/engine'
import { setImmediate } from 'node:timers/promises'
import { stepsPerEpoch } from '@shared/plan/specification'
import { Draws, permutation, streamKey } from '@shared/random/stream'
import { schedules } from '@shared/schedules'

/** Something that happens at the end of some epochs (0: before the first step). */
export interface Hook {
  readonly epochs: { readonly has: (epoch: number) => boolean }
  /** 'diverged' where it found something that is not finite: training ends there. */
  readonly after: (epoch: Epoch) => Promise<'diverged' | void>
}

export interface Epoch {
  readonly epoch: number
  /** Of the epoch's steps; absent before the first. */
  readonly training?: { readonly loss: number, readonly seconds: number }
}

/** Steps after which losses are read back. Fixed, so that sums have the same bits each time. */
const READ_EVERY = 10

/** Trains a run from the end of epoch `from` to its last. Everything else is a hook. */
export async function train({ run, trainer, examples, from, hooks, stopped, progress }: {
  run: RunSpecification
  trainer: Trainer
  /** Indices of the training examples. */
  examples: Uint32Array
  from: number
  hooks: readonly Hook[]
  stopped: () => boolean
  progress: (at: { epoch: number, step: number, loss: number }) => void
}): Promise<Outcome> {
  const { settings, streams } = run
  const { 'training.epochs': epochs, 'training.batchSize': batchSize, 'training.learningRate': learningRate } = settings
  const schedule = schedules.get(settings['training.schedule'])
  const steps = stepsPerEpoch(run)
  const order = streamKey({ name: 'order', seed: streams.seed, capacity: streams.capacity })
  /** The hooks' end of an epoch; an outcome if one of them ends the training. */
  const runHooks = async (epoch: Epoch): Promise<Outcome | undefined> => {
    for (const hook of hooks.filter(hook => hook.epochs.has(epoch.epoch))) {
      if (await hook.after(epoch) === 'diverged')
        return { kind: 'diverged', epoch: epoch.epoch, step: epoch.epoch * steps }
    }
    return undefined
  }

  const outcome = from === 0 ? await runHooks({ epoch: 0 }) : undefined
  if (outcome)
    return outcome
  for (let epoch = from + 1; epoch <= epochs; epoch++) {
    const start = performance.now()
    const shuffled = permutation(examples.length, new Draws(order, epoch)).map(i => examples[i]!)
    let lossSum = 0
    let read = 0
    for (let s = 1; s <= steps; s++) {
      if (stopped())
        return { kind: 'stopped' }
      const step = (epoch - 1) * steps + s
      trainer.step({
        examples: shuffled.subarray((s - 1) * batchSize, s * batchSize),
        rates: [learningRate * schedule.factor(step, epochs * steps, settings)],
      })
      if (s % READ_EVERY === 0 || s === steps) {
        const [{ loss, firstNonFiniteStep }] = await trainer.progress() as [Awaited<ReturnType<Trainer['progress']>>[number]]
        if (firstNonFiniteStep !== undefined) {
          return { kind: 'diverged', epoch, step: firstNonFiniteStep }
        }
        lossSum += loss * (s - read)
        read = s
        progress({ epoch, step: s, loss })
      }
      // Lets messages in: a stop, or the end of main.
      await setImmediate()
    }
    const outcome = await runHooks({ epoch, training: { loss: lossSum / steps, seconds: (performance.now() - start) / 1000 } })
    if (outcome)
      return outcome
  }
  return { kind: 'done' }
}
