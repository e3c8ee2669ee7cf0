import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { costs } from '../calibration/calibration'
import { comparisonDocument, panelDocument, selection } from '../comparison/document'
import { exportFormat, optionValues } from '../exports/format'
import { tableFormats } from '../tables'
import { change } from './changes'
import { member, namedComparison, population, statistic } from './comparison'
import { errors } from './errors'
import { cellRow, curve, experimentRow, meanCurve, pairLayerRow, pairPlace, pairRow, runRow, runState, setting, stateCounts } from './rows'
import { systemInfo } from './system'

const base = oc.errors(errors)
const slug = z.string().min(1).max(200)
const run = z.int().positive()
const done = z.object({ changed: z.int() })

/** A JSON document, checked by its own schema where it is used: the answer then names every field. */
const document = z.json()

/** What a chart is of, and of which measure where it may be of several. */
const figureOf = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('experiment'),
    slug,
    measure: z.string().exactOptional(),
    /** Of mean curves: of one capacity, or over all of them (null). */
    capacity: z.number().nullable().exactOptional(),
    /** Of mean curves: of these alone. */
    treatments: z.array(z.string()).exactOptional(),
  }),
  z.object({ kind: z.literal('pair'), slug, position: z.int().min(0), measure: z.string() }),
  z.object({ kind: z.literal('run'), run, measure: z.string() }),
  z.object({ kind: z.literal('engine'), engine: z.string() }),
  /** The chart of a panel. */
  z.object({ kind: z.literal('comparison'), selection, panel: panelDocument }),
])
export type FigureOf = z.infer<typeof figureOf>

/** All that a window may ask of the program; the same over a MessagePort and a WebSocket. */
export const contract = {
  /** `all`, then changes from now on; with the id of the last one that was seen, from there on if it is still known. */
  changes: base.output(eventIterator(change)),

  system: {
    info: base.output(systemInfo),
    /** Measures an engine for some 20 seconds; experiments that begin from then on follow it. */
    calibrate: base.input(z.object({ engine: z.string() })).output(done),
    /** Back to what is built in. */
    resetCalibration: base.input(z.object({ engine: z.string() })).output(done),
  },

  presets: {
    list: base.output(z.array(z.object({ id: z.string(), name: z.string(), question: z.string(), runs: z.int(), document }))),
  },

  experiments: {
    list: base.output(z.array(experimentRow)),
    get: base.input(z.object({ slug })).output(z.object({
      row: experimentRow,
      document,
      treatments: z.array(z.string()),
      excluded: z.array(z.object({ treatment: z.string(), reason: z.string() })),
    })),
    /** Its comparison, all of one moment. */
    comparison: base.input(z.object({ slug })).output(z.object({
      cells: z.array(cellRow),
      /** The pairs that are compared: tuned factors at the levels that validation selects. */
      pairs: z.array(pairRow),
      tuned: z.array(z.object({ treatment: z.string(), capacity: z.number(), dense: z.string(), sparse: z.string() })),
      /** What came out, as a sentence, where the question has so simple an answer and every pair is complete. */
      answer: z.string().nullable(),
      /** What the numbers can and cannot show, a sentence each. */
      notes: z.array(z.string()),
    })),
    /** Every pair that is planned. */
    pairs: base.input(z.object({ slug })).output(z.array(pairRow)),
    /** Mean curves by treatment, capacity and side; of one capacity, or over all of them (null), if that is asked for. */
    meanCurves: base.input(z.object({ slug, measure: z.string(), capacity: z.number().nullable().exactOptional() })).output(z.array(meanCurve)),
    /** Stores a document and puts its runs in the queue. */
    create: base.input(z.object({ document })).output(z.object({ slug: z.string(), runs: z.int(), shared: z.int() })),
    /** Its waiting runs are not begun; its running ones stop after their step. */
    pause: base.input(z.object({ slug })).output(done),
    resume: base.input(z.object({ slug })).output(done),
    /** Its waiting and running runs end as cancelled. */
    cancel: base.input(z.object({ slug })).output(z.object({ runs: z.array(run) })),
    /** Failed and cancelled runs wait again, all or these. */
    retry: base.input(z.object({ slug, runs: z.array(run).exactOptional() })).output(done),
    /** Out of sight; what it measured goes when the program ends, unless it is restored before. */
    remove: base.input(z.object({ slug })).output(done),
    restore: base.input(z.object({ slug })).output(done),
    /** What an experiment can be taken out as. */
    formats: base.output(z.array(exportFormat)),
    /** Its files in one of these formats, each with its name and content; options that are not given are usual. */
    files: base.input(z.object({ slug, format: z.string(), options: optionValues.exactOptional() })).output(z.array(z.object({ name: z.string(), content: z.instanceof(Blob) }))),
  },

  pairs: {
    get: base.input(z.object({ slug, position: z.int().min(0) })).output(z.object({
      pair: pairRow,
      /** How many pairs the experiment has. */
      of: z.int(),
      /** The experiment's. */
      name: z.string(),
      layers: z.array(pairLayerRow),
      unmaskedParameters: z.object({ dense: z.int(), sparse: z.int() }),
    })),
  },

  runs: {
    get: base.input(z.object({ run })).output(z.object({
      row: runRow,
      identity: z.string(),
      engine: z.string(),
      environment: z.object({ device: z.string(), threads: z.int(), versions: z.record(z.string(), z.string()), settings: z.record(z.string(), setting) }).nullable(),
      startedAt: z.date().nullable(),
      finishedAt: z.date().nullable(),
      pairs: z.array(pairPlace),
      settings: z.array(z.object({ path: z.string(), title: z.string(), value: setting, default: setting })),
      layers: z.array(z.object({ name: z.string(), inputs: z.int(), outputs: z.int(), activeWeights: z.int(), effectiveActiveWeights: z.int(), unconnectedUnits: z.int() })),
      events: z.array(z.object({ at: z.date(), attempt: z.int(), text: z.string() })),
    })),
    /** Curves of runs, about 600 points of one that is longer, those of a measure of one run or two at the same epochs; `layer` 0 is the whole run, absent means every layer. */
    curves: base.input(z.object({ runs: z.array(run).max(200), measures: z.array(z.string()).max(20), layer: z.int().min(0).exactOptional() })).output(z.array(curve)),
    cancel: base.input(z.object({ run })).output(done),
    retry: base.input(z.object({ run })).output(done),
  },

  comparisons: {
    /** Those that are kept under a name, the one that was changed last first. */
    saved: base.output(z.array(namedComparison)),
    open: base.input(z.object({ slug })).output(namedComparison.extend({ document: comparisonDocument })),
    /** In place of the one with this slug, or as a new one. */
    save: base.input(z.object({ slug: slug.exactOptional(), name: z.string().trim().min(1).max(200), document: comparisonDocument })).output(namedComparison),
    forget: base.input(z.object({ slug })).output(done),
    /** What there is to compare, and what a selection takes of it. */
    population: base.input(selection).output(population),
    /** What a panel of a comparison shows: the result of its `of`. */
    panel: base.input(z.object({ selection, panel: panelDocument })).output(z.unknown()),
    /** The tables of what a panel shows, each with its file's name. */
    files: base.input(z.object({ selection, panel: panelDocument, format: z.enum(tableFormats.ids) })).output(z.array(z.object({ name: z.string(), content: z.instanceof(Blob) }))),
    /** What is behind one of its numbers: that of the pairs which have these values of these fields. */
    members: base.input(z.object({ selection, panel: panelDocument, at: z.record(z.string(), setting.nullable()) })).output(z.object({ members: z.array(member), statistics: z.array(statistic) })),
  },

  figures: {
    /** A chart of an experiment, a pair, a run, an engine or a comparison as `lab export` draws it, 170 mm wide, or all of its data (csv). */
    draw: base.input(z.object({ chart: z.string(), of: figureOf, format: z.string() })).output(z.object({ name: z.string(), content: z.instanceof(Blob) })),
  },

  queue: {
    get: base.output(z.object({
      paused: z.boolean(),
      /** Runs at once. */
      concurrency: z.int(),
      cores: z.int(),
      /** Why nothing is trained though runs wait, where a data directory or data set cannot be used. */
      blocked: z.string().nullable(),
      counts: stateCounts,
      /** What waits and is trained still takes, one run after the other; null where nothing tells. */
      secondsLeft: z.number().nullable(),
      running: z.array(queueRow()),
      /** The next ones, in order. */
      waiting: z.array(queueRow()),
      failed: z.array(queueRow()),
      finished: z.array(queueRow()),
    })),
    pause: base.output(done),
    resume: base.output(done),
    setConcurrency: base.input(z.object({ concurrency: z.int().min(1).max(256) })).output(done),
  },

  plan: {
    /** What training a document would be like here: which of these runs are taken from finished ones, and how fast the rest may go. */
    outlook: base.input(z.object({ document, identities: z.array(z.string()).max(20_000) })).output(z.object({
      /** The engine that would train it; null where none can. */
      engine: z.string().nullable(),
      /** What the parts of a training cost it. */
      costs,
      /** How much of these costs a run of each side does in a second; absent where nothing tells. */
      speeds: z.object({ dense: z.number().exactOptional(), sparse: z.number().exactOptional() }),
      /** What that rests on: runs that were trained before, else a calibration of this machine. */
      basis: z.enum(['runs', 'calibration']).nullable(),
      /** Whether a calibration could tell. */
      canCalibrate: z.boolean(),
      /** Places in `identities`. */
      stored: z.array(z.int()),
      /** The experiment that has exactly this document. */
      same: z.object({ slug: z.string(), name: z.string() }).nullable(),
    })),
  },
}

function queueRow() {
  return z.object({
    run,
    side: z.enum(['dense', 'sparse']),
    /** The first pair that it belongs to. */
    pair: pairPlace.nullable(),
    state: runState,
    epoch: z.int(),
    epochs: z.int(),
    loss: z.array(z.number().nullable()),
    finishedAt: z.date().nullable(),
  })
}
