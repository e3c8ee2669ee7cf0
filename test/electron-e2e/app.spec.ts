import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startLab } from '../processes/lab'
import { cli, lab, Program } from './program'

/** The tests of a group go on from each other, over one data directory. */
function forGroup(): { data: string, program: Program } {
  const group = {} as { data: string, program: Program }
  test.describe.configure({ mode: 'serial' })
  test.beforeAll(() => {
    group.data = mkdtempSync(join(tmpdir(), 'gradient-flow-lab-electron-e2e-'))
  })
  test.afterAll(() => {
    group.program?.app.process().kill('SIGKILL')
    rmSync(group.data, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 })
  })
  return group
}

test.describe('with a fresh data directory', () => {
  const group = forGroup()

  test('opens on the first look, in a window that says what it is', async () => {
    group.program = await Program.open(group.data)
    const { page } = group.program
    await expect(page).toHaveTitle(/Gradient Flow Lab/)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Does BatchNorm help a sparse network?')
    expect(page.url()).toMatch(/^app:\/\/lab\//)
  })

  test('trains, and shows it live', async () => {
    const { data, program: { page } } = group
    const states = async (): Promise<Record<string, number>> => (await lab<{ runs: Record<string, number> }[]>(data, 'list'))[0]?.runs ?? {}
    await expect.poll(async () => Object.keys(await states()), { timeout: 60_000 }).toContain('running')
    const before = await page.locator('body').textContent()
    await expect.poll(async () => (await states()).done ?? 0, { timeout: 120_000 }).toBeGreaterThan(0)
    await expect.poll(() => page.locator('body').textContent()).not.toBe(before)
  })

  test('has a page that is isolated, sandboxed, and without Node', async () => {
    const { app, page } = group.program
    // It is in Electron, though not in its documentation.
    const preferences = await app.evaluate(({ BrowserWindow }) => (BrowserWindow.getAllWindows()[0]!.webContents as unknown as { getLastWebPreferences?: () => object }).getLastWebPreferences?.())
    if (preferences)
      expect(preferences).toMatchObject({ contextIsolation: true, sandbox: true, nodeIntegration: false })
    expect(await page.evaluate(`['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter(name => name in globalThis)`)).toEqual([])
    expect(await page.evaluate(`Object.keys(desktop).sort()`)).toEqual(['connect', 'onCommand', 'open', 'save', 'setAppearance'])
  })

  test('stays on its page: it goes nowhere, opens nothing, may do nothing, reaches nothing', async () => {
    const { app, page } = group.program
    await page.evaluate(`location.href = 'https://example.org/'`)
    await page.evaluate(`location.href = 'app://lab/assets/none.js'`)
    expect(await page.evaluate(`open('https://example.org/') === null`)).toBe(true)
    expect(await page.evaluate(`Notification.requestPermission()`)).toBe('denied')
    expect(await page.evaluate(`navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state)`)).toBe('denied')
    expect(await page.evaluate(`navigator.clipboard.readText().then(() => 'read', () => 'refused')`)).toBe('refused')
    expect(await page.evaluate(`fetch('https://example.org/').then(() => 'reached', () => 'refused')`)).toBe('refused')
    expect(app.windows()).toHaveLength(1)
    expect(page.url()).toMatch(/^app:\/\/lab\/(?:#|$)/)
  })

  test('serves its files and no others', async () => {
    const answers = await group.program.app.evaluate(({ net }) => Promise.all(['', 'none.js', '..%2f..%2fpackage.json', '%2e%2e/main/index.js'].map(async (path) => {
      const { status, headers } = await net.fetch(`app://lab/${path}`)
      return [path, status, headers.get('content-security-policy')?.includes('default-src \'none\'') ?? false]
    })))
    expect(answers).toEqual([['', 200, true], ['none.js', 404, true], ['..%2f..%2fpackage.json', 404, true], ['%2e%2e/main/index.js', 404, true]])
  })

  test('loads without a violation of its policy, all from itself', async () => {
    const { page } = group.program
    const problems: string[] = []
    page.on('pageerror', error => problems.push(String(error)))
    await page.addInitScript(`
      globalThis.violations = []
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => violations.push(violatedDirective + ' ' + blockedURI))`)
    await page.reload()
    await expect(page.getByRole('heading').first()).toBeVisible()
    await page.waitForTimeout(1000)
    expect(await page.evaluate(`violations`)).toEqual([])
    expect(problems).toEqual([])
    expect(await page.evaluate(`performance.getEntriesByType('resource').map(({ name }) => name).filter(name => !/^(?:app:\\/\\/lab\\/|data:|blob:)/.test(name))`)).toEqual([])
  })

  test('quits', async () => {
    const { program } = group
    await program.answerWith('Quit')
    await program.app.close()
    expect(await program.ended).toBe(0)
  })
})

test.describe('while runs are going', () => {
  const group = forGroup()

  /** Epochs of all runs together. */
  async function epochs(): Promise<number> {
    const { runs } = await lab<{ runs: { epoch: number }[] }>(group.data, 'show', 'long')
    return runs.reduce((sum, { epoch }) => sum + epoch, 0)
  }

  test.beforeAll(async () => {
    const file = join(group.data, 'long.json')
    writeFileSync(file, JSON.stringify({ name: 'Long', base: { data: { dataset: 'synthetic' }, network: { maximumWidth: 40 }, training: { epochs: 20_000, batchSize: 32 } }, capacities: [12], seeds: [1, 2] }))
    const { process, says, ended } = startLab(['--data', group.data, 'run', file], { cli })
    await says('Long: 4 runs')
    process.kill('SIGKILL')
    await ended
  })

  test('goes on with what waits, asks before it quits, and keeps training if told so', async () => {
    group.program = await Program.open(group.data)
    const { program } = group
    const before = await epochs()
    await expect.poll(epochs, { timeout: 60_000 }).toBeGreaterThan(before + 20)
    await program.answerWith('Keep Training')
    await program.app.evaluate(({ app }) => app.quit())
    await expect.poll(() => program.asked()).toBe(1)
    expect(program.app.windows()).toHaveLength(1)
    const kept = await epochs()
    await expect.poll(epochs, { timeout: 60_000 }).toBeGreaterThan(kept)
  })

  test('stops in order when told to, and goes on from there when it is opened again', async () => {
    await group.program.answerWith('Quit')
    await group.program.app.close()
    expect(await group.program.ended).toBe(0)
    const [{ runs }] = await lab<[{ runs: Record<string, number> }]>(group.data, 'list')
    expect(runs).toEqual({ waiting: 4 })
    const stopped = await epochs()

    group.program = await Program.open(group.data)
    await expect.poll(epochs, { timeout: 60_000 }).toBeGreaterThan(stopped + 20)
    await group.program.answerWith('Quit')
    await group.program.app.close()
    expect(await group.program.ended).toBe(0)
  })
})
