import { spawn } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { setUp } from './setup.mjs'

/** Sets up and runs the built command line under Node 24, in this process if it is one. */
export async function runCli(args) {
  const node = setUp()
  const cli = new URL('../out/main/cli.js', import.meta.url)
  if (Number(process.versions.node.split('.')[0]) >= 24) {
    process.argv = [
      process.execPath,
      fileURLToPath(cli),
      ...args,
    ]
    await import(cli)
    return
  }
  const child = spawn(node, [
    fileURLToPath(cli),
    ...args,
  ], { stdio: 'inherit' })
  // Ctrl-C reaches the child by itself; this process waits for how it ends.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 1
    if (signal)
      process.kill(process.pid, signal)
  })
}
