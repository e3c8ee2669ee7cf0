/** The process that measures one engine for main, and ends with it. Its argument is the engine's id. */

import type { FromCalibration } from './calibrating'
import process from 'node:process'
import { engines } from '../engines'

process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})
process.on('SIGHUP', () => {})
// Main is gone: nobody waits for what is measured.
process.on('disconnect', () => process.exit(0))

function send(message: FromCalibration): Promise<void> {
  return new Promise((resolve, reject) => process.send!(message, undefined, undefined, error => error ? reject(error) : resolve()))
}

const calibration = await engines.get(process.argv[2]!).calibrate!(share => void send({ kind: 'share', share }))
await send({ kind: 'measured', calibration })
process.disconnect()
