import type { Change } from '@shared/contract/changes'
import type { ShallowRef } from 'vue'
import { isDefinedError } from '@orpc/client'
import { onScopeDispose, shallowRef } from 'vue'
import { api } from './client'

type Listener = (change: Change) => void

const listeners = new Set<Listener>()

/** Follows the program's changes for as long as the page lives; after a lost connection from where it was. */
export async function followChanges(): Promise<never> {
  while (true) {
    try {
      const changes = await api.changes(undefined, { context: { retry: Number.POSITIVE_INFINITY, retryDelay: 300 } })
      for await (const change of changes)
        tell(change)
    }
    catch {
      await new Promise(resolve => setTimeout(resolve, 500))
    }
  }
}

function tell(change: Change): void {
  for (const listener of listeners)
    listener(change)
}

/** Calls back for every change until the component is gone. */
export function onChange(listener: Listener): void {
  listeners.add(listener)
  onScopeDispose(() => listeners.delete(listener))
}

/** How soon after one another a view's values are fetched, in milliseconds: small ones, tables, and those of hundreds of runs. */
const FETCH_EVERY = 400
export const TABLE_EVERY = 1000
export const LARGE_EVERY = 2000
/** Between attempts at what cannot be fetched. */
const LONGEST_WAIT = 10_000

export interface Live<T> {
  /** Undefined until it has come the first time; then always the newest. */
  readonly value: Readonly<ShallowRef<T | undefined>>
  /** Why it could not be fetched the last time. */
  readonly problem: Readonly<ShallowRef<Problem | undefined>>
  /** Fetches now, whatever has changed. */
  readonly refresh: () => void
}

export interface Problem {
  readonly kind: 'notFound' | 'failed'
  readonly message: string
}

/**
 * What a view shows, fetched at once, and again at once whenever a change concerns it, but one fetch at a time, not more
 * often than `every`, and none for a component that is gone.
 */
export function useLive<T>(fetch: () => Promise<T>, concerns: (change: Change) => boolean, every = FETCH_EVERY): Live<T> {
  const value = shallowRef<T>()
  const problem = shallowRef<Problem>()
  let [busy, again, gone, failures, began] = [false, false, false, 0, 0]
  let timer: ReturnType<typeof setTimeout> | undefined

  async function refresh(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (busy) {
      again = true
      return
    }
    busy = true
    began = performance.now()
    try {
      const fetched = await fetch()
      if (!gone) {
        value.value = fetched
        problem.value = undefined
      }
      failures = 0
    }
    catch (error) {
      problem.value = problemOf(error)
      failures++
    }
    busy = false
    // What it was fetched for is not told again.
    again ||= problem.value?.kind === 'failed'
    if (again) {
      again = false
      later()
    }
  }

  function later(): void {
    const wait = failures ? Math.min(every * 2 ** failures, LONGEST_WAIT) : began + every - performance.now()
    if (!gone)
      timer ??= setTimeout(() => void refresh(), Math.max(0, wait))
  }

  onChange((change) => {
    // What is changed by hand may be of any view: cancelled runs, a retried one.
    if (change.kind === 'all' || change.kind === 'experiments' || concerns(change))
      later()
  })
  onScopeDispose(() => {
    gone = true
    clearTimeout(timer)
  })
  void refresh()
  return { value, problem, refresh: () => void refresh() }
}

/** A failed call in words that can be shown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Error && isDefinedError(error as never))
    return { kind: (error as { code?: string }).code === 'NOT_FOUND' ? 'notFound' : 'failed', message: error.message }
  return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
}
