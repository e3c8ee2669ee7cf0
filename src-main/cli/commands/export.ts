import type { AddCommand, GlobalOptions } from '..'
import { didYouMean } from '@shared/words'
import { Option } from 'commander'
import { exportFolder } from '../../data-directory'
import { exportCsv } from '../../export/csv'
import { getExperiment, slugs } from '../../store/experiments'
import { CommandEnd } from '../exit'
import { folder } from '../options'
import { reading } from '../reading'

export default ((program) => {
  program.command('export')
    .argument('<experiment>', 'a stored experiment')
    .description('write an experiment\'s runs, epochs, layers and pairs to files')
    .addOption(new Option('--format <format>', 'what to write').choices(['csv']).default('csv'))
    .option('--out <dir>', 'folder of the files; "exports" in the data directory if not given', folder)
    .action(async (slug: string, _, command) => {
      const { data, json, out } = command.optsWithGlobals() as GlobalOptions & { out?: string }
      const files = await reading(data, async (store) => {
        const experiment = getExperiment(store, slug)
        if (!experiment)
          throw new CommandEnd('invalid', `"${slug}" is no stored experiment${didYouMean(slug, slugs(store))}; stored: ${slugs(store).join(', ') || 'none'}`)
        return exportCsv(store, experiment, out ?? exportFolder(data, slug))
      })
      process.stdout.write(json ? `${JSON.stringify({ files }, null, 2)}\n` : `${files.join('\n')}\n`)
    })
}) satisfies AddCommand
