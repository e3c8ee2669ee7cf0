import type { AddCommand, GlobalOptions } from '..'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DATABASE_FILE } from '../../store/open'
import { LAB, typed } from '../exit'
import { collect, positive } from '../options'
import { findExperiment, isFile } from '../source'
import { owningStore, trainable, trainExperiment } from '../training'

export interface RunOptions extends GlobalOptions {
  readonly set?: readonly string[]
  readonly engine?: string
  readonly jobs?: number
  readonly retry?: boolean
}

export default ((program) => {
  program.command('run')
    .argument('<experiment>', 'a JSON file, a preset, or a stored experiment')
    .description('train an experiment, or go on with it, and print its results')
    .option('--set <path=value>', 'change a parameter ("lab parameters" lists them), seeds, capacities or the engine; may be given several times', collect)
    .option('--engine <id>', 'what trains the networks ("lab engines" lists them)')
    .option('--jobs <n>', 'runs at once; as many as there are cores if not given', positive)
    .option('--retry', 'train failed runs again too, and plan anew those that cannot go on as they began')
    .action(async (name: string, _, command) => {
      const { data, json, set = [], engine, jobs, retry } = command.optsWithGlobals() as RunOptions
      const changes = [...set, ...engine === undefined ? [] : [`engine=${JSON.stringify(engine)}`]]
      const options = {
        data,
        json,
        again: `${LAB} ${typed(process.argv.slice(2))}`,
        ...jobs !== undefined && { jobs },
        ...retry !== undefined && { retry },
      }
      // What needs nothing that is stored is checked before anything is written.
      const early = isFile(name) || !existsSync(join(data, DATABASE_FILE)) ? await trainable(findExperiment(name, changes, undefined)) : undefined
      await owningStore(data, options.again, async store =>
        void await trainExperiment(store, early ?? await trainable(findExperiment(name, changes, store)), options))
    })
}) satisfies AddCommand
