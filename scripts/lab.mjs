#!/usr/bin/env node
/** The command line: `npm run lab -- COMMAND`; sets up first. Nothing but the command's own output goes to stdout. */

import process from 'node:process'
import { runCli } from './run-cli.mjs'

await runCli(process.argv.slice(2))
