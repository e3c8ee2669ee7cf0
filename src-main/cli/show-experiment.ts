import type { Experiment } from '@shared/experiment/schema'
import type { Plan } from '@shared/plan/plan'
import type { Store } from '../store/open'
import type { StoredRun } from '../store/runs'
import type { Look } from './run-state'
import { percent } from '@shared/format'
import { planExperiment } from '@shared/plan/plan'
import { didYouMean } from '@shared/words'
import { compareExperiment } from '../comparison/compare'
import { getExperiment, runsOfExperiment, slugs } from '../store/experiments'
import { listImports } from '../store/imports'
import { Measurements } from '../store/measurements'
import { pairsOfExperiment } from '../store/pairs'
import { getRuns } from '../store/runs'
import { CommandEnd } from './exit'
import { right, textTable } from './format'
import { remarks, resultsJson, resultsText } from './results'
import { stateNow, stateText } from './run-state'

/** What its plan left out: every capacity counts for that, and one seed; nothing where a later version would refuse it. */
function leftOut(experiment: Experiment): Pick<Plan, 'excluded' | 'withoutEffect'> {
  const planned = planExperiment({ ...experiment, seeds: experiment.seeds.slice(0, 1) })
  const { excluded, withoutEffect } = planned.kind === 'planned' ? planned.plan : { excluded: [], withoutEffect: [] }
  return { excluded, withoutEffect }
}

/** An experiment's results and the state of each of its runs, for `lab show`. */
export function showExperiment(store: Store, slug: string, look: Look): string {
  const stored = getExperiment(store, slug)
  if (!stored) {
    const known = [...slugs(store), ...listImports(store).map(({ slug }) => slug)]
    throw new CommandEnd('invalid', `"${slug}" is no stored experiment and no run (a run is written r12)${didYouMean(slug, known)}; stored: ${known.join(', ') || 'none'}`)
  }
  const { experiment } = stored
  const comparison = compareExperiment(store, stored)
  const runs = getRuns(store, runsOfExperiment(store, stored.id))
  const pairs = pairsOfExperiment(store, stored.id)
  const left = leftOut(experiment)
  const accuracies = new Measurements(store).summaries('test.accuracy', runs.map(({ id }) => id))
  const accuracyOf = (run: StoredRun): number | undefined => run.state.kind === 'done' ? accuracies.get(run.id)?.last : undefined
  if (look.json) {
    return JSON.stringify({
      experiment: slug,
      name: experiment.name,
      question: experiment.question,
      engine: stored.engine,
      ...resultsJson(comparison),
      ...left,
      pairs,
      runs: runs.map(run => ({
        run: run.id,
        identity: run.identity,
        side: run.side,
        state: stateNow(run, look),
        epoch: run.epoch,
        epochs: run.epochs,
        accuracy: accuracyOf(run) ?? null,
      })),
    }, null, 2)
  }
  const byId = new Map(runs.map(run => [run.id, run]))
  const cells = (id: number): string[] => {
    const run = byId.get(id)!
    const accuracy = accuracyOf(run)
    return [`r${id}`, accuracy === undefined ? stateText(run, look).replace(/:.*/s, '') : percent(accuracy)]
  }
  const explained = runs.map(run => `r${run.id} ${stateText(run, look)}`).filter(state => state.includes(':'))
  return [
    resultsText(experiment, comparison),
    ...remarks(left),
    '',
    textTable(
      ['treatment', right('W'), right('seed'), 'dense run', right('acc % or state'), 'sparse run', right('acc % or state')],
      pairs.map(({ treatment, capacity, seed, denseRun, sparseRun }) => [
        treatment,
        String(capacity),
        String(seed),
        ...cells(denseRun),
        ...cells(sparseRun),
      ]),
    ),
    ...explained.length ? ['', ...explained] : [],
  ].join('\n')
}
