import type { Settings } from '../experiment/parameter'
import type { Member } from '../members'
import { Family } from '../members'

/** What a plan must know of a data set. */
export interface DatasetFacts {
  /** Channels, height, width. */
  readonly shape: readonly [number, number, number]
  readonly classes: readonly string[]
  /** Number of training examples before any split, and of test examples. */
  readonly train: number
  readonly test: number
  /** Test examples of the largest class: what guessing it would get right. */
  readonly testMajority: number
  /** Names its bytes: two data sets with one content are the same. Part of every identity. */
  readonly content: string
}

export interface Dataset extends Member {
  readonly licence: string
  readonly facts: (settings: Settings) => DatasetFacts
}

export const datasets = new Family<Dataset>(
  'data set',
  import.meta.glob<Dataset>(['./*.ts', '!./index.ts'], { eager: true, import: 'default' }),
)
