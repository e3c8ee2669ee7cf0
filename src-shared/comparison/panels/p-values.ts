import type { Value } from '../../experiment/parameter'
import type { CellTest } from '../cell-test'
import type { Difference } from '../differences'
import type { Counts } from '../outcome'
import type { At, Comparison, Panel } from '../panel'
import type { PaperCell } from '../paper-cell'
import { z } from 'zod'
import { measures } from '../../measures'
import { PAPER } from '../../paper/tables'
import { benjaminiHochberg, holm } from '../../statistics/many'
import { cannotReach, smallestP } from '../../statistics/power'
import { plural } from '../../words'
import { cellStatistics } from '../cell-statistics'
import { better, testCell } from '../cell-test'
import { contrast, contrastInWords, differencesOf } from '../differences'
import { facetFields, pooledOver, splitBy } from '../facets'
import { fieldOf, rowsAndColumns, valuesOf } from '../fields'
import { memberOf, pairsAt } from '../members'
import { countOutcomes } from '../outcome'
import { pValueTables } from '../p-value-tables'
import { paperCell } from '../paper-cell'
import { correction, correctionInWords, question, questionInWords } from '../question'
import { summary, summaryInWords, usualSummary } from '../summary'

const options = z.object({
  /** Fields; chosen by what varies if absent. */
  rows: z.string().exactOptional(),
  columns: z.string().exactOptional(),
  measure: z.enum(measures.ids).default('test.accuracy'),
  /** As the paper has it if absent. */
  summary: summary.exactOptional(),
  contrast: contrast.default({ kind: 'sides' }),
  question: question.default({ kind: 'difference', alternative: 'better', zeros: 'wilcoxon' }),
  correction: correction.default('holm'),
  alpha: z.number().gt(0).lt(1).default(0.05),
})
type Options = z.infer<typeof options>

/** The differences that agree in a row's and a column's value, tested. */
export interface PCell {
  readonly row: Value | null
  readonly column: Value | null
  readonly counts: Counts
  readonly test: CellTest
  /** Under the correction over all cells of the table. */
  readonly adjusted: number | null
  readonly isSignificant: boolean
  /** The smallest p that so many differences can give, alone. */
  readonly smallest: number
  /** Of accuracy, where the paper has the same cell. */
  readonly paper?: PaperCell
  /** Whatever these pairs had shown, it could not have been significant beside the other cells. */
  readonly cannot: boolean
}

export interface PValues extends Required<Options> {
  readonly facets: readonly { readonly at: At, readonly rows: readonly (Value | null)[], readonly columns: readonly (Value | null)[], readonly cells: readonly PCell[] }[]
  /** Over how many cells is corrected. */
  readonly tests: number
  /** What varies within cells beside capacity and seed. */
  readonly pooled: readonly string[]
}

function pValues(comparison: Comparison, given: Options): PValues {
  const { pairs } = comparison
  const contrasted = given.contrast.kind === 'treatments' ? [given.contrast.field] : []
  const chosen = { ...rowsAndColumns(pairs, contrasted), ...given }
  const { rows, columns, measure, question, alpha } = chosen
  const summary = given.summary ?? usualSummary(measure)
  const apart = [...new Set([rows, columns])]
  const fields = facetFields(pairs, comparison, [...apart, ...contrasted])
  const facets = splitBy(pairs, fields).map(({ at, pairs }) => ({
    at,
    rows: allOf(pairs, rows),
    columns: allOf(pairs, columns),
    cells: splitBy(pairs, apart).map(({ at, pairs }) => {
      const differences = differencesOf(pairs, given.contrast, measure, summary)
      const test = testCell(differences, measure, question, alpha)
      const paper = measure === 'test.accuracy' && given.contrast.kind === 'sides' && question.kind === 'difference' ? paperCell(pairs, test) : undefined
      return { row: at[rows]!, column: at[columns]!, counts: countOutcomes(differences), test, ...paper && { paper } }
    }),
  }))
  const corrected = correct(facets.flatMap(({ cells }) => cells.map(({ test }) => test)), chosen)
  return {
    ...chosen,
    summary,
    facets: facets.map(facet => ({ ...facet, cells: facet.cells.map(cell => ({ ...cell, ...corrected.get(cell.test)! })) })),
    tests: [...corrected.keys()].filter(({ p }) => p !== null).length,
    pooled: pooledOver(pairs, [...fields, ...apart, ...contrasted]),
  }
}

function allOf(pairs: Comparison['pairs'], name: string): (Value | null)[] {
  const { of } = fieldOf(name)
  const values = valuesOf(pairs, of)
  return pairs.some(pair => of(pair) === undefined) ? [...values, null] : values
}

/** All cells of the table beside one another: what correction makes of their p, and what they could have reached. */
function correct(tests: readonly CellTest[], { correction, alpha, question }: Options): Map<CellTest, Pick<PCell, 'adjusted' | 'isSignificant' | 'smallest' | 'cannot'>> {
  const ps = tests.map(({ p }) => p)
  const adjusted = { 'none': ps, 'holm': holm(ps), 'benjamini-hochberg': benjaminiHochberg(ps) }[correction]
  const alternative = question.kind === 'difference' && question.alternative === 'either' ? 'two-sided' : 'greater'
  // Less a margin, differences of zero speak too.
  const speaking = tests.map(({ n, zeros, p }) => ({ n: question.kind === 'difference' ? n : n + zeros, p }))
  const smallest = speaking.map(({ n }) => smallestP(n, alternative))
  const beyond = correction === 'none' ? smallest.map(p => p > alpha) : cannotReach(speaking, { alpha, alternative })
  return new Map(tests.map((test, i) => [test, {
    adjusted: adjusted[i]!,
    isSignificant: adjusted[i] !== null && adjusted[i]! <= alpha,
    smallest: smallest[i]!,
    cannot: beyond[i]!,
  }]))
}

function caption({ measure, summary, contrast, question, correction, alpha, tests, facets, pooled }: PValues): string {
  const cells = facets.flatMap(({ cells }) => cells)
  if (cells.length === 0)
    return 'No pair is taken: there is nothing to test.'
  const complete = cells.reduce((sum, { counts }) => sum + counts.complete, 0)
  const all = cells.reduce((sum, { counts }) => sum + counts.pairs, 0)
  return [
    `${questionInWords(question, contrastInWords(contrast), measures.get(measure), better(measure))}: ${summaryInWords(summary)} ${measures.get(measure).label.toLowerCase()}, ${complete} of ${plural(all, contrast.kind === 'sides' ? 'pair' : 'difference')} complete`,
    `p ${correctionInWords(correction, tests)}, significant at p ≤ ${alpha}`,
    ...cells.some(({ paper }) => paper) ? [`${PAPER}: one-sided p of the same cell; whether it agrees is judged by our interval: above zero where that p is at most 0.05, else not`] : [],
    ...pooled.length ? [`Pooled over ${pooled.join(', ')}`] : [],
  ].map(sentence => `${sentence}.`).join(' ')
}

export default {
  id: 'p-values',
  title: 'Is the difference real?',
  help: 'A test in each cell of any two factors',
  options,
  of: pValues,
  members: (comparison, options, at) => differencesAt(comparison, options, at).map(memberOf),
  statistics: (comparison, options, at) => cellStatistics(differencesAt(comparison, options, at), options),
  caption,
  terms,
  tables: result => pValueTables(result, caption(result)),
} satisfies Panel<Options, PValues>

/** Those of the pairs that have these values. */
function differencesAt({ pairs }: Comparison, { contrast, measure, summary = usualSummary(measure) }: Options, at: At): Difference[] {
  return differencesOf(pairsAt(pairs, at), contrast, measure, summary)
}

function terms({ measure, contrast, question, correction, facets }: PValues): string[] {
  const cells = facets.flatMap(({ cells }) => cells)
  return [
    measure,
    ...contrast.kind === 'sides' ? [] : [contrast.of === 'sides' ? 'difference-in-differences' : 'contrast'],
    { difference: 'wilcoxon-superiority', asGood: 'non-inferiority', equivalent: 'equivalence' }[question.kind],
    'hodges-lehmann',
    'rank-biserial',
    ...correction === 'none' ? [] : [correction],
    ...cells.some(({ test }) => test.pDiverged !== null) ? ['diverged-worst'] : [],
    ...cells.some(({ counts: { collapsed } }) => collapsed.dense + collapsed.sparse > 0) ? ['collapsed'] : [],
  ]
}
