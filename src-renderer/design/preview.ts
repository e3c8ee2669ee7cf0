import type { Recording } from '@shared/experiment/parameters'
import type { Problem } from '@shared/experiment/problems'
import type { Cell, Plan, PlannedRun } from '@shared/plan/plan'
import type { RunSpecification } from '@shared/plan/specification'
import type { RunsAlike } from '@shared/plan/work'
import { checkExperiment } from '@shared/experiment/file'
import { configureRecording } from '@shared/experiment/parameters'
import { bytesOf } from '@shared/plan/bytes'
import { planExperiment } from '@shared/plan/plan'
import { stepsPerEpoch } from '@shared/plan/specification'
import { comparedTreatments } from '@shared/plan/treatments'
import { reachInWords } from '@shared/statistics/reach'

/** What a document would train, as far as a form shows it. */
export type Preview
  = | { readonly kind: 'refused', readonly problems: readonly Problem[] }
    /** By a defect. */
    | { readonly kind: 'failed', readonly reason: string }
    | {
      readonly kind: 'planned'
      readonly treatments: readonly string[]
      /** What each treatment can show, sentences. */
      readonly reach: readonly string[]
      readonly capacities: number
      readonly seeds: number
      readonly pairs: number
      readonly runs: number
      /** Optimizer steps of all runs. */
      readonly steps: number
      /** On disk, of all runs. */
      readonly bytes: number
      readonly cells: readonly Cell[]
      readonly excluded: Plan['excluded']
      readonly withoutEffect: Plan['withoutEffect']
      /** Of every run, unless they are too many to ask after. */
      readonly identities: readonly string[]
    }

/** What an estimate needs of a plan, and a page does not. */
export interface PlannedRuns extends Pick<Extract<Preview, { kind: 'planned' }>, 'runs' | 'steps' | 'bytes'> {
  /** Runs that differ in nothing but their seed, together. */
  readonly kinds: readonly RunsAlike[]
  readonly recording: Recording
  /** In the order of `identities`. */
  readonly each: readonly PreviewedRun[]
}

export interface PreviewedRun {
  readonly steps: number
  readonly bytes: number
  /** Its place in `kinds`. */
  readonly kind: number
}

/** More identities take too long to compute while one types. */
const MOST_IDENTITIES = 5000

/**
 * Plans one seed, of which all others are copies, so that it takes as long for a thousand seeds as for one; the runs of
 * all of them are counted by multiplication.
 */
export function previewOf(document: unknown): { readonly preview: Preview, readonly runs?: PlannedRuns } {
  const checked = checkExperiment(document)
  if (checked.kind === 'invalid')
    return { preview: { kind: 'refused', problems: checked.problems } }
  const { experiment } = checked
  const { seeds } = experiment
  const repeated = seeds.findIndex((seed, i) => seeds.indexOf(seed) < i)
  if (repeated >= 0)
    return { preview: { kind: 'refused', problems: [{ path: ['seeds', repeated], message: `seed ${seeds[repeated]} is listed twice: its pairs would be counted twice` }] } }
  const planned = planExperiment({ ...experiment, seeds: seeds.slice(0, 1) })
  if (planned.kind === 'refused')
    return { preview: planned }
  const { plan } = planned
  const runs = plan.runs.length * seeds.length
  const whole = runs <= MOST_IDENTITIES ? planExperiment(experiment) : undefined
  const all = whole?.kind === 'planned' ? whole.plan.runs : []
  const recording = configureRecording(experiment.recording)
  const places = new Map(plan.runs.map(({ specification }, i) => [kindOf(specification), i]))
  const previewed = ({ specification }: PlannedRun): PreviewedRun => ({
    steps: specification.settings['training.epochs'] * stepsPerEpoch(specification),
    bytes: bytesOf(specification, recording),
    kind: places.get(kindOf(specification))!,
  })
  const one = plan.runs.map(previewed)
  const sum = (of: (run: PreviewedRun) => number): number => seeds.length * one.reduce((sum, run) => sum + of(run), 0)
  const sums = { runs, steps: sum(({ steps }) => steps), bytes: sum(({ bytes }) => bytes) }
  return {
    preview: {
      kind: 'planned',
      treatments: plan.treatments.map(({ name }) => name),
      reach: reachInWords({ treatments: comparedTreatments(experiment, plan.treatments), capacities: experiment.capacities.length, seeds: seeds.length }),
      capacities: experiment.capacities.length,
      seeds: seeds.length,
      pairs: plan.pairs.length * seeds.length,
      ...sums,
      cells: plan.cells,
      excluded: plan.excluded,
      withoutEffect: plan.withoutEffect,
      identities: all.map(({ identity }) => identity),
    },
    runs: {
      ...sums,
      kinds: plan.runs.map(({ specification }) => ({ run: specification, count: seeds.length })),
      recording,
      each: all.map(previewed),
    },
  }
}

/** The same for runs that differ in nothing but their seed. */
function kindOf(run: RunSpecification): string {
  return JSON.stringify({ ...run, streams: { ...run.streams, seed: 0 } })
}
