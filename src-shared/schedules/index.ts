import type { Settings } from '../experiment/parameter'
import type { Member } from '../members'
import { Family } from '../members'

/** How the learning rate moves over training. */
export interface Schedule extends Member {
  /** What the learning rate is multiplied by in a step (from 1) of `steps`. */
  readonly factor: (step: number, steps: number, settings: Settings) => number
}

export const schedules = new Family<Schedule>(
  'schedule',
  import.meta.glob<Schedule>(['./*.ts', '!./index.ts'], { eager: true, import: 'default' }),
)
