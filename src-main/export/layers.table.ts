import type { StoredLayer } from '../store/layers'
import type { Column, ExportTable } from './table'
import { measures } from '@shared/measures'
import { runsOfExperiment } from '../store/experiments'
import { layersOfRun } from '../store/layers'
import { Measurements } from '../store/measurements'

interface Row {
  readonly run: number
  readonly epoch: number
  readonly layer: StoredLayer
  readonly measured: ReadonlyMap<string, number>
}

export default {
  name: 'layers',
  help: 'one masked weight layer of one run after one epoch at which gradient flow was measured',
  columns: () => [
    { name: 'run', unit: '', help: 'Number of the run, as in runs.csv', value: ({ run }) => run },
    { name: 'epoch', unit: 'epochs', help: 'Epochs trained so far', value: ({ epoch }) => epoch },
    {
      name: 'layer',
      unit: '',
      help: 'Number of the layer from 1, input side first',
      value: ({ layer }) => layer.layer,
    },
    { name: 'name', unit: '', help: 'PyTorch\'s name of the module', value: ({ layer }) => layer.name },
    { name: 'inputs', unit: 'units', help: 'Columns of its weight tensor', value: ({ layer }) => layer.inputs },
    { name: 'outputs', unit: 'units', help: 'Rows of its weight tensor', value: ({ layer }) => layer.outputs },
    {
      name: 'effective_active_weights',
      unit: 'weights',
      help: 'Active weights on some path from input to output, at the start',
      value: ({ layer }) => layer.effectiveActiveWeights,
    },
    {
      name: 'unconnected_units',
      unit: 'units',
      help: 'Output units without an active weight before or after them, at the start',
      value: ({ layer }) => layer.unconnectedUnits,
    },
    ...measures.members.filter(({ per }) => per === 'layer').map(({ id, unit, definition }): Column<Row> =>
      ({ name: id, unit, help: definition, value: ({ measured }) => measured.get(id) })),
  ],
  * rows({ store, experiment }) {
    const measurements = new Measurements(store)
    for (const run of runsOfExperiment(store, experiment.id)) {
      const layers = layersOfRun(store, run)
      const ofLayers = measurements.all(run).filter(({ layer }) => layer > 0)
      for (const [epoch, ofEpoch] of Map.groupBy(ofLayers, ({ epoch }) => epoch)) {
        for (const layer of layers) {
          const measured = ofEpoch.filter(one => one.layer === layer.layer)
          yield { run, epoch, layer, measured: new Map(measured.map(({ measure, value }) => [measure, value])) }
        }
      }
    }
  },
} satisfies ExportTable<Row>
