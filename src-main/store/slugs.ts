import type { Store } from './open'
import { experiments, imports } from './schema'

/** "First look" → first-look, first-look-2, ...: of no experiment and no import, and never what means a run (r12). */
export function freeSlug({ db }: Store, name: string): string {
  const words = name.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'experiment'
  const base = /^r\d+$/.test(words) ? `experiment-${words}` : words
  const taken = new Set([experiments, imports].flatMap(table => db.select({ slug: table.slug }).from(table).all()).map(({ slug }) => slug))
  let slug = base
  for (let i = 2; taken.has(slug); i++)
    slug = `${base}-${i}`
  return slug
}
