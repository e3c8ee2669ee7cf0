import type { Calibration } from '@shared/calibration/calibration'
import { createRouterClient } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { router } from '../../src-main/api/router'
import { engines } from '../../src-main/engines'
import { storedCalibration } from '../../src-main/store/calibrations'
import { readStore } from '../../src-main/store/open'
import { calibrated } from '../calibration/calibrations'
import { fakeLab } from '../lab/fake-lab'

const native = await engines.get('native').availability()

describe('the system', () => {
  it('is told with its machine, its data, and its engines, the best first', async () => {
    const lab = await fakeLab()
    const info = await createRouterClient(router, { context: { lab } }).system.info()
    expect(info).toMatchObject({ data: { directory: lab.dataDirectory }, versions: { node: process.versions.node, sqlite: expect.stringMatching(/^3\./) as string }, calibrating: null })
    expect(info.data.database).toBeGreaterThan(10_000)
    expect(info.data.free).toBeGreaterThan(0)
    expect(info.machine.memory).toBeGreaterThan(info.machine.freeMemory)
    expect(info.engines.map(({ id }) => id)).toEqual(['native', 'wasm'])
  })
})

describe.skipIf(native.kind !== 'available')('calibrating in the running program', () => {
  const { device, settings } = native as Extract<typeof native, { kind: 'available' }>
  const measured = calibrated({ device, measuredWith: { instructionSet: settings.instructionSet! } })

  it('tells how far it is, measures one engine at a time, and changes what new runs are trained with', async () => {
    let finish = (_: Calibration): void => {}
    let tell = (_: number): void => {}
    const lab = await fakeLab(undefined, { measure: (_, told) => new Promise((resolve) => {
      finish = resolve
      tell = told
    }) })
    const api = createRouterClient(router, { context: { lab } })
    const changes = lab.changes.listen()
    await changes.next()
    const calibrating = api.system.calibrate({ engine: 'native' })
    expect((await changes.next()).value).toMatchObject({ change: { kind: 'system' } })
    tell(0.5)
    expect((await api.system.info()).calibrating).toEqual({ engine: 'native', share: 0.5 })
    await expect(api.system.calibrate({ engine: 'native' })).rejects.toMatchObject({ code: 'CONFLICT', message: 'native is being measured already: wait until it is done' })
    finish(measured)
    await calibrating
    const { calibrating: now, engines: [engine] } = await api.system.info()
    expect(now).toBeNull()
    expect(engine).toMatchObject({ settings: { sparseDensity: settings.sparseDensity }, newRuns: { sparseDensity: 0.62 }, calibrated: { kind: 'used' } })
    expect(await (await api.figures.draw({ chart: 'calibration-curve', of: { kind: 'engine', engine: 'native' }, format: 'csv' })).content.text()).toMatch(/^density,active weights only \(s\),dense product with a mask \(s\)\n0.01,/)
    expect(await api.system.resetCalibration({ engine: 'native' })).toEqual({ changed: 1 })
    expect((await api.system.info()).engines[0]).toMatchObject({ newRuns: settings, calibrated: { kind: 'never' } })
    await expect(api.figures.draw({ chart: 'calibration-curve', of: { kind: 'engine', engine: 'native' }, format: 'csv' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('keeps what was there where measuring fails, and says why', async () => {
    const lab = await fakeLab(undefined, { measure: () => Promise.reject(new Error('The process that measures was ended by SIGKILL before it was done')) })
    const api = createRouterClient(router, { context: { lab } })
    await expect(api.system.calibrate({ engine: 'native' })).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('SIGKILL') as string })
    expect(await api.system.info()).toMatchObject({ calibrating: null, engines: [{ calibrated: { kind: 'never' } }, {}] })
  })

  it('is waited for when the program ends, and stored if it was just done', async () => {
    const lab = await fakeLab(undefined, { measure: (_, __, ending) => new Promise(resolve => ending.addEventListener('abort', () => setTimeout(resolve, 100, measured))) })
    const { changes, calibrating } = lab
    const heard = changes.listen()
    await heard.next()
    const done = calibrating.calibrate('native')
    await heard.next()
    await lab.stop()
    await expect(done).resolves.toBeUndefined()
    const store = readStore(lab.dataDirectory)
    expect(storedCalibration(store, 'native')).toEqual(measured)
    store.close()
  })

  it.each([['webgpux', 'NOT_FOUND'], ['wasm', 'CONFLICT']])('refuses what cannot be measured: %s', async (engine, code) => {
    const lab = await fakeLab(undefined, { measure: () => Promise.resolve(measured) })
    await expect(createRouterClient(router, { context: { lab } }).system.calibrate({ engine })).rejects.toMatchObject({ code })
  })
})
