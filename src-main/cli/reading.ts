import type { Store } from '../store/open'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DATABASE_FILE, readStore } from '../store/open'

/** Reads what is stored in a data directory; the store is closed afterwards. */
export async function reading<T>(dataDirectory: string, action: (store: Store) => T | Promise<T>): Promise<T> {
  const store = readStore(dataDirectory)
  try {
    return await action(store)
  }
  finally {
    store.close()
  }
}

/** The same where nothing may be stored yet. */
export function readingIfAny<T>(dataDirectory: string, action: (store: Store | undefined) => T | Promise<T>): Promise<T> {
  return existsSync(join(dataDirectory, DATABASE_FILE))
    ? reading(dataDirectory, action)
    : Promise.resolve(action(undefined))
}
