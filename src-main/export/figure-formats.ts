import type { FigureFormat } from './figure-format'
import { Family } from '@shared/members'

/** Every way to write a figure, found by its file. */
export const figureFormats = new Family<FigureFormat>(
  'figure format',
  import.meta.glob<FigureFormat>('./formats/*.ts', { eager: true, import: 'default' }),
)
