import type { AddCommand, GlobalOptions } from '..'
import { didYouMean } from '@shared/words'
import { Option } from 'commander'
import { exportFolder } from '../../data-directory'
import { exportCsv } from '../../export/csv'
import { writeFiles } from '../../export/files'
import { getExperiment, slugs } from '../../store/experiments'
import { CommandEnd } from '../exit'
import { folder } from '../options'
import { reading } from '../reading'

export default ((program) => {
  program.command('export')
    .argument('<experiment>', 'a stored experiment')
    .description('write an experiment\'s runs, epochs, layers and pairs as tables, or its charts as figures for print')
    .addOption(new Option('--format <format>', 'tables (csv), or figures of 85 and 170 mm with the data of each (png, svg)').choices(['csv', 'png', 'svg']).default('csv'))
    .option('--out <dir>', 'folder of the files; "exports" in the data directory if not given', folder)
    .action(async (slug: string, _, command) => {
      const { data, json, out, format } = command.optsWithGlobals() as GlobalOptions & { out?: string, format: 'csv' | 'png' | 'svg' }
      const files = await reading(data, async (store) => {
        const experiment = getExperiment(store, slug)
        if (!experiment)
          throw new CommandEnd('invalid', `"${slug}" is no stored experiment${didYouMean(slug, slugs(store))}; stored: ${slugs(store).join(', ') || 'none'}`)
        const into = out ?? exportFolder(data, slug)
        if (format === 'csv')
          return exportCsv(store, experiment, into)
        // Loaded only here: drawing takes time to load.
        const { figuresOf } = await import('../../export/figures')
        return writeFiles(into, figuresOf(store, experiment, format))
      })
      process.stdout.write(json ? `${JSON.stringify({ files }, null, 2)}\n` : `${files.join('\n')}\n`)
    })
}) satisfies AddCommand
