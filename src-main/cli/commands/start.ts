import type { AddCommand, GlobalOptions } from '..'
import { presetExperiment } from '../source'
import { owningStore, trainable, trainExperiment } from '../training'

const FIRST_LOOK = 'first-look'

export default ((program) => {
  program.command('start')
    .description('what "npm start" does: train the preset first-look, or go on with it, and print its results')
    .action(async (_, command) => {
      const { data, json } = command.optsWithGlobals() as GlobalOptions
      const again = ['npm start', ...process.argv.length > 3 ? ['--', ...process.argv.slice(3)] : []].join(' ')
      const firstLook = await trainable(presetExperiment(FIRST_LOOK))
      await owningStore(data, again, store => trainExperiment(store, firstLook, { data, json, again }))
      if (!json)
        process.stdout.write(`\nNext: "npm run -s lab -- show ${FIRST_LOOK}" shows its runs, "npm run -s lab -- --help" what else there is.\n`)
    })
}) satisfies AddCommand
