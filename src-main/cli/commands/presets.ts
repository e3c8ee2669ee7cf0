import type { AddCommand, GlobalOptions } from '..'
import { presets } from '../../presets'
import { right, textTable } from '../format'
import { mustPlan, presetExperiment } from '../source'

export default ((program) => {
  program.command('presets')
    .description('list the experiments that come with the program')
    .action((_, command) => {
      const { json } = command.optsWithGlobals() as GlobalOptions
      const rows = [...presets.keys()].map((preset) => {
        const found = presetExperiment(preset)
        return { preset, question: found.experiment.question, runs: mustPlan(found).runs.length }
      })
      process.stdout.write(json
        ? `${JSON.stringify(rows.map(row => ({ ...row, document: presets.get(row.preset) })), null, 2)}\n`
        : `${textTable(['preset', 'question', right('runs')], rows.map(({ preset, question, runs }) => [
          preset,
          question,
          String(runs),
        ]))}\n`)
    })
}) satisfies AddCommand
