import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test, visit } from './fixtures'
import { stored } from './stored'

const WIDE = 'A name that has as many as a hundred characters, so that nobody can say that it was never tried out'

const user = visit('serve', async (data) => {
  await stored(data)
  const sqlite = new Database(join(data, 'lab.sqlite'))
  sqlite.prepare('UPDATE experiments SET name = ?, document = json_set(document, \'$.name\', ?) WHERE slug = \'troubled\'').run(WIDE, WIDE)
  sqlite.close()
}, 'default')

async function go(path: string): Promise<void> {
  await user.page.goto(`${user.app.origin}/#${path}`)
}

/** What stands in a column, from above. */
async function column(n: number): Promise<string[]> {
  return (await user.page.getByRole('table').getByRole('row').locator(`td:nth-child(${n})`).allTextContents()).map(text => text.trim())
}

test('the table of experiments fits, whatever they are called', async () => {
  const { page } = user
  for (const width of [1024, 1440]) {
    await page.setViewportSize({ width, height: 800 })
    await go('/')
    const actions = page.getByRole('button', { name: `What to do with ${WIDE}` })
    await expect(actions).toBeInViewport({ ratio: 1 })
    expect(await page.getByRole('table').evaluate(table => table.scrollWidth - table.parentElement!.clientWidth)).toBeLessThanOrEqual(0)
    await expect(page.getByTitle(WIDE, { exact: true }).first()).toBeVisible()
  }
})

test('a head sorts its table, by mouse and by keys; what has no value stands last', async () => {
  const { page } = user
  await go('/experiments/troubled/runs')
  const head = page.getByRole('columnheader', { name: 'Acc %', exact: true })
  await expect(head).toHaveAttribute('aria-sort', 'none')
  for (const [act, direction] of [[() => head.getByRole('button').click(), 'ascending'], [() => page.keyboard.press('Enter'), 'descending']] as const) {
    await act()
    await expect(head).toHaveAttribute('aria-sort', direction)
    const values = await column(6)
    const known = values.filter(value => value !== '–').map(Number)
    expect(values.slice(0, known.length).map(Number)).toEqual(known.toSorted((a, b) => direction === 'ascending' ? a - b : b - a))
    expect(values.at(-1)).toBe('–')
  }
  await go('/')
  await page.getByRole('button', { name: 'Experiment' }).click()
  await expect(page.getByRole('columnheader', { name: 'Experiment' })).toHaveAttribute('aria-sort', 'ascending')
  expect((await column(1)).map(text => text.slice(0, 6))).toEqual(['Does a', 'What d'])
})

test('a paused queue is told where its runs are waited for', async () => {
  const { page } = user
  await go('/experiments/troubled')
  await expect(page.getByRole('main')).toContainText(/queue paused/)
  await expect(page.getByRole('button', { name: 'Resume the queue' })).toBeVisible()
  await go('/queue')
  await expect(page.getByRole('main')).toContainText('The queue is paused')
})

test('what failed is told with its reason, where it is looked for, and can be trained again there', async () => {
  const { page } = user
  await go('/experiments/troubled')
  const failed = page.getByRole('region', { name: 'Failed runs' })
  await expect(failed.getByRole('listitem')).toHaveText(/r10.*W = 24.*is there enough memory\?/)
  await failed.getByRole('link').click()
  await expect(page.getByRole('alert')).toContainText(/more memory than there was.*retry/)
  await page.goBack()
  await failed.getByRole('button', { name: 'Retry r10' }).click()
  await expect(failed).toBeHidden()
  await go('/queue')
  await page.getByRole('button', { name: 'Retry r9', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Waiting, in order' })).toContainText('r9')
})

test('the path and the window say where one is, by names', async () => {
  const { page } = user
  await go('/experiments/small/pairs/1')
  await expect(page.getByRole('navigation', { name: 'Path' }).getByRole('link')).toHaveText(['Experiments', 'Small', 'Pairs'])
  await expect(page).toHaveTitle('Small – Pair 2')
  await page.getByRole('combobox', { name: 'Per layer' }).click()
  await page.getByRole('option').last().click()
  const measure = await page.getByRole('combobox', { name: 'Per layer' }).textContent()
  await page.getByRole('button', { name: 'Previous pair' }).click()
  await expect(page).toHaveTitle('Small – Pair 1')
  await expect(page.getByRole('combobox', { name: 'Per layer' })).toHaveText(measure!)
  await go('/experiments/small/pairs/99')
  await page.getByRole('link', { name: 'Go to the experiment' }).click()
  await expect(page).toHaveTitle('Small')
})

test('the palette does what can be done here', async () => {
  const { page } = user
  await go('/experiments/small')
  await page.getByRole('button', { name: 'Search' }).click()
  await page.getByRole('option', { name: 'Show design' }).click()
  await expect(page.getByRole('tab', { name: 'Design' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('theme: dark')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveClass('dark')
  await page.getByRole('button', { name: 'Light theme' }).click()
  await expect(page.locator('html')).toHaveClass('light')
})
