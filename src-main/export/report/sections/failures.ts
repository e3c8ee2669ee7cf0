import type { TableContent } from '@shared/tables/content'
import type { PlannedComparison } from '../../../comparison/compare'
import type { StoredRun } from '../../../store/runs'
import type { Section } from '../section'
import { runStates, stateInWords } from '@shared/runs/state'
import { integer, plural } from '@shared/words'
import { html } from '../html'
import { tableHtml } from '../table'

/** More are in runs.csv. */
const ROWS = 200

export default {
  id: 'failures',
  title: 'What went wrong',
  body({ runs, pairs }) {
    const counts = runStates.map(kind => ({ kind, count: runs.filter(({ state }) => state.kind === kind).length })).filter(({ count }) => count > 0)
    const lost = troubled(runs, pairs)
    const counted = `${plural(runs.length, 'run')}: ${counts.map(({ kind, count }) => `${integer(count)} ${kind}`).join(', ')}.`
    return lost.length
      ? html`<p>${counted}</p>
${tableHtml(table(lost.slice(0, ROWS)))}
${lost.length > ROWS ? html`<p>These are the first ${ROWS} of ${integer(lost.length)}; all are in runs.csv.</p>` : undefined}`
      : html`<p>${counted} None failed, diverged, collapsed or was cancelled.</p>`
  },
} satisfies Section

interface Troubled {
  readonly run: StoredRun
  readonly pair: PlannedComparison['pair'] | undefined
  readonly what: string
}

/** Runs that are not done, and those that ended no better than guessing. */
function troubled(runs: readonly StoredRun[], pairs: readonly PlannedComparison[]): Troubled[] {
  const pairOf = new Map(pairs.flatMap(({ pair }) => [[pair.denseRun, pair], [pair.sparseRun, pair]] as const))
  const collapsed = new Set(pairs.flatMap(({ pair, outcome }) => outcome.kind === 'complete'
    ? [...outcome.dense.collapsed ? [pair.denseRun] : [], ...outcome.sparse.collapsed ? [pair.sparseRun] : []]
    : []))
  return runs.flatMap((run): Troubled[] => {
    const pair = pairOf.get(run.id)
    if (run.state.kind !== 'done')
      return [{ run, pair, what: stateInWords(run.state, run.epoch) }]
    return collapsed.has(run.id) ? [{ run, pair, what: 'collapsed: no better than guessing the most frequent class' }] : []
  })
}

function table(lost: readonly Troubled[]): TableContent {
  return {
    id: 'failures',
    caption: 'Runs that failed, diverged, collapsed, were cancelled or have not ended. Collapsed ones are in the numbers above; the pairs of all others are not.',
    columns: [
      { name: 'run', unit: '', help: 'Number of the run', align: 'left' },
      { name: 'side', unit: '', help: 'dense or sparse', align: 'left' },
      { name: 'treatment', unit: '', help: 'Of the first pair that it belongs to', align: 'left' },
      { name: 'W', unit: '', help: 'Dense width', align: 'right' },
      { name: 'seed', unit: '', help: 'Of its random streams', align: 'right' },
      { name: 'epoch', unit: '', help: 'The last one measured, of all', align: 'right' },
      { name: 'state', unit: '', help: 'With its reason', align: 'left' },
    ],
    rows: lost.map(({ run, pair, what }) => [`r${run.id}`, run.side, pair?.treatment ?? '', pair?.capacity ?? null, pair?.seed ?? null, `${run.epoch} of ${run.epochs}`, what]),
  }
}
