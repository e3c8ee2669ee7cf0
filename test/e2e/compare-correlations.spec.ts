import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lab } from '../processes/lab'
import { barriers } from './axe'
import { expect, test, visit } from './fixtures'

/** Two experiments of 2 capacities x 2 seeds x 2 sides: four runs a side and optimizer, the fewest that say anything. */
const documents = ['sgd', 'adam'].map(optimizer => ({
  name: optimizer,
  base: { data: { dataset: 'synthetic' }, network: { maximumWidth: 40 }, training: { epochs: 2, batchSize: 64, optimizer } },
  capacities: [12, 24],
  seeds: [1, 2],
}))

async function trained(data: string): Promise<void> {
  for (const document of documents) {
    const file = join(data, 'experiment.json')
    writeFileSync(file, JSON.stringify(document))
    const { code, stderr } = await lab('--data', data, 'run', file)
    if (code !== 0)
      throw new Error(`lab run ended with ${code}:\n${stderr}`)
  }
}

test.describe('correlations', () => {
  const user = visit('serve', trained)
  const open = (panel: string): Promise<unknown> => user.page.goto(`${user.app.origin}/#/compare?of=${encodeURIComponent(JSON.stringify({ panels: [{ panel, options: {} }] }))}`)

  test('stand in a table a facet, the pooled value beside, readable by all', async () => {
    const { page } = user
    await open('correlations')
    await expect(page.getByRole('table', { name: 'Optimizer sgd' })).toBeVisible()
    await expect(page.getByRole('table', { name: 'Optimizer adam' }).getByText('pooled')).toHaveCount(4)
    await expect(page.getByRole('table', { name: 'Pooled over Optimizer' }).getByText('n = 8')).toHaveCount(4)
    await expect(page.getByText(/^Kendall's tau-b of gradient flow .*: 16 of 16 runs\./)).toBeVisible()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await expect(page.locator('html')).toHaveClass(colorScheme)
      expect(await barriers(page)).toEqual([])
    }
  })

  test('open the runs behind them by the keyboard, and their figure\'s data is written', async () => {
    const { page } = user
    const cell = page.getByRole('table', { name: 'Optimizer adam' }).getByRole('button', { name: /^Kendall's tau-b of EGF₁ with test loss, sparse/ })
    const [, value] = /: ([+−]?\d\.\d\d) /.exec(await cell.getAttribute('aria-label') ?? '')!
    await cell.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'EGF₁ with test loss, sparse' })
    await expect(dialog.getByRole('figure', { name: /^Final test loss by effective gradient flow EGF₁.*Optimizer adam: 4 of 4 runs/ })).toBeVisible()
    // What it says is what the cell said.
    await expect(dialog.getByRole('row', { name: new RegExp(`sparse ${value!.replace('+', '\\+')}`) })).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await dialog.getByRole('button', { name: /^Export / }).click()
    const downloading = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Export CSV of its data' }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toBe('comparison-scatter-test.loss.csv')
    const [head, ...lines] = (await readFile(await download.path(), 'utf8')).trim().split('\n')
    expect(head).toBe('run,side,experiment,treatment,dense width W (units),seed,group,egf1,test.loss (nats)')
    expect(lines.map(line => line.split(',')[1])).toEqual(['sparse', 'sparse', 'sparse', 'sparse'])
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(cell).toBeFocused()
  })

  test('are Spearman\'s, and of both sides, where that is chosen; the address keeps it', async () => {
    const { page } = user
    await page.getByRole('combobox', { name: 'Coefficient' }).click()
    await page.getByRole('option', { name: 'Spearman’s ρ' }).click()
    await page.getByRole('checkbox', { name: 'Pool sides' }).click()
    await expect(page.getByText(/^Spearman's rho of gradient flow .*Dense and sparse runs are pooled/)).toBeVisible()
    await page.reload()
    await expect(page.getByRole('table', { name: 'Pooled over Optimizer' }).getByText('n = 16')).toHaveCount(2)
  })

  test('have a panel of their own for any two measures', async () => {
    const { page } = user
    await open('scatter')
    await expect(page.getByRole('figure', { name: /^Final test accuracy by effective gradient flow EGF₁.*coloured by Optimizer/ })).toBeVisible()
    await page.getByRole('combobox', { name: 'Sides' }).click()
    await page.getByRole('option', { name: 'Dense', exact: true }).click()
    await expect(page.getByRole('row', { name: /^All.*dense/ })).toBeVisible()
    await expect(page.getByRole('row', { name: /sparse/ })).toHaveCount(0)
    expect(await barriers(page)).toEqual([])
  })
})
