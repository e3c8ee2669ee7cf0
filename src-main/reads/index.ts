import type { RouterClient } from '@orpc/server'
import { comparisons } from './comparisons'
import { experiments } from './experiments'
import { figures } from './figures'
import { pairs } from './pairs'
import { plan } from './plan'
import { runs } from './runs'

/**
 * What windows ask of the store alone. It is answered in a thread of its own (`reader.ts`), so that no question, however
 * much there is to read, keeps the program from its windows and workers.
 */
export const reads = { comparisons, experiments, pairs, runs, figures, plan }

export type Reads = RouterClient<typeof reads>
