import type { AddCommand, GlobalOptions } from '..'
import { getImport } from '../../store/imports'
import { isOwned } from '../../store/owner'
import { reading } from '../reading'
import { showExperiment } from '../show-experiment'
import { showImport } from '../show-import'
import { showRun } from '../show-run'

export default ((program) => {
  program.command('show')
    .argument('<experiment or run>', 'a stored experiment, an import, or a run as r12')
    .description('show an experiment or an import and its runs, or one run with its settings, curves and events')
    .action(async (name: string, _, command) => {
      const { data, json } = command.optsWithGlobals() as GlobalOptions
      const run = /^r(\d+)$/.exec(name)?.[1]
      const look = { json, isTraining: isOwned(data) }
      process.stdout.write(`${await reading(data, (store) => {
        if (run !== undefined)
          return showRun(store, Number(run), look)
        const imported = getImport(store, name)
        return imported ? showImport(store, imported, json) : showExperiment(store, name, look)
      })}\n`)
    })
}) satisfies AddCommand
