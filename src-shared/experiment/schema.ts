import type { Settings } from './parameter'
import type { Nested, PlacedParameter } from './parameters'
import { z } from 'zod'
import { flatten, parameters, recordingParameters } from './parameters'

/** The strict nested object of parameters as a file holds it, all optional; parsed to values by path. */
function nestedObject(all: ReadonlyMap<string, PlacedParameter>, strip = ''): z.ZodType<Settings> {
  interface Tree { [name: string]: Tree | z.ZodType }
  const tree: Tree = {}
  for (const { path, type, title, help, unit } of all.values()) {
    const names = path.slice(strip.length).split('.')
    const last = names.pop()!
    let at = tree
    for (const name of names)
      at = (at[name] ??= {}) as Tree
    at[last] = type.optional().meta({ title, description: help, ...unit && { unit } })
  }
  const toZod = (tree: Tree): z.ZodObject => z.strictObject(Object.fromEntries(
    Object.entries(tree).map(([name, node]) => [name, node instanceof z.ZodType ? node : toZod(node).optional()]),
  ))
  return toZod(tree).transform(nested => flatten(nested as Nested, strip))
}

/** Values by path, each checked by its parameter. */
const settings = z.strictObject(Object.fromEntries(
  [...parameters].map(([path, { type }]) => [path, type.optional()]),
)).transform(values => values as Settings)

const name = z.string().trim().min(1).max(120)

const level = z.strictObject({
  name,
  set: settings.default({}).meta({ description: 'Parameters by path, on both sides.' }),
  setDense: settings.default({}).meta({ description: 'Parameters by path, on the dense side only.' }),
  setSparse: settings.default({}).meta({ description: 'Parameters by path, on the sparse side only.' }),
})

const factor = z.strictObject({
  name,
  levels: z.array(level).min(1),
  role: z.enum(['varied', 'tuned']).default('varied').meta({ description: 'tuned: all levels are trained, and comparisons take for each treatment, capacity and side the one with the best validation accuracy.' }),
})

/** An experiment as a file holds it (design §1, §2). */
export const experimentSchema = z.strictObject({
  name: name.meta({ title: 'Name' }),
  question: z.string().trim().max(500).default('').meta({ title: 'Question', description: 'What the experiment is to answer, in a sentence.' }),
  base: nestedObject(parameters).prefault({}).meta({ title: 'Base configuration' }),
  factors: z.array(factor).default([]).meta({ title: 'Factors', description: 'What is varied: every combination of levels is a treatment.' }),
  exclude: z.array(z.record(z.string(), z.union([
    z.string(),
    z.array(z.string()).min(1),
  ]))).default([]).meta({ title: 'Exclusions', description: 'Combinations to leave out: factor names with a level or a list of levels; all named must match.' }),
  capacities: z.array(z.number().gt(0)).min(1).meta({ title: 'Capacities', description: 'Dense widths W.' }),
  seeds: z.array(z.int().min(0).max(0xFFFFFFFF)).min(1).meta({ title: 'Seeds' }),
  engine: z.string().min(1).default('auto').meta({ title: 'Engine', description: 'What trains the networks; auto chooses the fastest that works here.' }),
  recording: nestedObject(recordingParameters, 'recording.').prefault({}).meta({ title: 'Recording' }),
  $schema: z.string().optional().meta({ description: 'Where an editor finds this schema; no part of the experiment.' }),
}).transform(({ $schema, ...experiment }) => experiment)

/** A checked experiment: parameters by path, everything optional filled in but the parameters' defaults. */
export type Experiment = z.output<typeof experimentSchema>
export type ExperimentFile = z.input<typeof experimentSchema>
export type Factor = Experiment['factors'][number]
export type Level = Factor['levels'][number]
