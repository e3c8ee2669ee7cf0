import type { Centre, WidthCell, WidthRows } from '@shared/charts/parts/width-rows'
import type { Spread } from '@shared/statistics/spread'
import { spreading } from '@shared/statistics/spread'

interface Widths {
  readonly groups?: readonly string[]
  readonly panels?: readonly string[]
  readonly capacities?: readonly number[]
  readonly seeds?: readonly number[]
  readonly value?: (capacity: number, seed: number, side: 0 | 1) => number
}

/** A figure of values that are made up. */
export function widthsOf({ groups = [''], panels = ['NR', 'BN'], capacities = [79, 236], seeds = [1, 2, 3], value = (capacity, seed, side) => capacity / 1000 + seed / 100 + side / 50 }: Widths, own: Partial<WidthRows> = {}): WidthRows {
  const spread = own.spread ?? 'sd'
  return {
    measure: 'egf2',
    summary: { kind: 'meanOfEleven' },
    spread,
    x: 'auto',
    y: 'auto',
    singles: true,
    fields: [{ name: 'treatment', title: 'treatment' }, ...groups[0] === '' ? [] : [{ name: 'training.optimizer', title: 'optimizer' }]],
    pooled: [],
    groups: groups.map(title => ({
      title,
      facets: panels.map(treatment => ({ title: treatment, at: { ...title !== '' && { 'training.optimizer': title }, treatment }, cells: capacities.map(capacity => cellOf(capacity, seeds, value, spread)) })),
    })),
    ...own,
  }
}

function cellOf(capacity: number, seeds: readonly number[], value: NonNullable<Widths['value']>, spread: Spread): WidthCell {
  const pairs = seeds.map((seed, position) => ({ experiment: 'study', position, seed, dense: value(capacity, seed, 0), sparse: value(capacity, seed, 1) }))
  const centre = (of: (pair: typeof pairs[number]) => number): Centre => {
    const { mean, sd, low, high } = spreading(pairs.map(of), spread)
    const told = (value: number): number | null => Number.isNaN(value) ? null : value
    return { mean: told(mean), sd: told(sd), low: told(low), high: told(high) }
  }
  return { capacity, counts: { pairs: pairs.length + 1, complete: pairs.length, diverged: 1 }, dense: centre(({ dense }) => dense), sparse: centre(({ sparse }) => sparse), difference: centre(({ dense, sparse }) => sparse - dense), pairs }
}
