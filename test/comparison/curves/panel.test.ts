import type { RunCurve } from '@shared/comparison/curves/reader'
import type { ComparisonPair } from '@shared/comparison/pair'
import type { Comparison } from '@shared/comparison/panel'
import type { CurveOptions, Curves } from '@shared/comparison/panels/curves'
import panel from '@shared/comparison/panels/curves'
import { describe, expect, it } from 'vitest'
import { fakeCurves, pairsOf } from '../runs'

/** Run r has r, r + 1, r + 2, r + 3 at the epochs 0 to 3. */
const rising = (run: number): RunCurve => ({ epochs: [0, 1, 2, 3], values: [0, 1, 2, 3].map(epoch => run + epoch) })

function curvesOf(pairs: readonly ComparisonPair[], options: Partial<CurveOptions> = {}, more: Partial<Comparison> = {}): Curves {
  return panel.of({ pairs, curves: fakeCurves((_, run) => rising(run)), facets: [], pooled: [], ...more }, { ...panel.options.parse({}), ...options })
}

const withRun = (pair: ComparisonPair, side: 'dense' | 'sparse', change: Partial<ComparisonPair['dense']>): ComparisonPair => ({ ...pair, [side]: { ...pair[side], ...change } })

describe('curves of a comparison', () => {
  it('are by treatment, dense and sparse, unless other fields are asked for', () => {
    const { facets: [facet, ...others] } = curvesOf(pairsOf())
    expect(others).toEqual([])
    expect(facet!.groups.map(({ name }) => name)).toEqual(['NR', 'BN'])
    expect(facet!.groups[1]!.curves.map(({ side, n, centre }) => ({ side, n, centre }))).toEqual([
      { side: 'dense', n: [2, 2, 2, 2], centre: [6, 7, 8, 9] },
      { side: 'sparse', n: [2, 2, 2, 2], centre: [7, 8, 9, 10] },
    ])
    const bySeed = curvesOf(pairsOf({ capacities: [79, 236] }), { groupBy: ['method', 'seed', 'capacity'] })
    expect(bySeed.facets[0]!.groups.map(({ name, ordered }) => `${name} at ${ordered}`).slice(0, 3)).toEqual(['NR · seed 1 at 79', 'NR · seed 1 at 236', 'NR · seed 2 at 79'])
    expect(bySeed.orderedBy?.name).toBe('capacity')
    const together = curvesOf(pairsOf(), { groupBy: [] })
    expect(together.facets[0]!.groups.map(({ at, curves }) => [at, curves[0]!.n])).toEqual([[{}, [4, 4, 4, 4]]])
  })

  it('are never over two optimizers or learning rates, unless pooling them was chosen, and then it is said', () => {
    const pairs = pairsOf({ settings: treatment => ({ 'training.optimizer': treatment === 'NR' ? 'sgd' : 'adam' }) })
    const apart = curvesOf(pairs, { groupBy: ['seed'] })
    expect(apart.facets.map(({ at }) => at)).toEqual([{ 'training.optimizer': 'sgd' }, { 'training.optimizer': 'adam' }])
    expect(apart.facets[1]!.groups[0]!.curves[0]!.centre).toEqual([5, 6, 7, 8])
    const pooled = curvesOf(pairs, { groupBy: ['seed'] }, { pooled: ['training.optimizer'] })
    expect(pooled.facets).toHaveLength(1)
    expect(panel.caption(pooled)).toMatch(/Pooled over .*method/)
  })

  it('of a run that several pairs share count it once', () => {
    const [first, second] = pairsOf({ treatments: ['NR'] }) as [ComparisonPair, ComparisonPair]
    const { facets: [facet], counts } = curvesOf([first, { ...second, dense: first.dense }])
    expect(facet!.groups[0]!.curves.map(({ n }) => n[0])).toEqual([1, 2])
    expect(counts.runs).toBe(3)
  })

  it('keep what diverged, failed or is unfinished up to where it got, and count it in the caption', () => {
    const [a, b, c, d] = pairsOf({ seeds: [1, 2, 3, 4], treatments: ['NR'] }) as [ComparisonPair, ComparisonPair, ComparisonPair, ComparisonPair]
    const pairs = [withRun(a, 'dense', { state: 'diverged' }), withRun(b, 'dense', { state: 'failed' }), withRun(c, 'dense', { state: 'running' }), withRun(d, 'sparse', { state: 'waiting' })]
    const result = curvesOf(pairs, {}, { curves: fakeCurves((_, run) => run === 1
      ? { epochs: [0, 1, 2], values: [1, 2, Number.NaN] }
      : run === 3 ? { epochs: [0, 1], values: [3, 4] } : run === 8 ? undefined : rising(run)) })
    expect(result.facets[0]!.groups[0]!.curves[0]).toMatchObject({ n: [4, 4, 2, 2], runs: 4 })
    const caption = panel.caption(result)
    expect(caption).toContain('5 of 8 runs finished, 1 of them diverged (a curve ends there); 1 failed, 2 unfinished, kept up to where they got; 1 without a value of it.')
    expect(caption).toContain('at each epoch of 2 to 4 runs (faint where fewer than elsewhere on the curve), over all seeds.')
  })

  it('over training time stand at each run\'s own time so far, and have none from where an epoch\'s is missing', () => {
    const times = (run: number): RunCurve => ({ epochs: [1, 2, 3], values: run === 3 ? [2, Number.NaN, 2] : [1, 1, 4] })
    const { facets: [facet], measure } = curvesOf(pairsOf({ treatments: ['NR'] }), { x: 'time', measure: 'train.loss' }, { curves: fakeCurves((measure, run) => measure === 'time.training' ? times(run) : rising(run)) })
    expect(measure).toBe('train.loss')
    expect(facet!.groups[0]!.curves[0]).toMatchObject({ epochs: [0, 1, 2, 3], xs: [0, 1.5, 2, 6], n: [2, 2, 1, 1], centre: [2, 3, 3, 4] })
  })

  it('over FLOPs stand at epochs times what one costs, of active weights or of all', () => {
    const pairs = pairsOf({ treatments: ['NR'], seeds: [1] })
    const xs = (weights: 'active' | 'dense') => curvesOf(pairs, { x: 'flops', weights }).facets[0]!.groups[0]!.curves[1]!.xs
    expect([xs('active'), xs('dense')]).toEqual([[0, 10, 20, 30], [0, 40, 80, 120]])
    expect(panel.caption(curvesOf(pairs, { x: 'flops' }))).toContain('of active weights alone; each epoch stands at the mean of the runs that count there, and nothing is interpolated.')
    expect(panel.caption(curvesOf(pairs, { x: 'flops', weights: 'dense' }))).toContain('dense-equivalent')
  })

  it('give single runs on demand, each with its number, the more of thousands in even steps', () => {
    expect(curvesOf(pairsOf()).facets[0]!.members).toEqual([])
    const { members } = curvesOf(pairsOf(), { members: true }).facets[0]!
    expect(members.map(({ run, name, side, group }) => [run, name, side, group])[5]).toEqual([7, 'r7, BN, W = 79, seed 2', 'dense', 1])
    expect(members[5]!.values).toEqual([7, 8, 9, 10])
    const many = curvesOf(pairsOf({ seeds: Array.from({ length: 150 }, (_, i) => i) }), { members: true })
    expect(many.facets[0]!.members).toHaveLength(200)
    expect(panel.caption(many)).toContain('Thin lines are 200 of 600 single runs.')
  })

  it('keep what was smoothed beside it', () => {
    const { facets: [facet] } = curvesOf(pairsOf({ treatments: ['NR'], seeds: [1] }), { smoothing: 0.5 })
    expect(facet!.groups[0]!.curves[0]).toMatchObject({ centre: [1, 2, 3, 4], smooth: [1, expect.closeTo(5 / 3, 14), expect.closeTo(17 / 7, 14), expect.closeTo(49 / 15, 14)] })
    expect(facet!.groups[0]!.curves[0]).not.toHaveProperty('xs')
  })

  it('come with what is seen in so many pixels, and whole without', () => {
    const long: RunCurve = { epochs: Array.from({ length: 4001 }, (_, e) => e), values: Array.from({ length: 4001 }, (_, e) => e === 1234 ? 50 : Math.sin(e)) }
    const of = (options: Partial<CurveOptions>) => curvesOf(pairsOf({ treatments: ['NR'], seeds: [1] }), { ...options, members: true, smoothing: 0.9 }, { curves: fakeCurves(() => long) }).facets[0]!
    expect(of({}).groups[0]!.curves[0]!.epochs).toHaveLength(4001)
    const { groups: [group], members: [member] } = of({ pixels: 300 })
    const [{ epochs, centre, low, high, n, smooth }] = group!.curves as [Curves['facets'][0]['groups'][0]['curves'][0]]
    expect(epochs.length).toBeLessThanOrEqual(3 * 600 + 2)
    for (const column of [centre, low!, high!, n, smooth!])
      expect(column).toHaveLength(epochs.length)
    expect(centre[epochs.indexOf(1234)]).toBe(50)
    expect(centre[epochs.indexOf(4000)]).toBe(Math.sin(4000))
    expect(member!.epochs.length).toBeLessThanOrEqual(602)
    expect(member!.values[member!.epochs.indexOf(1234)]).toBe(50)
  })

  it('are plain JSON', () => {
    const result = curvesOf(pairsOf(), { members: true, x: 'time', smoothing: 0.5 }, { curves: fakeCurves((_, run) => ({ epochs: [0, 1], values: [run, Infinity] })) })
    expect(JSON.parse(JSON.stringify(result))).toEqual(result)
  })
})
