import type { Measurement } from '@shared/measures'
import type { RunSpecification } from '@shared/plan/specification'
import type { StoredLayer } from '../store/layers'
import type { Store } from '../store/open'
import type { StoredRun } from '../store/runs'
import type { Look } from './run-state'
import { parameters } from '@shared/experiment/parameters'
import { decimalsFor, densityPercent, duration, percent } from '@shared/format'
import { measures } from '@shared/measures'
import { stateInWords } from '@shared/runs/state'
import { integer, plural } from '@shared/words'
import { eventsOfRun } from '../store/events'
import { layersOfRun } from '../store/layers'
import { Measurements } from '../store/measurements'
import { pairsOfRuns } from '../store/pairs'
import { getIdentityDocument, getRun, getSpecification } from '../store/runs'
import { CommandEnd, LAB } from './exit'
import { right, textTable } from './format'
import { stateNow } from './run-state'

/** One run with its pairs, settings, layers, curves and events, for `lab show`. */
export function showRun(store: Store, id: number, look: Look): string {
  const run = getRun(store, id)
  if (!run)
    throw new CommandEnd('invalid', `there is no run r${id}; "${LAB} show EXPERIMENT" lists those of an experiment`)
  const specification = getSpecification(store, run.identity)
  const [layers, events, pairs] = [layersOfRun(store, id), eventsOfRun(store, id), pairsOfRuns(store, [id]).get(id)!]
  const measured = new Measurements(store).all(id)
  if (look.json) {
    const { id: _, ...stored } = run
    return JSON.stringify({
      run: id,
      ...stored,
      state: stateNow(run, look),
      pairs,
      settings: specification.settings,
      identityDocument: getIdentityDocument(store, run.identity),
      layers,
      events,
      measurements: measured,
    }, null, 2)
  }
  return [
    `r${id} ${run.side}, ${run.state.kind === 'running' && !look.isTraining ? 'interrupted' : stateInWords(run.state)}, epoch ${run.epoch} of ${run.epochs}`,
    ...pairs.map(({ experiment, treatment, capacity, seed, denseRun, sparseRun }) =>
      `${experiment}: ${treatment} W=${capacity} seed ${seed}, beside r${run.side === 'dense' ? sparseRun : denseRun} ${run.side === 'dense' ? 'sparse' : 'dense'}`),
    engineText(run),
    ...timeText(measured),
    `identity ${run.identity}`,
    '',
    settingsTable(specification),
    ...layers.length ? ['', layerTable(layers)] : [],
    ...measured.length ? ['', curveTable(measured)] : [],
    ...events.length ? ['', ...events.map(({ at, attempt, text }) => `${at.toISOString()}  attempt ${attempt}  ${text}`)] : [],
  ].join('\n')
}

function engineText({ engine, environment }: StoredRun): string {
  if (!environment)
    return `engine ${engine}`
  const versions = Object.entries(environment.versions).map(entry => entry.join(' ')).join(', ')
  return `engine ${engine} on ${environment.device} (${versions}; ${plural(environment.threads, 'thread')})`
}

function timeText(measured: readonly Measurement[]): string[] {
  const seconds = (id: string): string => duration(measured.filter(({ measure }) => measure === id).reduce((sum, { value }) => sum + value, 0))
  return measured.length ? [`time ${seconds('time.training')} training, ${seconds('time.measuring')} measuring`] : []
}

/** What the run was told, what differs from the defaults first. */
function settingsTable({ settings }: RunSpecification): string {
  const rows = Object.entries(settings).map(([path, value]) => ({ path, value, given: parameters.get(path)!.default }))
  const changed = (row: typeof rows[number]): boolean => row.value !== row.given
  return textTable(
    ['setting', right('value'), right('default')],
    [...rows.filter(changed), ...rows.filter(row => !changed(row))].map(row =>
      [row.path, String(row.value), String(row.given)]),
  )
}

function layerTable(layers: readonly StoredLayer[]): string {
  return textTable(
    ['layer', right('shape'), right('active'), right('density %'), right('effective'), right('unconnected units')],
    layers.map(({ name, inputs, outputs, activeWeights, effectiveActiveWeights, unconnectedUnits }) => [
      name,
      `${outputs} x ${inputs}`,
      integer(activeWeights),
      densityPercent(activeWeights / (inputs * outputs)),
      integer(effectiveActiveWeights),
      integer(unconnectedUnits),
    ]),
  )
}

const CURVES = ['train.loss', 'test.accuracy.subset', 'test.accuracy', 'validation.accuracy', 'gf2', 'egf1', 'egf2']

function curveTable(measured: readonly (Measurement & { readonly epoch: number })[]): string {
  const shown = CURVES.filter(measure => measured.some(one => one.measure === measure))
  const byEpoch = [...Map.groupBy(measured.filter(({ layer }) => layer === 0), ({ epoch }) => epoch)]
  const formats = new Map(shown.map(id => [id, isShare(id) ? percent : decimalsFor(measured.filter(({ measure }) => measure === id).map(({ value }) => value))]))
  const inTable = (ofEpoch: typeof measured, id: string): string => {
    const value = ofEpoch.find(({ measure }) => measure === id)?.value
    return value === undefined ? '' : formats.get(id)!(value)
  }
  return textTable(
    [right('epoch'), ...shown.map(id => right((isShare(id) ? `${id} %` : id).replaceAll('.', '.\n')))],
    byEpoch.map(([epoch, ofEpoch]) => [String(epoch), ...shown.map(id => inTable(ofEpoch, id))]),
  )
}

function isShare(id: string): boolean {
  return measures.get(id).unit === 'share'
}
