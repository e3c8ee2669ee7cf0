import type { Experiment } from '@shared/experiment/schema'
import type { Plan } from '@shared/plan/plan'
import type { AddCommand, GlobalOptions } from '..'
import type { Engine } from '../../engines/engine'
import type { Store } from '../../store/open'
import { configureRecording } from '@shared/experiment/parameters'
import { presets } from '../../presets'
import { prepareRuns } from '../../store/runs'
import { collect } from '../options'
import { planText } from '../plan-text'
import { readingIfAny, readingIfSound } from '../reading'
import { findExperiment, isFile } from '../source'
import { trainable } from '../training'

export default ((program) => {
  program.command('plan')
    .argument('<experiment>', 'a JSON file, a preset, or a stored experiment')
    .description('show what an experiment would train, without training it')
    .option('--set <path=value>', 'change a parameter ("lab parameters" lists them), seeds, capacities or the engine; may be given several times', collect)
    .action(async (name: string, _, command) => {
      const { data, json, set = [] } = command.optsWithGlobals() as GlobalOptions & { set?: readonly string[] }
      // A file or a preset can be planned whatever the data directory is like.
      const readingForIt = isFile(name) || presets.has(name) ? readingIfSound : readingIfAny
      process.stdout.write(await readingForIt(data, async (store) => {
        const { found: { experiment }, plan, engine } = await trainable(findExperiment(name, set, store))
        const stored = store ? countStored(store, experiment, plan, engine) : 0
        return json
          ? `${JSON.stringify(planJson(experiment, plan, engine.id, stored), null, 2)}\n`
          : `${planText(experiment, plan, engine.id, stored)}\n`
      }))
    })
}) satisfies AddCommand

/** How many runs of a plan would be taken from those that are stored instead of trained. */
function countStored(store: Store, { recording }: Experiment, { runs }: Plan, { id, numerics }: Engine): number {
  const { findShareable } = prepareRuns(store)
  return runs.filter(({ identity }) => findShareable({ identity, engine: id, numerics, recording: configureRecording(recording) }) !== undefined).length
}

/** Documented in docs/experiment-file.md. */
function planJson(experiment: Experiment, plan: Plan, engine: string, stored: number): object {
  const cells = new Map(plan.cells.map(cell => [JSON.stringify([cell.treatment, cell.capacity]), cell]))
  return {
    name: experiment.name,
    question: experiment.question,
    engine,
    treatments: plan.treatments.map(({ name, levels }) => ({ name, levels })),
    excluded: plan.excluded,
    withoutEffect: plan.withoutEffect,
    runs: plan.runs.length,
    stored,
    pairs: plan.pairs.map(({ treatment, capacity, seed, dense, sparse }) => {
      const { layers, unmaskedParameters } = cells.get(JSON.stringify([treatment, capacity]))!
      return {
        treatment,
        capacity,
        seed,
        identities: { dense: dense.identity, sparse: sparse.identity },
        layers,
        unmaskedParameters,
      }
    }),
  }
}
