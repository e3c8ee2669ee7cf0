import type { ExperimentTable } from '../tables'
import { cellsTable } from '@shared/tables/cells'
import { compareExperiment } from '../../comparison/compare'
import { meaningOf } from '../../comparison/notes'
import { cellRows } from '../../rows/cell-rows'

export default {
  id: 'cells',
  of({ store, experiment }) {
    const comparison = compareExperiment(store, experiment)
    return cellsTable(cellRows(comparison), meaningOf(experiment.experiment, comparison))
  },
} satisfies ExperimentTable
