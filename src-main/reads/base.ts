import type { StoredExperiment } from '../store/experiments'
import type { Store } from '../store/open'
import type { StoredRun } from '../store/runs'
import { implement } from '@orpc/server'
import { contract } from '@shared/contract'
import { getExperiment } from '../store/experiments'
import { getRun } from '../store/runs'
import { notFound } from './errors'

/** The part of the contract that only reads what is stored, to be implemented part by part. */
export const os = implement(contract).$context<{ readonly store: Store }>()

/** @throws NOT_FOUND */
export function mustFind(store: Store, slug: string): StoredExperiment {
  const stored = getExperiment(store, slug)
  if (!stored)
    throw notFound(`experiment "${slug}"`)
  return stored
}

/** @throws NOT_FOUND */
export function mustFindRun(store: Store, id: number): StoredRun {
  const run = getRun(store, id)
  if (!run)
    throw notFound(`run r${id}`)
  return run
}
