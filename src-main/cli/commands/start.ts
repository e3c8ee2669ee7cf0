import type { AddCommand, GlobalOptions } from '..'
import { LAB, typed } from '../exit'
import { presetExperiment } from '../source'
import { owningStore, trainable, trainExperiment } from '../training'

const FIRST_LOOK = 'first-look'

export default ((program) => {
  program.command('start')
    .description('what "npm start" does: train the preset first-look, or go on with it, and print its results')
    .action(async (_, command) => {
      const { data, json } = command.optsWithGlobals() as GlobalOptions
      const given = process.argv.slice(3)
      const again = `npm start${given.length ? ` -- ${typed(given)}` : ''}`
      const firstLook = await trainable(presetExperiment(FIRST_LOOK))
      const { slug } = await owningStore(data, again, store => trainExperiment(store, firstLook, { data, json, again }))
      if (!json)
        process.stdout.write(`\nNext: "${LAB} show ${slug}" shows its runs, "${LAB} --help" what else there is.\n`)
    })
}) satisfies AddCommand
