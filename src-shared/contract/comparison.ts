import { z } from 'zod'
import { definitions } from '../statistics/definitions'
import { stateCounts } from './rows'

const value = z.union([z.string(), z.number(), z.boolean()])

/** What there is to compare, and what was picked of it. */
export const population = z.object({
  /** Everything that can be picked: experiments, and what was imported. */
  sources: z.array(z.object({ slug: z.string(), name: z.string(), kind: z.enum(['experiment', 'import']) })),
  /** Picked ones that are not there (any more). */
  missing: z.array(z.string()),
  /** Where the filter is wrong, and what would be right: then nothing is taken. */
  wrong: z.object({ at: z.int(), length: z.int(), message: z.string() }).nullable(),
  /** Pairs of the picked sources, before the filter. */
  pairs: z.int(),
  /** What the filter takes. */
  taken: z.object({
    pairs: z.int(),
    /** Pairs both of whose sides are done. */
    complete: z.int(),
    /** Runs of these pairs, each once. */
    runs: stateCounts,
    /** Runs that ended finite but dead. */
    collapsed: z.int(),
  }),
  /** In which the taken pairs differ. */
  fields: z.array(z.object({ name: z.string(), title: z.string(), values: z.array(value) })),
  /** What a filter may name, for its completion. */
  filterFields: z.array(z.object({
    name: z.string(),
    aliases: z.array(z.string()),
    help: z.string(),
    kind: z.enum(['number', 'text', 'boolean']),
    unit: z.string().exactOptional(),
    values: z.array(value).exactOptional(),
    closed: z.literal(true).exactOptional(),
  })),
})
export type Population = z.infer<typeof population>

/** A difference behind a number. */
export const member = z.object({
  pairs: z.array(z.object({ experiment: z.string(), position: z.int(), treatment: z.string(), capacity: z.number(), seed: z.int() })),
  outcome: z.string(),
  first: z.number().exactOptional(),
  second: z.number().exactOptional(),
})

/** A comparison that is kept under a name. */
export const namedComparison = z.object({ slug: z.string(), name: z.string(), changedAt: z.date() })
export type NamedComparisonRow = z.infer<typeof namedComparison>

/** A statistic in words, under the title of its definition. */
export const statistic = z.object({ term: z.enum(definitions.map(({ id }) => id)), text: z.string() })
