import { spawn } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { setUp } from './setup.mjs'

/** Sets up and runs the built command line under Node 24, in this process if it is one. */
export async function runCli(args) {
  const { node, build } = setUp()
  const cli = join(build, 'main', 'cli.js')
  if (Number(process.versions.node.split('.')[0]) >= 24) {
    process.argv = [process.execPath, cli, ...args]
    await import(pathToFileURL(cli).href)
    return
  }
  // The channel tells the child when this process is gone, however it went.
  const child = spawn(node, [cli, ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  child.channel?.unref()
  // Ctrl-C reaches the child by itself; this process waits for how it ends.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  // Of the terminal. Whether that ends it, the child decides.
  process.on('SIGHUP', () => child.kill('SIGHUP'))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 1
    if (signal)
      process.kill(process.pid, signal)
  })
}
