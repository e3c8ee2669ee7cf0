import { expect, test, visit } from './fixtures'
import { stored } from './stored'

const user = visit('serve', stored, 'default')

test('curves are counted honestly, zoomed by keys, lead to their runs, and are saved with their data', async () => {
  const { page, app } = user
  const of = { experiments: ['troubled'], panels: [{ panel: 'curves', options: { measure: 'train.loss', members: true } }] }
  await page.goto(`${app.origin}/#/compare?of=${encodeURIComponent(JSON.stringify(of))}`)
  const panel = page.getByRole('region', { name: 'Curves' })
  await expect(panel.locator('canvas').first()).toBeVisible()
  await expect(panel.getByText('kept up to where they got')).toContainText(/of them diverged \(a curve ends there\).*1 failed, 1 cancelled, 1 unfinished/)

  await panel.getByRole('button', { name: 'Zoom in' }).focus()
  await page.keyboard.press('Enter')
  await panel.getByRole('button', { name: 'Show all' }).press('Enter')
  await expect(panel.getByRole('button', { name: 'Pan right' })).toHaveCount(0)

  await panel.getByRole('combobox', { name: 'Horizontal axis' }).click()
  await page.getByRole('option', { name: 'Over FLOPs' }).click()
  await expect(panel.getByText('of active weights alone')).toBeVisible()
  await panel.getByRole('button', { name: /^Export/ }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Export CSV' }).click()])
  expect(file.suggestedFilename()).toBe('troubled-curves-train.loss.csv')

  await panel.getByText('The single runs').click()
  await panel.getByRole('link', { name: /^r5,/ }).click()
  await expect(page).toHaveURL(/\/runs\/5$/)
})
