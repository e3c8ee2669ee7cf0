import type { LineProblem } from '@shared/import/problem'
import type { ImportedResults } from '@shared/import/results'
import type { AddCommand, GlobalOptions } from '..'
import type { AddedImport } from '../../store/imports'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { meantParameter } from '@shared/import/meant'
import { InvalidArgumentError } from 'commander'
import { makeFolder } from '../../folders'
import { readFile } from '../../import/read'
import { resources } from '../../resources'
import { addImport, pairsOfImport } from '../../store/imports'
import { CommandEnd, LAB, typed } from '../exit'
import { moment, wrapped } from '../format'
import { folder } from '../options'
import { importJson, showImport } from '../show-import'
import { owningStore } from '../training'

interface ImportOptions extends GlobalOptions {
  readonly name?: string
  readonly replace?: boolean
  readonly example?: string
}

/** What ships for PyTorch: a function that measures gradient flow, and a file of results. */
const pytorch = join(resources, 'pytorch')

/** More problems than anybody mends at once. */
const MOST_PROBLEMS = 20

export default ((program) => {
  program.command('import')
    .argument('[file]', 'a CSV file, one row a run; docs/import.md says what its columns are')
    .description('store results that were trained elsewhere (PyTorch...), for the same tests and figures')
    .option('--name <name>', 'what they are called; what the column "experiment" says, or the file\'s name, if not given', named)
    .option('--replace', 'take the place of an import of the same name')
    .option('--example <dir>', 'only write egf.py and results.csv there, to start from', folder)
    .addHelpText('after', `\negf.py, which measures gradient flow in PyTorch, is ${join(pytorch, 'egf.py')}`)
    .action(async (file: string | undefined, _, command) => {
      const { data, json, name, replace = false, example } = command.optsWithGlobals() as ImportOptions
      if ((file === undefined) === (example === undefined))
        command.error('error: give a CSV file to import, or --example with a folder to write one to')
      if (example !== undefined)
        return void process.stdout.write(written(writeExample(example), json))
      const read = mustRead(file!)
      const given = { name: name ?? read.results.experiment ?? basename(file!, '.csv'), file: basename(file!), ...read }
      await owningStore(data, `${LAB} ${typed(process.argv.slice(2))}`, async (store) => {
        const added = addImport(store, given, replace)
        process.stderr.write(`${wrapped(said(added, file!, given.results))}\n`)
        process.stdout.write(`${json
          ? JSON.stringify({ stored: added.kind, ...importJson(added.import, pairsOfImport(store, added.import.id)) }, null, 2)
          : showImport(store, added.import, false)}\n`)
      })
    })
}) satisfies AddCommand

function named(text: string): string {
  const name = text.trim()
  if (name === '' || name.length > 120)
    throw new InvalidArgumentError('it must be a text of 1 to 120 characters.')
  return name
}

/** @throws CommandEnd with every problem of the file, each with its line */
function mustRead(file: string): Extract<ReturnType<typeof readFile>, { kind: 'read' }> {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found?.isFile())
    throw new CommandEnd('invalid', found ? `${resolve(file)} is no file; results are a CSV file` : `there is no file ${resolve(file)}`)
  const read = readFile(readFileSync(file))
  if (read.kind === 'read')
    return read
  const place = ({ line }: LineProblem): string => line === undefined ? file : `${file}:${line}`
  const shown = read.problems.slice(0, MOST_PROBLEMS).map(problem => `${place(problem)}: ${problem.message}`)
  const more = read.problems.length - shown.length
  throw new CommandEnd('invalid', [...shown, ...more ? [`and ${more} more`] : []].join('\n'))
}

/** @throws CommandEnd where another import has the name */
function said({ kind, import: { slug, name, file: before, createdAt } }: AddedImport, file: string, { factors }: ImportedResults): string {
  switch (kind) {
    case 'same': return `${file} is stored already as ${slug}, since ${moment(createdAt)}; nothing was changed`
    case 'nameTaken': throw new CommandEnd('invalid', `there is an import "${name}" already, of another file (${before}, imported ${moment(createdAt)}); nothing was changed. --replace puts this one in its place, --name gives it another name`)
    case 'added':
    case 'replaced': {
      const meant = factors.flatMap(column => meantParameter(column) ? [`"${column}" is a column of the file's own; if it is ${meantParameter(column)!}, name it so, and comparisons treat it as that parameter`] : [])
      return [`${file} is stored as ${slug}${kind === 'replaced' ? ', in place of what had that name' : ''}`, ...meant].join('. ')
    }
  }
}

/** Files that are there already stay. */
function writeExample(into: string): string[] {
  makeFolder(into)
  return ['egf.py', 'results.csv'].map((file) => {
    const path = join(into, file)
    writeFileSync(path, readFileSync(join(pytorch, file)), { flag: 'wx' })
    return path
  })
}

function written(files: readonly string[], json: boolean): string {
  return json ? `${JSON.stringify({ files }, null, 2)}\n` : `${files.join('\n')}\n`
}
