import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { availableEngines } from '../../src-main/engines/choose'
import { measureInProcess } from '../../src-main/lab/calibrating'
import { storeCalibration } from '../../src-main/store/calibrations'
import { openStore } from '../../src-main/store/open'
import { ownDataDirectory } from '../../src-main/store/owner'
import { calibrated } from '../calibration/calibrations'
import { temporaryFolder } from '../temporary'
import { cli, lab, quickExperiment } from './lab'

const native = (await availableEngines()).find(({ id }) => id === 'native')

/** A data directory that holds a calibration of this machine. */
function calibratedHere(changes: Parameters<typeof calibrated>[0] = {}): string {
  const folder = temporaryFolder()
  const store = openStore(folder)
  storeCalibration(store, calibrated({ device: native!.device, measuredWith: { instructionSet: native!.settings.instructionSet! }, ...changes }))
  store.close()
  return folder
}

describe.skipIf(!native)('lab engines', () => {
  it('lists what new runs are trained with, built in or calibrated', async () => {
    const before = await lab('--data', temporaryFolder(), 'engines')
    expect(before.stdout).toMatch(/native +available .*built in/)
    const data = calibratedHere()
    const { stdout } = await lab('--data', data, 'engines')
    expect(stdout).toMatch(/native +available .* 62\.0 +calibrated 2026-10-01 +100 +120/)
    const { stdout: json } = await lab('--data', data, '--json', 'engines')
    expect(JSON.parse(json)).toMatchObject([{ id: 'native', newRuns: { sparseDensity: 0.62 }, calibrated: { kind: 'used', calibration: { curve: calibrated().curve } } }, { id: 'wasm' }])
    const { stdout: reset } = await lab('--data', data, 'engines', 'calibrate', '--reset')
    expect(reset).toContain('built in')
    expect((await lab('--data', data, 'engines')).stdout).toContain('built in')
  })

  it('says why a calibration of another machine is not used', async () => {
    const { stdout } = await lab('--data', calibratedHere({ device: 'Another CPU' }), 'engines')
    expect(stdout).toContain('it was measured on Another CPU')
    expect(stdout.replace(/\s+/g, ' ')).toContain('engines calibrate native" measures anew')
    expect(stdout).toContain('built in')
  })

  it('trains new experiments with it', async () => {
    const data = calibratedHere()
    const file = join(temporaryFolder(), 'experiment.json')
    writeFileSync(file, JSON.stringify({ ...quickExperiment, engine: 'native' }))
    expect(await lab('--data', data, 'run', file)).toMatchObject({ code: 0 })
    const shown = JSON.parse((await lab('--data', data, '--json', 'show', 'r1')).stdout) as { environment: { settings: object } }
    expect(shown.environment.settings).toMatchObject({ sparseDensity: 0.62 })
  })

  it('measures nothing where it cannot be stored, and says where it can', async () => {
    const data = calibratedHere()
    const ownership = ownDataDirectory(data, 'the app')
    const { code, stdout, stderr } = await lab('--data', data, 'engines', 'calibrate')
    if (ownership.kind === 'owned')
      ownership.release()
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toMatch(/in use by process \d+ .*"the app".*System screen.*--dry-run/)
  })

  it('measures for a window in a process of its own, which ends with the program', async () => {
    const ending = new AbortController()
    const measured = measureInProcess(join(dirname(cli), 'calibrator.js'))('native', (share) => {
      expect(share).toBeGreaterThan(0)
      ending.abort()
    }, ending.signal)
    await expect(measured).rejects.toThrow('The process that measures was ended by SIGKILL before it was done')
  })

  it('names an engine that is not there, or has nothing to calibrate', async () => {
    expect(await lab('--data', temporaryFolder(), 'engines', 'calibrate', 'nativ')).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no engine \'nativ\'; there is native, wasm') as string })
    expect(await lab('--data', temporaryFolder(), 'engines', 'calibrate', 'wasm')).toMatchObject({ code: 2, stderr: expect.stringContaining('measured can be native') as string })
  })
})
