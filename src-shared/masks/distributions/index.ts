import type { LayerShape } from '../../architectures'
import type { Settings } from '../../experiment/parameter'
import type { Member } from '../../members'
import { Family } from '../../members'

/** How many active weights each layer of the sparse side has. */
export interface MaskDistribution extends Member {
  /**
   * 'same capacity' (SC-SDC): the sparse network is N wide and has the dense one's active weights.
   * 'same architecture': it is as wide as the dense one and has fewer.
   */
  readonly comparison: 'same capacity' | 'same architecture'
  /** Active weights of each layer. */
  readonly activeWeights: (sparse: readonly LayerShape[], dense: readonly LayerShape[], settings: Settings) => readonly number[]
}

export const maskDistributions = new Family<MaskDistribution>(
  'mask distribution',
  import.meta.glob<MaskDistribution>(['./*.ts', '!./index.ts'], { eager: true, import: 'default' }),
)
