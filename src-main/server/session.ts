import { randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from '../whole'

/**
 * What the cookie says of every browser that was let in: the same after a restart, so that an open page goes on. Only
 * the user can read its file; where others could, there is a new one.
 */
export async function sessionOf(dataDirectory: string): Promise<string> {
  const file = join(dataDirectory, 'browser-session')
  const known = kept(file)
  if (known !== undefined)
    return known
  const session = randomBytes(32).toString('base64url')
  await writeWhole(file, partial => writeFile(partial, session, { mode: 0o600 }))
  return session
}

function kept(file: string): string | undefined {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode
  if (mode === undefined || (process.platform !== 'win32' && (mode & 0o077) !== 0))
    return undefined
  const text = readFileSync(file, 'utf8')
  return /^[\w-]{43}$/.test(text) ? text : undefined
}
