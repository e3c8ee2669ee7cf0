import { Command, CommanderError } from 'commander'
import { version } from '../../package.json'
import { dataDirectory } from '../data-directory'
import { explain, StoreProblem } from '../store/open'
import { CommandEnd, exitCodes, LAB } from './exit'
import { folder } from './options'

/** A command of `lab`; its file in `commands/` is all it takes. */
export type AddCommand = (program: Command) => void

const commands = import.meta.glob<AddCommand>('./commands/*.ts', { eager: true, import: 'default' })

export interface GlobalOptions {
  readonly data: string
  readonly json: boolean
}

/** What the system's errors mean for a file that a command reads or writes. */
const fileErrors = new Map([
  ['EACCES', 'this is not permitted to you'],
  ['EPERM', 'this is not permitted to you'],
  ['EROFS', 'this file system cannot be written'],
  ['ENOSPC', 'the disk is full; nothing half-written was left'],
  ['ENOENT', 'there is no such file or folder'],
  ['ENOTDIR', 'a file is in the way'],
  ['EISDIR', 'this is a folder'],
  ['EEXIST', 'a file is in the way'],
])

// Whoever reads the output may stop early ("| head").
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE'
  ? exitCodes.ok.code
  : exitCodes.defect.code))

const program = new Command('lab')
  .description('Gradient Flow Lab: plans fair comparisons of sparse and dense networks, trains them, and says what came out.')
  .version(version)
  .option('--data <dir>', 'data directory', folder, dataDirectory())
  .option('--json', 'machine-readable output on stdout, nothing else there', false)
  .configureHelp({ showGlobalOptions: true })
  .addHelpText('after', `\nExit codes:\n${Object.values(exitCodes).map(({ code, help }) => `  ${String(code).padStart(3)}  ${help}`).join('\n')}`)
  .showHelpAfterError(`("${LAB} --help" lists the commands)`)
  .exitOverride()

for (const [, add] of Object.entries(commands).sort(([a], [b]) => a < b ? -1 : 1))
  add(program)

try {
  await program.parseAsync()
}
catch (caught) {
  process.exitCode = end(caught instanceof Error ? caught : new Error(String(caught)))
}

/** Says on stderr what happened, and with --json on stdout too; the exit code. */
function end(caught: Error & { code?: string, path?: string }): number {
  if (caught instanceof CommanderError) {
    // Commander has said it.
    if (caught.exitCode !== 0)
      sayAsJson('invalid', caught.message.replace(/^error: /, ''))
    return caught.exitCode === 0 ? exitCodes.ok.code : exitCodes.invalid.code
  }
  const { exit, message, said } = endOf(caught)
  process.stderr.write(`${message}\n`)
  if (!said)
    sayAsJson(exit, message)
  return exitCodes[exit].code
}

function endOf(caught: Error & { code?: string, path?: string }): { exit: keyof typeof exitCodes, message: string, said?: boolean } {
  const error = caught.code?.startsWith('SQLITE_') ? explain(program.opts<GlobalOptions>().data, caught) : caught
  if (error instanceof CommandEnd)
    return error
  if (error instanceof StoreProblem)
    return { exit: 'data', message: error.message }
  const meaning = fileErrors.get(caught.code ?? '')
  if (meaning && caught.path !== undefined)
    return { exit: 'data', message: `${caught.path}: ${meaning}` }
  return { exit: 'defect', message: `${error.stack}\n\nThis is a defect of the program; nothing that was stored is lost.` }
}

function sayAsJson(exit: keyof typeof exitCodes, message: string): void {
  if (process.argv.includes('--json'))
    process.stdout.write(`${JSON.stringify({ error: { exit, message } }, null, 2)}\n`)
}
