import { probability } from '../format'
import { plural } from '../words'
import { pairsInWords } from './cells'
import { pairsNeeded, smallestP } from './power'

/** The level that plans are told for. */
const ALPHA = 0.05

/**
 * What treatments of so many pairs can show at all, before anything is trained: the smallest p, alone and under Holm
 * over all treatments, and how many pairs that would take.
 */
export function reachInWords({ treatments, capacities, seeds }: { readonly treatments: number, readonly capacities: number, readonly seeds: number }): string[] {
  const pairs = capacities * seeds
  const single = capacities > 1 ? ` (at one capacity alone ${probability(smallestP(seeds))})` : ''
  const needed = pairsNeeded({ alpha: ALPHA, cells: treatments })
  return [
    `${treatments === 1 ? 'The treatment has' : 'Each treatment has'} ${pairsInWords({ pairs, capacities, seeds })}: a one-sided exact signed-rank test can reach p = ${probability(smallestP(pairs))}${single}.`,
    treatments === 1
      ? `p <= ${ALPHA} needs ${plural(needed, 'pair')} that all differ the same way${pairs < needed ? ': more than there are' : ''}.`
      : `Under Holm over ${treatments} treatments p <= ${ALPHA} needs ${plural(needed, 'pair')} in one of them that all differ the same way${pairs < needed ? ': more than there are' : ''}.`,
  ]
}
