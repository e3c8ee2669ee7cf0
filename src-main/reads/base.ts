import type { Measure } from '@shared/measures'
import type { StoredExperiment } from '../store/experiments'
import type { Store } from '../store/open'
import type { StoredPair } from '../store/pairs'
import type { StoredRun } from '../store/runs'
import { dirname } from 'node:path'
import { implement } from '@orpc/server'
import { contract } from '@shared/contract'
import { measures } from '@shared/measures'
import { getExperiment } from '../store/experiments'
import { pairsOfExperiment } from '../store/pairs'
import { getRun } from '../store/runs'
import { notFound, withTypedErrors } from './errors'

/** The part of the contract that only reads what is stored, to be implemented part by part. */
export const os = implement(contract).$context<{ readonly store: Store }>()
  .use(({ context: { store }, next }) => withTypedErrors(dirname(store.sqlite.name), next))

/** @throws NOT_FOUND */
export function mustFind(store: Store, slug: string): StoredExperiment {
  const stored = getExperiment(store, slug)
  if (!stored)
    throw notFound(`experiment "${slug}"`)
  return stored
}

/** @throws NOT_FOUND */
export function mustFindPair(store: Store, slug: string, position: number): { readonly pair: StoredPair, /** How many pairs there are. */ readonly of: number } {
  const all = pairsOfExperiment(store, mustFind(store, slug).id)
  const pair = all[position]
  if (!pair)
    throw notFound(`pair ${position + 1} in "${slug}", which has ${all.length}`)
  return { pair, of: all.length }
}

/** @throws NOT_FOUND */
export function mustFindRun(store: Store, id: number): StoredRun {
  const run = getRun(store, id)
  if (!run)
    throw notFound(`run r${id}`)
  return run
}

/** @throws NOT_FOUND */
export function mustFindMeasure(id: string): Measure {
  if (!measures.ids.includes(id))
    throw notFound(`measure "${id}"`)
  return measures.get(id)
}
