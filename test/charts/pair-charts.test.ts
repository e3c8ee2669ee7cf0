import difference from '@shared/charts/difference'
import layerHeatmap from '@shared/charts/layer-heatmap'
import pairCurves from '@shared/charts/pair-curves'
import { between, viridis } from '@shared/charts/parts/colours'
import { symbols } from '@shared/charts/parts/pieces'
import { diverging, themes } from '@shared/charts/parts/theme'
import { describe, expect, it } from 'vitest'
import { drawn, labelsOf, layerRowsOf, light, pairRowsOf, seriesById, shapesOf, writtenIn } from './rows'

describe('the curves of a pair', () => {
  const rows = pairRowsOf({ dense: [2, 1, null, 0.5], sparse: [4, 0.25, 0.2] })
  const option = pairCurves.option(rows, light)

  it('are dense left, blue, dots and sparse right, vermillion, crosses, on one scale', () => {
    for (const [panel, side] of (['dense', 'sparse'] as const).entries())
      expect(seriesById(option, side)).toMatchObject({ xAxisIndex: panel, yAxisIndex: panel, symbol: symbols[side], lineStyle: { color: light.theme.side[side] } })
    const [left, right] = option.yAxis as any[]
    expect([left.min, left.max]).toEqual([right.min, right.max])
    expect(left.max).toBeGreaterThanOrEqual(4)
    expect(writtenIn(option)).toContain('Training loss, nats')
  })

  it('have a gap where a value was not finite', () => {
    expect(drawn(seriesById(option, 'dense'))).toEqual([2, 1, Number.NaN, 0.5])
    expect(seriesById(option, 'dense').connectNulls).toBe(false)
  })

  it('lose their marks when they are long, but show a value between two gaps', () => {
    const long = Array.from({ length: 100 }, (_, epoch) => epoch > 50 && epoch !== 70 && epoch < 80 ? null : 1 + epoch)
    const { symbolSize } = seriesById(pairCurves.option(pairRowsOf({ dense: long, sparse: long }), light), 'dense')
    expect([10, 60, 90].map(dataIndex => symbolSize(undefined, { dataIndex }))).toEqual([0, 0, 0])
    expect(symbolSize(undefined, { dataIndex: 70 })).toBeGreaterThan(0)
  })

  it('give both sides at each epoch of either', () => {
    expect(pairCurves.table(rows).rows).toEqual([[0, 2, 4], [1, 1, 0.25], [2, null, 0.2], [3, 0.5, null]])
    expect(pairCurves.table(rows).columns[1]).toEqual({ name: 'dense train.loss', unit: 'nats' })
    expect((option.tooltip as any).formatter([{ axisValue: 1 }])).toContain('−0.750 nats')
    expect(pairCurves.caption(rows)).toBe('Training loss over epochs of one pair, NR at W = 236, seed 2: dense left, sparse right.')
  })
})

describe('the difference of a pair', () => {
  const rows = pairRowsOf({ dense: [0.5, 0.6, 0.7, 0.8], sparse: [0.4, 0.7, null, 0.9, 0.9] }, 'test.accuracy')
  const option = difference.option(rows, light)

  it('is sparse - dense in points, around a line at zero', () => {
    expect(drawn(seriesById(option, 'difference')).map(value => Math.round(value))).toEqual([-10, 10, Number.NaN, 10])
    expect(writtenIn(option)).toContain('Test accuracy, sparse − dense, points')
    const [axis] = option.yAxis as any[]
    const [box] = option.grid as any[]
    const zero = shapesOf(seriesById(option, 'frame')).find(({ type, shape }) => type === 'line' && shape.x2 - shape.x1 === box.width)
    expect(zero.shape.y1).toBeCloseTo(box.top + box.height * axis.max / (axis.max - axis.min), 6)
  })

  it('is filled vermillion where sparse is higher and blue where dense is, meeting where it crosses zero', () => {
    const above = shapesOf(seriesById(option, 'sparse higher'))
    const below = shapesOf(seriesById(option, 'dense higher'))
    expect([above[0].style.fill, below[0].style.fill]).toEqual([light.theme.side.sparse, light.theme.side.dense])
    expect(above[0].shape.points).toContainEqual([0.5, -0])
    expect(Math.max(...above.flatMap(({ shape }) => shape.points.map(([, y]: [number, number]) => y)))).toBeLessThanOrEqual(0)
    expect(Math.min(...below.flatMap(({ shape }) => shape.points.map(([, y]: [number, number]) => y)))).toBeGreaterThanOrEqual(0)
  })

  it('has a zero also where nothing differs', () => {
    const [axis] = difference.option(pairRowsOf({ dense: [1, 1], sparse: [1, 1] }), light).yAxis as any[]
    expect(axis.min).toBeLessThan(0)
    expect(axis.max).toBeGreaterThan(0)
    expect(difference.table(rows).rows.map(line => line[3] === null ? null : Math.round(100 * Number(line[3])))).toEqual([-10, 10, null, 10, null])
  })
})

describe('the layers of a pair', () => {
  const names = ['layers.0', 'layers.1', 'layers.2']
  const rows = layerRowsOf(names, (side, layer, epoch) => layer === 2 && epoch === 5 ? null : 10 ** (-layer - side) * (1 + epoch / 10))
  const option = layerHeatmap.option(rows, light)
  const cells = (side: string, of = option): any[] => seriesById(of, side).data

  it('are rectangles on both sides, dense left, from the input side at the top, by name', () => {
    expect([seriesById(option, 'dense').xAxisIndex, seriesById(option, 'sparse').xAxisIndex]).toEqual([0, 1])
    const [axis] = option.yAxis as any[]
    expect(axis.inverse).toBe(true)
    expect(labelsOf(axis)).toEqual(names)
    expect(cells('dense')).toHaveLength(3 * 5 - 1)
  })

  it('have one logarithmic colour scale for both sides', () => {
    const fill = (side: 'dense' | 'sparse') => (layer: number, epoch: number) => {
      const i = cells(side).findIndex(([e, l]) => e === epoch && l === layer)
      return shapesOf(seriesById(option, side))[i].style.fill
    }
    // The same values on different sides and layers.
    expect(fill('dense')(3, 2)).toBe(fill('sparse')(2, 2))
    expect(fill('dense')(2, 0)).toBe(fill('sparse')(1, 0))
    expect(fill('dense')(1, 0)).not.toBe(fill('sparse')(1, 0))
    // Values that only one side has are told apart too.
    expect(fill('sparse')(3, 0)).not.toBe(fill('sparse')(2, 0))
    expect(fill('dense')(1, 0)).not.toBe(fill('dense')(2, 0))
    // Equal ratios are equal steps of colour: 0.1 lies in the middle between 0.01 and 1, whichever the ends are.
    const three = layerRowsOf(['a', 'b', 'c'], (_, layer) => 10 ** (1 - layer))
    const fills = shapesOf(seriesById(layerHeatmap.option(three, light), 'dense')).map(({ style }) => style.fill)
    expect([fills[0], fills[5], fills[10]]).toEqual([viridis(1), viridis(0.5), viridis(0)])
    expect(writtenIn(option)).toContain('log')
  })

  it('reach half way to the epochs beside them, and leave no cell where a value was not finite', () => {
    const spans = cells('dense').filter(([, layer]) => layer === 1).map(([, , , from, to]) => [from, to])
    expect(spans).toEqual([[-0.5, 0.5], [0.5, 1.5], [1.5, 3.5], [3.5, 7.5], [7.5, 10.5]])
    expect(cells('dense').some(([epoch, layer]) => epoch === 5 && layer === 2)).toBe(false)
    const dead = layerHeatmap.option(layerRowsOf(['a', 'b'], (_, layer, epoch) => layer === 1 ? 0 : 1 + epoch), light)
    expect(shapesOf(seriesById(dead, 'dense'))[0].style.fill).toBe(viridis(0))
  })

  it('give every value of both sides with its layer\'s name', () => {
    const { rows: lines } = layerHeatmap.table(rows)
    expect(lines).toHaveLength(15)
    expect(lines[0]).toEqual([1, 'layers.0', 0, 0.1, 0.01])
    expect(lines.filter(line => line[3] === null)).toHaveLength(1)
    expect((option.tooltip as any).formatter({ value: [0, 1] })).toContain('layers.0, epoch 0')
  })
})

it('colours are viridis for what is ordered, and blue - ground - vermillion for differences', () => {
  expect([viridis(0), viridis(0.5), viridis(1), viridis(7)]).toEqual(['#440154', '#21918C', '#FDE725', '#FDE725'])
  expect(between(['#000000', '#FFFFFF'], 0.5)).toBe('#808080')
  for (const theme of Object.values(themes))
    expect([-1, 0, 1].map(t => diverging(theme, t))).toEqual([theme.side.dense, theme.background, theme.side.sparse])
  // Exactly these wherever the ground is white.
  for (const theme of [themes.light, themes.print])
    expect(theme.side).toEqual({ dense: '#0072B2', sparse: '#D55E00' })
})

describe('where a side has nothing to show', () => {
  const half = { ...pairRowsOf({ dense: [2, 1], sparse: [] }), sparse: undefined }
  const failed = { ...half, pair: { ...half.pair, sparse: { ...half.pair.sparse, state: { kind: 'failed' as const, reason: 'no memory' } } } }
  const waiting = { ...half, pair: { ...half.pair, sparse: { ...half.pair.sparse, state: { kind: 'waiting' as const } } } }

  it('its panel says why, and no axis is made up', () => {
    const why = `sparse failed: r${half.pair.sparse.run}`
    expect(writtenIn(pairCurves.option(failed, light))).toContain(why)
    expect(writtenIn(pairCurves.option(waiting, light))).toContain('not measured yet')
    expect(writtenIn(difference.option(failed, light))).toContain(why)
    expect(writtenIn(difference.option(waiting, light))).toContain('not measured yet')
    expect(labelsOf((difference.option(failed, light).yAxis as any[])[0])).toEqual([])
    expect(writtenIn(difference.option({ ...half, sparse: { layer: 0, epochs: [7], values: [1] } }, light))).toContain('no epoch in common')
    const layers = layerRowsOf(['a'], (side, _, epoch) => side ? null : 1 + epoch)
    expect(writtenIn(layerHeatmap.option({ ...layers, pair: failed.pair }, light))).toContain(why)
    for (const text of [why, 'not measured yet', 'not measured'])
      expect(writtenIn(pairCurves.option(pairRowsOf({ dense: [2, 1], sparse: [2, 1] }), light))).not.toContain(text)
  })

  it('has no labels where neither side has a value', () => {
    expect(labelsOf((pairCurves.option(pairRowsOf({ dense: [], sparse: [] }), light).yAxis as any[])[0])).toEqual([])
  })
})

describe('the axis of accuracies', () => {
  const shares = pairRowsOf({ dense: [0.06, 0.7, 0.8], sparse: [0.1, 0.75, 0.82] }, 'test.accuracy')
  const triangles = (rows = shares) => shapesOf(seriesById(pairCurves.option(rows, light), 'frame')).filter(({ type, shape }) => type === 'polygon' && shape.points.length === 3)

  it('begins at what trained networks reach; a mark at its foot says that untrained ones lie below', () => {
    const option = pairCurves.option(shares, light)
    const [axis] = option.yAxis as any[]
    expect(axis.min).toBe(70)
    expect(seriesById(option, 'dense').clip).toBe(true)
    expect(drawn(seriesById(option, 'dense'))[0]).toBeCloseTo(6, 10)
    const [left, right] = option.grid as any[]
    expect(triangles().map(({ shape, style }) => [shape.points[2], style.fill])).toEqual([
      [[left.left, left.top + left.height], light.theme.side.dense],
      [[right.left, right.top + right.height], light.theme.side.sparse],
    ])
    expect(pairCurves.caption(shares)).toContain('; untrained, at epoch 0, it lies below the axis.')
  })

  it('shows all that is there while nothing is trained yet, or where nothing is squeezed', () => {
    expect((pairCurves.option(pairRowsOf({ dense: [0.06], sparse: [0.1] }, 'test.accuracy'), light).yAxis as any[])[0].min).toBeLessThanOrEqual(6)
    const low = pairRowsOf({ dense: [0.1, 0.12, 0.9], sparse: [0.1, 0.2, 0.8] }, 'test.accuracy')
    expect(triangles(low)).toEqual([])
    expect(seriesById(pairCurves.option(low, light), 'dense').clip).toBe(false)
    expect(pairCurves.caption(low)).not.toContain('epoch 0')
    // A loss begins high: that is told.
    expect((pairCurves.option(pairRowsOf({ dense: [2.3, 0.5], sparse: [2.3, 0.4] }, 'test.loss'), light).yAxis as any[])[0].max).toBeGreaterThanOrEqual(2.3)
  })
})

describe('charts of one pair under one another', () => {
  it('begin at the same place on the screen', () => {
    const values = { dense: [2, 1], sparse: [2, 1] }
    const lefts = [
      pairCurves.option(pairRowsOf(values), light),
      pairCurves.option(pairRowsOf({ dense: [0.1, 0.99], sparse: [0.1, 0.9] }, 'test.accuracy'), light),
      pairCurves.option(pairRowsOf({ dense: [3000, 2], sparse: [1, 2] }, 'egf1'), light),
      difference.option(pairRowsOf(values), light),
      layerHeatmap.option(layerRowsOf(['layers.0', 'layers.1'], () => 1), light),
    ].map(({ grid }) => (grid as { left: number }[])[0]!.left)
    expect(new Set(lefts).size).toBe(1)
  })

  it.each([
    ['curves', pairCurves, 'Training loss, nats', 'Training loss, nats'],
    ['difference', difference, 'Difference: Training loss, nats', 'Training loss, sparse − dense, nats'],
  ] as const)('say once what they show, with its unit: %s', (_, chart, title, name) => {
    const rows = pairRowsOf({ dense: [2, 1], sparse: [2, 1.5] })
    expect(chart.title(rows)).toBe(title)
    expect(writtenIn(chart.option(rows, { ...light, title }))).not.toContain(name)
    expect(writtenIn(chart.option(rows, { ...light, title: 'Something else' }))).toContain(name)
    expect(chart.height(rows, { ...light, title })).toBeLessThanOrEqual(chart.height(rows, light))
    expect(pairCurves.title(pairRowsOf({ dense: [2, 1], sparse: [1] }, 'egf2'))).toBe('Effective gradient flow EGF₂ (log)')
  })
})
