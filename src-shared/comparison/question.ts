import type { Measure } from '../measures'
import { z } from 'zod'
import { plural } from '../words'

/** What a cell is asked. Better is what the measure's direction says; of measures without one, greater. */
export const question = z.discriminatedUnion('kind', [
  /** Whether the second is better, worse, or either, by a signed-rank test. */
  z.object({ kind: z.literal('difference'), alternative: z.enum(['better', 'worse', 'either']), zeros: z.enum(['wilcoxon', 'pratt']) }),
  /** Whether the second is worse by less than a margin, in the measure's unit. */
  z.object({ kind: z.literal('asGood'), margin: z.number().gt(0) }),
  /** Whether they differ by less than a margin. */
  z.object({ kind: z.literal('equivalent'), margin: z.number().gt(0) }),
])
export type Question = z.infer<typeof question>

export const correction = z.enum(['none', 'holm', 'benjamini-hochberg'])
export type Correction = z.infer<typeof correction>

/** "Exact Wilcoxon signed-rank test of sparse being better than dense (H0: not better), zeros dropped". */
export function questionInWords(question: Question, { first, second, of }: { readonly first: string, readonly second: string, readonly of: string }, { unit, direction }: Pick<Measure, 'unit' | 'direction'>, better: 1 | -1): string {
  const more = direction === 'neither' ? 'greater' : better > 0 ? 'higher' : 'lower'
  const less = direction === 'neither' ? 'less' : better > 0 ? 'lower' : 'higher'
  switch (question.kind) {
    case 'difference': {
      const zeros = question.zeros === 'pratt' ? 'zeros ranked (Pratt)' : 'zeros dropped (Wilcoxon)'
      const than = { better: `${second} being ${more} than ${first}`, worse: `${second} being ${less} than ${first}`, either: `${second} and ${first} differing` }[question.alternative]
      return `${question.alternative === 'either' ? 'Two-sided' : 'One-sided'} exact Wilcoxon signed-rank test of ${than}${of}, ${zeros}`
    }
    case 'asGood': return `Exact non-inferiority test of ${second} being ${less} than ${first}${of} by less than ${inUnit(question.margin, unit)}, zeros ranked (Pratt)`
    case 'equivalent': return `Two exact one-sided tests of ${second} and ${first} differing${of} by less than ${inUnit(question.margin, unit)}, zeros ranked (Pratt)`
  }
}

function inUnit(margin: number, unit: string): string {
  return unit === 'share' ? `${Number((100 * margin).toPrecision(6))} points` : `${margin}${unit && ` ${unit}`}`
}

/** "adjusted by Holm over 8 cells". */
export function correctionInWords(correction: Correction, tests: number): string {
  switch (correction) {
    case 'none': return 'not corrected for several tests'
    case 'holm': return `adjusted by Holm over ${plural(tests, 'cell')}`
    case 'benjamini-hochberg': return `adjusted by Benjamini and Hochberg over ${plural(tests, 'cell')}`
  }
}
