import type { LineProblem } from '@shared/import/problem'
import type { ImportedResults } from '@shared/import/results'
import { createHash } from 'node:crypto'
import { readResults } from '@shared/import/read'
import { recordsOf } from './csv'
import { textOf } from './text'

export type ReadFile
  = | { readonly kind: 'read', readonly results: ImportedResults, readonly sha256: string }
    | { readonly kind: 'refused', readonly problems: readonly LineProblem[] }

/** The results in a file's bytes (docs/import.md), and the hash by which the same file is known again. */
export function readFile(bytes: Uint8Array): ReadFile {
  const decoded = textOf(bytes)
  if (decoded.kind === 'refused')
    return { kind: 'refused', problems: [decoded] }
  const csv = recordsOf(decoded.text)
  if (csv.kind === 'refused')
    return { kind: 'refused', problems: [csv.problem] }
  const read = readResults(csv.records)
  return read.kind === 'refused' ? read : { ...read, sha256: createHash('sha256').update(bytes).digest('hex') }
}
