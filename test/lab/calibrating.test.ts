import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { measureInProcess } from '../../src-main/lab/calibrating'
import { calibrated } from '../calibration/calibrations'
import { temporaryFolder } from '../temporary'

/** Measures by a process of this script. */
function measure(script: string, { told = () => {}, signal = new AbortController().signal }: { told?: (share: number) => void, signal?: AbortSignal } = {}) {
  const file = join(temporaryFolder(), 'calibrator.mjs')
  writeFileSync(file, script)
  return measureInProcess(file)('native', told, signal)
}

const tells = (message: object): string => `process.send(${JSON.stringify(message)}); setInterval(() => {}, 1000)`

describe('a process that measures', () => {
  it('tells how far it is, and what it measured', async () => {
    const shares: number[] = []
    const script = `process.send({ kind: 'share', share: 0.5 }); ${tells({ kind: 'measured', calibration: calibrated() })}`
    expect(await measure(script, { told: share => shares.push(share) })).toEqual(calibrated())
    expect(shares).toEqual([0.5])
  })

  it('is refused what is no calibration, by name', async () => {
    await expect(measure(tells({ kind: 'measured', calibration: { ...calibrated(), breakEven: null } }))).rejects.toThrow(/^What was measured is no calibration: calibration\.breakEven: /)
    await expect(measure(tells({ kind: 'other' }))).rejects.toThrow('What was measured is no calibration: kind: ')
  })

  it.each([
    ['throw new Error(\'no memory for it\')', 'ended with exit code 1 before it was done: Error: no memory for it'],
    ['throw Object.assign(new Error(\'no memory for it\'), { code: 12 })', 'ended with exit code 1 before it was done: Error: no memory for it'],
    ['process.stderr.write(\'first\\nillegal instruction\\n\'); process.exitCode = 3', 'ended with exit code 3 before it was done: illegal instruction'],
    ['process.exitCode = 3', 'ended with exit code 3 before it was done'],
  ])('says why it failed: %s', async (script, said) => {
    const terminal = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    onTestFinished(() => terminal.mockRestore())
    await expect(measure(script)).rejects.toThrow(new Error(`The process that measures ${said}`))
  })

  it('ends with the program, also with one that has ended already', async () => {
    const ended = 'The process that measures was ended by SIGKILL before it was done'
    const ending = new AbortController()
    await expect(measure(`process.on('SIGTERM', () => {}); ${tells({ kind: 'share', share: 0.5 })}`, { told: () => ending.abort(), signal: ending.signal })).rejects.toThrow(ended)
    await expect(measure('setInterval(() => {}, 1000)', { signal: AbortSignal.abort() })).rejects.toThrow(ended)
  })
})
