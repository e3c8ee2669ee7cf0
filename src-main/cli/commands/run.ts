import type { AddCommand, GlobalOptions } from '..'
import { InvalidArgumentError } from 'commander'
import { readingIfAny } from '../reading'
import { findExperiment } from '../source'
import { trainExperiment } from '../train'

export interface RunOptions extends GlobalOptions {
  readonly set: readonly string[]
  readonly engine?: string
  readonly jobs?: number
  readonly retry: boolean
}

export default ((program) => {
  program.command('run')
    .argument('<experiment>', 'a JSON file, a preset, or a stored experiment')
    .description('train an experiment, or go on with it, and print its results')
    .option('--set <path=value>', 'change a parameter of the base configuration; may be given several times ("lab parameters" lists them)', collect, [])
    .option('--engine <id>', 'what trains the networks ("lab engines" lists them)')
    .option('--jobs <n>', 'runs at once; as many as there are cores if not given', positive)
    .option('--retry', 'train failed runs again too', false)
    .action(async (name: string, _, command) => {
      const { data, json, set, engine, jobs, retry } = command.optsWithGlobals() as RunOptions
      const experiment = await readingIfAny(data, store => findExperiment(name, { set, store }))
      await trainExperiment(engine === undefined ? experiment : { ...experiment, engine }, {
        data,
        json,
        retry,
        again: ['npm run lab --', ...process.argv.slice(2)].join(' '),
        ...jobs !== undefined && { jobs },
      })
    })
}) satisfies AddCommand

export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value]
}

function positive(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('it must be a whole number of at least 1.')
  return value
}
