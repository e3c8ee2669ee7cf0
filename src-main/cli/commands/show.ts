import type { AddCommand, GlobalOptions } from '..'
import { isOwned } from '../../store/owner'
import { reading } from '../reading'
import { showExperiment } from '../show-experiment'
import { showRun } from '../show-run'

export default ((program) => {
  program.command('show')
    .argument('<experiment or run>', 'a stored experiment, or a run as r12')
    .description('show an experiment and its runs, or one run with its settings, curves and events')
    .action(async (name: string, _, command) => {
      const { data, json } = command.optsWithGlobals() as GlobalOptions
      const run = /^r(\d+)$/.exec(name)?.[1]
      const look = { json, isTraining: isOwned(data) }
      process.stdout.write(`${await reading(data, store => run === undefined ? showExperiment(store, name, look) : showRun(store, Number(run), look))}\n`)
    })
}) satisfies AddCommand
