import type { Settings } from '@shared/experiment/parameter'
import type { Experiment, Factor } from '@shared/experiment/schema'
import type { Plan } from '@shared/plan/plan'
import type { RunSpecification } from '@shared/plan/specification'
import { experimentSchema } from '@shared/experiment/schema'
import { planExperiment } from '@shared/plan/plan'

/** Changes to an experiment; a factor is varied unless it says otherwise. */
export type Changes = Partial<Omit<Experiment, 'factors'>> & {
  factors?: (Omit<Factor, 'role'> & Partial<Pick<Factor, 'role'>>)[]
}

/** A small experiment on synthetic data, to be changed by each test. */
export function smallExperiment({ factors = [], ...changes }: Changes = {}): Experiment {
  return {
    ...experimentSchema.parse({ name: 'small', capacities: [5], seeds: [7] }),
    base: smallBase,
    factors: factors.map(factor => ({ role: 'varied', ...factor })),
    ...changes,
  }
}

export const smallBase: Settings = {
  'data.dataset': 'synthetic',
  'data.synthetic.train': 60,
  'data.synthetic.test': 20,
  'data.synthetic.side': 3,
  'data.synthetic.classes': 3,
  'network.maximumWidth': 14,
  'training.batchSize': 16,
  'training.epochs': 3,
}

/** @throws Error with the problems of a refused experiment. */
export function mustPlan(experiment: Experiment): Plan {
  const planned = planExperiment(experiment)
  if (planned.kind === 'refused')
    throw new Error(planned.problems.map(({ message }) => message).join('; '))
  return planned.plan
}

/** Runs of the small experiment with other parameters: dense, sparse, dense, ... */
export function planRuns(set: Settings, capacities: number[]): RunSpecification[] {
  return mustPlan(smallExperiment({
    base: {
      ...smallBase,
      ...set,
    },
    capacities,
  })).runs.map(({ specification }) => specification)
}
