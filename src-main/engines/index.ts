import type { Engine } from './engine'
import { Family } from '@shared/members'

/** Every engine, found by its file `<family>/<id>.engine.ts`. */
export const engines = new Family<Engine>('engine', Object.fromEntries(
  Object.entries(import.meta.glob<Engine>('./*/*.engine.ts', { eager: true, import: 'default' }))
    .map(([file, engine]) => [file.replace('.engine.ts', '.ts'), engine]),
))
