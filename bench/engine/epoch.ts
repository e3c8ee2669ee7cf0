import type { PlannedRun } from '@shared/plan/plan'
import type { RunSpecification } from '@shared/plan/specification'
import type { StoredEpoch } from './record'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { checkExperiment } from '@shared/experiment/file'
import { configureRecording } from '@shared/experiment/parameters'
import { planExperiment } from '@shared/plan/plan'
import { stepsPerEpoch } from '@shared/plan/specification'
import { initialState } from '@shared/runs/network-state'
import { loadDataset } from '../../src-main/datasets'
import { examplesOf } from '../../src-main/datasets/examples'
import { engines } from '../../src-main/engines'
import { compileRun } from '../../src-main/engines/compile'
import { presets } from '../../src-main/presets'
import { runAssignment } from '../../src-main/worker/run'

/** Times that a training and its steps alone take turns. */
const ROUNDS = 5

/** Runs of the first-look experiment, both sides, on all of Fashion-MNIST. */
export function epochRuns(): { name: string, run: PlannedRun }[] {
  const document = presets.get('first-look')!
  const checked = checkExperiment({ ...document, base: { ...document.base as object, data: { dataset: 'fashion-mnist' } } })
  const planned = checked.kind === 'valid' ? planExperiment(checked.experiment) : undefined
  if (planned?.kind !== 'planned')
    throw new Error('the first-look experiment cannot be planned')
  const { pairs } = planned.plan
  return [...Map.groupBy(pairs, ({ treatment, capacity }) => `${treatment}, W = ${capacity}`)].flatMap(([name, [pair]]) =>
    (['dense', 'sparse'] as const).map(side => ({ name: `${name}, ${side}`, run: pair![side] })))
}

/** An epoch as the product trains it (order, steps, evaluations, gradient flow at its own cadence, checkpoints), and its steps alone. */
export async function measureEpoch({ specification: run }: PlannedRun, { engine: id, folder }: { engine: string, folder: string }): Promise<Omit<StoredEpoch, 'environment'>> {
  const engine = await engines.get(id).open()
  const dataset = await loadDataset(run.settings['data.dataset'], run.settings)
  const examples = examplesOf(dataset, run)
  const trainer = await compileRun(engine, run, initialState(run), examples)
  const batchSize = run.settings['training.batchSize']
  const steps = stepsPerEpoch(run)
  const times = { stepsAlone: Infinity, epoch: Infinity, preparation: Infinity }
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    for (let s = 0; s < steps; s++)
      trainer.step({ examples: examples.splits.train.subarray(s * batchSize, (s + 1) * batchSize), rates: [1e-6] })
    await trainer.progress()
    times.stepsAlone = Math.min(times.stepsAlone, (performance.now() - start) / 1000)
    const training = await trainWhole(run, id, folder)
    times.epoch = Math.min(times.epoch, training.epoch)
    times.preparation = Math.min(times.preparation, training.preparation)
  }
  trainer.dispose()
  return { steps, ...times }
}

/** Seconds of a whole training by the worker's own code: until its first step, and an epoch after that. */
async function trainWhole(run: RunSpecification, engine: string, folder: string): Promise<{ preparation: number, epoch: number }> {
  const checkpointFolder = mkdtempSync(join(folder, 'training-'))
  const start = performance.now()
  let started = start
  const outcome = await runAssignment({
    run: 1,
    attempt: 1,
    specification: run,
    recording: configureRecording({}),
    engine,
    resumeFrom: [],
    startingEpochs: [],
    checkpointFolder,
  }, async ({ type }) => {
    if (type === 'started')
      started = performance.now()
  }, () => false)
  const end = performance.now()
  rmSync(checkpointFolder, { recursive: true })
  if (outcome.kind !== 'done')
    throw new Error(`a training ended otherwise: ${JSON.stringify(outcome)}`)
  return { preparation: (started - start) / 1000, epoch: (end - started) / 1000 / run.settings['training.epochs'] }
}
