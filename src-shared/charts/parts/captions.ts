import type { Side } from '../../random/stream'
import type { ChartPair, ChartRun } from './rows'
import { stateInWords } from '../../runs/state'
import { plural } from '../../words'
import { range } from './numbers'

/** "14 of 16 runs finished, 1 diverged"; a run that several pairs share counts once. */
export function runsFinished(pairs: readonly ChartPair[]): string {
  const runs = [...new Map(pairs.flatMap(({ dense, sparse }) => [dense, sparse]).map(run => [run.run, run])).values()]
  const count = (kind: ChartRun['state']['kind']): number => runs.filter(({ state }) => state.kind === kind).length
  const diverged = count('diverged')
  return `${count('done') + diverged} of ${plural(runs.length, 'run')} finished${diverged ? `, ${diverged} of them diverged` : ''}`
}

/** "4 seeds", "1 to 4 runs". */
export function overN(counts: readonly number[], what: string): string {
  const some = counts.filter(n => n > 0)
  return some.length ? `${range(some)} ${Math.max(...some) === 1 ? what : `${what}s`}` : `0 ${what}s`
}

/** "BN at W = 236, seed 2". */
export function pairInWords({ treatment, capacity, seed }: ChartPair): string {
  return `${treatment} at W = ${capacity}, seed ${seed}`
}

/** "; dense running, epoch 3" where a side is not done; without the reason, which may be a log. */
export function stillOpen({ dense, sparse }: ChartPair): string {
  const open = ([['dense', dense], ['sparse', sparse]] as const).filter(([, { state }]) => state.kind !== 'done').map(([side, { state }]) => `${side} ${stateInWords(state).replace(/:.*/s, '')}`)
  return open.length ? `; ${open.join(', ')}` : ''
}

export function isComplete({ dense, sparse }: ChartPair): boolean {
  return dense.state.kind === 'done' && sparse.state.kind === 'done'
}

/** "..." as a sentence: its first letter large, a full stop at the end. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** "sparse failed: r2", "not measured yet": why a panel is empty. */
export function absence(pair: ChartPair, side: Side): string {
  const { run, state } = pair[side]
  switch (state.kind) {
    case 'failed':
    case 'cancelled':
    case 'diverged':
      return `${side} ${state.kind}: r${run}`
    case 'done': return 'not measured'
    case 'waiting':
    case 'running':
      return 'not measured yet'
  }
}

/** What a caption adds where a line begins below its axis. */
export const BEGINS_BELOW = '; untrained, at epoch 0, it lies below the axis'
