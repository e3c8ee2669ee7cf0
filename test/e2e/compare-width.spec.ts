import { readFileSync } from 'node:fs'
import { barriers } from './axe'
import { expect, test, visit } from './fixtures'
import { stored } from './stored'

/** Two complete pairs of "Small"; of "Troubled" some, the rest lost in every way there is. */
const user = visit('serve', stored)

function address(document: object): string {
  return `${user.app.origin}/#/compare?of=${encodeURIComponent(JSON.stringify({ panels: [{ panel: 'width', options: {} }], ...document }))}`
}

test('the width figure says what it shows, of how many pairs, and what became of the others', async () => {
  const { page } = user
  await page.goto(address({}))
  const panel = page.getByRole('region', { name: 'Width figure' })
  await expect(panel.getByRole('figure')).toHaveAttribute('aria-label', /^Final test accuracy over dense width W by treatment.*mean ± sd over .* pairs complete, .*diverged/)
  await expect(panel.locator('canvas').first()).toBeVisible()
  await expect(panel.getByText(/^\d of 6 pairs complete, /)).toBeVisible()
  expect(await barriers(page)).toEqual([])
})

test('the keyboard reads its numbers, goes to the pairs of a cell and to a pair', async () => {
  const { page } = user
  await page.goto(address({ experiments: ['small'] }))
  await page.getByText('Its numbers').focus()
  await page.keyboard.press('Enter')
  const row = page.getByRole('region', { name: 'Numbers of the width figure' }).getByRole('row').nth(1)
  await expect(row).toContainText('12')
  await row.getByRole('button', { name: '2 of 2 pairs complete' }).focus()
  await page.keyboard.press('Enter')
  const pairs = page.getByRole('dialog')
  await expect(pairs.getByRole('row')).toHaveCount(3)
  expect(await barriers(page)).toEqual([])
  await pairs.getByRole('link').first().click()
  await expect(page).toHaveURL(/\/experiments\/small\/pairs\/0$/)
})

test('a click on a mean opens its pairs, one on a pair leads to it', async () => {
  const { page } = user
  await page.goto(address({ experiments: ['small'] }))
  const canvas = page.locator('canvas').first()
  await expect(canvas).toBeVisible()
  // One panel, one width in its middle: dense means and single pairs to the left of it.
  const { x, y, width } = (await canvas.boundingBox())!
  const middle = x + (4.75 * 12 + width) / 2
  async function clickAlong(column: number, isDone: () => Promise<boolean>): Promise<void> {
    for (let down = 40; !await isDone() && down < 220; down += 3)
      await page.mouse.click(column, y + down)
  }
  await clickAlong(middle - 20, () => page.getByRole('dialog').isVisible())
  await expect(page.getByRole('dialog').getByRole('row')).toHaveCount(3)
  await page.keyboard.press('Escape')
  await clickAlong(middle, async () => page.url().includes('/pairs/'))
  await expect(page).toHaveURL(/\/experiments\/small\/pairs\/[01]$/)
})

test('its choices are kept in the address, and its files have its data', async () => {
  const { page } = user
  await page.goto(address({ experiments: ['small'] }))
  await page.getByRole('combobox', { name: 'Error bars' }).click()
  await page.getByRole('option', { name: 'mean, smallest to largest' }).click()
  await expect(page.getByRole('figure')).toHaveAttribute('aria-label', /smallest to largest value over 2 seeds/)
  await page.getByRole('switch', { name: 'Single pairs' }).press(' ')
  await expect(page.getByRole('figure')).toHaveAttribute('aria-label', /over 2 seeds: 2 of 2 pairs complete/)
  expect(decodeURIComponent(page.url())).toContain('{"spread":"range","singles":false}')
  await page.getByRole('button', { name: 'Export Final test accuracy, %' }).click()
  const file = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Export CSV of its data' }).click()
  const csv = await file
  expect(csv.suggestedFilename()).toBe('small-widths-test.accuracy.csv')
  expect(readFileSync(await csv.path(), 'utf8').split('\n')[0]).toContain('dense test.accuracy (share)')
})
