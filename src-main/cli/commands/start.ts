import type { AddCommand, GlobalOptions } from '..'
import { readingIfAny } from '../reading'
import { findExperiment } from '../source'
import { trainExperiment } from '../train'

const FIRST_LOOK = 'first-look'

export default ((program) => {
  program.command('start')
    .description('what "npm start" does: train the preset first-look, or go on with it, and print its results')
    .action(async (_, command) => {
      const { data, json } = command.optsWithGlobals() as GlobalOptions
      const experiment = await readingIfAny(data, store => findExperiment(FIRST_LOOK, { store }))
      await trainExperiment(experiment, {
        data,
        json,
        again: ['npm start', ...process.argv.length > 3 ? ['--', ...process.argv.slice(3)] : []].join(' '),
      })
      if (!json)
        process.stdout.write(`\nNext: "npm run lab -- --help" lists what else there is; "npm run lab -- show ${FIRST_LOOK}" shows its runs.\n`)
    })
}) satisfies AddCommand
