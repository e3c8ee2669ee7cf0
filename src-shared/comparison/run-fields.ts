import type { Value } from '../experiment/parameter'
import type { Field } from './filter/field'
import type { ComparisonPair, ComparisonRun } from './pair'
import { measures } from '../measures'
import { runStates } from '../runs/state'
import { setting } from './fields'
import { parameterFields } from './filter/parameter-fields'
import { usualSummary } from './summary'

/** What a filter can ask of a run of these pairs: where it belongs, its factors, its parameters, its measures. */
export function runFields(pairs: readonly ComparisonPair[]): Field[] {
  const known = (of: (pair: ComparisonPair) => Value): Value[] => [...new Set(pairs.map(of))]
  const factors = new Set(pairs.flatMap(({ levels }) => Object.keys(levels)))
  return [
    { name: 'experiment', aliases: [], help: 'The experiment that a pair belongs to', kind: 'text', values: known(({ experiment }) => experiment), closed: true },
    { name: 'treatment', aliases: [], help: 'Combination of levels', kind: 'text', values: known(({ treatment }) => treatment), closed: true },
    { name: 'capacity', aliases: ['W', 'width'], help: 'Dense width W', kind: 'number', values: known(({ capacity }) => capacity) },
    { name: 'seed', aliases: [], help: 'Seed of the random streams of both sides', kind: 'number', values: known(({ seed }) => seed) },
    { name: 'state', aliases: [], help: 'What became of a run', kind: 'text', values: runStates, closed: true },
    { name: 'engine', aliases: [], help: 'What trained a run', kind: 'text', values: known(({ dense }) => dense.engine) },
    { name: 'collapsed', aliases: [], help: 'Whether a run ended finite but dead', kind: 'boolean' },
    ...[...factors].map((name): Field => ({ name, aliases: [], help: `Level of the factor ${name}`, kind: 'text', values: known(({ levels }) => levels[name] ?? ''), closed: true })),
    ...parameterFields,
    ...measures.members.filter(({ per }) => per === 'run').map(({ id, label, unit }): Field => ({ name: id, aliases: [], help: `${label}: ${usualSummary(id).kind === 'last' ? 'final' : 'mean over the 11 epochs'}`, kind: 'number', unit })),
  ]
}

/** The value of a run's field; undefined where it has none. */
export function runValue({ experiment, treatment, capacity, seed, levels }: ComparisonPair, run: ComparisonRun): (field: string) => Value | undefined {
  return (field) => {
    switch (field) {
      case 'experiment': return experiment
      case 'treatment': return treatment
      case 'capacity': return capacity
      case 'seed': return seed
      case 'state': return run.state
      case 'engine': return run.engine
      case 'collapsed': return run.isCollapsed()
      default: return levels[field] ?? setting(run, field) ?? (measures.ids.includes(field) ? run.measured(field, usualSummary(field))?.value : undefined)
    }
  }
}
