import type { AddCommand, GlobalOptions } from '..'
import { engines } from '../../engines'
import { textTable } from '../format'

export default ((program) => {
  program.command('engines')
    .description('list what can train networks here, and why something cannot')
    .action(async (_, command) => {
      const { json } = command.optsWithGlobals() as GlobalOptions
      const rows = await Promise.all(engines.members.toSorted((a, b) => b.preference - a.preference)
        .map(async ({ id, title, numerics, availability }) => ({ id, title, numerics, ...await availability() })))
      process.stdout.write(json
        ? `${JSON.stringify(rows, null, 2)}\n`
        : `${textTable(['engine', 'title', 'state', 'device'], rows.map(row => [
          row.id,
          row.title,
          row.kind === 'available' ? 'available' : `not available: ${row.reason}`,
          row.kind === 'available' ? row.device : '',
        ]))}\n`)
    })
}) satisfies AddCommand
