import type { Locator } from '@playwright/test'
import { barriers } from './axe'
import { expect, test, visit } from './fixtures'
import { stored } from './stored'

const user = visit('serve', stored, 'default')

async function open(options: object = {}): Promise<Locator> {
  const { page, app } = user
  await page.goto(`${app.origin}/#/compare?of=${encodeURIComponent(JSON.stringify({ panels: [{ panel: 'runs', options }] }))}`)
  await page.reload()
  const table = page.locator('table[aria-label="Runs"]')
  await expect(table).toBeVisible()
  return table
}

/** What stands in a column, from above; the first is the runs' own. */
async function column(table: Locator, head: string | RegExp): Promise<string[]> {
  const heads = await table.getByRole('columnheader').allTextContents()
  const at = heads.findIndex(text => typeof head === 'string' ? text.trim() === head : head.test(text))
  return (await table.locator(`tbody tr:not([aria-hidden]) td:nth-child(${at + 1})`).allTextContents()).map(text => text.trim())
}

async function copied(): Promise<string[][]> {
  const text = await user.page.evaluate(async () => navigator.clipboard.readText())
  return text.slice(0, -1).split('\n').map(line => line.split('\t'))
}

test.beforeAll(() => user.context.grantPermissions(['clipboard-read', 'clipboard-write']))

test('every run is there, and what became of it', async () => {
  const table = await open()
  expect(await column(table, 'Run')).toEqual(Array.from({ length: 12 }, (_, i) => `r${i + 1}`))
  const states = await column(table, 'State')
  expect([states[5], states[8], states[9]]).toEqual(['waiting', 'cancelled', 'failed'])
  await expect(user.page.getByText(/^12 runs of 6 pairs: 1 waiting, \d done, \d diverged, 1 failed, 1 cancelled/)).toBeVisible()
})

test('a head sorts, up, down and not at all; what has no value stands last; the address keeps it', async () => {
  const table = await open()
  const { page } = user
  const head = table.getByRole('columnheader', { name: /Test accuracy/ })
  for (const direction of ['ascending', 'descending'] as const) {
    await head.getByRole('button', { name: /Test accuracy/ }).first().click()
    await expect(head).toHaveAttribute('aria-sort', direction)
    const values = await column(table, /^Test accuracy/)
    const known = values.filter(value => value !== '–').map(Number)
    expect(known.length).toBeGreaterThan(3)
    expect(values.slice(0, known.length).map(Number)).toEqual(known.toSorted((a, b) => direction === 'ascending' ? a - b : b - a))
  }
  await page.reload()
  await expect(head).toHaveAttribute('aria-sort', 'descending')
  await head.getByRole('button', { name: /Test accuracy/ }).first().click()
  await expect(head).toHaveAttribute('aria-sort', 'none')
})

test('a measure takes another value of its curve, and a second one beside it', async () => {
  const table = await open({ columns: [{ field: 'train.loss' }] })
  const { page } = user
  await page.getByRole('button', { name: 'Column Training loss, final' }).click()
  await page.getByRole('combobox', { name: 'Which value' }).click()
  await page.getByRole('option', { name: 'At an epoch' }).click()
  await expect(table.getByRole('columnheader')).toHaveText(['Run', /Training loss nats\s*at epoch 1/])
  await page.getByRole('button', { name: 'Another value beside it' }).click()
  await page.keyboard.press('Escape')
  // Nothing was held out.
  await expect(table.getByRole('columnheader')).toHaveText(['Run', /at epoch 1/, /its own best/])
})

test('pinned runs stay on top, pinned columns at the left', async () => {
  const table = await open({ columns: [{ field: 'seed' }, { field: 'side' }, { field: 'test.accuracy' }] })
  const { page } = user
  const row = table.getByRole('row').filter({ hasText: 'r4' })
  await row.hover()
  await row.getByRole('button', { name: 'Pin r4 on top' }).click()
  await expect(table.locator('tbody tr').first()).toContainText('r4')
  await page.getByRole('textbox', { name: 'Find in the table' }).fill('r12')
  await expect.poll(() => column(table, 'Run')).toEqual(['r4', 'r12'])
  await expect(page.getByText('1 of 12 runs')).toBeVisible()
  await page.getByRole('button', { name: 'Column Side' }).click()
  await page.getByRole('button', { name: 'Pin at the left' }).click()
  await expect(table.getByRole('columnheader')).toHaveText(['Run', /Side/, /Seed/, /Test accuracy/])
})

test('groups show mean ± sd and n, and open on their runs', async () => {
  const table = await open({ groups: ['experiment', 'side'], columns: [{ field: 'test.accuracy' }, { field: 'state' }] })
  expect(await column(table, 'Runs')).toEqual(['2', '2', '4', '4'])
  expect((await column(table, /^Test accuracy/))[0]).toMatch(/^\d+\.\d ± \d+\.\d \(2\)$/)
  expect((await column(table, 'State'))[3]).toContain('1 failed')
  const group = table.getByRole('row').filter({ hasText: 'small' }).first()
  await expect(group).toHaveAttribute('aria-expanded', 'false')
  await group.click()
  await expect(group).toHaveAttribute('aria-expanded', 'true')
  expect(await column(table, 'Runs')).toEqual(['2', 'r1', 'r3', '2', '4', '4'])
})

test('by keys alone: walk, pin, copy every digit, open a group and a run', async () => {
  const table = await open({ columns: [{ field: 'seed' }, { field: 'train.loss' }], sort: { column: 'train.loss last', descending: true } })
  const { page } = user
  await table.focus()
  await page.keyboard.press('End')
  await page.keyboard.press('p')
  await expect.poll(async () => (await copyByKeys())[0]).toEqual(['run', 'Seed', 'Training loss, final (nats)'])
  const [, pinned, ...rows] = await copyByKeys()
  expect(rows).toHaveLength(11)
  expect((await column(table, 'Run'))).toEqual([pinned![0], ...rows.map(([run]) => run)])
  const losses = rows.map(row => row[2]!).filter(Boolean).map(Number)
  expect(losses).toEqual(losses.toSorted((a, b) => b - a))
  expect(Math.max(...rows.map(row => row[2]!.length))).toBeGreaterThan(12)

  await open({ columns: [{ field: 'train.loss' }], groups: ['side'] })
  await table.focus()
  await page.keyboard.press('ArrowRight')
  await expect(table.getByRole('row')).toHaveCount(9)
  expect((await copyByKeys()).map(row => row.slice(0, 2))).toEqual([['Side', 'runs'], ['dense', '6'], ['sparse', '6']])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#\/runs\/1$/)
})

async function copyByKeys(): Promise<string[][]> {
  await user.page.keyboard.press('Control+c')
  await expect(user.page.getByText('Copied').first()).toBeVisible()
  return copied()
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing keeps anybody out, ${colorScheme}`, async () => {
    const { page } = user
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const table = await open({ groups: ['side'], pinnedColumns: ['state'] })
    await table.getByRole('row').nth(1).click()
    expect(await barriers(page)).toEqual([])
    await page.getByRole('button', { name: /^Column Test accuracy/ }).click()
    await expect(page.getByRole('combobox', { name: 'Which value' })).toBeVisible()
    expect(await barriers(page)).toEqual([])
  })
}
