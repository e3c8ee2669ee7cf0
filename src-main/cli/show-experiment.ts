import type { Store } from '../store/open'
import type { StoredRun } from '../store/runs'
import type { Look } from './run-state'
import { compareExperiment } from '../comparison/compare'
import { getExperiment, listExperiments, runsOfExperiment } from '../store/experiments'
import { Measurements } from '../store/measurements'
import { pairsOfExperiment } from '../store/pairs'
import { getRuns } from '../store/runs'
import { CommandEnd } from './exit'
import { percent, right, textTable } from './format'
import { remarks, resultsJson, resultsText } from './results'
import { stateNow } from './run-state'
import { planOfStored } from './source'

/** An experiment's results and the state of each of its runs, for `lab show`. */
export function showExperiment(store: Store, slug: string, look: Look): string {
  const stored = getExperiment(store, slug)
  if (!stored)
    throw new CommandEnd('invalid', `"${slug}" is no stored experiment and no run (a run is written r12); stored: ${listExperiments(store).map(({ slug }) => slug).join(', ') || 'none'}`)
  const { experiment } = stored
  const comparison = compareExperiment(store, stored)
  const runs = getRuns(store, runsOfExperiment(store, stored.id))
  const pairs = pairsOfExperiment(store, stored.id)
  // One capacity and seed tell what the treatments are like.
  const plan = planOfStored({ ...experiment, capacities: experiment.capacities.slice(0, 1), seeds: experiment.seeds.slice(0, 1) })
  const accuracies = new Measurements(store).summaries('test.accuracy', runs.map(({ id }) => id))
  const accuracyOf = (run: StoredRun): number | undefined => run.state.kind === 'done' ? accuracies.get(run.id)?.last : undefined
  if (look.json) {
    return JSON.stringify({
      experiment: slug,
      name: experiment.name,
      question: experiment.question,
      engine: stored.engine,
      ...resultsJson(comparison),
      excluded: plan.excluded,
      withoutEffect: plan.withoutEffect,
      pairs,
      runs: runs.map(run => ({
        run: run.id,
        identity: run.identity,
        side: run.side,
        state: run.state,
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
    return [`r${id}`, accuracy === undefined ? stateNow(run, look).replace(/:.*/s, '') : percent(accuracy)]
  }
  const explained = runs.map(run => `r${run.id} ${stateNow(run, look)}`).filter(state => state.includes(':'))
  return [
    resultsText(experiment, comparison),
    ...remarks(plan),
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
