import type { ExperimentRows, MeanCurveRows, PairCurveRows, PairLayerRows, RunCurveRows } from '@shared/charts/parts/rows'
import type { Theme } from '@shared/charts/parts/theme'
import type { EChartsOption, SeriesOption } from 'echarts'
import { themes } from '@shared/charts/parts/theme'
import { meanSd } from '@shared/statistics/mean'

export const light = { theme: themes.light, width: 800 }

interface Study {
  readonly treatments?: readonly string[]
  readonly capacities?: readonly number[]
  readonly seeds?: readonly number[]
  readonly epochs?: number
}

/** A finished study whose numbers are made up, each different. */
export function study({ treatments = ['NR', 'BN'], capacities = [79, 236], seeds = [1, 2, 3], epochs = 10 }: Study = {}): ExperimentRows {
  const pairs = treatments.flatMap((treatment, t) => capacities.flatMap((capacity, c) => seeds.map((seed, s) => {
    const position = (t * capacities.length + c) * seeds.length + s
    const run = (side: number) => ({ run: 2 * position + side + 1, state: { kind: 'done' as const }, epochs, accuracy: 0.8 + 0.01 * t + 0.02 * c + 0.003 * s * (side ? 1 : -1) - 0.015 * side })
    return { position, treatment, capacity, seed, dense: run(0), sparse: run(1) }
  })))
  const cells = treatments.flatMap(treatment => [...capacities, null].map((capacity) => {
    const own = pairs.filter(pair => pair.treatment === treatment && (capacity === null || pair.capacity === capacity))
    const summary = (of: (pair: typeof own[number]) => number) => {
      const { n, mean, sd } = meanSd(own.map(of))
      return { n, mean: n ? mean : null, sd: n > 1 ? sd : null }
    }
    return {
      treatment,
      capacity,
      pairs: own.length,
      planned: own.length,
      diverged: 0,
      failed: 0,
      cancelled: 0,
      accuracy: { dense: summary(({ dense }) => dense.accuracy), sparse: summary(({ sparse }) => sparse.accuracy), difference: summary(({ dense, sparse }) => sparse.accuracy - dense.accuracy) },
    }
  }))
  return { cells, pairs }
}

/** Curves that fall from `from` to `to`, sparse ones lower by a tenth. */
export function curvesOf(rows: ExperimentRows, { measure = 'egf2', from = 2, to = 1 } = {}): MeanCurveRows {
  const epochs = Array.from({ length: rows.pairs[0]!.dense.epochs + 1 }, (_, epoch) => epoch)
  const cells = rows.cells.flatMap(({ treatment, capacity }) => capacity === null ? [] : [{ treatment, capacity }])
  return {
    ...rows,
    measure,
    curves: cells.flatMap((cell, i) => (['dense', 'sparse'] as const).map((side) => {
      const mean = epochs.map((_, e) => from * (to / from) ** (e / (epochs.length - 1)) * (1 + 0.05 * i) * (side === 'dense' ? 1 : 0.9))
      return { ...cell, side, epochs, mean, sd: mean.map(value => value / 20), n: mean.map(() => 3) }
    })),
  }
}

export function pairRowsOf(values: { readonly dense: readonly (number | null)[], readonly sparse: readonly (number | null)[] }, measure = 'train.loss'): PairCurveRows {
  const curve = (of: readonly (number | null)[]) => ({ layer: 0, epochs: of.map((_, epoch) => epoch), values: [...of] })
  return { pair: study().pairs[4]!, measure, dense: curve(values.dense), sparse: curve(values.sparse) }
}

export function runRowsOf(values: readonly (number | null)[], measure = 'train.loss'): RunCurveRows {
  return { run: { run: 12, side: 'sparse', epochs: 10 }, measure, curve: { layer: 0, epochs: values.map((_, epoch) => epoch), values: [...values] } }
}

export function layerRowsOf(names: readonly string[], value: (side: 0 | 1, layer: number, epoch: number) => number | null, epochs = [0, 1, 2, 5, 10]): PairLayerRows {
  const side = (s: 0 | 1) => names.map((_, l) => ({ layer: l + 1, epochs, values: epochs.map(epoch => value(s, l + 1, epoch)) }))
  return { pair: study().pairs[4]!, measure: 'layer.gradient.active.l2', layers: names, dense: side(0), sparse: side(1) }
}

export function seriesOf(option: EChartsOption): SeriesOption[] {
  return option.series as SeriesOption[]
}

export function seriesById(option: EChartsOption, id: string): any {
  const found = seriesOf(option).find(one => one.id === id)
  if (!found)
    throw new Error(`there is no series ${id}, but ${seriesOf(option).map(one => one.id).join(', ')}`)
  return found
}

/** The values of a curve as they are drawn; NaN is a gap. */
export function drawn(series: { data: Float64Array }): number[] {
  return [...series.data].filter((_, i) => i % 2 === 1)
}

/** What custom series would draw, in a coordinate system of one unit a value, upwards. */
export function shapesOf(series: { data: readonly unknown[], renderItem: (params: any, api: any) => any }): any[] {
  return series.data.map((datum, dataIndex) => {
    const value = (datum as { value?: number[] }).value ?? datum as number[]
    return series.renderItem({ dataIndex }, { value: (dimension: number) => value[dimension], coord: ([x, y]: [number, number]) => [x, -y] })
  })
}

/** Every text that a chart writes beside its axes. */
export function writtenIn(option: EChartsOption): string[] {
  return shapesOf(seriesById(option, 'frame')).flatMap(piece => piece.type === 'text' ? [piece.style.text] : [])
}

export function labelsOf(axis: any): string[] {
  return axis.axisLabel.customValues.map((value: number) => axis.axisLabel.formatter(value))
}

export function isSideColour(colour: string, theme: Theme): boolean {
  return Object.values(theme.side).includes(colour)
}
