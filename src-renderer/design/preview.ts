import type { Recording } from '@shared/experiment/parameters'
import type { Problem } from '@shared/experiment/problems'
import type { Cell, Plan } from '@shared/plan/plan'
import type { Side } from '@shared/random/stream'
import { checkExperiment } from '@shared/experiment/file'
import { configureRecording } from '@shared/experiment/parameters'
import { bytesOf } from '@shared/plan/bytes'
import { planExperiment } from '@shared/plan/plan'
import { stepsPerEpoch } from '@shared/plan/specification'
import { workOf } from '@shared/plan/work'

/** What a document would train, as far as a form shows it. */
export type Preview
  = | { readonly kind: 'refused', readonly problems: readonly Problem[] }
    /** By a defect. */
    | { readonly kind: 'failed', readonly reason: string }
    | {
      readonly kind: 'planned'
      readonly treatments: readonly string[]
      readonly capacities: number
      readonly seeds: number
      readonly pairs: number
      readonly runs: number
      /** Optimizer steps of all runs. */
      readonly steps: number
      /** Multiply-adds of all runs. */
      readonly work: BySide
      /** On disk, of all runs. */
      readonly bytes: number
      readonly cells: readonly Cell[]
      readonly excluded: Plan['excluded']
      readonly withoutEffect: Plan['withoutEffect']
      /** Every run, unless they are too many to ask after. */
      readonly each?: readonly PreviewedRun[]
    }

export type Planned = Extract<Preview, { kind: 'planned' }>

export interface PreviewedRun {
  readonly identity: string
  readonly side: Side
  readonly steps: number
  readonly work: number
  readonly bytes: number
}

export type BySide = Readonly<Record<Side, number>>

/** More identities take too long to compute while one types. */
const MOST_IDENTITIES = 5000

/**
 * Plans one seed, of which all others are copies, so that it takes as long for a thousand seeds as for one; the runs of
 * all of them are counted by multiplication.
 */
export function previewOf(document: unknown): Preview {
  const checked = checkExperiment(document)
  if (checked.kind === 'invalid')
    return { kind: 'refused', problems: checked.problems }
  const { experiment } = checked
  const { seeds } = experiment
  const repeated = seeds.findIndex((seed, i) => seeds.indexOf(seed) < i)
  if (repeated >= 0)
    return { kind: 'refused', problems: [{ path: ['seeds', repeated], message: `seed ${seeds[repeated]} is listed twice: its pairs would be counted twice` }] }
  const planned = planExperiment({ ...experiment, seeds: seeds.slice(0, 1) })
  if (planned.kind === 'refused')
    return planned
  const { plan } = planned
  const runs = plan.runs.length * seeds.length
  const all = runs <= MOST_IDENTITIES ? planExperiment(experiment) : undefined
  const recording = configureRecording(experiment.recording)
  const one = plan.runs.map(run => previewedRun(run, recording))
  const sum = (of: (run: PreviewedRun) => number): number => seeds.length * one.reduce((sum, run) => sum + of(run), 0)
  const work = (wanted: Side): number => sum(({ side, work }) => side === wanted ? work : 0)
  return {
    kind: 'planned',
    treatments: plan.treatments.map(({ name }) => name),
    capacities: experiment.capacities.length,
    seeds: seeds.length,
    pairs: plan.pairs.length * seeds.length,
    runs,
    steps: sum(({ steps }) => steps),
    work: { dense: work('dense'), sparse: work('sparse') },
    bytes: sum(({ bytes }) => bytes),
    cells: plan.cells,
    excluded: plan.excluded,
    withoutEffect: plan.withoutEffect,
    ...all?.kind === 'planned' && { each: all.plan.runs.map(run => previewedRun(run, recording)) },
  }
}

function previewedRun({ identity, specification }: Plan['runs'][number], recording: Recording): PreviewedRun {
  return {
    identity,
    side: specification.streams.side,
    steps: specification.settings['training.epochs'] * stepsPerEpoch(specification),
    work: workOf(specification, recording),
    bytes: bytesOf(specification, recording),
  }
}
