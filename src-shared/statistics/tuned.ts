import type { Side } from '../random/stream'

/** A planned pair, with its level by factor. */
export interface LevelledPair {
  readonly levels: Readonly<Record<string, string>>
  readonly capacity: number
  readonly seed: number
  readonly denseRun: number
  readonly sparseRun: number
}

/** A run's final validation accuracy, or why it has none. */
export type Validation = number | 'diverged' | 'failed' | 'cancelled' | 'unfinished'

/** A pair of the runs that tuning selected; each side at its own level. */
export interface SelectedPair extends LevelledPair {
  /** The treatment without its tuned factors. */
  readonly treatment: string
  /** Levels of the tuned factors, a side; absent while runs are unfinished, failed or cancelled. */
  readonly selected?: Readonly<Record<Side, string>>
  /** Why nothing is selected where factors are tuned. */
  readonly unselected?: 'unfinished' | 'failed' | 'cancelled'
}

/**
 * Where factors are tuned (design §2): per treatment of the other factors, capacity and side, the level whose final
 * validation accuracy, averaged over seeds, is best. A diverged run counts as 0, so a level that diverges loses. Where
 * a run is unfinished, failed or cancelled nothing is selected, as it might have won: the first level's pairs stand there instead.
 */
export function selectTuned<P extends LevelledPair>(pairs: readonly P[], tuned: readonly string[], validation: (run: number) => Validation): (P & SelectedPair)[] {
  const named = pairs.map(pair => ({
    pair,
    treatment: Object.entries(pair.levels).filter(([factor]) => !tuned.includes(factor)).map(([, level]) => level).join(' · ') || 'base',
    level: tuned.map(factor => pair.levels[factor]!).join(' · '),
  }))
  if (tuned.length === 0)
    return named.map(({ pair, treatment }) => ({ ...pair, treatment }))

  return [...Map.groupBy(named, ({ pair, treatment }) => JSON.stringify([treatment, pair.capacity])).values()].flatMap((cell) => {
    const levels = Map.groupBy(cell, ({ level }) => level)
    const validations = (side: Side): [string, Validation[]][] => [...levels].map(([level, ofLevel]) =>
      [level, ofLevel.map(({ pair }) => validation(side === 'dense' ? pair.denseRun : pair.sparseRun))])
    const all = [...validations('dense'), ...validations('sparse')].flatMap(([, values]) => values)
    const unselected = (['failed', 'cancelled', 'unfinished'] as const).find(why => all.includes(why))
    const [first] = levels.values()
    return first!.map(({ pair, treatment }): P & SelectedPair => {
      const at = (level: string): P => levels.get(level)!.find(other => other.pair.seed === pair.seed)!.pair
      if (unselected)
        return { ...pair, treatment, unselected }
      const [dense, sparse] = [bestLevel(validations('dense')), bestLevel(validations('sparse'))]
      return { ...pair, treatment, denseRun: at(dense).denseRun, sparseRun: at(sparse).sparseRun, selected: { dense, sparse } }
    })
  })
}

/** Means of accuracies differ by more than this, or by rounding alone. */
const ROUNDING = 1e-12

/** The first of equally good levels. */
function bestLevel(levels: readonly (readonly [string, readonly Validation[]])[]): string {
  const means = levels.map(([level, values]): [string, number] =>
    [level, values.reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : 0), 0) / values.length])
  return means.reduce((best, next) => next[1] - best[1] > ROUNDING ? next : best)[0]
}
