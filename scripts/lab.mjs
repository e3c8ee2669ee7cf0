#!/usr/bin/env node
/** The command line: `npm run lab -- COMMAND`; sets up first. Nothing but the command's own output goes to stdout. */

import process from 'node:process'
import { runCli } from './run-cli.mjs'

// npm goes to the package's folder; paths in a command are meant from where it was typed.
if (process.env.npm_lifecycle_event === 'lab' && process.env.INIT_CWD)
  process.chdir(process.env.INIT_CWD)

await runCli(process.argv.slice(2))
