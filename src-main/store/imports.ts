import type { ImportedPair, ImportedResults, ImportedRun } from '@shared/import/results'
import type { Store } from './open'
import type { ImportedColumns } from './schema'
import { desc, eq } from 'drizzle-orm'
import { importedRuns, imports } from './schema'
import { freeSourceSlug } from './slugs'

/** A file of results that was trained elsewhere. */
export interface StoredImport {
  readonly id: number
  readonly slug: string
  readonly name: string
  readonly file: string
  readonly sha256: string
  readonly columns: ImportedColumns
  readonly createdAt: Date
}

/** A pair of an import, from 0 in the order of its file. */
export interface StoredImportedPair extends ImportedPair {
  readonly position: number
}

export interface NewImport {
  readonly name: string
  readonly file: string
  readonly sha256: string
  readonly results: ImportedResults
}

export type AddedImport
  = | { readonly kind: 'added' | 'replaced', readonly import: StoredImport }
    /** The same file is there, perhaps under another name; nothing was changed. */
    | { readonly kind: 'same', readonly import: StoredImport }
    /** Another file has this name; nothing was changed. */
    | { readonly kind: 'nameTaken', readonly import: StoredImport }

/**
 * Stores the results of a file, all or nothing.
 * @param given the file
 * @param replace takes the place and the slug of an import of the same name, where there is one
 */
export function addImport(store: Store, given: NewImport, replace: boolean): AddedImport {
  const { db } = store
  return db.transaction((): AddedImport => {
    const same = db.select().from(imports).where(eq(imports.sha256, given.sha256)).get()
    if (same)
      return { kind: 'same', import: same }
    const namesake = db.select().from(imports).where(eq(imports.name, given.name)).orderBy(desc(imports.id)).get()
    if (namesake && !replace)
      return { kind: 'nameTaken', import: namesake }
    if (namesake)
      removeImport(store, namesake.id)
    const slug = namesake?.slug ?? freeSourceSlug(store, given.name)
    return { kind: namesake ? 'replaced' : 'added', import: insert(store, slug, given) }
  })
}

function insert({ db }: Store, slug: string, { name, file, sha256, results: { factors, measures, pairs } }: NewImport): StoredImport {
  const added = db.insert(imports).values({ slug, name, file, sha256, columns: { factors, measures }, createdAt: new Date() }).returning().get()
  for (const [position, { name: pair, treatment, levels, capacity, seed, ...sides }] of pairs.entries()) {
    for (const side of ['dense', 'sparse'] as const)
      db.insert(importedRuns).values({ import: added.id, position, side, pair, treatment, levels, capacity, seed, ...sides[side] }).run()
  }
  return added
}

/** In the order in which they were stored. */
export function listImports({ db }: Store): StoredImport[] {
  return db.select().from(imports).orderBy(imports.id).all()
}

export function getImport({ db }: Store, slug: string): StoredImport | undefined {
  return db.select().from(imports).where(eq(imports.slug, slug)).get()
}

/** The pairs of an import in the order of its file. */
export function pairsOfImport({ db }: Store, id: number): StoredImportedPair[] {
  const rows = db.select().from(importedRuns).where(eq(importedRuns.import, id)).orderBy(importedRuns.position, importedRuns.side).all()
  // "dense" comes before "sparse".
  return rows.flatMap((dense, i) => i % 2 ? [] : [{ ...pairOf(dense), dense: runOf(dense), sparse: runOf(rows[i + 1]!) }])
}

type Row = typeof importedRuns.$inferSelect

function pairOf({ position, pair, treatment, levels, capacity, seed }: Row): Omit<StoredImportedPair, 'dense' | 'sparse'> {
  return { position, name: pair, treatment, levels, capacity, seed }
}

function runOf({ state, settings, measures }: Row): ImportedRun {
  return { state, settings, measures }
}

/** With its runs, for good: the file has them still. */
export function removeImport({ db }: Store, id: number): void {
  db.delete(imports).where(eq(imports.id, id)).run()
}
