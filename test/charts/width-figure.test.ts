import type { Mark } from '@shared/charts'
import { symbols } from '@shared/charts/parts/pieces'
import { themes, UNITS_PER_POINT } from '@shared/charts/parts/theme'
import widthFigure from '@shared/charts/width-figure'
import { describe, expect, it } from 'vitest'
import { labelsOf, light, seriesById, shapesOf, study, writtenIn } from './rows'

const rows = study()
const option = widthFigure.option(rows, light)
const axes = (name: 'xAxis' | 'yAxis' | 'grid'): any[] => option[name] as any[]

describe('the width figure', () => {
  it('has a panel a treatment, side by side, all of one scale whose labels stand once a row', () => {
    expect(axes('grid')).toHaveLength(2)
    expect(axes('grid')[0].top).toBe(axes('grid')[1].top)
    expect(axes('grid')[0].left + axes('grid')[0].width).toBeLessThan(axes('grid')[1].left)
    expect([axes('yAxis')[1].min, axes('yAxis')[1].max]).toEqual([axes('yAxis')[0].min, axes('yAxis')[0].max])
    expect(axes('yAxis').map(({ axisLabel }) => axisLabel.show)).toEqual([true, false])
    expect(writtenIn(option)).toEqual(expect.arrayContaining(['Final test accuracy, %', 'NR', 'BN', 'Dense width W, units']))
  })

  it('wraps its panels where they would be too narrow', () => {
    const many = study({ treatments: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] })
    const grids = widthFigure.option(many, { ...light, width: 600 }).grid as { top: number, left: number, width: number }[]
    expect(new Set(grids.map(({ top }) => top)).size).toBeGreaterThan(1)
    expect(Math.min(...grids.map(({ width }) => width))).toBeGreaterThan(10 * light.theme.size)
    expect(widthFigure.height(many, { ...light, width: 600 })).toBeGreaterThan(widthFigure.height(many, { ...light, width: 1600 }))
  })

  it('draws dense as blue dots on the left and sparse as vermillion crosses on the right, at the means', () => {
    for (const side of ['dense', 'sparse'] as const) {
      const means = seriesById(option, `mean/BN/${side}`)
      expect(means.symbol).toBe(symbols[side])
      expect(means.itemStyle.color).toBe({ dense: '#0072B2', sparse: '#D55E00' }[side])
      expect(Math.sign(means.symbolOffset[0])).toBe({ dense: -1, sparse: 1 }[side])
      const cells = rows.cells.filter(({ treatment, capacity }) => treatment === 'BN' && capacity !== null)
      expect(means.data.map(({ value }: { value: number[] }) => value)).toEqual(cells.map(({ capacity, accuracy }) => [capacity, 100 * accuracy[side].mean!]))
    }
    expect(symbols.dense).toBe('circle')
    expect(symbols.sparse).toMatch(/^path:/)
  })

  it('has error bars that reach one sd to either side of the mean, at its mark', () => {
    for (const side of ['dense', 'sparse'] as const) {
      const means = seriesById(option, `mean/NR/${side}`)
      const bars = shapesOf(seriesById(option, `sd/NR/${side}`))
      const cells = rows.cells.filter(({ treatment, capacity }) => treatment === 'NR' && capacity !== null)
      expect(bars).toHaveLength(cells.length)
      for (const [i, { shape, style }] of bars.entries()) {
        const { sd, mean } = cells[i]!.accuracy[side]
        expect(Math.abs(shape.y2 - shape.y1) / 2).toBeCloseTo(100 * sd!, 10)
        expect((shape.y1 + shape.y2) / -2).toBeCloseTo(100 * mean!, 10)
        expect(shape.x1).toBeCloseTo(means.data[i].value[0] + means.symbolOffset[0], 10)
        expect(style.stroke).toBe(means.itemStyle.color)
      }
    }
  })

  it('draws each complete pair faint beneath the means, its two marks joined', () => {
    const singles = seriesById(option, 'pairs/NR')
    const pairs = rows.pairs.filter(({ treatment }) => treatment === 'NR')
    expect(singles.z).toBeLessThan(seriesById(option, 'mean/NR/dense').z)
    for (const [i, { children: [reach, link, dense, sparse] }] of shapesOf(singles).entries()) {
      expect([-link.shape.y1, -link.shape.y2]).toEqual([100 * pairs[i]!.dense.accuracy!, 100 * pairs[i]!.sparse.accuracy!])
      expect([reach.shape, reach.style.opacity]).toEqual([link.shape, 0])
      expect(reach.style.lineWidth).toBeGreaterThan(5 * link.style.lineWidth)
      expect(dense.shape.cx).toBeLessThan(Math.min(...sparse.shape.points.map(([x]: [number]) => x)))
      expect([dense.style.opacity, sparse.style.opacity].every(opacity => opacity < 0.6)).toBe(true)
    }
    expect(singles.data.map(({ mark }: { mark: Mark }) => mark.pair!.position)).toEqual(pairs.map(({ position }) => position))
  })

  it('leads from its marks to what they are of', () => {
    expect(seriesById(option, 'pairs/BN').data[1].mark).toEqual({ at: { treatment: 'BN', capacity: 79 }, pair: { position: 7 } })
    expect(seriesById(option, 'mean/BN/dense').data[1].mark).toEqual({ at: { treatment: 'BN', capacity: 236 } })
  })

  it('tells the cell that is nearest to the pointer, in the digits of its table', () => {
    const { trigger, formatter } = option.tooltip as any
    expect(trigger).toBe('axis')
    const html: string = formatter([{ axisIndex: 1, axisValue: 200 }])
    expect(html).toContain('BN, W = 236, n = 3')
    // Dense accuracies of 0.830, 0.827 and 0.824, and sparse ones of 0.815, 0.818 and 0.821.
    for (const text of ['82.7 ± 0.3', '81.8 ± 0.3', '−0.9 ± 0.6', 'seed 1', '83.0', '81.5', '−1.5', 'seed 3'])
      expect(html).toContain(`>${text}<`)
    expect(formatter([{ axisIndex: 0, axisValue: 100 }])).toContain('NR, W = 79, n = 3')
    expect(formatter([])).toBe('')
  })

  it('leaves out what has not ended, says so, and keeps its place', () => {
    const [first, ...others] = rows.pairs
    const running = { ...rows, pairs: [{ ...first!, sparse: { ...first!.sparse, state: { kind: 'running', attempt: 1, epoch: 3 } as const, accuracy: 0.01 } }, ...others] }
    expect(seriesById(widthFigure.option(running, light), 'pairs/NR').data).toHaveLength(5)
    expect((widthFigure.option(running, light).yAxis as any[])[0].min).toBeGreaterThan(50)
    const cells = rows.cells.map(cell => ({ ...cell, planned: cell.planned + 1, diverged: cell.treatment === 'NR' ? 1 : 0 }))
    expect(widthFigure.caption({ ...rows, cells })).toContain('12 of 16 pairs complete, 2 diverged.')
    expect(widthFigure.caption(rows)).toContain('mean ± sd over 3 seeds')
  })

  it('has a mark without an error bar where there is one seed', () => {
    const one = widthFigure.option(study({ seeds: [1] }), light)
    expect(seriesById(one, 'sd/NR/dense').data).toEqual([])
    expect(seriesById(one, 'mean/NR/dense').data).toHaveLength(2)
  })

  it('spaces widths so that they are apart: by logarithm only where that is better', () => {
    expect(axes('xAxis')[0].axisLabel.customValues).toEqual([79, 236])
    const doubling = widthFigure.option(study({ capacities: [16, 32, 64, 512] }), light)
    const places = (doubling.xAxis as any[])[0].axisLabel.customValues as number[]
    expect(places[1]! - places[0]!).toBeCloseTo(places[2]! - places[1]!, 10)
    expect(writtenIn(doubling)).toContain('Dense width W, units (log)')
    expect(labelsOf((doubling.xAxis as any[])[0])).toEqual(['16', '32', '64', '512'])
  })

  it('gives all it shows as a table', () => {
    const { columns, rows: lines } = widthFigure.table(rows)
    expect(columns.filter(({ unit }) => unit === 'share')).toHaveLength(9)
    expect(lines).toHaveLength(rows.pairs.length)
    const at = (name: string): number => columns.findIndex(column => column.name === name)
    for (const [i, line] of lines.entries()) {
      expect(line[at('sparse - dense accuracy')]).toBe(rows.pairs[i]!.sparse.accuracy! - rows.pairs[i]!.dense.accuracy!)
      expect(line[at('n')]).toBe(3)
    }
  })

  it('is for print of 8 pt with lines of 0.75 pt, with ticks outside and nothing that reacts', () => {
    const print = widthFigure.option(rows, { theme: themes.print, width: 2000 })
    expect((print.yAxis as any[])[0]).toMatchObject({ axisLine: { show: true }, axisTick: { show: true }, splitLine: { show: false }, axisLabel: { fontSize: 8 * UNITS_PER_POINT } })
    expect((print.yAxis as any[])[0].axisLine.lineStyle.width).toBe(0.75 * UNITS_PER_POINT)
    expect(print.tooltip).toBeUndefined()
  })
})
