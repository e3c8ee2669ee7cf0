import { themes } from '@shared/charts/parts/theme'
import widths from '@shared/charts/widths'
import { describe, expect, it } from 'vitest'
import { labelsOf, light, seriesById, seriesOf, shapesOf, writtenIn } from './rows'
import { widthsOf } from './width-rows'

const axis = (option: ReturnType<typeof widths.option>, name: 'xAxis' | 'yAxis'): any => (option[name] as any[])[0]

describe('a width figure of any measure', () => {
  it('has error bars from the lower to the upper end of its spread, by logarithm for flow', () => {
    const rows = widthsOf({ value: (capacity, seed, side) => 10 ** -seed * capacity / (1 + side) }, { spread: 'range' })
    const bars = shapesOf(seriesById(widths.option(rows, light), 'range/NR/sparse'))
    // Seeds 1 to 3 at W = 79: from 79/2·10⁻³ to 79/2·10⁻¹.
    expect([-bars[0].shape.y1, -bars[0].shape.y2]).toEqual([Math.log10(0.0395), Math.log10(3.95)].map(place => expect.closeTo(place, 10)))
    expect(widths.title(rows)).toBe('Effective gradient flow EGF₂, mean over the 11 epochs (log)')
  })

  it('ends error bars that go below a logarithmic axis there, with a tip, and says so', () => {
    const rows = widthsOf({ value: (_, seed) => 10 ** seed })
    const option = widths.option(rows, light)
    const [bar] = shapesOf(seriesById(option, 'sd/NR/dense'))
    expect(bar.type).toBe('group')
    expect(-bar.children[0].shape.y1).toBe(axis(option, 'yAxis').min)
    expect(widths.caption(rows)).toContain('Error bars with a tip end below the axis.')
    const linear = { ...rows, y: 'linear' as const }
    expect(shapesOf(seriesById(widths.option(linear, light), 'sd/NR/dense'))[0].type).toBe('line')
    expect(axis(widths.option(linear, light), 'yAxis').min).toBeLessThan(0)
    expect(widths.caption(linear)).not.toContain('tip')
  })

  it('marks where a symlog axis turns linear, of values and of widths', () => {
    const option = widths.option(widthsOf({ panels: ['NR'], capacities: [20, 200] }, { x: 'symlog', y: 'symlog' }), light)
    const lines = shapesOf(seriesById(option, 'frame')).filter(({ type, style }) => type === 'line' && style.lineDash)
    expect(lines.map(({ shape: { x1, x2, y1, y2 } }) => [x1 === x2, y1 === y2]).toSorted()).toEqual([[false, true], [true, false]])
    expect(labelsOf(axis(option, 'xAxis'))).toEqual(['0', '20', '200'])
    expect(labelsOf(axis(option, 'yAxis'))[0]).toBe('0')
    expect(writtenIn(option)).toContain('Dense width W, units (log, linear below 10)')
    // 20 to 200 is as far as 10 to 100: a decade, and so is 0 to 10.
    const [zero, first, second] = axis(option, 'xAxis').axisLabel.customValues
    expect(second - first).toBeCloseTo(Math.LN10, 12)
    expect(first - zero).toBeCloseTo(Math.LN10 * (1 + Math.log10(2)), 12)
  })

  it('puts the panels of a group beneath its title, and begins a row with each', () => {
    const option = widths.option(widthsOf({ groups: ['Optimizer adam', 'Optimizer sgd'] }), { ...light, width: 1600 })
    const grids = option.grid as { top: number, left: number }[]
    expect(grids.map(({ top }) => top)).toEqual([grids[0]!.top, grids[0]!.top, grids[2]!.top, grids[2]!.top])
    expect(grids[2]!.top).toBeGreaterThan(grids[0]!.top)
    expect(grids[2]!.left).toBe(grids[0]!.left)
    expect(writtenIn(option)).toEqual(expect.arrayContaining(['Optimizer adam', 'Optimizer sgd', 'NR', 'BN']))
    expect(seriesById(option, `pairs/${encodeURIComponent('Optimizer sgd')}/BN`).data[0].mark).toEqual({ at: { 'training.optimizer': 'Optimizer sgd', 'treatment': 'BN', 'capacity': 79 }, pair: { experiment: 'study', position: 0 } })
  })

  it('draws no single pairs where that is chosen', () => {
    const rows = widthsOf({}, { singles: false })
    expect(seriesOf(widths.option(rows, light)).some(({ id }) => String(id).startsWith('pairs/'))).toBe(false)
    expect(widths.caption(rows)).not.toContain('single pairs')
  })

  it('draws all of many pairs, those of a cell as one mark that leads to them', () => {
    const rows = widthsOf({ panels: ['NR', 'BN'], seeds: Array.from({ length: 150 }, (_, i) => i + 1) }, { y: 'linear' })
    const singles = seriesById(widths.option(rows, light), 'pairs/BN')
    expect(singles.data.map(({ mark }: { mark: unknown }) => mark)).toEqual([79, 236].map(capacity => ({ at: { treatment: 'BN', capacity } })))
    const [reach, links, dots, crosses] = shapesOf(singles)[0].children
    expect(reach.style.opacity).toBe(0)
    const places = (d: string): number[][] => d.split('M').slice(1).map(part => part.split(/[ Lh]/).map(Number))
    const { pairs } = rows.groups[0]!.facets[1]!.cells[0]!
    expect(places(links.shape.d)).toHaveLength(150)
    expect(places(crosses.shape.d)).toHaveLength(300)
    for (const [i, [x, y]] of places(dots.shape.d).entries()) {
      expect(-y!).toBeCloseTo(pairs[i]!.dense, 1)
      expect([x, y]).toEqual(places(links.shape.d)[i]!.slice(0, 2))
      expect(-places(links.shape.d)[i]![3]!).toBeCloseTo(pairs[i]!.sparse, 1)
    }
    expect(seriesById(widths.option(widthsOf({}), light), 'pairs/BN').data[0].mark.pair).toEqual({ experiment: 'study', position: 0 })
  })

  it('tells the ends of an interval and how many pairs are missing', () => {
    const { formatter } = widths.option(widthsOf({}, { spread: 'range', measure: 'test.loss', summary: { kind: 'last' } }), light).tooltip as any
    const html: string = formatter([{ axisIndex: 0, axisValue: 79 }])
    for (const text of ['NR, W = 79, n = 3 of 4', 'mean, smallest to largest', 'dense, nats', '0.0990 [0.0890, 0.109]', 'seed 2'])
      expect(html).toContain(`>${text}<`)
  })

  it('gives all it shows as a table, with where each pair is and the ends of error bars', () => {
    const rows = widthsOf({ groups: ['adam'] }, { spread: 'standardError' })
    const { columns, rows: lines } = widths.table(rows)
    const at = (name: string): number => columns.findIndex(column => column.name === name)
    expect(lines).toHaveLength(2 * 2 * 3)
    const [first] = lines
    expect(['treatment', 'training.optimizer', 'dense width W', 'experiment', 'pair', 'seed', 'n'].map(name => first![at(name)])).toEqual(['NR', 'adam', 79, 'study', 1, 1, 3])
    expect(first![at('high end (standardError) of dense')]).toBe(rows.groups[0]!.facets[0]!.cells[0]!.dense.high)
    expect(widths.table(widthsOf({}, { fields: [{ name: 'experiment', title: 'experiment' }] })).columns.filter(({ name }) => name === 'experiment')).toHaveLength(1)
  })

  it('says in each panel without a complete pair that there is none', () => {
    expect(writtenIn(widths.option(widthsOf({ seeds: [] }), light)).filter(text => text === 'no complete pair')).toHaveLength(2)
  })

  it('redraws nothing of a screen under the pointer, which print does not have', () => {
    expect(widths.option(widthsOf({}), light).axisPointer).toEqual({ zlevel: 1 })
    expect(widths.option(widthsOf({}), { ...light, theme: themes.print }).axisPointer).toBeUndefined()
  })
})
