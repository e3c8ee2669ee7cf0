import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test, visit } from './fixtures'
import { stored } from './stored'

const COPIES = 120

const user = visit('serve', async (data) => {
  await stored(data)
  const sqlite = new Database(join(data, 'lab.sqlite'))
  const columns = sqlite.prepare('SELECT group_concat(name) FROM pragma_table_info(\'experiments\') WHERE name NOT IN (\'id\', \'slug\')').pluck().get() as string
  for (let i = 1; i <= COPIES; i++)
    sqlite.exec(`INSERT INTO experiments (slug, ${columns}) SELECT 'small-${i}', ${columns} FROM experiments WHERE slug = 'small'`)
  sqlite.close()
}, 'default')

test('of many experiments those in sight are drawn; the head stays, and each is found', async () => {
  const { page, app } = user
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${app.origin}/#/`)
  const rows = page.locator('tbody tr:not([aria-hidden])')
  await expect(rows.first()).toBeVisible()
  expect(await rows.count()).toBeLessThan(60)
  await page.mouse.move(600, 500)
  // All ended at the same time, and stand in the order of their making: the last of them is far below.
  const last = page.getByText(`small-${COPIES}`)
  await expect(last).toHaveCount(0)
  await expect.poll(async () => {
    await page.mouse.wheel(0, 1000)
    return last.isVisible()
  }).toBe(true)
  await expect(page.getByRole('columnheader', { name: 'Experiment' })).toBeInViewport()
  await page.getByRole('textbox', { name: 'Filter experiments' }).fill('small-11')
  // 11, and 110 to 119.
  await expect(rows).toHaveCount(11)
  await expect(page.getByText('small-110')).toBeInViewport()
})
