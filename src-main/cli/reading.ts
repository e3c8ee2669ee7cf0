import type { Store } from '../store/open'
import { NothingStored, readStore, StoreProblem } from '../store/open'

/** Reads what is stored in a data directory; the store is closed afterwards. */
export async function reading<T>(dataDirectory: string, action: (store: Store) => T | Promise<T>): Promise<T> {
  return closing(readStore(dataDirectory), action)
}

/** The same where nothing may be stored yet. */
export async function readingIfAny<T>(dataDirectory: string, action: (store: Store | undefined) => T | Promise<T>): Promise<T> {
  return closing(readUnless(NothingStored, dataDirectory), action)
}

/** The same where what is stored is of use and not needed. */
export async function readingIfSound<T>(dataDirectory: string, action: (store: Store | undefined) => T | Promise<T>): Promise<T> {
  return closing(readUnless(StoreProblem, dataDirectory), action)
}

async function closing<S extends Store | undefined, T>(store: S, action: (store: S) => T | Promise<T>): Promise<T> {
  try {
    return await action(store)
  }
  finally {
    store?.close()
  }
}

function readUnless(problem: typeof StoreProblem, dataDirectory: string): Store | undefined {
  try {
    return readStore(dataDirectory)
  }
  catch (error) {
    if (error instanceof problem)
      return undefined
    throw error
  }
}
