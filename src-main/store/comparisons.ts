import type { Store } from './open'
import { desc, eq } from 'drizzle-orm'
import { comparisons } from './schema'
import { freeSlug } from './slugs'

/** A comparison that was saved under a name. */
export interface NamedComparison {
  readonly slug: string
  readonly name: string
  readonly createdAt: Date
  /** When it was last saved or renamed. */
  readonly changedAt: Date
}

export interface StoredComparison extends NamedComparison {
  /** As it was saved, perhaps by another version of this program. */
  readonly document: unknown
}

const named = { slug: comparisons.slug, name: comparisons.name, createdAt: comparisons.createdAt, changedAt: comparisons.changedAt }

/** All, the one that was changed last first. */
export function listComparisons({ db }: Store): NamedComparison[] {
  return db.select(named).from(comparisons).orderBy(desc(comparisons.changedAt), desc(comparisons.id)).all()
}

export function getComparison({ db }: Store, slug: string): StoredComparison | undefined {
  return db.select({ ...named, document: comparisons.document }).from(comparisons).where(eq(comparisons.slug, slug)).get()
}

/**
 * Saves a comparison: in place of the one with its slug, which may have been removed meanwhile, else as a new one with
 * a slug from its name. Names need not differ.
 * @param given
 * @param given.document JSON, and not undefined
 */
export function saveComparison({ db }: Store, { slug, name, document }: { readonly slug?: string, readonly name: string, readonly document: unknown }): NamedComparison {
  return db.transaction(() => {
    const taken = new Set(db.select({ slug: comparisons.slug }).from(comparisons).all().map(({ slug }) => slug))
    const changedAt = new Date()
    return db.insert(comparisons)
      .values({ slug: slug ?? freeSlug(name, 'comparison', taken), name, document, createdAt: changedAt, changedAt })
      .onConflictDoUpdate({ target: comparisons.slug, set: { name, document, changedAt } })
      .returning(named)
      .get()
  })
}

/** Its slug stays, so that addresses of it do. @returns whether it is there */
export function renameComparison({ db }: Store, slug: string, name: string): boolean {
  return db.update(comparisons).set({ name, changedAt: new Date() }).where(eq(comparisons.slug, slug)).run().changes > 0
}

/** @returns whether it was there */
export function removeComparison({ db }: Store, slug: string): boolean {
  return db.delete(comparisons).where(eq(comparisons.slug, slug)).run().changes > 0
}
