import type { MeanCurveRows } from '@shared/charts/parts/rows'
import type { Theme } from '@shared/charts/parts/theme'
import meanCurves from '@shared/charts/mean-curves'
import { overCapacities } from '@shared/charts/parts/line-looks'
import { themes } from '@shared/charts/parts/theme'
import { describe, expect, it } from 'vitest'
import { curvesOf, drawn, isSideColour, labelsOf, light, seriesById, seriesOf, shapesOf, study, writtenIn } from './rows'

const rows = curvesOf(study())
const option = meanCurves.option(rows, light)
const lines = (of = option): any[] => seriesOf(of).filter(({ type, id }) => type === 'line' && !String(id).endsWith('/partial'))

describe('mean curves', () => {
  it('have two panels of one scale, dense on the left and sparse on the right, linked', () => {
    const [dense, sparse] = option.grid as any[]
    expect(dense.left + dense.width).toBeLessThan(sparse.left)
    expect([dense.top, dense.height, dense.width]).toEqual([sparse.top, sparse.height, sparse.width])
    const [left, right] = option.yAxis as any[]
    expect([left.min, left.max, left.axisLabel.show, right.axisLabel.show]).toEqual([right.min, right.max, true, false])
    expect(option.axisPointer).toEqual({ link: [{ xAxisIndex: 'all' }] })
    for (const line of lines()) {
      const panel = String(line.id).startsWith('dense') ? 0 : 1
      expect([line.xAxisIndex, line.yAxisIndex]).toEqual([panel, panel])
    }
    const places = shapesOf(seriesById(option, 'frame')).filter(({ style }) => ['dense', 'sparse'].includes(style?.text)).map(({ x, style }) => [style.text, x])
    expect(places[0]![0]).toBe('dense')
    expect(places[0]![1]).toBeLessThan(places[1]![1])
  })

  it('have a colour a treatment, never that of a side, and a dash a capacity; the same on both sides', () => {
    const looks = lines().map(({ id, lineStyle }) => ({ cell: String(id).split('/').slice(1).join('/'), colour: lineStyle.color, dash: JSON.stringify(lineStyle.type) }))
    const of = (cell: string) => looks.filter(look => look.cell === cell).map(({ colour, dash }) => `${colour} ${dash}`)
    for (const cell of ['NR/79', 'NR/236', 'BN/79', 'BN/236'])
      expect(new Set(of(cell)).size).toBe(1)
    expect(new Set(looks.map(({ colour, dash }) => colour + dash)).size).toBe(4)
    expect(new Set(looks.map(({ colour }) => colour)).size).toBe(2)
    for (const theme of Object.values(themes))
      expect(lines(meanCurves.option(rows, { theme, width: 800 })).filter(({ lineStyle }) => isSideColour(lineStyle.color, theme))).toEqual([])
    expect(writtenIn(option)).toEqual(expect.arrayContaining(['NR', 'BN', 'W = 79', 'W = 236', '± sd', 'epoch']))
  })

  it('of a single curve a side take the sides\' colours', () => {
    const one = meanCurves.option(curvesOf(study({ treatments: ['base'], capacities: [79] })), light)
    expect(lines(one).map(({ lineStyle }) => lineStyle.color)).toEqual([light.theme.side.dense, light.theme.side.sparse])
  })

  it('keep a treatment\'s colour while other curves are still to come', () => {
    const late = { ...rows, curves: rows.curves.filter(({ treatment }) => treatment === 'BN') }
    expect(seriesById(meanCurves.option(late, light), 'dense/BN/79').lineStyle).toEqual(seriesById(option, 'dense/BN/79').lineStyle)
  })

  it('are drawn through the means, up to the planned number of epochs', () => {
    const { mean } = rows.curves.find(({ treatment, capacity, side }) => treatment === 'BN' && capacity === 236 && side === 'sparse')!
    expect(seriesById(option, 'sparse/BN/236').data).toBeInstanceOf(Float64Array)
    expect(drawn(seriesById(option, 'sparse/BN/236'))).toEqual(mean.map(value => Math.log10(value!)))
    const begun: MeanCurveRows = { ...rows, curves: rows.curves.map(curve => ({ ...curve, epochs: [0, 1], mean: curve.mean.slice(0, 2), sd: curve.sd.slice(0, 2), n: [3, 3] })) }
    expect((meanCurves.option(begun, light).xAxis as any[])[0].max).toBe(10)
  })

  it('have bands of one sd where they are few, and none where they are many', () => {
    const curve = rows.curves[0]!
    const [{ shape: { points } }] = shapesOf(seriesById(option, `dense/${curve.treatment}/${curve.capacity}/sd`)) as [any]
    expect(points).toHaveLength(2 * curve.epochs.length)
    expect(-points[3][1]).toBeCloseTo(Math.log10(curve.mean[3]! + curve.sd[3]!), 12)
    expect(-points.at(-4)[1]).toBeCloseTo(Math.log10(curve.mean[3]! - curve.sd[3]!), 12)
    const many = meanCurves.option(curvesOf(study({ capacities: [1, 2, 3] })), light)
    expect(seriesOf(many).filter(({ id }) => String(id).endsWith('/sd'))).toEqual([])
    expect(writtenIn(many)).not.toContain('± sd')
  })

  it('have a gap where no run is finite, and are faint where fewer runs are', () => {
    const curves = rows.curves.map(curve => ({ ...curve, mean: curve.mean.map((value, e) => e === 4 ? null : value), sd: curve.sd.map((value, e) => e === 4 ? null : value), n: curve.n.map((_, e) => e === 4 ? 0 : e > 7 ? 2 : 3) }))
    const gaps = meanCurves.option({ ...rows, curves }, light)
    const whole = drawn(seriesById(gaps, 'dense/NR/79')).map(Number.isNaN)
    const partial = drawn(seriesById(gaps, 'dense/NR/79/partial')).map(Number.isNaN)
    expect(whole).toEqual([false, false, false, false, true, false, false, false, true, true, true])
    expect(partial).toEqual([true, true, true, true, true, true, true, false, false, false, false])
    expect(seriesById(gaps, 'dense/NR/79/partial').lineStyle.opacity).toBeLessThan(0.6)
    expect(seriesById(gaps, 'dense/NR/79').connectNulls).toBe(false)
    expect(shapesOf(seriesById(gaps, 'dense/NR/79/sd'))).toHaveLength(2)
    expect(writtenIn(gaps)).toContain('faint where fewer runs have a value')
    expect(writtenIn(option)).not.toContain('faint where fewer runs have a value')
  })

  it('are logarithmic for flow however little it spans, and linear in percent for shares', () => {
    const narrow = meanCurves.option(curvesOf(study(), { from: 3, to: 2.5 }), light)
    expect(drawn(seriesById(narrow, 'dense/NR/79'))[0]).toBeCloseTo(Math.log10(3), 12)
    expect(writtenIn(narrow)).toContain('Effective gradient flow EGF₂ (log)')
    const wide = meanCurves.option(curvesOf(study(), { from: 10, to: 0.01 }), light)
    expect(labelsOf((wide.yAxis as any[])[0])).toEqual(expect.arrayContaining(['0.01', '0.1', '1', '10']))
    expect(drawn(seriesById(wide, 'dense/NR/79'))[0]).toBeCloseTo(1, 12)
    const shares = meanCurves.option(curvesOf(study(), { measure: 'test.accuracy', from: 0.01, to: 0.8 }), light)
    expect(drawn(seriesById(shares, 'dense/NR/79')).at(-1)).toBeCloseTo(80, 10)
    expect(labelsOf((shares.yAxis as any[])[0])).toEqual(['0', '20', '40', '60', '80', '100'])
    expect(writtenIn(shares)).toContain('Test accuracy, %')
  })

  it('mark where a flow of zero turns the logarithm linear', () => {
    const curves = rows.curves.map((curve, i) => ({ ...curve, mean: curve.mean.map((value, e) => i === 0 && e > 5 ? 0 : i === 1 ? 0.02 : value) }))
    const dead = meanCurves.option({ ...rows, curves }, light)
    expect(labelsOf((dead.yAxis as any[])[0])[0]).toBe('0')
    expect(drawn(seriesById(dead, 'dense/NR/79')).at(-1)).toBe((dead.yAxis as any[])[0].min)
    expect(writtenIn(dead)).toContain('Effective gradient flow EGF₂ (log, linear below 0.01)')
    expect(shapesOf(seriesById(dead, 'frame')).filter(({ type, style }) => type === 'line' && style.lineDash)).not.toHaveLength(shapesOf(seriesById(option, 'frame')).filter(({ type, style }) => type === 'line' && style.lineDash).length)
  })

  it('tell every mean of an epoch with its n, with names made harmless', () => {
    const named = curvesOf(study({ treatments: ['<img src=x onerror=alert(1)>', 'BN'] }))
    const { formatter } = meanCurves.option(named, light).tooltip as any
    const html = formatter([{ axisValue: 4 }])
    expect(html).not.toContain('<img')
    expect(html).toContain('&#60;img')
    expect(html).toContain('epoch 4')
    expect(html.match(/\(3\)/g)).toHaveLength(8)
  })

  it('say over how many seeds, and how many runs have ended', () => {
    expect(meanCurves.caption(rows)).toContain('mean ± sd over 3 seeds: 24 of 24 runs finished.')
    const diverged = { ...rows, pairs: rows.pairs.map((pair, i) => i ? pair : { ...pair, dense: { ...pair.dense, state: { kind: 'diverged' as const, epoch: 1, step: 2 } }, sparse: { ...pair.sparse, state: { kind: 'waiting' as const } } }) }
    expect(meanCurves.caption(diverged)).toContain('23 of 24 runs finished, 1 of them diverged.')
    expect(meanCurves.table(rows).rows).toHaveLength(8 * 11)
  })

  it('of many treatments have a hue for the first factor\'s level and a lightness for the second\'s, each look once', () => {
    const crossed = ['sgd', 'momentum', 'adam'].flatMap(one => ['0.001', '0.01', '0.1'].map(two => `${one} · ${two}`))
    const overAll = (treatments: readonly string[]): MeanCurveRows => {
      const { curves, ...others } = curvesOf(study({ treatments, capacities: [79] }))
      return { ...others, capacity: null, curves: curves.map(curve => ({ ...curve, capacity: null })) }
    }
    const looksOf = (treatments: readonly string[], theme: Theme) => treatments.map((treatment) => {
      const { lineStyle } = seriesById(meanCurves.option(overAll(treatments), { theme, width: 800 }), `dense/${treatment}/all`)
      return { colour: lineStyle.color as string, dash: JSON.stringify(lineStyle.type) }
    })
    for (const theme of Object.values(themes)) {
      for (const treatments of [crossed, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], Array.from({ length: 20 }, (_, i) => `t${i}`)]) {
        const looks = looksOf(treatments, theme)
        expect(new Set(looks.map(look => JSON.stringify(look))).size).toBe(treatments.length)
        expect(looks.filter(({ colour }) => isSideColour(colour, theme))).toEqual([])
      }
      expect(looksOf(crossed, theme).every(({ dash }) => dash === '"solid"')).toBe(true)
      // The hue itself is in the middle.
      expect(looksOf(crossed, theme).filter((_, i) => i % 3 === 1).map(({ colour }) => colour)).toEqual(theme.series.slice(0, 3).map(colour => colour.toUpperCase()))
    }
    expect(writtenIn(meanCurves.option(overAll(crossed), light))).toEqual(expect.arrayContaining([...crossed, 'dense', 'sparse']))
    expect(meanCurves.caption(overAll(crossed))).toContain('by treatment, over all dense widths W, mean ± sd over 3 runs')
  })

  it('are means over all capacities where they are too many to be told apart', () => {
    expect(overCapacities(study({ treatments: ['a', 'b'], capacities: [1, 2, 3, 4] }))).toBeUndefined()
    expect(overCapacities(study({ treatments: ['a', 'b', 'c'], capacities: [1, 2, 3] }))).toBeNull()
  })

  it('show the treatments that are picked, in the same colours', () => {
    const picked = meanCurves.option({ ...rows, treatments: ['BN'] }, light)
    expect(lines(picked).map(({ id }) => id)).toEqual(['dense/BN/79', 'sparse/BN/79', 'dense/BN/236', 'sparse/BN/236'])
    expect(seriesById(picked, 'dense/BN/79').lineStyle).toEqual(seriesById(option, 'dense/BN/79').lineStyle)
    expect(writtenIn(picked)).not.toContain('NR')
    expect(meanCurves.table({ ...rows, treatments: ['BN'] }).rows).toHaveLength(4 * 11)
  })

  it('are all faint but those that the legend points at', () => {
    const opacities = (highlight: string) => new Map(lines(meanCurves.option(rows, { ...light, highlight })).map(({ id, lineStyle }) => [id, lineStyle.opacity]))
    expect([opacities('BN').get('dense/BN/79'), opacities('BN').get('sparse/BN/236')]).toEqual([1, 1])
    expect(opacities('BN').get('dense/NR/79')).toBeLessThan(0.3)
    expect([opacities('W = 79').get('dense/NR/79'), opacities('W = 79').get('dense/BN/79')]).toEqual([1, 1])
    expect(opacities('W = 79').get('dense/BN/236')).toBeLessThan(0.3)
    const places = shapesOf(seriesById(option, 'frame')).filter(({ highlight }) => highlight !== undefined)
    expect(places.map(({ highlight, silent }) => [highlight, silent])).toEqual([['NR', false], ['BN', false], ['W = 79', false], ['W = 236', false]])
    expect(shapesOf(seriesById(meanCurves.option(rows, { theme: themes.print, width: 800 }), 'frame')).filter(({ highlight }) => highlight !== undefined)).toEqual([])
  })
})
