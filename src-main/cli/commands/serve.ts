import type { AddCommand, GlobalOptions } from '..'
import { isIP } from 'node:net'
import { InvalidArgumentError, Option } from 'commander'
import { LAB, typed } from '../exit'
import { collect, port } from '../options'
import { serveApp } from '../serving'

export default ((program) => {
  program.command('serve')
    .description('serve the app to a browser, on this machine or, through ssh, on another')
    .option('--port <n>', 'port; 4317, or the next one that is free, if not given', port)
    .option('--host <address>', 'address to listen on; another than this machine\'s own needs --token', '127.0.0.1')
    .addOption(new Option('--token <text>', 'a token of your own for the address, of at least 16 characters, good any number of times; whoever lists the processes of this machine can read it here, but not in the environment').argParser(token).env('LAB_TOKEN'))
    .option('--allow-host <name>', 'another name that this machine has for browsers, a proxy\'s or its full one; may be given several times', collect)
    .action(async (_, command) => {
      const { data, port, host, token, allowHost = [] } = command.optsWithGlobals() as GlobalOptions & { port?: number, host: string, token?: string, allowHost?: string[] }
      if (!isLoopback(host) && token === undefined)
        command.error(`error: --host ${host} lets other machines in: give a --token of at least 16 characters, which they must know`)
      await serveApp({
        data,
        host,
        allowedHosts: allowHost,
        again: `${LAB} ${typed(withoutToken(process.argv.slice(2)))}`,
        ...port !== undefined && { port },
        ...token !== undefined && { token },
      }, ({ urls }, say) => {
        const whom = token === undefined ? 'its token lets one browser in' : 'your token lets in whoever knows it'
        say(`Open ${urls.join('\n  or ')}\n(${whom}; Ctrl-C ends, and training goes on at the next start)`)
      })
    })
}) satisfies AddCommand

function token(text: string): string {
  if (!/^[\w-]{16,}$/.test(text))
    throw new InvalidArgumentError('it must have at least 16 characters, letters, digits, - and _ only.')
  return text
}

/** What others on this machine may read in the data directory. */
function withoutToken(words: readonly string[]): string[] {
  return words.filter((word, i) => word !== '--token' && words[i - 1] !== '--token' && !word.startsWith('--token='))
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}
