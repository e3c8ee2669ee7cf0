import type { Locator } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { small } from './documents'
import { expect, test, visit } from './fixtures'
import { coloured, inkOf, inkOfPng } from './ink'
import { unzip } from './unzip'

/** A new user, from the first start to the figures: one browser, one page, which is never loaded again but once. */
const user = visit('start')

/** When the page was loaded: it must not be, again. */
let loadedAt: number

test.afterEach(async () => {
  if (loadedAt !== undefined)
    expect(await user.page.evaluate(() => performance.timeOrigin)).toBe(loadedAt)
})

function row(name: string | RegExp): Locator {
  return user.page.getByRole('row', { name })
}

function tab(name: string): Promise<void> {
  return user.page.getByRole('tab', { name }).click()
}

function figure(title: string | RegExp): Locator {
  return user.page.getByRole('figure').filter({ has: user.page.getByRole('heading', { name: title }) })
}

/** Epochs of all runs that a table of pairs or runs shows as running, and `epochs` of each that is done. */
async function trained(epochs: number): Promise<number> {
  // eslint-disable-next-line unicorn/prefer-dom-node-text-content -- as it is seen
  const text = await user.page.getByRole('table').innerText()
  return [...text.matchAll(/epoch (\d+) of|(done)/g)].reduce((sum, [, epoch, done]) => sum + (done ? epochs : Number(epoch)), 0)
}

/** The file that a click saves. */
async function saved(click: () => Promise<void>): Promise<{ name: string, content: Buffer }> {
  const downloading = user.page.waitForEvent('download', { timeout: 20_000 })
  await click()
  const download = await downloading
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) }
}

/** A share as tables show it. */
function percent(share: string | undefined): string {
  return (100 * Number(share)).toFixed(1)
}

async function expectInk(chart: Locator): Promise<void> {
  await chart.scrollIntoViewIfNeeded()
  await expect.poll(async () => Math.min(...Object.values(await inkOf(chart)))).toBeGreaterThan(10)
}

/** From now on keeps every text that the page shows, however shortly. */
async function remember(): Promise<void> {
  await user.page.evaluate(() => {
    const shown = (globalThis as { shown?: string[] }).shown = [] as string[]
    new MutationObserver(() => shown.push(document.querySelector('main')!.textContent)).observe(document.querySelector('main')!, { childList: true, subtree: true, characterData: true })
  })
}

/** What was shown of a pattern, in order. */
async function texts(pattern: RegExp): Promise<string[]> {
  const shown = await user.page.evaluate(() => (globalThis as { shown?: string[] }).shown!)
  const found = shown.flatMap(text => pattern.exec(text)?.[0] ?? [])
  return found.filter((text, i) => text !== found[i - 1])
}

async function remove(): Promise<void> {
  const { page } = user
  await row('Does BatchNorm help a sparse network?').getByRole('button', { name: 'What to do with First look' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing is stored yet' })).toBeVisible()
}

test('the first start opens on the first look, which is trained; its address says nothing secret any more', async () => {
  const { page, app } = user
  await expect(page.getByRole('main')).toContainText('Does BatchNorm help a sparse network?')
  await expect(page.getByRole('main')).toContainText(/\d+ of 32/)
  expect(page.url()).toBe(`${app.origin}/#/experiments/first-look`)
  await expect(page.getByRole('navigation', { name: 'Screens' })).toContainText(/\d+ of \d+ training/)
  loadedAt = await page.evaluate(() => performance.timeOrigin)
})

test('it is watched live: epochs grow while nothing is loaded again', async () => {
  await expect(row(/^NR 79/)).toContainText(/\d of 4 pairs/)
  await tab('Pairs')
  for (let times = 0; times < 2; times++) {
    const before = await trained(10)
    await expect.poll(() => trained(10)).toBeGreaterThan(before)
  }
})

test('what is deleted can be brought back, and goes on', async () => {
  const { page } = user
  await page.getByRole('link', { name: 'Experiments' }).first().click()
  await remove()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(row('Does BatchNorm help a sparse network?')).toContainText(/\d+ of 32 · \d+ running/)
  await row('Does BatchNorm help a sparse network?').getByRole('link').first().click()
})

test('a pair shows its twins to scale, and curves of both', async () => {
  const { page } = user
  await tab('Pairs')
  await page.getByRole('link', { name: 'Pair 1', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('NR · W = 79 · seed 1')
  const layers = async (side: string): Promise<{ label: string | null, width: number, height: number }[]> =>
    page.getByRole('region', { name: `The ${side} network` }).getByRole('img').evaluateAll(all => all.map(one => ({ label: one.getAttribute('aria-label'), width: one.getBoundingClientRect().width, height: one.getBoundingClientRect().height })))
  const [dense, sparse] = [await layers('dense'), await layers('sparse')]
  expect(dense.map(({ label }) => label)).toEqual(['layers.0: 79 × 784, 61936 active weights', 'layers.1: 79 × 79, 6241 active weights', 'layers.2: 10 × 79, 790 active weights'])
  expect(sparse.map(({ label }) => label)).toEqual(['layers.0: 788 × 784, 61936 active weights', 'layers.1: 788 × 788, 6241 active weights', 'layers.2: 10 × 788, 790 active weights'])
  // One scale for both: pixels a unit.
  const scale = sparse[0]!.width / 788
  for (const [drawn, units] of [[dense[0]!.height, 784], [dense[0]!.width, 79], [sparse[1]!.height, 788], [dense[1]!.width, 79]] as const)
    expect(drawn / units).toBeCloseTo(scale, 2)
  for (const title of [/^Test accuracy/, /^Training loss/, /^Effective gradient flow EGF₂/, /^Effective gradient flow EGF₁/])
    await expectInk(figure(title))
  const flow = figure('Gradient flow by layer')
  await flow.scrollIntoViewIfNeeded()
  await expect.poll(() => coloured(flow)).toBeGreaterThan(1000)
  // Both sides' values under the pointer.
  await figure(/^Training loss/).locator('canvas').hover({ position: { x: 300, y: 120 } })
  await expect(figure(/^Training loss/).getByText(/^Training loss, epoch \d+$/)).toBeVisible()
})

test('what is deleted is not trained', async () => {
  const { page } = user
  await page.getByRole('link', { name: 'Experiments' }).first().click()
  await remove()
  await expect(page.getByRole('navigation', { name: 'Screens' })).toContainText('idle')
})

test('an experiment is written as JSON: a slip is named with its line', async () => {
  const { page } = user
  await page.getByRole('link', { name: 'New experiment' }).first().click()
  await tab('JSON')
  const text = page.getByRole('textbox', { name: 'The experiment\'s document' })
  await expect(text).toHaveValue(/"name": "New experiment"/)
  const start = page.getByRole('button', { name: /^Start/ })
  await text.fill(JSON.stringify(small, null, 2).replace('"capacities": [', '"capacities" ['))
  const plan = page.getByRole('region', { name: 'Plan' })
  await expect(plan).toContainText(/line 16: this is not JSON/)
  await expect(start).toBeDisabled()
  await text.fill(JSON.stringify({ ...small, base: { ...small.base, training: { epochs: -3 } } }, null, 2))
  await expect(plan).toContainText(/line 12: .*-3/)
  await text.fill(JSON.stringify(small, null, 2))
  await expect(start).toHaveText('Start 4 runs')
  await tab('Form')
  await expect(page.getByLabel('Name')).toHaveValue('Small')
  await expect(page.getByLabel('Seeds')).toHaveValue('1, 2')
  await remember()
  await start.click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Does a sparse network learn?')
})

test('its pairs complete, and its figures fill, before the user\'s eyes', async () => {
  const { page } = user
  await expect(row(/^base 12/)).toContainText(/(?:\d+\.\d ± \d+\.\d){2}[−+]?\d+\.\d ± \d+\.\d/)
  await expect(row(/^base 12/)).toContainText('2 = 1 × 2')
  expect((await texts(/\d of 2 pairs|2 = 1 × 2/)).at(0)).toBe('0 of 2 pairs')
  expect((await texts(/\d of 2 pairs|2 = 1 × 2/)).at(-1)).toBe('2 = 1 × 2')
  await expect(page.getByText('4 runs', { exact: true })).toBeVisible()
  await expectInk(figure('Accuracy by width'))
  await expectInk(figure('Mean over seeds'))
})

test('its numbers lead to their members, and back', async () => {
  const { page } = user
  await page.getByRole('link', { name: /^Pairs of base, W = 12/ }).click()
  await expect(page.getByText('Pairs of base, W = 12')).toBeVisible()
  await expect(row(/^Pair \d/)).toHaveCount(2)
  await page.getByRole('link', { name: 'All pairs' }).click()
  await expect(page.getByText('Pairs of base, W = 12')).toBeHidden()
  await tab('Overview')
  // The tooltip of a width is there without aiming at a mark; a mark of a mean leads to its pairs.
  const chart = figure('Accuracy by width')
  await expectInk(chart)
  const { width, height } = (await chart.locator('canvas').boundingBox())!
  await chart.locator('canvas').hover({ position: { x: 0.6 * width, y: 0.5 * height } })
  await expect(chart.getByText('base, W = 12, n = 2')).toBeVisible()
})

test('its copy varies a parameter; the plan says what that trains, and what is there already', async () => {
  const { page } = user
  await page.getByRole('link', { name: 'Change a copy' }).click()
  await page.getByLabel('Name').fill('With BatchNorm')
  await page.getByLabel('Question').fill('Does BatchNorm change that?')
  await page.getByRole('button', { name: 'Vary BatchNorm' }).click()
  const plan = page.getByRole('region', { name: 'Plan' })
  await expect(plan).toContainText('2 treatments × 1 capacity × 2 seeds × 2 sides = 8 runs')
  await expect(plan).toContainText('4 of these runs exist already')
  const steps = 4 * small.base.training.epochs * 512 / small.base.training.batchSize
  await expect(plan).toContainText(`${steps.toLocaleString('en-US')} optimizer steps`)
  // Active weights are all of the dense layer's entries; the density is their share of the sparse one's.
  const layers = [/^layers\.0 ?12 × 16 ?40 × 16 ?192 ?30\.0/, /^layers\.1 ?12 × 12 ?40 × 40 ?144 ?9\.0/, /^layers\.2 ?4 × 12 ?4 × 40 ?48 ?30\.0/]
  await expect(plan.getByRole('row', { name: /^layers/ })).toHaveText([...layers, ...layers])
  // Biases; and with BatchNorm a scale and a shift for each hidden unit instead of its bias.
  const outside = (hidden: number): number => 2 * hidden + 4
  await expect(plan.getByRole('row', { name: /^W = 12/ })).toHaveText([
    new RegExp(`dense ${outside(12)}, sparse ${outside(40)}\\b`),
    new RegExp(`dense ${outside(2 * 12)}, sparse ${outside(2 * 40)}\\b`),
  ])
})

test('a wrong value is explained beside its field, and nothing can be started', async () => {
  const { page } = user
  const start = page.getByRole('button', { name: /^Start/ })
  const capacities = page.getByLabel('Capacities W')
  await capacities.fill('12, 50')
  await capacities.press('Tab')
  await expect(capacities).toHaveAccessibleDescription(/50.*40/)
  await expect(start).toBeDisabled()
  await capacities.fill('12')
  await capacities.press('Tab')
  await expect(start).toHaveText('Start 4 new runs')

  const rate = page.getByLabel('Learning rate η', { exact: true })
  await rate.fill('fast')
  await rate.press('Tab')
  await expect(rate).toHaveAccessibleDescription(/number.*fast|fast.*number/)
  await expect(start).toBeDisabled()
  await rate.fill('0.1')
  await rate.press('Tab')

  const seeds = page.getByLabel('Seeds')
  await seeds.fill('1, 2, 2')
  await seeds.press('Tab')
  await expect(seeds).toHaveAccessibleDescription(/2.*twice/)
  await expect(start).toBeDisabled()
  await seeds.fill('1-2')
  await seeds.press('Tab')
  await expect(start).toHaveText('Start 4 new runs')
  await expect(start).toBeEnabled()
})

test('paused it waits; killed, it is there again at the next start, goes on, and is finished', async () => {
  test.setTimeout(400_000)
  const { page, app, watch } = user
  for (const [field, value] of [['Epochs', '240'], ['Seeds', '1']] as const) {
    await page.getByRole('textbox', { name: field }).fill(value)
    await page.getByRole('textbox', { name: field }).press('Tab')
  }
  await page.getByRole('button', { name: 'Start 4 runs' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Does BatchNorm change that?')
  await tab('Pairs')
  await expect.poll(() => trained(240), { intervals: [50] }).toBeGreaterThan(1)
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText(/\d of 4 · paused/)).toBeVisible()
  await expect(page.getByRole('table')).toContainText(/waiting after epoch \d/)
  await expect(page.getByRole('table')).not.toContainText(/\depoch/)
  // eslint-disable-next-line unicorn/prefer-dom-node-text-content -- as it is seen
  const stopped = await page.getByRole('table').innerText()

  // The page itself comes back, where it was: it is neither loaded again nor asked for a token.
  watch.allow(/WebSocket connection to .* failed/)
  const killAndStart = async (): Promise<void> => {
    const lost = page.getByRole('status').filter({ hasText: 'Connection lost' })
    await app.kill()
    await expect(lost).toBeVisible()
    await app.start('start')
    await expect(lost).toBeHidden()
  }
  await killAndStart()
  await expect(page.getByText(/\d of 4 · paused/)).toBeVisible()
  // eslint-disable-next-line unicorn/prefer-dom-node-text-content -- as it is seen
  expect(await page.getByRole('table').innerText()).toBe(stopped)
  await page.getByRole('button', { name: 'Go on' }).click()
  // What is trained when the program is killed goes on by itself.
  await expect(page.getByRole('table')).toContainText(/epoch \d+ of 240/)
  await killAndStart()
  // However slow the machine is.
  await expect(page.getByText('4 runs', { exact: true })).toBeVisible({ timeout: 200_000 })
  await page.getByRole('link', { name: /^r\d+/ }).first().click()
  await expect(page.getByRole('listitem').filter({ hasText: 'attempt 2' }).first()).toBeVisible()
  await page.goBack()
})

test('it is exported as CSV: the numbers are those of the screen, unrounded', async () => {
  const { page, app, context } = user
  await tab('Export')
  const { name, content } = await saved(() => page.getByRole('button', { name: 'Save CSV' }).click())
  expect(name).toBe('with-batchnorm-csv.zip')
  const files = unzip(content)
  expect([...files.keys()].sort()).toEqual(['cells.csv', 'columns.csv', 'epochs.csv', 'layers.csv', 'pairs.csv', 'runs.csv'])
  const table = (name: string): Record<string, string>[] => parse(files.get(`${name}.csv`)!, { columns: true })
  const [inPairs, inRuns] = [table('pairs'), table('runs')]

  const { api, close } = await app.api(context)
  const slug = /experiments\/([^/]+)/.exec(page.url())![1]!
  const pairs = await api.experiments.pairs({ slug })
  const runs = pairs.flatMap(({ dense, sparse }) => [dense, sparse])
  const curves = await api.runs.curves({ runs: runs.map(({ run }) => run), measures: ['train.loss'], layer: 0 })
  const FLOW = 'layer.gradient.active.l2'
  const flows = await api.runs.curves({ runs: runs.map(({ run }) => run), measures: [FLOW] })
  close()
  expect([inPairs.length, inRuns.length]).toEqual([2, 4])
  expect(inPairs.map(({ treatment, seed, dense_accuracy, sparse_accuracy, dense_egf2, sparse_egf2 }) => [treatment, seed, dense_accuracy, sparse_accuracy, dense_egf2, sparse_egf2].join()))
    .toEqual(pairs.map(({ treatment, seed, dense, sparse }) => [treatment, seed, dense.accuracy, sparse.accuracy, dense.egf2, sparse.egf2].join()))
  expect(inRuns.map(({ run, side, state, 'test.accuracy': accuracy }) => [run, side, state, accuracy].join()))
    .toEqual(runs.map(({ run, side, state, accuracy }) => [run, side, state.kind, accuracy].join()))
  const losses = table('epochs').filter(row => row['train.loss'] !== '').map(({ run, epoch, 'train.loss': loss }) => [run, epoch, loss].join())
  expect(losses).toEqual(curves.flatMap(({ run, epochs, values }) => epochs.map((epoch, i) => [run, epoch, values[i]].join())))
  expect(losses).toHaveLength(4 * 240)
  expect(table('layers').map(({ run, layer, epoch, [FLOW]: flow }) => [run, layer, epoch, flow].join()).sort())
    .toEqual(flows.flatMap(({ run, layer, epochs, values }) => epochs.map((epoch, i) => [run, layer, epoch, values[i]].join())).sort())
  expect(flows).toHaveLength(4 * 3)

  await tab('Pairs')
  for (const [i, { dense_accuracy, sparse_accuracy }] of inPairs.entries())
    await expect(row(`Pair ${i + 1}`)).toContainText(new RegExp(`done\\s*${percent(dense_accuracy)}.*done\\s*${percent(sparse_accuracy)}`))
})

test('it is exported as PNG: figures with ink of both sides, on white', async () => {
  const { page } = user
  await tab('Export')
  // Width figure and five mean curves at two widths, the data of each, and the captions.
  const { name, content } = await saved(() => page.getByRole('button', { name: 'Save PNG' }).click())
  expect(name).toBe('with-batchnorm-png.zip')
  const files = unzip(content)
  expect(files.size).toBe(6 * (2 + 1) + 1)
  const pictures = [...files].filter(([name]) => name.endsWith('.png'))
  expect(pictures).toHaveLength(6 * 2)
  for (const [name, file] of pictures) {
    const { width, ground, dense, sparse } = inkOfPng(file)
    expect(Math.min(dense, sparse), name).toBeGreaterThan(100)
    expect(ground, name).toEqual([255, 255, 255])
    // 85 or 170 mm at 300 dots an inch.
    expect(width, name).toBeCloseTo(Number(/-(\d+)mm/.exec(name)![1]) / 25.4 * 300, -1)
  }
  expect(files.get('captions.txt')!.toString()).toContain('width-figure: Final test accuracy')
})

test('a single chart is exported where it is', async () => {
  const { page } = user
  await tab('Overview')
  const exporting = async (format: string): Promise<{ name: string, content: Buffer }> => {
    await page.getByRole('button', { name: 'Export Accuracy by width' }).click()
    return saved(() => page.getByRole('menuitem', { name: format }).click())
  }
  const png = await exporting('Export PNG')
  expect(png.name).toBe('with-batchnorm-width-figure.png')
  const { width, ground, dense, sparse } = inkOfPng(png.content)
  expect(Math.min(dense, sparse)).toBeGreaterThan(100)
  expect(width).toBeCloseTo(170 / 25.4 * 300, -1)
  expect(ground).toEqual([255, 255, 255])
  const svg = await exporting('Export SVG')
  expect(svg.name).toBe('with-batchnorm-width-figure.svg')
  expect(svg.content.toString()).toMatch(/^<svg[\s\S]*#0072B2[\s\S]*#D55E00/i)
  const csv = await exporting('Export CSV of its data')
  expect(csv.name).toBe('with-batchnorm-width-figure.csv')
  const numbers = parse<Record<string, string>>(csv.content, { columns: true })
  expect(numbers).toHaveLength(2)
  for (const { treatment, 'mean of dense (share)': dense, 'mean of sparse (share)': sparse } of numbers)
    await expect(row(new RegExp(`^${treatment} 12 `))).toContainText(new RegExp(`${percent(dense)}.*${percent(sparse)}`))
})
