import type { api } from './client'

/** What calls answer with, for those who hand it on. */
export type FoundExperiment = Awaited<ReturnType<typeof api.experiments.get>>
export type FoundPair = Awaited<ReturnType<typeof api.pairs.get>>
export type FoundRun = Awaited<ReturnType<typeof api.runs.get>>
export type FoundQueue = Awaited<ReturnType<typeof api.queue.get>>
