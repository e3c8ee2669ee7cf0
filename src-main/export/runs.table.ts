import type { PlacedParameter } from '@shared/experiment/parameters'
import type { Experiment } from '@shared/experiment/schema'
import type { LayerSpecification, RunSpecification } from '@shared/plan/specification'
import type { StoredLayer } from '../store/layers'
import type { Summary } from '../store/measurements'
import type { StoredRun } from '../store/runs'
import type { Column, ExportTable } from './table'
import { applies, parameters } from '@shared/experiment/parameters'
import { measures } from '@shared/measures'
import { treatmentsOf } from '@shared/plan/treatments'
import { stateInWords } from '@shared/runs/state'
import { runsOfExperiment } from '../store/experiments'
import { layersOfRun } from '../store/layers'
import { Measurements } from '../store/measurements'
import { pairsOfExperiment } from '../store/pairs'
import { getRuns, getSpecification } from '../store/runs'

interface Row {
  readonly run: StoredRun
  readonly specification: RunSpecification
  readonly layers: readonly StoredLayer[]
  readonly treatments: readonly string[]
  /** Level by factor, of each of these. */
  readonly levels: readonly Readonly<Record<string, string>>[]
  readonly capacity: number
  /** Seconds by measure of time, over the whole run. */
  readonly totals: ReadonlyMap<string, number>
  readonly summaries: ReadonlyMap<string, Summary>
}

const runMeasures = measures.members.filter(({ per }) => per === 'run')

/** Times differ from one training to the next: nobody wants their last value, their best or the mean of some. */
function isTime({ reproducible }: { reproducible?: false | undefined }): boolean {
  return reproducible === false
}

export default {
  name: 'runs',
  help: 'one trained network',
  columns: ({ experiment }) => [
    { name: 'run', unit: '', help: 'Number of the run in this database', value: ({ run }) => run.id },
    {
      name: 'identity',
      unit: '',
      help: 'SHA-256 of everything that determines the result but the engine',
      value: ({ run }) => run.identity,
    },
    { name: 'side', unit: '', help: 'dense or sparse', value: ({ run }) => run.side },
    {
      name: 'treatments',
      unit: '',
      help: 'Treatments of the pairs that it belongs to',
      value: ({ treatments }) => treatments.join('; '),
    },
    ...experiment.experiment.factors.map(({ name }): Column<Row> => ({
      name: `level.${name}`,
      unit: '',
      help: `Level of the factor ${name}, or those of all its pairs`,
      value: ({ levels }) => [...new Set(levels.map(of => of[name]!))].join('; '),
    })),
    {
      name: 'capacity',
      unit: 'units',
      help: 'Dense width W of its pairs',
      value: ({ capacity }) => capacity,
    },
    {
      name: 'seed',
      unit: '',
      help: 'Seed of its random streams',
      value: ({ specification }) => specification.streams.seed,
    },
    {
      name: 'widths',
      unit: 'units',
      help: 'Hidden widths',
      value: ({ specification }) => specification.widths.join(' '),
    },
    {
      name: 'state',
      unit: '',
      help: 'done, diverged at an epoch and step, failed with its reason, ...',
      value: ({ run }) => stateInWords(run.state),
    },
    { name: 'epochs', unit: 'epochs', help: 'Epochs planned', value: ({ run }) => run.epochs },
    { name: 'epoch', unit: 'epochs', help: 'Last epoch measured', value: ({ run }) => run.epoch },
    {
      name: 'weights',
      unit: 'weights',
      help: 'Entries of all maskable weight tensors',
      value: ({ specification }) => sum(specification.layers, ({ inputs, outputs }) => inputs * outputs),
    },
    {
      name: 'active_weights',
      unit: 'weights',
      help: 'Weights that a mask leaves active; all on the dense side',
      value: ({ specification }) => sum(specification.layers, ({ activeWeights }) => activeWeights),
    },
    {
      name: 'effective_active_weights',
      unit: 'weights',
      help: 'Active weights on some path from input to output',
      value: ({ layers }) => layers.length ? sum(layers, layer => layer.effectiveActiveWeights) : undefined,
    },
    {
      name: 'unconnected_units',
      unit: 'units',
      help: 'Units without an active weight before or after them',
      value: ({ layers }) => layers.length ? sum(layers, layer => layer.unconnectedUnits) : undefined,
    },
    ...appliedParameters(experiment.experiment).map(({ path, unit, help }): Column<Row> => ({
      name: path,
      unit: unit ?? '',
      help,
      value: ({ specification }) => specification.settings[path],
    })),
    ...runMeasures.flatMap(({ id, label, unit, direction, definition, reproducible }): Column<Row>[] => [
      isTime({ reproducible })
        ? { name: `${id}.total`, unit, help: `${label}, over all epochs of the run`, value: ({ totals }) => totals.get(id) }
        : { name: id, unit, help: `${label}, last: ${definition}`, value: ({ summaries }) => summaries.get(id)?.last },
      ...direction === 'neither' || isTime({ reproducible }) ? [] : [bestColumn(id, label, unit)],
      ...isTime({ reproducible })
        ? []
        : [{
            name: `${id}.mean11`,
            unit,
            help: `${label}, mean over 11 epochs spread evenly over training (all epochs if there are fewer); empty where one of them was not measured or not finite`,
            value: ({ summaries }: Row) => summaries.get(id)?.meanEleven,
          }],
    ]),
    {
      name: 'test.accuracy.correct',
      unit: 'examples',
      help: 'Correct answers on the whole test set, last',
      value: ({ summaries }) => summaries.get('test.accuracy')?.counts?.correct,
    },
    {
      name: 'test.accuracy.total',
      unit: 'examples',
      help: 'Size of the whole test set',
      value: ({ summaries }) => summaries.get('test.accuracy')?.counts?.total,
    },
    { name: 'engine', unit: '', help: 'What trained it', value: ({ run }) => run.engine },
    {
      name: 'device',
      unit: '',
      help: 'The hardware that the engine found',
      value: ({ run }) => run.environment?.device,
    },
    {
      name: 'versions',
      unit: '',
      help: 'Versions of the engine\'s parts',
      value: ({ run }) => run.environment && Object.entries(run.environment.versions).map(([name, version]) => `${name} ${version}`).join('; '),
    },
    {
      name: 'started',
      unit: 'UTC',
      help: 'When its first attempt began',
      value: ({ run }) => run.startedAt?.toISOString(),
    },
    { name: 'finished', unit: 'UTC', help: 'When it ended', value: ({ run }) => run.finishedAt?.toISOString() },
  ],
  * rows({ store, experiment }) {
    const ids = runsOfExperiment(store, experiment.id)
    const measurements = new Measurements(store)
    const summaries = new Map(runMeasures.map(({ id }) => [id, measurements.summaries(id, ids)]))
    const totals = new Map(runMeasures.filter(isTime).map(({ id }) => [id, measurements.totals(id, ids)]))
    const levels = new Map(treatmentsOf(experiment.experiment).map(treatment => [treatment.name, treatment.levels]))
    const pairs = Map.groupBy(
      pairsOfExperiment(store, experiment.id).flatMap(pair => [{ run: pair.denseRun, pair }, { run: pair.sparseRun, pair }]),
      ({ run }) => run,
    )
    for (const run of getRuns(store, ids)) {
      const its = pairs.get(run.id)!.map(({ pair }) => pair)
      const treatments = [...new Set(its.map(({ treatment }) => treatment))]
      yield {
        run,
        specification: getSpecification(store, run.identity),
        layers: layersOfRun(store, run.id),
        treatments,
        levels: treatments.map(treatment => levels.get(treatment)!),
        capacity: its[0]!.capacity,
        totals: new Map([...totals].flatMap(([id, ofRuns]) => ofRuns.has(run.id) ? [[id, ofRuns.get(run.id)!]] : [])),
        summaries: new Map([...summaries].flatMap(([id, ofRuns]) => ofRuns.has(run.id)
          ? [[id, ofRuns.get(run.id)!]]
          : [])),
      }
    }
  },
} satisfies ExportTable<Row>

function sum<T extends LayerSpecification | StoredLayer>(layers: readonly T[], of: (layer: T) => number): number {
  return layers.reduce((total, layer) => total + of(layer), 0)
}

function bestColumn(id: string, label: string, unit: string): Column<Row> {
  const caution = id.startsWith('test.') ? ' (best on test: choose by validation instead)' : ''
  return { name: `${id}.best`, unit, help: `${label}, best of all measured epochs${caution}`, value: ({ summaries }) => summaries.get(id)?.best }
}

/** Parameters that have a meaning in some treatment. */
function appliedParameters(experiment: Experiment): PlacedParameter[] {
  const configurations = treatmentsOf(experiment).flatMap(({ configuration: { dense, sparse } }) => [dense, sparse])
  return [...parameters.values()].filter(parameter => configurations.some(configuration => applies(parameter, configuration)))
}
