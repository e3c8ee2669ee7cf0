import { z } from 'zod'

/**
 * What a view may have to fetch anew. A change says what has changed, never the new values: views fetch what they
 * show, so a change that is told twice does no harm.
 */
export const change = z.discriminatedUnion('kind', [
  /** The first one, and where something may have been missed (a lost connection, a new process): fetch everything anew. */
  z.object({ kind: z.literal('all') }),
  /** Experiments were added, removed, or changed by hand, or their runs were: it may concern every view. */
  z.object({ kind: z.literal('experiments') }),
  /** A run has begun or ended; `experiments` are those that it belongs to. */
  z.object({ kind: z.literal('run'), run: z.int(), experiments: z.array(z.string()) }),
  /** An epoch of a run was measured. */
  z.object({ kind: z.literal('epoch'), run: z.int(), epoch: z.int(), experiments: z.array(z.string()) }),
  /** What trains, how many at once, and how far within their epochs. */
  z.object({ kind: z.literal('queue') }),
  /** A comparison was saved, or forgotten. */
  z.object({ kind: z.literal('comparisons') }),
  /** An engine is measured, or was, or its calibration was given up. */
  z.object({ kind: z.literal('system') }),
])
export type Change = z.infer<typeof change>
