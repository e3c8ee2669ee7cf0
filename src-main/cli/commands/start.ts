import type { AddCommand, GlobalOptions } from '..'
import { typed } from '../exit'
import { openInBrowser } from '../opening'
import { port } from '../options'
import { serveApp } from '../serving'

export default ((program) => {
  program.command('start')
    .description('what "npm start" does without Electron: serve the app to this machine, with the first-look experiment in an empty data directory, and open it')
    .option('--port <n>', 'port; 4317, or the next one that is free, if not given', port)
    .option('--no-open', 'only print the address')
    .option('--empty', 'do not begin with the first-look experiment')
    .option('--because <sentence>', 'why there is no window of Electron, to be said')
    .action(async (_, command) => {
      const { data, port, open, empty = false, because } = command.optsWithGlobals() as GlobalOptions & { port?: number, open: boolean, empty?: boolean, because?: string }
      const given = process.argv.slice(3)
      await serveApp({
        data,
        host: '127.0.0.1',
        firstLook: !empty,
        showProgress: true,
        again: `npm start${given.length ? ` -- ${typed(given)}` : ''}`,
        ...port !== undefined && { port },
      }, async ({ url, ticketUrl }, say) => {
        const opened = open ? await openInBrowser(ticketUrl()) : { isOpen: false, how: 'Not opened, as --no-open says' }
        say(`${because ? `${because} ` : ''}${opened.how}${opened.isOpen ? '' : `: open ${url}`}\nCtrl-C ends; training goes on at the next start.`)
      })
    })
}) satisfies AddCommand
