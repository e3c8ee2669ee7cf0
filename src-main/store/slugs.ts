import type { Store } from './open'
import { experiments, imports } from './schema'

/** A slug of no experiment and no import: what one names on the command line is one thing. */
export function freeSourceSlug({ db }: Store, name: string): string {
  return freeSlug(name, 'experiment', new Set([experiments, imports].flatMap(table => db.select({ slug: table.slug }).from(table).all()).map(({ slug }) => slug)))
}

/**
 * "First look" → first-look, first-look-2, ...: the first that is not taken; never what means a run (r12).
 * @param kind what a name without letters and digits is called
 */
export function freeSlug(name: string, kind: string, taken: ReadonlySet<string>): string {
  const words = name.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || kind
  const base = /^r\d+$/.test(words) ? `${kind}-${words}` : words
  let slug = base
  for (let i = 2; taken.has(slug); i++)
    slug = `${base}-${i}`
  return slug
}
