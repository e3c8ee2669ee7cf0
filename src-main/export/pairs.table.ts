import type { PlannedComparison } from '../comparison/compare'
import type { Column, ExportTable } from './table'
import { comparePairs } from '../comparison/compare'

type Row = PlannedComparison

const values: readonly { readonly name: string, readonly value: 'accuracy' | 'egf1' | 'egf2', readonly unit: string, readonly help: string }[] = [
  { name: 'accuracy', value: 'accuracy', unit: 'share', help: 'final accuracy on the whole test set' },
  {
    name: 'egf1',
    value: 'egf1',
    unit: '',
    help: 'mean over the 11 epochs (all if fewer) of the effective gradient flow, p = 1',
  },
  {
    name: 'egf2',
    value: 'egf2',
    unit: '',
    help: 'mean over the 11 epochs (all if fewer) of the effective gradient flow, p = 2',
  },
]

export default {
  name: 'pairs',
  help: 'a dense and a sparse run that are compared',
  columns: ({ experiment: { experiment } }) => {
    const isTuned = experiment.factors.some(({ role }) => role === 'tuned')
    return [
      { name: 'pair', unit: '', help: 'Position in the plan, from 1', value: ({ pair }) => pair.position + 1 },
      { name: 'treatment', unit: '', help: 'Combination of levels', value: ({ pair }) => pair.treatment },
      ...experiment.factors.map(({ name }): Column<Row> => ({
        name: `level.${name}`,
        unit: '',
        help: `Level of the factor ${name}`,
        value: ({ levels }) => levels[name],
      })),
      { name: 'capacity', unit: 'units', help: 'Dense width W', value: ({ pair }) => pair.capacity },
      { name: 'seed', unit: '', help: 'Seed of the random streams of both sides', value: ({ pair }) => pair.seed },
      {
        name: 'dense_run',
        unit: '',
        help: 'Number of the dense run, as in runs.csv',
        value: ({ pair }) => pair.denseRun,
      },
      {
        name: 'sparse_run',
        unit: '',
        help: 'Number of the sparse run, as in runs.csv',
        value: ({ pair }) => pair.sparseRun,
      },
      {
        name: 'outcome',
        unit: '',
        help: 'complete; failed, cancelled or diverged where a side did; else unfinished. Values are given for complete pairs',
        value: ({ outcome }) => outcome.kind,
      },
      ...(['dense', 'sparse'] as const).flatMap((side): Column<Row>[] => [
        { name: `${side}_validation_accuracy`, unit: 'share', help: `${side === 'dense' ? 'Dense' : 'Sparse'} side: final accuracy on the validation split; empty without one`, value: ({ validation }) => validation[side] },
        ...isTuned ? [{ name: `${side}_selected`, unit: '', help: `Whether validation selected this level of the tuned factors for the ${side} side: comparisons take the selected ones`, value: ({ selected }: Row) => selected[side] }] : [],
      ]),
      ...values.flatMap(({ name, value, unit, help }): Column<Row>[] => [
        {
          name: `dense_${name}`,
          unit,
          help: `Dense side: ${help}`,
          value: ({ outcome }) => outcome.kind === 'complete' ? outcome.dense[value] : undefined,
        },
        {
          name: `sparse_${name}`,
          unit,
          help: `Sparse side: ${help}`,
          value: ({ outcome }) => outcome.kind === 'complete' ? outcome.sparse[value] : undefined,
        },
        {
          name: `difference_${name}`,
          unit,
          help: `Sparse - dense: ${help}`,
          value: ({ outcome }) => outcome.kind === 'complete'
            ? outcome.sparse[value] - outcome.dense[value]
            : undefined,
        },
      ]),
    ]
  },
  rows: ({ store, experiment }) => comparePairs(store, experiment),
} satisfies ExportTable<Row>
