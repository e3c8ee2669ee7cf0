import type { Calibration } from '../../src-shared/calibration/calibration'
import type { EngineRow } from '../../src-shared/contract/system'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { calibrated } from '../calibration/calibrations'
import { lab } from '../processes/lab'
import { small, troubled } from './documents'
import { withoutNative } from './native'

let template: Promise<string> | undefined

/** Fills a data directory with runs in every state, and with a calibration where there is a native engine; training is paused. Made once, then copied. */
export async function stored(data: string): Promise<void> {
  cpSync(await (template ??= make()), data, { recursive: true })
}

/** Trains an experiment into a data directory. */
export async function train(data: string, document: object): Promise<void> {
  const file = join(data, 'experiment.json')
  writeFileSync(file, JSON.stringify(document))
  const { code, stderr } = await lab('--data', data, 'run', file)
  if (code !== 0)
    throw new Error(`lab run ended with ${code}:\n${stderr}`)
}

async function make(): Promise<string> {
  const data = mkdtempSync(join(tmpdir(), 'gradient-flow-lab-e2e-'))
  process.once('exit', () => rmSync(data, { recursive: true, force: true }))
  for (const document of [small, troubled])
    await train(data, document)
  const sqlite = new Database(join(data, 'lab.sqlite'))
  // Runs 5 to 12 are the troubled ones, two a pair, the diverged pairs second and fourth.
  sqlite.prepare('UPDATE runs SET state = \'waiting\', epoch = 2, finished_at = NULL WHERE id = 6').run()
  sqlite.prepare('DELETE FROM checkpoints WHERE run = 6').run()
  sqlite.prepare('UPDATE runs SET state = \'cancelled\' WHERE id = 9').run()
  sqlite.prepare('UPDATE runs SET state = \'failed\', reason = ? WHERE id = 10').run('the worker ended three times in a row (exit code 137, killed): is there enough memory?')
  sqlite.prepare('INSERT INTO settings (name, value) VALUES (\'paused\', \'true\')').run()
  sqlite.close()
  if (!withoutNative)
    await calibrateStored(data)
  return data
}

/** Stores a calibration of this machine's native engine. */
export async function calibrateStored(data: string, changes: Partial<Calibration> = {}): Promise<void> {
  const { stdout } = await lab('--data', data, '--json', 'engines')
  const native = (JSON.parse(stdout) as EngineRow[]).find(({ id }) => id === 'native')
  if (native?.kind !== 'available')
    throw new Error(withoutNative ?? 'the native engine has gone')
  // Makes the database where there is none.
  await lab('--data', data, 'engines', 'calibrate', '--reset')
  const { instructionSet } = native.settings
  const sqlite = new Database(join(data, 'lab.sqlite'))
  sqlite.prepare('INSERT INTO settings (name, value) VALUES (?, ?)').run('calibration.native', JSON.stringify(calibrated({ device: native.device, measuredWith: { instructionSet: instructionSet! }, ...changes })))
  sqlite.close()
}
