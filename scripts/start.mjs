/** `npm start`: sets up, then trains the first-look experiment, or goes on with it. */

import process from 'node:process'
import { runCli } from './run-cli.mjs'

await runCli([
  'start',
  ...process.argv.slice(2),
])
