import type { Scatter } from '@shared/comparison/panels/scatter'
import chart from '@shared/charts/scatter'
import panel from '@shared/comparison/panels/scatter'
import { describe, expect, it } from 'vitest'
import { scattered } from '../comparison/correlated'
import { comparisonOf } from '../comparison/pairs'
import { isSideColour, labelsOf, light, seriesById, seriesOf, writtenIn } from './rows'

const rowsOf = (pairs: ReturnType<typeof scattered>, options: object = {}): Scatter => panel.of(comparisonOf(pairs), panel.options.parse({ resamples: 100, ...options }))

describe('the scatter of runs', () => {
  const rows = rowsOf(scattered(20))

  it('places each run by its two numbers, flow on a logarithm, shares in percent, and leads to it', () => {
    const { data } = seriesById(chart.option(rows, light), 'sparse/0')
    expect(data).toHaveLength(20)
    const point = rows.points.find(({ run }) => run === 8)!
    const drawn = data.find((one: any) => one.mark.run === 8)
    expect(drawn.mark).toEqual({ at: { treatment: 'base', capacity: 11, seed: 1 }, pair: { experiment: 'study', position: 3 }, run: 8 })
    expect(drawn.value[0]).toBeCloseTo(Math.log10(point.x), 12)
    expect(drawn.value[1]).toBeCloseTo(100 * point.y, 12)
    const option = chart.option(rows, light)
    expect(labelsOf((option.xAxis as any[])[0])).toContain('10')
    expect(writtenIn(option)).toContain('Effective gradient flow EGF₁ (log)')
  })

  it('has dots and crosses in the two sides\' colours where all are of one group', () => {
    const [dense, sparse] = seriesOf(chart.option(rows, light)) as any[]
    expect([dense.itemStyle.color, sparse.itemStyle.color]).toEqual([light.theme.side.dense, light.theme.side.sparse])
    expect(dense.symbol).not.toBe(sparse.symbol)
  })

  it('has other colours for groups, of which the last share one', () => {
    const many = rowsOf(scattered(20, i => ({ treatment: `t${i % 10}` })))
    const series = seriesOf(chart.option(many, light)).filter(({ id }) => id !== 'frame') as any[]
    expect(series).toHaveLength(20)
    const colours = series.map(({ itemStyle }) => itemStyle.color)
    expect(colours.some(colour => isSideColour(colour, light.theme))).toBe(false)
    expect(new Set(colours).size).toBe(8)
    expect(writtenIn(chart.option(many, light))).toEqual(expect.arrayContaining(['t0', 't6', '3 more', 'dots dense, crosses sparse']))
  })

  it('says so where there is nothing', () => {
    expect(writtenIn(chart.option(rowsOf([]), light))).toContain('no finished run has both')
  })

  it('writes every run and its unrounded numbers into its table', () => {
    const { columns, rows: lines } = chart.table(rows)
    expect(columns.map(({ name }) => name)).toEqual(['run', 'side', 'experiment', 'treatment', 'dense width W', 'seed', 'group', 'egf1', 'test.accuracy'])
    const { x, y } = rows.points.find(({ run }) => run === 8)!
    expect(lines.find(([run]) => run === 'r8')).toEqual(['r8', 'sparse', 'study', 'base', 11, 1, 'base', x, y])
  })
})
