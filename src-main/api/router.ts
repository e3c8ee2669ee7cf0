import { os } from './base'
import { changes } from './changes'
import { comparisons } from './comparisons'
import { experiments } from './experiments'
import { figures } from './figures'
import { pairs } from './pairs'
import { plan } from './plan'
import { presets } from './presets'
import { queue } from './queue'
import { runs } from './runs'
import { system } from './system'

/** The contract's implementation over a lab: both hosts serve this one. */
export const router = os.router({ changes, system, presets, comparisons, experiments, pairs, runs, figures, queue, plan })
