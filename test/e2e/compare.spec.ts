import type { PValues } from '../../src-shared/comparison/panels/p-values'
import { readFile } from 'node:fs/promises'
import { lab } from '../processes/lab'
import { barriers } from './axe'
import { small, study } from './documents'
import { expect, test, visit } from './fixtures'
import { train } from './stored'

/** What the command line prints of a panel. */
async function asked(data: string, ...more: string[]): Promise<PValues> {
  const { code, stdout, stderr } = await lab('--data', data, '--json', 'compare', 'study', ...more)
  expect(code, stderr).toBe(0)
  return (JSON.parse(stdout) as { panels: [{ result: PValues }] }).panels[0].result
}

test.describe('a comparison', () => {
  const user = visit('serve', async (data) => {
    await train(data, small)
    await train(data, study)
  })
  const cells = () => user.page.getByRole('region', { name: /^p-values/ }).getByRole('button')

  test('tests each cell of two factors; its numbers are those of the command line', async () => {
    const { page, app } = user
    await page.getByRole('link', { name: 'Compare' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Compare')
    await page.getByRole('checkbox', { name: 'Small' }).uncheck()
    await expect(cells()).toHaveCount(4)
    await expect(page.getByText('60 complete pairs of 60')).toBeVisible()
    const { facets: [facet], rows, columns } = await asked(app.data, '--panel', 'p-values')
    expect({ rows, columns }).toEqual({ rows: 'optimizer', columns: 'BatchNorm' })
    for (const [i, { adjusted, counts }] of facet!.cells.entries()) {
      expect(counts.complete).toBe(15)
      const digits = adjusted! < 1e-6 ? 'less than' : adjusted!.toFixed(Math.max(3, Math.ceil(-Math.log10(adjusted!) - 1e-9)))
      await expect(cells().nth(i)).toContainText(digits)
      await expect(cells().nth(i)).toContainText('n = 15')
    }
    expect(await barriers(page)).toEqual([])
  })

  test('leads from a cell to its pairs by the keyboard, and back', async () => {
    const { page } = user
    await cells().nth(1).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'optimizer sgd, BatchNorm BN' })
    await expect(dialog.getByRole('row')).toHaveCount(16)
    await expect(dialog.getByText(/^two-sided p = .* are greater than zero$/)).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(cells().nth(1)).toBeFocused()
    await page.keyboard.press('Enter')
    await dialog.getByRole('link', { name: 'sgd · BN' }).first().click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('sgd · BN')
    await page.goBack()
    await expect(cells()).toHaveCount(4)
  })

  test('takes the runs of a filter; a wrong one is marked and counts for nothing', async () => {
    const { page } = user
    const filter = page.getByRole('combobox', { name: 'Filter' })
    await filter.fill('W >= 12 and optimizer = adam')
    await page.keyboard.press('Escape')
    await filter.press('Enter')
    await expect(page.getByText('20 complete pairs of 20 taken of 60')).toBeVisible()
    await expect(cells()).toHaveCount(2)
    await page.reload()
    await expect(filter).toHaveValue('W >= 12 and optimizer = adam')
    await filter.fill('optimizer = adamm')
    await filter.blur()
    await expect(page.getByText(/did you mean adam/)).toBeVisible()
    await expect(filter).toHaveAttribute('aria-invalid', 'true')
    await expect(cells()).toHaveCount(2)
    await filter.fill('')
    await filter.press('Enter')
    await expect(cells()).toHaveCount(4)
  })

  test('asks whether BatchNorm helps the sparse networks more', async () => {
    const { page, app } = user
    await page.getByRole('combobox', { name: 'What is compared' }).click()
    await page.getByRole('option', { name: 'Effect of BatchNorm' }).first().click()
    await expect(page.getByText(/differing in sparse − dense, zeros dropped/)).toBeVisible()
    await expect(cells()).toHaveCount(2)
    const contrast = { kind: 'treatments', field: 'BatchNorm', from: 'NR', to: 'BN', of: 'sides' }
    const { facets: [facet] } = await asked(app.data, '--panel', `p-values=${JSON.stringify({ contrast, question: { kind: 'difference', alternative: 'either', zeros: 'wilcoxon' } })}`)
    for (const [i, { counts, test: { estimate } }] of facet!.cells.entries()) {
      expect(counts.complete).toBe(15)
      await expect(cells().nth(i)).toContainText((100 * Math.abs(estimate!)).toFixed(1))
    }
  })

  test('is kept under a name, opened again, forgotten and brought back', async () => {
    const { page } = user
    await page.getByRole('button', { name: 'Saved' }).click()
    await page.getByRole('menuitem', { name: 'Save as…' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Does BN help?')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Save “Does BN help?”' })).toBeVisible()
    await page.goto(`${user.app.origin}/#/compare`)
    await expect(page.getByText('62 complete pairs of 62')).toBeVisible()
    await page.getByRole('button', { name: 'Saved' }).click()
    await page.getByRole('menuitem', { name: 'Does BN help?', exact: true }).click()
    await expect(cells()).toHaveCount(2)
    await page.getByRole('button', { name: 'Saved comparisons' }).click()
    await page.getByRole('menuitem', { name: 'Forget “Does BN help?”' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Saved' }).click()
    await expect(page.getByRole('menuitem', { name: 'Does BN help?', exact: true })).toBeVisible()
    await page.keyboard.press('Escape')
  })

  test('is written as tables, and its numbers are defined one click away', async () => {
    const { page } = user
    await page.goto(`${user.app.origin}/#/compare?of=${encodeURIComponent(JSON.stringify({ experiments: ['study'], panels: [{ panel: 'p-values', options: {} }] }))}`)
    await page.getByRole('button', { name: 'Definitions' }).click()
    await expect(page.getByText('Holm\'s correction')).toBeVisible()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Export tables' }).click()
    const downloading = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'LaTeX' }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toBe('p-values-latex.zip')
    expect((await readFile(await download.path())).subarray(0, 2).toString()).toBe('PK')
  })

  test('has panels added, changed and removed, which the address keeps', async () => {
    const { page } = user
    await page.getByRole('button', { name: 'Add a panel' }).click()
    await page.getByRole('menuitem', { name: /^Curves/ }).click()
    await expect(page.getByRole('region', { name: 'Curves' }).getByText(/dense left and sparse right/)).toBeVisible()
    await page.reload()
    await expect(page.getByRole('region', { name: 'Curves' })).toBeVisible()
    await page.getByRole('button', { name: 'Remove Is the difference real?' }).click()
    await expect(cells()).toHaveCount(0)
  })
})
