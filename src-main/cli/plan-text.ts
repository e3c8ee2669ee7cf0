import type { Experiment } from '@shared/experiment/schema'
import type { Cell, Plan } from '@shared/plan/plan'
import { datasets } from '@shared/datasets'
import { densityPercent } from '@shared/format'
import { stepsPerEpoch } from '@shared/plan/specification'
import { comparedTreatments } from '@shared/plan/treatments'
import { reachInWords } from '@shared/statistics/reach'
import { integer, plural } from '@shared/words'
import { right, textTable, wrapped } from './format'
import { remarks } from './results'

/** What a plan would train, and both sides of its layers beside each other. */
export function planText(experiment: Experiment, plan: Plan, engine: string, stored: number): string {
  const { capacities, seeds } = experiment
  const sentences = [
    `${plural(plan.treatments.length, 'treatment')} x ${plural(capacities.length, 'capacity', 'capacities')} x ${plural(seeds.length, 'seed')} = ${plural(plan.pairs.length, 'pair')}, ${plural(plan.runs.length, 'run')} on ${engine}${stored ? `; ${integer(stored)} of them are stored already` : ''}.`,
    `Treatments: ${plan.treatments.map(({ name }) => name).join(', ')}.`,
    ...tuning(experiment),
    `Each run: ${training(plan)}.`,
    ...reachInWords({ treatments: comparedTreatments(experiment, plan.treatments), capacities: capacities.length, seeds: seeds.length }),
    ...remarks(plan),
  ]
  return [experiment.question || experiment.name, '', ...sentences.map(wrapped), '', layerTable(plan), '', unmaskedTable(plan)].join('\n')
}

/** Factors that are chosen instead of compared. */
function tuning({ factors, base }: Experiment): string[] {
  return factors.filter(({ role }) => role === 'tuned').map(({ name, levels }) =>
    `Tuned: ${name} (${levels.map(level => level.name).join(', ')}): each treatment, capacity and side takes the level with the best mean validation accuracy, on ${integer(Number(base['data.validation']))} held-out examples.`)
}

/** What every run does; values that differ between runs are joined by "or". */
function training({ runs }: Plan): string {
  const each = (say: (run: Plan['runs'][number]['specification']) => string): string => [...new Set(runs.map(({ specification }) => say(specification)))].join(' or ')
  return [
    `${each(({ settings }) => plural(settings['training.epochs'], 'epoch'))} of ${each(run => plural(stepsPerEpoch(run), 'step'))}`,
    `${each(({ trainExamples, data, settings }) => `${integer(trainExamples)} of ${plural(data.train, 'example')} of ${datasets.get(settings['data.dataset']).title}`)} in batches of ${each(({ settings }) => integer(settings['training.batchSize']))}`,
    each(({ settings }) => `${settings['training.optimizer']} with learning rate ${settings['training.learningRate']}`),
  ].join(', ')
}

/** Treatments whose layers are the same share one part of the table. */
function layerTable({ cells, treatments }: Plan): string {
  const alike = [...Map.groupBy(cells, ({ capacity, layers }) => JSON.stringify([capacity, layers])).values()]
  return textTable(
    ['treatment', right('W'), 'layer', right('dense\nshape'), right('sparse\nshape'), right('active\nweights'), right('density\n%'), right('unconnected\nunits, expected')],
    alike.flatMap(group => group[0]!.layers.map(({ name, dense, sparse }, l) => [
      l === 0 ? named(group, treatments.length) : '',
      l === 0 ? String(group[0]!.capacity) : '',
      name,
      `${dense.outputs} x ${dense.inputs}`,
      `${sparse.outputs} x ${sparse.inputs}`,
      dense.activeWeights === sparse.activeWeights
        ? integer(dense.activeWeights)
        : `${integer(dense.activeWeights)} | ${integer(sparse.activeWeights)}`,
      densityPercent(sparse.density),
      sparse.expectedUnconnectedUnits.toFixed(1),
    ])),
  )
}

function named(group: readonly Cell[], treatments: number): string {
  return group.length === treatments && treatments > 1 ? 'every one' : group.map(({ treatment }) => treatment).join(', ')
}

/** Biases and BatchNorm's scales and shifts: what no mask makes equal. */
function unmaskedTable({ cells, treatments }: Plan): string {
  const alike = [...Map.groupBy(cells, ({ capacity, unmaskedParameters }) => JSON.stringify([capacity, unmaskedParameters])).values()]
  return textTable(
    ['treatment', right('W'), right('dense unmasked\nparameters'), right('sparse unmasked\nparameters')],
    alike.map((group) => {
      const { capacity, unmaskedParameters: { dense, sparse } } = group[0]!
      return [named(group, treatments.length), String(capacity), integer(dense), integer(sparse)]
    }),
  )
}
