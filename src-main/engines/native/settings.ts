import type { Settings } from '@shared/experiment/parameter'
import type { Addon } from './addon'

/** What determines a native run's bits (instructionSet, sparseDensity) and its speed. */
export interface NativeSettings extends Settings {
  readonly instructionSet: string
  /** Masked layers of at most this density store active weights only; denser ones use the dense product. */
  readonly sparseDensity: number
  /** Results do not depend on it. */
  readonly threads: number
  /** Floating-point operations of a kernel call from which on threads share it. */
  readonly sharedWork: number
}

/** Where a sparse layer's step is about as fast as the dense product with a mask (docs/decisions/016-native-engine.md), where no calibration says better (017). */
const SPARSE_DENSITY: Readonly<Record<string, number>> = { avx512: 0.5, avx2: 0.5, portable: 0.6 }

/** Below some 50 µs, waking a thread costs more than it brings. */
const SHARED_WORK = 4e6

/** The addon's own choice here. One thread, since the queue trains several runs at once. */
export function ownSettings({ instructionSets: [instructionSet] }: Addon): NativeSettings {
  return { instructionSet: instructionSet!, sparseDensity: SPARSE_DENSITY[instructionSet!]!, threads: 1, sharedWork: SHARED_WORK }
}

/** Why a run cannot go on here with the settings with which it began. */
export function obstacleOf({ instructionSet }: Settings, { instructionSets }: Addon): string | undefined {
  return instructionSets.includes(instructionSet as string)
    ? undefined
    : `it began on 'native' with the instruction set ${String(instructionSet)}, and this machine has ${instructionSets.join(', ')}`
}
