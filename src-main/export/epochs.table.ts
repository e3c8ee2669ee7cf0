import type { Column, ExportTable } from './table'
import { measures } from '@shared/measures'
import { runsOfExperiment } from '../store/experiments'
import { Measurements } from '../store/measurements'

interface Row {
  readonly run: number
  readonly epoch: number
  readonly measured: ReadonlyMap<string, { readonly value: number, readonly correct?: number, readonly total?: number }>
}

export default {
  name: 'epochs',
  help: 'one run after one epoch; 0 is before the first step',
  columns: () => [
    { name: 'run', unit: '', help: 'Number of the run, as in runs.csv', value: ({ run }) => run },
    { name: 'epoch', unit: 'epochs', help: 'Epochs trained so far', value: ({ epoch }) => epoch },
    ...measures.members.filter(({ per }) => per === 'run').flatMap(({ id, unit, definition }): Column<Row>[] => [
      { name: id, unit, help: definition, value: ({ measured }) => measured.get(id)?.value },
      ...unit !== 'share'
        ? []
        : [
            {
              name: `${id}.correct`,
              unit: 'examples',
              help: `Correct answers behind ${id}`,
              value: ({ measured }: Row) => measured.get(id)?.correct,
            },
            {
              name: `${id}.total`,
              unit: 'examples',
              help: `Answers behind ${id}`,
              value: ({ measured }: Row) => measured.get(id)?.total,
            },
          ],
    ]),
  ],
  * rows({ store, experiment }) {
    const measurements = new Measurements(store)
    for (const run of runsOfExperiment(store, experiment.id)) {
      const ofRun = measurements.all(run).filter(({ layer }) => layer === 0)
      for (const [epoch, measured] of Map.groupBy(ofRun, ({ epoch }) => epoch)) {
        yield { run, epoch, measured: new Map(measured.map(one => [one.measure, one])) }
      }
    }
  },
} satisfies ExportTable<Row>
