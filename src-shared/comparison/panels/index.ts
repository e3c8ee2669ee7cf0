import type { Panel } from '../panel'
import { Family } from '../../members'

/** Every way to look at a comparison, found by its file. */
export const panels = new Family<Panel>(
  'panel',
  import.meta.glob<Panel>(['./*.ts', '!./index.ts'], { eager: true, import: 'default' }),
)
