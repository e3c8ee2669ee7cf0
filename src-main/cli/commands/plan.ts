import type { Experiment } from '@shared/experiment/schema'
import type { Plan } from '@shared/plan/plan'
import type { AddCommand, GlobalOptions } from '..'
import { pairsInWords, smallestP } from '@shared/statistics/cells'
import { integer, plural } from '@shared/words'
import { percent, right, significant, textTable } from '../format'
import { readingIfAny } from '../reading'
import { findExperiment, mustPlan } from '../source'
import { collect } from './run'

export default ((program) => {
  program.command('plan')
    .argument('<experiment>', 'a JSON file, a preset, or a stored experiment')
    .description('show what an experiment would train, without training it')
    .option('--set <path=value>', 'change a parameter of the base configuration; may be given several times', collect, [])
    .action(async (name: string, _, command) => {
      const { data, json, set } = command.optsWithGlobals() as GlobalOptions & { set: readonly string[] }
      const experiment = await readingIfAny(data, store => findExperiment(name, { set, store }))
      const plan = mustPlan(experiment)
      process.stdout.write(json
        ? `${JSON.stringify(planJson(experiment, plan), null, 2)}\n`
        : `${planText(experiment, plan)}\n`)
    })
}) satisfies AddCommand

/** Documented in docs/plan-json.md. */
function planJson(experiment: Experiment, plan: Plan): object {
  const cells = new Map(plan.cells.map(cell => [`${cell.treatment} ${cell.capacity}`, cell]))
  return {
    name: experiment.name,
    question: experiment.question,
    treatments: plan.treatments.map(({ name, levels }) => ({ name, levels })),
    excluded: plan.excluded,
    runs: plan.runs.length,
    pairs: plan.pairs.map(({ treatment, capacity, seed, dense, sparse }) => {
      const { layers, unmaskedParameters } = cells.get(`${treatment} ${capacity}`)!
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

function planText(experiment: Experiment, plan: Plan): string {
  const { capacities, seeds } = experiment
  const perTreatment = { pairs: capacities.length * seeds.length, capacities: capacities.length, seeds: seeds.length }
  const { settings, trainExamples } = plan.runs[0]!.specification
  return [
    experiment.question || experiment.name,
    '',
    `${plural(plan.treatments.length, 'treatment')} x ${plural(capacities.length, 'capacity', 'capacities')} x ${plural(seeds.length, 'seed')} = ${plural(plan.pairs.length, 'pair')}, ${plural(plan.runs.length, 'run')} of ${plural(settings['training.epochs'], 'epoch')} on ${integer(trainExamples)} examples`,
    `Treatments: ${plan.treatments.map(({ name }) => name).join(', ')}`,
    ...plan.excluded.map(({ treatment, reason }) => `Excluded: ${treatment}: ${reason}`),
    `In each treatment ${pairsInWords(perTreatment)}: a one-sided p can reach ${significant(smallestP(perTreatment.pairs))}`,
    '',
    textTable(
      [
        'treatment',
        right('W'),
        'layer',
        right('dense shape'),
        right('sparse shape'),
        right('active, both'),
        right('density %'),
        right('unconnected units, expected'),
      ],
      plan.cells.flatMap(({ treatment, capacity, layers }) => layers.map(({ name, dense, sparse }, l) => [
        l === 0 ? treatment : '',
        l === 0 ? String(capacity) : '',
        name,
        `${dense.outputs} x ${dense.inputs}`,
        `${sparse.outputs} x ${sparse.inputs}`,
        dense.activeWeights === sparse.activeWeights
          ? integer(dense.activeWeights)
          : `${integer(dense.activeWeights)} | ${integer(sparse.activeWeights)}`,
        percent(sparse.density),
        sparse.expectedUnconnectedUnits.toFixed(1),
      ])),
    ),
    '',
    ...plan.cells.map(({ treatment, capacity, unmaskedParameters: { dense, sparse } }) =>
      `Unmasked parameters, ${treatment} W=${capacity}: dense ${integer(dense)}, sparse ${integer(sparse)}`),
  ].join('\n')
}
