import type { TableContent } from '@shared/tables/content'
import type { PlannedComparison } from '../../../comparison/compare'
import type { Section } from '../section'
import { percent, points, typeset } from '@shared/format'
import { integer } from '@shared/words'
import { notesOn } from '../../../comparison/notes'
import { html, sentences } from '../html'
import { tableHtml } from '../table'

/** More are in pairs.csv. */
const PAIRS = 200

export default {
  id: 'results',
  title: 'Results',
  body: ({ stored: { experiment }, comparison, tables, pairs }) => html`
${comparison.tuned.map(({ treatment, capacity, dense, sparse }) => html`<p>Tuned by validation accuracy, ${treatment} at W = ${capacity}: dense ${dense}, sparse ${sparse}.</p>`)}
${tables.map(tableHtml)}
${sentences(notesOn(experiment, comparison).filter(note => !tables.some(({ caption }) => caption.includes(note))).map(typeset))}
<details><summary>The pairs behind it, ${integer(pairs.length)}</summary>
${tableHtml(pairsTable(pairs.slice(0, PAIRS)))}
${pairs.length > PAIRS ? html`<p>These are the first ${PAIRS}; all are in pairs.csv.</p>` : undefined}
</details>`,
} satisfies Section

function pairsTable(pairs: readonly PlannedComparison[]): TableContent {
  return {
    id: 'pairs',
    caption: 'Every planned pair: a dense and a sparse network of the same capacity, seed and data order. Final accuracy on the whole test set.',
    columns: [
      { name: 'pair', unit: '', help: 'Position in the plan', align: 'right' },
      { name: 'treatment', unit: '', help: 'Combination of levels', align: 'left' },
      { name: 'W', unit: '', help: 'Dense width', align: 'right' },
      { name: 'seed', unit: '', help: 'Seed of the random streams of both sides', align: 'right' },
      { name: 'dense accuracy', unit: '%', help: 'Of the dense network', align: 'right' },
      { name: 'sparse accuracy', unit: '%', help: 'Of the sparse network', align: 'right' },
      { name: 'sparse - dense', unit: 'points', help: 'Difference of the accuracies', align: 'right' },
      { name: 'runs', unit: '', help: 'Numbers of the dense and the sparse run', align: 'left' },
      { name: 'outcome', unit: '', help: 'Complete, or why it has no values', align: 'left' },
    ],
    rows: pairs.map(({ pair: { position, treatment, capacity, seed, denseRun, sparseRun }, outcome }) => [
      position + 1,
      treatment,
      capacity,
      seed,
      ...outcome.kind === 'complete'
        ? [percent(outcome.dense.accuracy), percent(outcome.sparse.accuracy), points(outcome.sparse.accuracy - outcome.dense.accuracy)]
        : [null, null, null],
      `r${denseRun}, r${sparseRun}`,
      outcome.kind === 'complete' ? [outcome.kind, ...(['dense', 'sparse'] as const).filter(side => outcome[side].collapsed).map(side => `${side} collapsed`)].join(', ') : outcome.kind,
    ]),
  }
}
