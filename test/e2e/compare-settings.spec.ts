import type { Locator } from '@playwright/test'
import { barriers } from './axe'
import { expect, test, visit } from './fixtures'
import { stored } from './stored'

const user = visit('serve', stored, 'default')

async function open(options: object = {}): Promise<Locator> {
  const { page, app } = user
  await page.goto(`${app.origin}/#/compare?of=${encodeURIComponent(JSON.stringify({ panels: [{ panel: 'settings', options }] }))}`)
  await page.reload()
  const table = page.getByRole('region', { name: 'Settings' }).getByRole('table')
  await expect(table).toBeVisible()
  return table
}

const names = async (table: Locator): Promise<string[]> => (await table.getByRole('rowheader').allTextContents()).map(text => text.trim())

test('only what differs, against a baseline that is chosen, without what is ignored', async () => {
  const table = await open()
  const { page } = user
  await expect(page.getByText('Baseline: base, dense.')).toBeVisible()
  expect(await names(table)).toEqual(['Learning rate η', 'Epochs, epochs'])
  const epochs = table.getByRole('row', { name: /^Epochs/ })
  await expect(epochs.getByRole('cell')).toHaveText(['30', '30', '4', '4', '4', '4'])
  await page.getByRole('button', { name: 'Make baseline: usual, dense' }).click()
  await expect(page.getByText('Baseline: usual, dense.')).toBeVisible()

  await epochs.getByRole('button', { name: 'Ignore Epochs' }).focus()
  await page.keyboard.press('Enter')
  await expect(table.getByRole('rowheader')).toHaveCount(1)
  await page.getByRole('button', { name: 'Epochs: ignore it no more' }).click()
  await expect(table.getByRole('rowheader')).toHaveCount(2)
  await page.getByRole('switch', { name: 'Also what is equal' }).click()
  await expect(table.getByRole('rowheader', { name: /^Batch size/ })).toBeVisible()
})

test('runs beside each other, by their names', async () => {
  const table = await open({ by: 'run' })
  const { page } = user
  const named = page.getByRole('textbox', { name: 'Names of runs' })
  await named.fill('r8 r1, r99')
  await named.press('Enter')
  await expect(table.getByRole('columnheader')).toHaveText(['Setting', /^r8, /, /^r1, /])
  await expect(page.getByText('Not among the runs: r99.')).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing keeps anybody out, ${colorScheme}`, async () => {
    await user.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await open({ all: true, ignored: ['training.epochs'] })
    expect(await barriers(user.page)).toEqual([])
  })
}
