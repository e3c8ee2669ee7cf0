import type { Curves } from '@shared/comparison/panels/curves'
import chart from '@shared/charts/curves'
import { themes } from '@shared/charts/parts/theme'
import { describe, expect, it } from 'vitest'
import { printUnits } from '../../src-main/export/figure'
import { comparedCurves } from './curve-rows'
import { drawn, isSideColour, labelsOf, light, seriesById, seriesOf, shapesOf, writtenIn } from './rows'

const rows = comparedCurves()
const idsOf = (of: Curves): string[] => seriesOf(chart.option(of, light)).map(({ id }) => String(id))
const placesOf = (series: { data: Float64Array }): number[] => [...series.data].filter((_, i) => i % 2 === 0)

describe('the chart of curves', () => {
  it('has a line a group and side through its centre, dense left and sparse right, on one scale', () => {
    const option = chart.option(rows, light)
    const line = seriesById(option, '0/sparse/BN')
    expect([line.xAxisIndex, line.yAxisIndex]).toEqual([1, 1])
    expect(line.data).toBeInstanceOf(Float64Array)
    expect(drawn(line)).toEqual(rows.facets[0]!.groups[1]!.curves[1]!.centre.map(value => Math.log10(value!)))
    const [left, right] = option.yAxis as any[]
    expect([left.min, left.max]).toEqual([right.min, right.max])
    expect(seriesById(option, '0/dense/BN').lineStyle).toEqual(line.lineStyle)
    for (const theme of Object.values(themes))
      expect(isSideColour(seriesById(chart.option(rows, { theme, width: 800 }), '0/dense/BN').lineStyle.color, theme)).toBe(false)
    expect(writtenIn(option)).toEqual(expect.arrayContaining(['NR', 'BN', '± sd', 'epoch']))
  })

  it('draws the band between the ends that the rows have', () => {
    const [{ shape: { points } }] = shapesOf(seriesById(chart.option(rows, light), '0/dense/NR/band')) as [any]
    const { low, high } = rows.facets[0]!.groups[0]!.curves[0]!
    expect(-points[3][1]).toBeCloseTo(Math.log10(high![3]!), 12)
    expect(-points.at(-4)[1]).toBeCloseTo(Math.log10(low![3]!), 12)
    const many = comparedCurves({ groupBy: ['seed'] }, { seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9] })
    expect(idsOf(many).filter(id => id.endsWith('/band'))).toEqual([])
    expect(writtenIn(chart.option(many, light))).toContain('no bands of more than 8 curves')
  })

  it('stands below each other where facets are set apart, each dense beside sparse', () => {
    const apart = comparedCurves({}, { facets: ['seed'] })
    const option = chart.option(apart, light)
    const grids = option.grid as any[]
    expect(grids).toHaveLength(4)
    expect(grids[0].top + grids[0].height).toBeLessThan(grids[2].top)
    expect(grids.map(({ left }) => left)).toEqual([grids[0].left, grids[1].left, grids[0].left, grids[1].left])
    expect(seriesById(option, '1/sparse/NR').xAxisIndex).toBe(3)
    expect(writtenIn(option)).toEqual(expect.arrayContaining(['Seed 1', 'Seed 2']))
  })

  it('over time or FLOPs has its points where the rows have them, in a unit of which there are few', () => {
    const flops = comparedCurves({ x: 'flops' }, { treatments: ['NR'], seeds: [1] })
    const option = chart.option(flops, light)
    // 3e9 an epoch, ten of them; sparse twice as many.
    expect(placesOf(seriesById(option, '0/dense/NR'))).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30])
    expect((option.xAxis as any[])[0].max).toBe(60)
    expect(writtenIn(option)).toContain('training FLOPs, ×10⁹')
    const time = chart.option(comparedCurves({ x: 'time' }, { treatments: ['NR'], seeds: [1], epochs: 400 }), light)
    expect(writtenIn(time)).toContain('training time, min')
    expect(placesOf(seriesById(time, '0/dense/NR')).at(-1)).toBeCloseTo(400 * 1.1 / 60, 12)
  })

  it('has the vertical scale that is asked for', () => {
    const kinds = (['linear', 'log', 'symlog'] as const).map((scale) => {
      const of = comparedCurves({ scale, band: 'none' }, { value: (run, epoch) => run === 1 ? 0 : 2 + epoch })
      const option = chart.option(of, light)
      return { name: writtenIn(option)[0], first: labelsOf((option.yAxis as any[])[0])[0] }
    })
    expect(kinds).toEqual([
      { name: 'Effective gradient flow EGF₂', first: '0' },
      { name: 'Effective gradient flow EGF₂ (log)', first: '1' },
      { name: 'Effective gradient flow EGF₂ (log, linear below 1)', first: '0' },
    ])
  })

  it('keeps what was smoothed visible, faintly', () => {
    const smooth = comparedCurves({ smoothing: 0.9, band: 'none' })
    const option = chart.option(smooth, light)
    const { centre, smooth: line } = smooth.facets[0]!.groups[0]!.curves[0]!
    expect(drawn(seriesById(option, '0/dense/NR'))).toEqual(line!.map(value => Math.log10(value!)))
    const raw = seriesById(option, '0/dense/NR/raw')
    expect(drawn(raw)).toEqual(centre.map(value => Math.log10(value!)))
    expect(raw.lineStyle.opacity).toBeLessThan(0.5)
    expect(idsOf(rows).filter(id => id.endsWith('/raw'))).toEqual([])
  })

  it('draws single runs thinly behind their groups, each answering a pointer by its number', () => {
    const option = chart.option(comparedCurves({ members: true }), light)
    const run = seriesById(option, 'run/r7/0/1')
    const group = seriesById(option, '0/dense/BN')
    expect([run.triggerEvent, run.name, run.lineStyle.color]).toEqual(['line', 'r7, BN, W = 79, seed 2', group.lineStyle.color])
    expect(run.lineStyle.width).toBeLessThan(group.lineStyle.width)
    expect(run.z).toBeLessThan(group.z)
    expect(group.triggerEvent).toBe(false)
  })

  it('can be zoomed on the screen, both sides together, with ticks as fine as what is seen', () => {
    const { dataZoom, xAxis } = chart.option(rows, light) as any
    expect(dataZoom).toEqual([expect.objectContaining({ type: 'inside', xAxisIndex: [0, 1], filterMode: 'none' })])
    const closer = chart.option(rows, { ...light, span: 0.2 }) as any
    expect([closer.xAxis[0].min, closer.xAxis[0].max]).toEqual([xAxis[0].min, xAxis[0].max])
    expect(labelsOf(xAxis[0])).toEqual(['0', '2', '4', '6', '8', '10'])
    expect(labelsOf(closer.xAxis[0])).toHaveLength(11)
    expect(chart.option(rows, { theme: themes.print, width: 800 }).dataZoom).toBeUndefined()
  })

  it('of long curves draws what can be seen: about two points a line\'s width, more where one looks closer', () => {
    const long = comparedCurves({ band: 'none', groupBy: [] }, { treatments: ['NR'], seeds: [1], epochs: 20_000, value: (_, epoch) => epoch === 7777 ? 1000 : 2 + Math.sin(epoch) })
    const data = (span?: number): Float64Array => seriesById(chart.option(long, { ...light, ...span !== undefined && { span } }), '0/dense/').data
    expect(data().length / 2).toBeLessThan(800)
    expect(Math.max(...drawn({ data: data() }))).toBe(3)
    expect(data(0.1).length).toBeGreaterThan(8 * data().length)
    // A hundred curves in an SVG, a dozen bytes a point, are less than 500 kB.
    const printed: Float64Array = seriesById(chart.option(long, { theme: themes.print, width: printUnits(170) }), '0/dense/').data
    expect(printed.length / 2).toBeLessThan(380)
    expect(Math.max(...drawn({ data: printed }))).toBe(3)
  })

  it('tells what every group has at an epoch with its n; of places between, the last epoch up to there', () => {
    const tip = (of: Curves, at: number): string => ((chart.option(of, light).tooltip as any).formatter as any)([{ axisValue: at }]).replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
    const named = comparedCurves({}, { treatments: ['<b>', 'BN'], value: run => run })
    expect(tip(named, 4)).toContain('epoch 4 dense (n) sparse (n) &#60;b&#62; 2.00 ± 1.41 (2) 3.00 ± 1.41 (2) BN 6.00 ± 1.41 (2)')
    const time = comparedCurves({ x: 'time', band: 'range' }, { treatments: ['NR'], value: (run, epoch) => run + epoch })
    // Dense runs take 1.1 and 1.3 s an epoch: epoch 2 stands at 2.4, epoch 10 at 12; sparse ones 1.3 on average.
    expect(tip(time, 3)).toContain('training time 3.00 s dense (n) sparse (n) NR 4.00 [3.00, 5.00] (2, epoch 2)')
    expect(tip(time, 12.5)).toContain('NR – 12.0 [11.0, 13.0] (2, epoch 9)')
  })

  it('has a table of everything, unrounded', () => {
    const { columns, rows: lines } = chart.table(comparedCurves({ x: 'flops', groupBy: ['treatment', 'capacity'] }, { facets: ['seed'] }))
    expect(columns.map(({ name }) => name)).toEqual(['seed', 'treatment', 'capacity', 'side', 'epoch', 'mean training FLOPs', 'mean of egf2', 'low (± sd)', 'high (± sd)', 'n'])
    expect(lines).toHaveLength(2 * 2 * 2 * 11)
    expect(lines[1]).toEqual([1, 'NR', 79, 'dense', 1, 3e9, 3 * 0.8 + 0.01, null, null, 1])
  })
})
