import type { Experiment } from '@shared/experiment/schema'
import type { Cell, Plan } from '@shared/plan/plan'
import { datasets } from '@shared/datasets'
import { stepsPerEpoch } from '@shared/plan/specification'
import { pairsInWords, smallestP } from '@shared/statistics/cells'
import { integer, plural } from '@shared/words'
import { densityPercent, probability, right, textTable, wrapped } from './format'
import { remarks } from './results'

/** What a plan would train, and both sides of its layers beside each other. */
export function planText(experiment: Experiment, plan: Plan, engine: string, stored: number): string {
  const { capacities, seeds } = experiment
  const each = { pairs: capacities.length * seeds.length, capacities: capacities.length, seeds: seeds.length }
  const treatments = plan.treatments.length === 1 ? 'The treatment has' : 'Each treatment has'
  const reach = each.capacities > 1
    ? `; at one capacity alone ${probability(smallestP(each.seeds))}`
    : ''
  const sentences = [
    `${plural(plan.treatments.length, 'treatment')} x ${plural(capacities.length, 'capacity', 'capacities')} x ${plural(seeds.length, 'seed')} = ${plural(plan.pairs.length, 'pair')}, ${plural(plan.runs.length, 'run')} on ${engine}${stored ? `; ${integer(stored)} of them are stored already` : ''}.`,
    `Treatments: ${plan.treatments.map(({ name }) => name).join(', ')}.`,
    `Each run: ${training(plan)}.`,
    `${treatments} ${pairsInWords(each)}: a one-sided exact signed-rank test can reach p = ${probability(smallestP(each.pairs))}${reach}.`,
    ...remarks(plan),
  ]
  return [experiment.question || experiment.name, '', ...sentences.map(wrapped), '', layerTable(plan), '', unmaskedTable(plan)].join('\n')
}

/** What every run does; values that differ between runs are joined by "or". */
function training({ runs }: Plan): string {
  const each = (say: (run: Plan['runs'][number]['specification']) => string): string => [...new Set(runs.map(({ specification }) => say(specification)))].join(' or ')
  const { specification: { data } } = runs[0]!
  return [
    `${each(({ settings }) => plural(settings['training.epochs'], 'epoch'))} of ${each(run => plural(stepsPerEpoch(run), 'step'))}`,
    `${each(({ trainExamples }) => integer(trainExamples))} of ${plural(data.train, 'example')} of ${each(({ settings }) => datasets.get(settings['data.dataset']).title)} in batches of ${each(({ settings }) => integer(settings['training.batchSize']))}`,
    each(({ settings }) => `${settings['training.optimizer']} with learning rate ${settings['training.learningRate']}`),
  ].join(', ')
}

/** Treatments whose layers are the same share one part of the table. */
function layerTable({ cells, treatments }: Plan): string {
  const alike = [...Map.groupBy(cells, ({ capacity, layers }) => JSON.stringify([capacity, layers])).values()]
  const named = (ofGroup: readonly Cell[]): string => ofGroup.length === treatments.length && treatments.length > 1 ? 'all' : ofGroup.map(({ treatment }) => treatment).join(', ')
  return textTable(
    ['treatment', right('W'), 'layer', right('dense shape'), right('sparse shape'), right('active weights'), right('density %'), right('unconnected units expected')],
    alike.flatMap(group => group[0]!.layers.map(({ name, dense, sparse }, l) => [
      l === 0 ? named(group) : '',
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

/** Biases and BatchNorm's scales and shifts: what no mask makes equal. */
function unmaskedTable({ cells }: Plan): string {
  return textTable(
    ['treatment', right('W'), right('dense unmasked parameters'), right('sparse unmasked parameters')],
    cells.map(({ treatment, capacity, unmaskedParameters: { dense, sparse } }) => [treatment, String(capacity), integer(dense), integer(sparse)]),
  )
}
