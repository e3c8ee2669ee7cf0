import type { Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { barriers } from './axe'
import { expect, test, visit } from './fixtures'
import { withoutNative } from './native'
import { calibrateStored, stored } from './stored'

/** Every screen by its address, and a text that is there when it is whole. */
const screens: readonly (readonly [name: string, path: string, text: string | RegExp])[] = [
  ['experiments', '/', 'Troubled'],
  ['overview', '/experiments/small', 'Mean over seeds'],
  ['overview of what went wrong', '/experiments/troubled', /\d diverged/],
  ['pairs', '/experiments/small/pairs', 'Sparse EGF₂'],
  ['runs', '/experiments/troubled/runs', /diverged at epoch \d/],
  ['design', '/experiments/troubled/design', /= 8 runs/],
  ['report', '/experiments/troubled/report', 'One file that opens offline'],
  ['export', '/experiments/small/export', 'Figures as PNG'],
  ['pair', '/experiments/small/pairs/0', 'Difference: Training loss'],
  ['run', '/runs/1', 'Gradient flow by layer'],
  ['run that failed', '/runs/10', 'is there enough memory?'],
  ['compare', '/compare', /complete pairs? of/],
  ['queue', '/queue', 'Waiting, in order'],
  ['system', '/system', withoutNative ? 'Not available' : 'Calibrate again'],
  ['new experiment', '/new', /= 32 runs/],
  ['copy of an experiment', '/new?from=troubled', /= 8 runs/],
  ['no such experiment', '/experiments/none', 'Not here'],
  ['no such screen', '/nowhere', 'There is no such screen'],
]

const widths = [1024, 2560]

async function expectGood(page: Page, scheme: string, width: number): Promise<void> {
  const sideways = await page.evaluate(() => [document.documentElement, document.querySelector('main')!].map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))
  expect.soft(sideways, `${scheme}, ${width} px: the page must not scroll sideways`).toEqual([0, 0])
  expect.soft(await barriers(page), `${scheme}, ${width} px`).toEqual([])
}

async function inEveryLook(page: Page, name: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await expect(page.locator('html')).toHaveClass(colorScheme)
      await test.step(`${name}, ${colorScheme}, ${width} px`, () => expectGood(page, colorScheme, width))
    }
  }
}

test.describe('a screen is readable by all, in light and dark, narrow and wide:', () => {
  const reader = visit('serve', stored, 'default')

  for (const [name, path, text] of screens) {
    test(name, async () => {
      const { page, app } = reader
      await page.goto(`${app.origin}/#${path}`)
      await expect(page.getByRole('main').getByText(text).first()).toBeVisible()
      await inEveryLook(page, name)
    })
  }

  test('JSON of an experiment', async () => {
    const { page, app } = reader
    await page.goto(`${app.origin}/#/new`)
    await page.getByRole('tab', { name: 'JSON' }).click()
    await expect(page.getByRole('textbox', { name: 'The experiment\'s document' })).toBeVisible()
    await inEveryLook(page, 'JSON')
  })

  test('palette', async () => {
    const { page } = reader
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('option', { name: /Troubled/ })).toBeVisible()
    await inEveryLook(page, 'palette')
    await page.keyboard.press('Escape')
  })
})

test.describe('the System screen', () => {
  const reader = visit('serve', undefined)
  const copy = (): Promise<void> => reader.page.getByRole('button', { name: 'Copy for a bug report' }).click()
  /** What a report must tell. */
  const report = (): Record<string, unknown> => ({ data: { directory: expect.stringContaining(basename(reader.app.data)) }, engines: [{ id: 'native' }, { id: 'wasm' }], calibrating: null })

  test('is copied for a bug report', async () => {
    const { page, app, context } = reader
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: app.origin })
    await page.goto(`${app.origin}/#/system`)
    await copy()
    await expect(page.getByText('Copied', { exact: true })).toBeVisible()
    expect(JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))).toMatchObject(report())
  })

  test('is saved as a file where a page has no clipboard', async () => {
    const { page } = reader
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
    const downloading = page.waitForEvent('download')
    await copy()
    const download = await downloading
    expect(download.suggestedFilename()).toBe('gradient-flow-lab-system.json')
    expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toMatchObject(report())
    await expect(page.getByText('gradient-flow-lab-system.json is in your downloads', { exact: true })).toBeVisible()
  })
})

test.describe('with nothing stored, a screen is readable by all:', () => {
  const reader = visit('serve', undefined, 'default')

  test('experiments', async () => {
    await expect(reader.page.getByRole('button', { name: 'Start 32 runs' })).toBeVisible()
    await inEveryLook(reader.page, 'no experiments')
  })

  test('plan', async () => {
    await reader.page.goto(`${reader.app.origin}/#/new`)
    await expect(reader.page.getByRole('region', { name: 'Plan' })).toContainText(withoutNative ? 'How long is known once a run has finished on wasm.' : 'How long is known once a run has finished on native. A calibration on the screen System tells it now.')
  })

  test('queue', async () => {
    await reader.page.goto(`${reader.app.origin}/#/queue`)
    await expect(reader.page.getByText('Nothing is queued')).toBeVisible()
    await inEveryLook(reader.page, 'no runs')
  })

  test('system', async () => {
    test.skip(Boolean(withoutNative), withoutNative)
    await reader.page.goto(`${reader.app.origin}/#/system`)
    await expect(reader.page.getByRole('button', { name: 'Calibrate', exact: true })).toBeVisible()
    await expect(reader.page.getByRole('main')).toContainText('50.0 %, built in')
    await inEveryLook(reader.page, 'never calibrated')
  })
})

test.describe('a calibration of another machine is readable by all:', () => {
  test.skip(Boolean(withoutNative), withoutNative)
  const reader = visit('serve', data => calibrateStored(data, { device: 'Another CPU' }), 'default')

  test('system', async () => {
    await reader.page.goto(`${reader.app.origin}/#/system`)
    await expect(reader.page.getByText('The calibration that is stored is not used: it was measured on Another CPU')).toBeVisible()
    await inEveryLook(reader.page, 'calibrated elsewhere')
    await reader.page.getByRole('button', { name: 'Use the built-in threshold' }).click()
    await expect(reader.page.getByRole('button', { name: 'Calibrate', exact: true })).toBeVisible()
  })
})

test.describe('without the native engine, a screen is readable by all:', () => {
  const reader = visit('serve', () => process.env.LAB_NATIVE = '/nowhere/native.node', 'default')
  test.beforeAll(() => delete process.env.LAB_NATIVE)

  test('system', async () => {
    await reader.page.goto(`${reader.app.origin}/#/system`)
    await expect(reader.page.getByText(/Not available: \/nowhere\/native.node cannot be loaded/)).toBeVisible()
    await expect(reader.page.getByRole('button', { name: 'Calibrate' })).toBeHidden()
    await inEveryLook(reader.page, 'no native engine')
  })
})
