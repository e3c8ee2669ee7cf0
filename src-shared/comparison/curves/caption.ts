import type { ComparisonRun } from '../pair'
import type { Curves } from '../panels/curves'
import type { RunCurve } from './reader'
import { overN } from '../../charts/parts/captions'
import { isPartial } from '../../charts/parts/group-line'
import { measures } from '../../measures'
import { plural } from '../../words'
import { bandInWords } from './aggregate'

/** What became of the runs that curves are of; nothing is left out but what has no finite value at all. */
export interface RunCounts {
  readonly runs: number
  readonly done: number
  readonly diverged: number
  readonly failed: number
  readonly cancelled: number
  readonly unfinished: number
  /** Without a finite value of the measure, whatever became of them. */
  readonly unmeasured: number
}

export function countRuns(runs: readonly ComparisonRun[], curveOf: (run: ComparisonRun) => RunCurve | undefined): RunCounts {
  const count = (...states: readonly ComparisonRun['state'][]): number => runs.filter(({ state }) => states.includes(state)).length
  return {
    runs: runs.length,
    done: count('done'),
    diverged: count('diverged'),
    failed: count('failed'),
    cancelled: count('cancelled'),
    unfinished: count('waiting', 'running'),
    unmeasured: runs.filter(run => !curveOf(run)?.values.some(Number.isFinite)).length,
  }
}

/** Everything that a figure's reader must know. */
export function captionOf(result: Curves): string {
  const { measure, x, centre, band, apart, over: within, counts, facets, smoothing, pooled } = result
  const { label } = measures.get(measure)
  const drawn = facets.flatMap(({ groups }) => groups.flatMap(({ curves }) => curves))
  const over = { epoch: 'epochs', time: 'training time', flops: 'training FLOPs' }[x]
  const left = facets.reduce((sum, facet) => sum + facet.left, 0)
  const partial = drawn.some(({ n }) => isPartial(n))
  return [
    `${centre === 'mean' ? 'Mean' : 'Median'} ${lowerFirst(label)} over ${over}, dense left and sparse right${apart.length ? `, by ${apart.map(lowerFirst).join(' and ')}` : ''}${band === 'none' ? '' : `, band ${bandInWords(centre, band)}`}, at each epoch of ${overN(drawn.flatMap(({ n }) => [...n]), 'run')}${partial ? ' (faint where fewer than elsewhere on the curve)' : ''}${within.length ? `, over all ${within.join(' and ')}` : ''}`,
    countsInWords(counts),
    ...placesInWords(result),
    ...smoothing > 0 ? [`Lines are smoothed by an exponential moving average over measured epochs (weight ${smoothing} of what came before, corrected for its start); faint lines${band === 'none' ? '' : ' and bands'} are not`] : [],
    ...membersInWords(result),
    ...pooled.length ? [`Pooled over ${pooled.join(', ')}`] : [],
    ...left > 0 ? [`${plural(left, 'further group')} not drawn`] : [],
  ].map(sentence => `${sentence}.`).join(' ')
}

/** "117 of 120 runs finished, 2 of them diverged (their curves end there); 3 failed and 1 unfinished count up to where they got". */
function countsInWords({ runs, done, diverged, failed, cancelled, unfinished, unmeasured }: RunCounts): string {
  const open = [[failed, 'failed'], [cancelled, 'cancelled'], [unfinished, 'unfinished']].flatMap(([count, what]) => count ? [`${count} ${what}`] : [])
  return [
    `${done + diverged} of ${plural(runs, 'run')} finished${diverged ? `, ${diverged} of them diverged (a curve ends there)` : ''}`,
    ...open.length ? [`${open.join(', ')}, kept up to where they got`] : [],
    ...unmeasured ? [`${unmeasured} without a value of it`] : [],
  ].join('; ')
}

function placesInWords({ x, weights }: Curves): string[] {
  if (x === 'epoch')
    return []
  const what = x === 'time'
    ? 'Training time is the sum of what the epochs took, without measuring'
    : `FLOPs count 2 a multiply-add, and backward twice as much as forward less the first layer's dX, of ${weights === 'active' ? 'active weights alone' : 'all weights, masked ones too (dense-equivalent)'}`
  return [`${what}; each epoch stands at the mean of the runs that count there, and nothing is interpolated`]
}

function membersInWords({ members, available, facets }: Curves): string[] {
  const drawn = facets.reduce((sum, facet) => sum + facet.members.length, 0)
  if (!members)
    return []
  return [drawn < available ? `Thin lines are ${drawn} of ${plural(available, 'single run')}` : 'Thin lines are single runs']
}

/** "training loss", but "EGF" keeps its capitals. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}
