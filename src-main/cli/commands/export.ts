import type { ExportFormat, ExportOption, OptionValues } from '@shared/exports/format'
import type { AddCommand, GlobalOptions } from '..'
import { checkOptions } from '@shared/exports/format'
import { didYouMean } from '@shared/words'
import { InvalidArgumentError, Option } from 'commander'
import { exportFolder } from '../../data-directory'
import { exportExperiment, exportFormats } from '../../export/exports'
import { getExperiment, slugs } from '../../store/experiments'
import { CommandEnd } from '../exit'
import { folder } from '../options'
import { reading } from '../reading'

type Given = GlobalOptions & { out?: string, format: string } & OptionValues

export default ((program) => {
  const exporting = program.command('export')
    .argument('<experiment>', 'a stored experiment')
    .description('write an experiment as tables, or its charts as figures for print with the data of each')
    .addOption(new Option('--format <format>', describe(exportFormats)).choices(exportFormats.map(({ id }) => id)).default('csv'))
    .option('--out <dir>', 'folder of the files; "exports" in the data directory if not given', folder)
  for (const option of optionsOf(exportFormats))
    exporting.addOption(flag(option))
  exporting.action(async (slug: string, _, command) => {
    const given = command.optsWithGlobals() as Given
    const { data, json, out } = given
    const format = exportFormats.find(({ id }) => id === given.format)!
    const options = checked(format, given)
    const files = await reading(data, async (store) => {
      const experiment = getExperiment(store, slug)
      if (!experiment)
        throw new CommandEnd('invalid', `"${slug}" is no stored experiment${didYouMean(slug, slugs(store))}; stored: ${slugs(store).join(', ') || 'none'}`)
      return exportExperiment(store, experiment, format, options, out ?? exportFolder(data, slug))
    })
    process.stdout.write(json ? `${JSON.stringify({ files }, null, 2)}\n` : `${files.join('\n')}\n`)
  })
}) satisfies AddCommand

/** The format's options; those of others are named, and left out. */
function checked(format: ExportFormat, given: Given): OptionValues {
  const all = optionsOf(exportFormats).filter(({ name }) => given[name] !== undefined).map(({ name }) => name)
  const own = all.filter(name => format.options.some(option => option.name === name))
  for (const name of all.filter(name => !own.includes(name)))
    process.stderr.write(`Without effect on ${format.id}: --${name} (only with --format ${exportFormats.filter(({ options }) => options.some(option => option.name === name)).map(({ id }) => id).join(' or ')}).\n`)
  const found = checkOptions(format, Object.fromEntries(own.map(name => [name, given[name]!])))
  if (found.kind === 'invalid')
    throw new CommandEnd('invalid', found.problems.map(({ message }) => `--${message}`).join('\n'))
  return found.values
}

/** Every option of any format, once. */
function optionsOf(formats: readonly ExportFormat[]): ExportOption[] {
  return [...new Map(formats.flatMap(({ options }) => options).map(option => [option.name, option])).values()]
}

function flag(option: ExportOption): Option {
  const of = exportFormats.filter(({ options }) => options.some(({ name }) => name === option.name)).map(({ id }) => id).join(', ')
  switch (option.kind) {
    case 'choice':
      return new Option(`--${option.name} <${option.choices.map(({ value }) => value).join('|')}>`, `${option.help} (${of}; default: ${option.default})`)
    case 'number':
      return new Option(`--${option.name} <number>`, `${option.help} (${of}; default: ${option.default})`).argParser(number)
    case 'numbers':
      return new Option(`--${option.name} <numbers>`, `${option.help}; several with commas (${of}; default: ${option.default.join()})`).argParser(text => text.split(',').map(number))
  }
}

function number(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value))
    throw new InvalidArgumentError('it must be a number.')
  return value
}

/** "tables (csv), figures (pdf, png, svg)". */
function describe(formats: readonly ExportFormat[]): string {
  return [...Map.groupBy(formats, ({ of }) => of)].map(([of, its]) => `${of} (${its.map(({ id }) => id).join(', ')})`).join(', ')
}
