import type { Settings } from '@shared/experiment/parameter'
import type { Recording } from '@shared/experiment/parameters'
import type { ExperimentFile } from '@shared/experiment/schema'
import type { ImportedRun } from '@shared/import/results'
import type { RunSpecification } from '@shared/plan/specification'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import { importedStates } from '@shared/import/results'
import { runStates } from '@shared/runs/state'
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

function instant(name?: string) {
  return name ? integer(name, { mode: 'timestamp_ms' }) : integer({ mode: 'timestamp_ms' })
}

export const experiments = sqliteTable('experiments', {
  id: integer().primaryKey({ autoIncrement: true }),
  /** What it is called on the command line: its name in lower case with hyphens, made unique. */
  slug: text().notNull().unique(),
  name: text().notNull(),
  document: text({ mode: 'json' }).$type<ExperimentFile>().notNull(),
  /** SHA-256 of the canonical document: the same file run again is the same experiment. */
  documentHash: text().notNull(),
  engine: text().notNull(),
  createdAt: instant().notNull(),
  /** Its runs are not begun. */
  paused: integer({ mode: 'boolean' }).notNull().default(false),
  /** Out of sight; gone for good when the program ends, unless it is restored before. */
  removedAt: instant(),
})

/** Resolved run documents by identity, apart from the runs so that a list of runs stays small. */
export const specifications = sqliteTable('specifications', {
  identity: text().primaryKey(),
  document: text({ mode: 'json' }).$type<RunSpecification>().notNull(),
  /** What was hashed, with the versions of then. */
  identityDocument: text({ mode: 'json' }).$type<object>().notNull(),
})

export const runs = sqliteTable('runs', {
  id: integer().primaryKey({ autoIncrement: true }),
  identity: text().notNull().references(() => specifications.identity),
  /** The experiment that it is trained for; others may share it once it is finished. */
  experiment: integer().references(() => experiments.id, { onDelete: 'set null' }),
  engine: text().notNull(),
  numerics: integer().notNull(),
  side: text({ enum: ['dense', 'sparse'] }).notNull(),
  /** Its number of epochs. */
  epochs: integer().notNull(),
  /** What the whole training costs the engine, in its dense multiply-adds (`workOf`): for estimates of time. */
  work: real().notNull(),
  /** The `WORK_VERSION` by which it was counted; 0 is before there was one. */
  workVersion: integer().notNull().default(0),
  recording: text({ mode: 'json' }).$type<Recording>().notNull(),
  /** Waits for this run's checkpoint to start from. */
  startsFromRun: integer().references((): AnySQLiteColumn => runs.id),
  state: text({ enum: runStates }).notNull().default('waiting'),
  /** How often a worker has begun it. */
  attempt: integer().notNull().default(0),
  /** Workers that died on it since its last new checkpoint. */
  deaths: integer().notNull().default(0),
  /** While running: until when the worker is believed to be alive without a sign of life. */
  leaseUntil: instant(),
  heartbeatAt: instant(),
  workerPid: integer(),
  /** The last epoch that was measured. */
  epoch: integer().notNull().default(0),
  divergedEpoch: integer(),
  divergedStep: integer(),
  /** Why it failed; while it waits, why it cannot be trained here and now. */
  reason: text(),
  /** Engine settings, device, versions, threads, as the run began with them. */
  environment: text({ mode: 'json' }).$type<RunEnvironment>(),
  createdAt: instant().notNull(),
  startedAt: instant(),
  finishedAt: instant(),
}, table => [
  index('runs_by_identity').on(table.identity, table.engine, table.numerics),
  index('runs_by_state').on(table.state, table.id),
  index('runs_by_end').on(table.finishedAt),
  index('runs_of_experiment').on(table.experiment, table.state, table.id),
])

export interface RunEnvironment {
  readonly settings: Settings
  readonly device: string
  readonly versions: Readonly<Record<string, string>>
  readonly threads: number
}

export const pairs = sqliteTable('pairs', {
  experiment: integer().notNull().references(() => experiments.id, { onDelete: 'cascade' }),
  /** In the order of the plan. */
  position: integer().notNull(),
  treatment: text().notNull(),
  capacity: real().notNull(),
  seed: integer().notNull(),
  denseRun: integer().notNull().references(() => runs.id),
  sparseRun: integer().notNull().references(() => runs.id),
}, table => [
  primaryKey({ columns: [table.experiment, table.position] }),
  index('pairs_by_dense_run').on(table.denseRun),
  index('pairs_by_sparse_run').on(table.sparseRun),
])

/** What each layer of a run's network turned out to be. */
export const layers = sqliteTable('layers', {
  run: integer().notNull().references(() => runs.id, { onDelete: 'cascade' }),
  /** From 1. */
  layer: integer().notNull(),
  name: text().notNull(),
  inputs: integer().notNull(),
  outputs: integer().notNull(),
  activeWeights: integer().notNull(),
  effectiveActiveWeights: integer().notNull(),
  unconnectedUnits: integer().notNull(),
}, table => [primaryKey({ columns: [table.run, table.layer] })])

/** Numbers for the measures' ids, so that a measurement takes a byte for it. */
export const measures = sqliteTable('measures', { id: integer().primaryKey(), name: text().notNull().unique() })

/**
 * A curve: one measure of one run or layer, with what lists show of it, kept up to date with each epoch so that no
 * list scans epochs. Values of a share are its counts; dividing by `total` gives the share.
 */
export const series = sqliteTable('series', {
  id: integer().primaryKey(),
  run: integer().notNull().references(() => runs.id, { onDelete: 'cascade' }),
  measure: integer().notNull().references(() => measures.id),
  /** 0 for the whole run, else the layer from 1. */
  layer: integer().notNull(),
  total: integer(),
  lastEpoch: integer().notNull(),
  last: real(),
  /** By the measure's direction; NULL where it has none. */
  bestEpoch: integer(),
  best: real(),
  /** Mean over the 11 epochs; NULL unless all are there and finite. */
  meanEleven: real(),
}, table => [
  uniqueIndex('series_by_run').on(table.run, table.measure, table.layer),
  index('series_of_whole_runs').on(table.measure, table.run).where(sql`layer = 0`),
])

/** One contiguous range of the primary key a curve, ordered by epoch. */
export const measurements = sqliteTable('measurements', {
  series: integer().notNull().references(() => series.id, { onDelete: 'cascade' }),
  epoch: integer().notNull(),
  /** NULL where it was not finite. */
  value: real(),
}, table => [primaryKey({ columns: [table.series, table.epoch] })])

export const checkpoints = sqliteTable('checkpoints', {
  run: integer().notNull().references(() => runs.id, { onDelete: 'cascade' }),
  epoch: integer().notNull(),
  /** Relative to the data directory. */
  file: text().notNull(),
  bytes: integer().notNull(),
}, table => [uniqueIndex('checkpoints_by_run').on(table.run, table.epoch)])

/** What happened to a run, in the words that people read. */
export const events = sqliteTable('events', {
  id: integer().primaryKey({ autoIncrement: true }),
  run: integer().notNull().references(() => runs.id, { onDelete: 'cascade' }),
  at: instant().notNull(),
  attempt: integer().notNull(),
  text: text().notNull(),
}, table => [index('events_by_run').on(table.run, table.id)])

/** What the user has set for this data directory, by name. */
export const settings = sqliteTable('settings', {
  name: text().primaryKey(),
  value: text({ mode: 'json' }).$type<unknown>().notNull(),
})

/** Files of results that were trained elsewhere. */
export const imports = sqliteTable('imports', {
  id: integer().primaryKey({ autoIncrement: true }),
  /** What it is called on the command line; no experiment has the same. */
  slug: text().notNull().unique(),
  name: text().notNull(),
  /** The name of the file. */
  file: text().notNull(),
  /** Of the file: the same one is not imported twice. */
  sha256: text().notNull().unique(),
  columns: text({ mode: 'json' }).$type<ImportedColumns>().notNull(),
  createdAt: instant().notNull(),
})

/** In the order of the file. */
export interface ImportedColumns {
  /** Those whose texts are levels. */
  readonly factors: readonly string[]
  /** Ids of measures. */
  readonly measures: readonly string[]
}

/** A row of such a file: one side of one pair. */
export const importedRuns = sqliteTable('imported_runs', {
  import: integer().notNull().references(() => imports.id, { onDelete: 'cascade' }),
  /** Of its pair, from 0. */
  position: integer().notNull(),
  side: text({ enum: ['dense', 'sparse'] }).notNull(),
  /** What the file calls the pair. */
  pair: text().notNull(),
  treatment: text().notNull(),
  /** Level by factor. */
  levels: text({ mode: 'json' }).$type<Readonly<Record<string, string>>>().notNull(),
  capacity: real().notNull(),
  seed: integer().notNull(),
  state: text({ enum: importedStates }).notNull(),
  settings: text({ mode: 'json' }).$type<Settings>().notNull(),
  measures: text({ mode: 'json' }).$type<ImportedRun['measures']>().notNull(),
}, table => [primaryKey({ columns: [table.import, table.position, table.side] })])

/** What the user compares, under a name. */
export const comparisons = sqliteTable('comparisons', {
  id: integer().primaryKey({ autoIncrement: true }),
  /** What its address calls it. */
  slug: text().notNull().unique(),
  name: text().notNull(),
  document: text({ mode: 'json' }).$type<unknown>().notNull(),
  createdAt: instant().notNull(),
  changedAt: instant().notNull(),
})
