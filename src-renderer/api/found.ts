import type { api } from './client'

/** What calls answer with, for those who hand it on. */
export type FoundExperiment = Awaited<ReturnType<typeof api.experiments.get>>
export type FoundQueue = Awaited<ReturnType<typeof api.queue.get>>
