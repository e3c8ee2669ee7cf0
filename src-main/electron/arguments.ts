import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface Launch {
  /** Absolute; undefined is the platform's place. */
  readonly data: string | undefined
  /** Without the first-look experiment. */
  readonly empty: boolean
}

/** @param argv after the program; Chromium's and Node's own switches among them are not ours to judge */
export function readArguments(argv: readonly string[]): Launch {
  const { values: { data, empty } } = parseArgs({
    args: [...argv],
    options: { data: { type: 'string' }, empty: { type: 'boolean' } },
    strict: false,
  })
  return { data: typeof data === 'string' && data !== '' ? resolve(data) : undefined, empty: empty === true }
}
