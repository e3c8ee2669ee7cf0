import type { Page } from '@playwright/test'
import type { PreviewServer, UserConfig } from 'vite'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { build, preview } from 'vite'
import electronVite from '../../electron.vite.config'
import { barriers } from './axe'

/** The input alone on a page of its own, built as the screens are. */
const { plugins, resolve } = (electronVite as { renderer: Required<UserConfig> }).renderer
const root = join(import.meta.dirname, 'component')
const outDir = mkdtempSync(join(tmpdir(), 'gradient-flow-lab-component-'))
let server: PreviewServer

test.beforeAll(async () => {
  await build({ root, plugins, resolve, configFile: false, logLevel: 'error', build: { outDir, emptyOutDir: true, minify: false } })
  server = await preview({ root, configFile: false, logLevel: 'error', build: { outDir }, preview: { host: '127.0.0.1', port: 0 } })
})

test.afterAll(async () => {
  await server?.close()
  rmSync(outDir, { recursive: true, force: true })
})

test.beforeEach(async ({ page }) => {
  await page.goto(server.resolvedUrls!.local[0]!)
  await filter(page).click()
})

function filter(page: Page) {
  return page.getByRole('combobox', { name: 'Filter' })
}

function options(page: Page) {
  return page.getByRole('listbox', { name: 'Completions' }).getByRole('option')
}

async function said(page: Page): Promise<string[]> {
  return JSON.parse(await page.locator('[data-said]').textContent() ?? '') as string[]
}

test('a filter is written by completion alone', async ({ page }) => {
  const input = filter(page)
  await input.pressSequentially('opt')
  await expect(options(page)).toHaveText(['optimizertraining.optimizer · The update rule.'])
  await input.press('Tab')
  await expect(input).toHaveValue('optimizer ')
  await expect(options(page)).toHaveText([/^=/, /^!=/, /^in \(/, /^~/])
  await input.press('ArrowDown')
  await expect(options(page).first()).toHaveAttribute('aria-selected', 'true')
  await expect(input).toHaveAttribute('aria-activedescendant', await options(page).first().getAttribute('id') ?? '')
  await input.press('Enter')
  await input.press('ArrowUp')
  await expect(options(page).last()).toHaveAttribute('aria-selected', 'true')
  await options(page).filter({ hasText: 'adam' }).click()
  await expect(input).toHaveValue('optimizer = adam ')
  await expect(input).toBeFocused()
  expect(await said(page)).toEqual([])
  await input.press('Enter')
  await expect(options(page)).toHaveCount(0)
  expect(await said(page)).toEqual(['optimizer = adam'])
})

test('the list closes by Escape, and Tab then leaves the field', async ({ page }) => {
  const input = filter(page)
  await input.pressSequentially('bn = tr')
  await expect(input).toHaveAttribute('aria-expanded', 'true')
  await input.press('Escape')
  await expect(input).toHaveAttribute('aria-expanded', 'false')
  await expect(input).toHaveValue('bn = tr')
  await input.press('ArrowDown')
  await expect(options(page)).toHaveText(['true'])
  await input.press('Tab')
  await expect(input).toHaveValue('bn = true ')
  await expect(options(page)).toHaveText([/^and/, /^or/])
  await input.press('Tab')
  await expect(input).not.toBeFocused()
  expect(await said(page)).toEqual(['bn = true'])
})

test('what is wrong stays, is pointed at and is not said', async ({ page }) => {
  const input = filter(page)
  await input.fill('capacity >= 923')
  await input.press('Enter')
  await input.fill('capacity >= 923 and optimizer = adma')
  await input.press('Enter')
  await expect(input).toHaveAttribute('aria-invalid', 'true')
  await expect(input).toHaveAccessibleDescription(/^Character 33: training\.optimizer is one of adam, momentum, sgd, not adma; did you mean adam\?/)
  await expect(input).toHaveValue('capacity >= 923 and optimizer = adma')
  // The mark lies under the characters: each is as wide as every other.
  const marked = page.locator('[data-wrong] span')
  await expect(marked).toHaveText('adma')
  const [mark, whole] = [(await marked.boundingBox())!, (await page.locator('[data-wrong]').boundingBox())!]
  const text = await input.evaluate((element: HTMLInputElement) => {
    const { fontSize, fontFamily, paddingLeft } = getComputedStyle(element)
    const canvas = document.createElement('canvas').getContext('2d')!
    canvas.font = `${fontSize} ${fontFamily}`
    const width = (value: string): number => canvas.measureText(value).width
    const left = element.getBoundingClientRect().left + Number.parseFloat(paddingLeft)
    return { left, before: width('capacity >= 923 and optimizer = '), wrong: width('adma') }
  })
  expect(whole.x).toBeCloseTo(text.left, 0)
  expect(mark.x).toBeCloseTo(text.left + text.before, 0)
  expect(mark.width).toBeCloseTo(text.wrong, 0)
  expect(await said(page)).toEqual(['capacity >= 923'])

  await page.getByRole('button', { name: 'Write adam' }).click()
  await expect(input).toHaveValue('capacity >= 923 and optimizer = adam')
  await expect(input).toHaveAccessibleDescription('12 of 36 runs')
  expect(await said(page)).toEqual(['capacity >= 923', 'capacity >= 923 and optimizer = adam'])
})

test('the mark follows a text that is longer than the field', async ({ page }) => {
  const input = filter(page)
  await input.fill(`${'capacity >= 923 and '.repeat(6)}bn = maybe`)
  await input.press('End')
  await input.press('Enter')
  const marked = page.locator('[data-wrong] span')
  const [mark, field] = [(await marked.boundingBox())!, (await input.boundingBox())!]
  expect(mark.x).toBeGreaterThan(field.x + field.width / 2)
  expect(mark.x + mark.width).toBeLessThan(field.x + field.width)
  await input.press('Home')
  await expect.poll(async () => (await marked.boundingBox())!.x).toBeGreaterThan(field.x + field.width)
})

test('a pause, leaving the field and clearing it count as well', async ({ page }) => {
  const input = filter(page)
  await input.pressSequentially('lr < 0.1')
  await expect.poll(() => said(page)).toEqual(['lr < 0.1'])
  await input.press('End')
  await input.pressSequentially(' and bn = true')
  await page.getByRole('heading').click()
  await expect.poll(() => said(page)).toEqual(['lr < 0.1', 'lr < 0.1 and bn = true'])
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(input).toHaveValue('')
  await expect(input).toBeFocused()
  expect((await said(page)).at(-1)).toBe('')
})

test('what is set from outside takes the place of what was written', async ({ page }) => {
  const input = filter(page)
  await input.fill('capacity >=')
  await input.press('Escape')
  await page.getByRole('button', { name: 'From outside' }).click()
  await expect(input).toHaveValue('lr < 1')
  await expect(input).toHaveAccessibleDescription('12 of 36 runs')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing keeps anybody out, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.reload()
    const input = filter(page)
    await input.click()
    await input.pressSequentially('o')
    await input.press('ArrowDown')
    await expect(options(page).first()).toHaveAttribute('aria-selected', 'true')
    expect(await barriers(page)).toEqual([])
    await input.fill('capacity >= 923 and optimizer = adma')
    await input.press('Enter')
    expect(await barriers(page)).toEqual([])
  })
}
