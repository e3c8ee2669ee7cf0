import type { Configuration } from '@shared/experiment/parameters'
import type { RunSpecification } from '@shared/plan/specification'
import type { Assignment, FromWorker, Outcome, Preparation } from '@shared/runs/messages'
import type { NetworkState } from '@shared/runs/network-state'
import type { LoadedDataset } from '../datasets/examples'
import type { OpenEngine } from '../engines/engine'
import type { Checkpoint } from './checkpoint'
import { identityOf } from '@shared/identity/identity'
import { connectivity } from '@shared/masks/connectivity'
import { initialState } from '@shared/runs/network-state'
import { loadDataset } from '../datasets'
import { examplesOf } from '../datasets/examples'
import { DatasetProblem } from '../datasets/loader'
import { engines } from '../engines'
import { compileRun } from '../engines/compile'
import { readCheckpoint } from './checkpoint'
import { checkpointHook, UnwritableCheckpoint } from './hooks/checkpoint'
import { measureHook } from './hooks/measure'
import { MeasuredEpochs } from './measured-epochs'
import { DamagedFile } from './safetensors'
import { train } from './train'

/** How often main hears of a run's progress, in milliseconds. */
const PROGRESS_EVERY = 200

type Send = (message: FromWorker) => Promise<void>

/** Opens the engine and reads the data set that the next run will probably need; a problem shows when it is trained. */
export async function prepare({ engine, settings }: Preparation): Promise<void> {
  await Promise.allSettled([Promise.try(() => engines.get(engine).open()), Promise.try(() => readDataset(settings))])
}

/** One worker trains one run: what it has read is kept. */
const read = new Map<string, Promise<LoadedDataset>>()

function readDataset(settings: Configuration): Promise<LoadedDataset> {
  const key = JSON.stringify(Object.entries(settings).filter(([path]) => path.startsWith('data.')))
  const loaded = read.get(key) ?? loadDataset(settings['data.dataset'], settings)
  read.set(key, loaded)
  return loaded
}

/** Trains an assignment to its end, telling main everything on the way; expected failures are outcomes. */
export async function runAssignment(assignment: Assignment, send: Send, stopped: () => boolean): Promise<Outcome> {
  try {
    return await attempt(assignment, send, stopped)
  }
  catch (error) {
    if (error instanceof DatasetProblem || error instanceof UnwritableCheckpoint)
      return { kind: 'blocked', reason: error.message }
    if (error instanceof DamagedFile)
      return { kind: 'failed', reason: `it cannot start from another run's checkpoint: ${error.message}` }
    if (error instanceof RangeError && /allocation/i.test(error.message))
      return { kind: 'failed', reason: `there is not enough memory for it (${error.message})` }
    throw error
  }
}

async function attempt(assignment: Assignment, send: Send, stopped: () => boolean): Promise<Outcome> {
  const { specification: run, recording, startingEpochs, checkpointFolder: folder } = assignment
  const { numerics, open } = engines.get(assignment.engine)
  const [dataset, engine] = await Promise.all([
    readDataset(run.settings),
    open(assignment.engineSettings),
  ])
  const otherwise = Object.entries(assignment.engineSettings ?? {}).find(([name, value]) => engine.settings[name] !== value)
  if (otherwise)
    return { kind: 'blocked', reason: `the engine '${assignment.engine}' opened with another ${otherwise[0]} than the run began with` }
  const examples = examplesOf(dataset, run)
  const { epoch: from, state } = await startingPoint(assignment, numerics, send)
  const trainer = await compileRun(engine, run, state, examples)
  await send({ type: 'started', epoch: from, engine: describe(engine), layers: layersOf(assignment, state) })

  let reported = 0
  const measured = new MeasuredEpochs(epochs => send({ type: 'measured', epochs }))
  const outcome = await train({
    run,
    trainer,
    examples: examples.splits.train,
    from,
    stopped,
    hooks: [
      measureHook({
        run,
        recording,
        trainer,
        examples,
        report: (epoch, measurements) => measured.add({ epoch, measurements: [...measurements] }),
      }),
      checkpointHook({
        run,
        recording,
        startingEpochs,
        trainer,
        folder,
        origin: { identity: identityOf(run), engine: assignment.engine, numerics, engineSettings: engine.settings },
        async report(epoch, file, bytes) {
          // Who goes on from it finds everything before it stored.
          await measured.flush()
          await send({ type: 'checkpointed', epoch, file, bytes })
        },
      }),
    ],
    progress(at) {
      if (performance.now() - reported < PROGRESS_EVERY)
        return
      reported = performance.now()
      void send({ type: 'progress', ...at })
    },
  }).finally(() => measured.flush())
  trainer.dispose()
  return outcome
}

function describe({ settings, device, versions, threads }: OpenEngine): Extract<FromWorker, { type: 'started' }>['engine'] {
  return { settings: { ...settings }, device, versions: { ...versions }, threads }
}

function layersOf({ specification: { layers } }: Assignment, { masks }: NetworkState): Extract<FromWorker, { type: 'started' }>['layers'] {
  return connectivity(layers, layers.map(({ name }) => masks[`${name}.weight`]))
}

/** The newest sound checkpoint of this run, else the run's beginning. A damaged one is told of and passed over. */
async function startingPoint({ specification: run, engine, resumeFrom, startFrom }: Assignment, numerics: number, send: Send): Promise<{ epoch: number, state: NetworkState }> {
  const identity = identityOf(run)
  for (const file of resumeFrom) {
    try {
      const checkpoint = readCheckpoint(file, run)
      if (checkpoint.identity !== identity || checkpoint.engine !== engine || checkpoint.numerics !== numerics)
        throw new DamagedFile(`${file} is of another run or engine`)
      return checkpoint
    }
    catch (error) {
      if (!(error instanceof DamagedFile))
        throw error
      const beginning = startFrom ? 'the run from which it starts' : 'the beginning'
      const instead = file === resumeFrom.at(-1) ? beginning : 'the one before'
      await send({ type: 'note', text: `${error.message}; going on from ${instead}` })
    }
  }
  return startFrom ? startingCheckpoint(startFrom, run) : { epoch: 0, state: initialState(run) }
}

/** @throws DamagedFile where it is not the checkpoint from which this run starts. */
function startingCheckpoint(file: string, run: RunSpecification): Checkpoint {
  const checkpoint = readCheckpoint(file, run)
  const { identity, epoch } = run.startsFrom!
  if (checkpoint.identity !== identity || checkpoint.epoch !== epoch)
    throw new DamagedFile(`${file} is not the checkpoint of epoch ${epoch} of run ${identity}`)
  return checkpoint
}
