import type { AddCommand, GlobalOptions } from '..'
import type { Store } from '../../store/open'
import type { StoredRun } from '../../store/runs'
import { identityDocument } from '@shared/identity/identity'
import { measures } from '@shared/measures'
import { stateInWords } from '@shared/runs/state'
import { integer, plural } from '@shared/words'
import { compareExperiment } from '../../comparison/compare'
import { eventsOfRun } from '../../store/events'
import { getExperiment, listExperiments, runsOfExperiment } from '../../store/experiments'
import { layersOfRun } from '../../store/layers'
import { Measurements } from '../../store/measurements'
import { pairsOfExperiment } from '../../store/pairs'
import { getRun, getRuns, getSpecification } from '../../store/runs'
import { CommandEnd } from '../exit'
import { percent, right, significant, textTable } from '../format'
import { reading } from '../reading'
import { resultsJson, resultsText } from '../results'
import { mustPlan } from '../source'

export default ((program) => {
  program.command('show')
    .argument('<experiment or run>', 'a stored experiment, or a run as r12')
    .description('show an experiment and its runs, or one run with its curves and events')
    .action(async (name: string, _, command) => {
      const { data, json } = command.optsWithGlobals() as GlobalOptions
      process.stdout.write(await reading(data, (store) => {
        const run = /^r(\d+)$/.exec(name)?.[1]
        return run === undefined ? showExperiment(store, name, json) : showRun(store, Number(run), json)
      }))
    })
}) satisfies AddCommand

function showExperiment(store: Store, slug: string, json: boolean): string {
  const stored = getExperiment(store, slug)
  if (!stored)
    throw new CommandEnd('invalid', `"${slug}" is no stored experiment and no run (a run is written r12); stored: ${listExperiments(store).map(({ slug }) => slug).join(', ') || 'none'}`)
  const comparison = compareExperiment(store, stored)
  const runs = getRuns(store, runsOfExperiment(store, stored.id))
  const pairs = pairsOfExperiment(store, stored.id)
  const accuracies = new Measurements(store).summaries('test.accuracy', runs.map(({ id }) => id))
  if (json) {
    return `${JSON.stringify({
      experiment: slug,
      name: stored.experiment.name,
      question: stored.experiment.question,
      engine: stored.engine,
      ...resultsJson(comparison),
      pairs,
      runs: runs.map(({ id, identity, side, state, epoch, epochs }) => ({
        run: id,
        identity,
        side,
        state,
        epoch,
        epochs,
        accuracy: accuracies.get(id)?.last ?? null,
      })),
    }, null, 2)}\n`
  }
  const run = (id: number): string[] => {
    const { state } = runs.find(one => one.id === id)!
    const accuracy = accuracies.get(id)?.last
    return [`r${id}`, state.kind === 'done' && accuracy !== undefined ? `${percent(accuracy)} %` : stateInWords(state)]
  }
  return `${resultsText(stored.experiment, mustPlan(stored.experiment), comparison)}\n\n${textTable(
    [
      'treatment',
      right('W'),
      right('seed'),
      'dense',
      right('acc or state'),
      'sparse',
      right('acc or state'),
    ],
    pairs.map(({ treatment, capacity, seed, denseRun, sparseRun }) => [
      treatment,
      String(capacity),
      String(seed),
      ...run(denseRun),
      ...run(sparseRun),
    ]),
  )}\n`
}

function showRun(store: Store, id: number, json: boolean): string {
  const run = getRun(store, id)
  if (!run)
    throw new CommandEnd('invalid', `there is no run r${id}`)
  const specification = getSpecification(store, run.identity)
  const layers = layersOfRun(store, id)
  const events = eventsOfRun(store, id)
  const measured = new Measurements(store).all(id)
  if (json) {
    return `${JSON.stringify({
      run: id,
      ...run,
      document: identityDocument(specification),
      layers,
      events,
      measurements: measured,
    }, null, 2)}\n`
  }

  const shown = [
    'train.loss',
    'test.accuracy.subset',
    'test.accuracy',
    'validation.accuracy',
    'gf2',
    'egf1',
    'egf2',
  ].filter(measure => measured.some(one => one.measure === measure))
  const byEpoch = [...Map.groupBy(measured.filter(({ layer }) => layer === 0), ({ epoch }) => epoch)]
  return [
    `r${id} ${run.side}, ${stateInWords(run.state)}, epoch ${run.epoch} of ${run.epochs}`,
    `identity ${run.identity}`,
    engineText(run),
    '',
    JSON.stringify(identityDocument(specification), null, 2),
    '',
    textTable(
      [
        'layer',
        right('shape'),
        right('active'),
        right('effective'),
        right('unconnected units'),
      ],
      layers.map(({ name, inputs, outputs, activeWeights, effectiveActiveWeights, unconnectedUnits }) =>
        [
          name,
          `${outputs} x ${inputs}`,
          integer(activeWeights),
          integer(effectiveActiveWeights),
          integer(unconnectedUnits),
        ]),
    ),
    '',
    textTable(
      [right('epoch'), ...shown.map(right)],
      byEpoch.map(([epoch, ofEpoch]) => [
        String(epoch),
        ...shown.map((measure) => {
          const value = ofEpoch.find(one => one.measure === measure)?.value
          return value === undefined
            ? ''
            : measures.get(measure).unit === 'share' ? `${percent(value)} %` : significant(value)
        }),
      ]),
    ),
    '',
    ...events.map(({ at, attempt, text }) => `${at.toISOString()}  attempt ${attempt}  ${text}`),
    '',
  ].join('\n')
}

function engineText({ engine, environment }: StoredRun): string {
  if (!environment)
    return `engine ${engine}`
  const versions = Object.entries(environment.versions).map(entry => entry.join(' ')).join(', ')
  return `engine ${engine} on ${environment.device} (${versions}; ${plural(environment.threads, 'thread')})`
}
