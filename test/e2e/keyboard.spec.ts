import type { Locator } from '@playwright/test'
import { expect, test, visit } from './fixtures'
import { withoutNative } from './native'
import { stored } from './stored'

const user = visit('serve', stored, 'default')

test.beforeEach(() => user.page.emulateMedia({ reducedMotion: 'reduce' }))

async function go(path: string, heading: string | RegExp): Promise<void> {
  await user.page.goto(`${user.app.origin}/#${path}`)
  await expect(user.page.getByRole('heading', { level: 1 })).toHaveText(heading)
}

/** Tab, as often as it takes. */
async function tabTo(target: Locator): Promise<void> {
  for (let presses = 0; presses < 200 && !await target.evaluate(element => element === document.activeElement); presses++)
    await user.page.keyboard.press('Tab')
  await expect(target).toBeFocused()
}

async function press(...keys: string[]): Promise<void> {
  for (const key of keys)
    await user.page.keyboard.press(key)
}

/** The name of the file that is saved. */
async function saved(by: () => Promise<void>): Promise<string> {
  const downloading = user.page.waitForEvent('download')
  await by()
  return (await downloading).suggestedFilename()
}

test('the palette leads to screens and experiments', async () => {
  const { page } = user
  await go('/', 'Experiments')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('option', { name: /Small/ })).toBeVisible()
  await page.keyboard.type('small')
  await expect(page.getByRole('option').first()).toContainText('Small')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Does a sparse network learn?')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('queue')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Queue')
})

test('two letters lead to a screen, but not while one types', async () => {
  const { page } = user
  await go('/queue', 'Queue')
  for (const [keys, heading] of [['ge', 'Experiments'], ['gn', 'New experiment'], ['gs', 'System'], ['gq', 'Queue']] as const) {
    for (const key of keys)
      await page.keyboard.press(key)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading)
  }
  await go('/', 'Experiments')
  const filter = page.getByRole('textbox', { name: 'Filter experiments' })
  await filter.focus()
  await page.keyboard.type('gq troubled')
  await expect(filter).toHaveValue('gq troubled')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Experiments')
  await filter.fill('trou')
  await expect(page.getByRole('row', { name: 'Small' })).toBeHidden()
  await expect(page.getByRole('row', { name: 'Troubled' })).toBeVisible()
  await filter.fill('')
})

test('arrows walk through rows, Enter opens one; arrows walk through the pairs, Escape goes back', async () => {
  const { page } = user
  await go('/experiments/small/pairs', 'Does a sparse network learn?')
  const pair = (n: number): Locator => page.getByRole('row', { name: `Pair ${n}` })
  await tabTo(pair(1))
  await press('ArrowDown')
  await expect(pair(2)).toBeFocused()
  await press('ArrowDown', 'ArrowUp')
  await expect(pair(1)).toBeFocused()
  await press('Enter')
  const position = page.getByText(/^pair \d of 2$/)
  await expect(position).toHaveText('pair 1 of 2')
  await press('ArrowRight')
  await expect(position).toHaveText('pair 2 of 2')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/seed 2$/)
  await press('ArrowRight', 'ArrowLeft')
  await expect(position).toHaveText('pair 1 of 2')
  const layer = page.getByRole('combobox', { name: 'Per layer' })
  await tabTo(layer)
  await press('Enter')
  await expect(page.getByRole('option')).not.toHaveCount(0)
  await press('Escape')
  await expect(page.getByRole('option')).toHaveCount(0)
  await expect(position).toHaveText('pair 1 of 2')
  await press('Escape')
  await expect(pair(1)).toBeVisible()
  await press('Escape')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Experiments')
})

test('a question mark lists the keys', async () => {
  const { page } = user
  await go('/queue', 'Queue')
  await press('?')
  const list = page.getByRole('dialog', { name: 'Keys' })
  await expect(list).toContainText(/New experiment\s*g\s*n/i)
  await expect(list).toContainText('Walk through the rows')
  await press('Escape')
  await expect(list).toBeHidden()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Queue')
})

test('arrows choose a tab', async () => {
  const { page } = user
  await go('/experiments/small', 'Does a sparse network learn?')
  await page.getByRole('tab', { name: 'Overview' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Pairs' })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('row', { name: /^Pair 1/ })).toBeVisible()
  await expect(page.getByRole('tab', { name: 'Pairs' })).toBeFocused()
})

for (const [name, path, heading, filled] of [
  ['experiments', '/', 'Experiments', 'main tbody a'],
  ['experiment', '/experiments/small', 'Does a sparse network learn?', 'main figure canvas'],
  ['pairs', '/experiments/small/pairs', 'Does a sparse network learn?', 'main tbody a'],
  ['pair', '/experiments/small/pairs/0', /seed 1$/, 'main figure canvas'],
  ['run', '/runs/10', /sparse$/, 'main dl, main table'],
  ['queue', '/queue', 'Queue', 'main li a'],
  ['system', '/system', 'System', withoutNative ? 'main dl' : 'main figure canvas'],
  ['new experiment', '/new', 'New experiment', 'main table'],
] as const) {
  test(`Tab reaches all of the screen ${name}, and one sees where`, async () => {
    await go(path, heading)
    await user.page.locator(filled).first().waitFor()
    const usable = await markUsable()
    expect(usable.length).toBeGreaterThan(3)
    const reached = new Map<string, boolean>()
    // From wherever the focus is, once around.
    for (let presses = 0; presses < 2 * usable.length + 10 && reached.size < usable.length; presses++) {
      await user.page.keyboard.press('Tab')
      const focused = await focusOf()
      if (focused)
        reached.set(focused.name, focused.isVisible)
    }
    expect(usable.filter(name => !reached.has(name)), 'never reached').toEqual([])
    expect([...reached].filter(([, isVisible]) => !isVisible).map(([name]) => name), 'reached, but one cannot see it').toEqual([])
  })
}

test('an experiment is deleted and brought back', async () => {
  const { page } = user
  await go('/', 'Experiments')
  const small = page.getByRole('row', { name: 'Small' })
  await tabTo(small.getByRole('button', { name: 'What to do with Small' }))
  await press('Enter')
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await press('End')
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeFocused()
  await press('Enter')
  await expect(page.getByText('Small deleted', { exact: true })).toBeVisible()
  await expect(small).toBeHidden()
  await press('F8')
  await tabTo(page.getByRole('button', { name: 'Undo' }))
  await press('Enter')
  await expect(small).toBeVisible()
})

test('a pair is looked at in other measures, and a chart exported', async () => {
  const { page } = user
  await go('/experiments/small/pairs/0', /seed 1$/)
  const layer = page.getByRole('combobox', { name: 'Per layer' })
  await tabTo(layer)
  await press('Enter')
  await expect(page.getByRole('option', { selected: true })).toBeFocused()
  await press('End')
  await expect(page.getByRole('option', { name: /weights/ })).toBeFocused()
  await press('Enter')
  await expect(layer).toContainText('weights')
  await tabTo(page.getByRole('button', { name: 'Export Training loss' }))
  await press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Export PDF' })).toBeFocused()
  expect(await saved(() => press('Enter'))).toBe('small-pair-1-pair-curves-train.loss.pdf')
})

test('an experiment is exported', async () => {
  const { page } = user
  await go('/experiments/small', 'Does a sparse network learn?')
  await tabTo(page.getByRole('tab', { name: 'Overview' }))
  await press('End')
  await expect(page.getByRole('tab', { name: 'Export' })).toHaveAttribute('aria-selected', 'true')
  await tabTo(page.getByRole('button', { name: 'Save document' }))
  expect(await saved(() => press('Enter'))).toBe('small.json')
})

test('the queue is led: runs at once, cancel, retry', async () => {
  const { page } = user
  await go('/queue', 'Queue')
  const atOnce = page.getByRole('spinbutton', { name: 'Runs at once' })
  const before = Number(await atOnce.inputValue())
  await tabTo(atOnce)
  await press('ArrowUp')
  await expect(atOnce).toHaveValue(String(before + 1))
  await page.reload()
  await expect(atOnce).toHaveValue(String(before + 1))
  await tabTo(page.getByRole('button', { name: 'Cancel r6' }))
  await press('Enter')
  await expect(page.getByRole('listitem').filter({ hasText: 'r6' })).toContainText('cancelled')
  await tabTo(page.getByRole('button', { name: 'Retry r10' }))
  await press('Space')
  await expect(page.getByRole('region', { name: 'Waiting, in order' })).toContainText('r10')
})

test('an experiment is designed and started', async () => {
  const { page } = user
  await go('/', 'Experiments')
  await press('g', 'n')
  await tabTo(page.getByRole('textbox', { name: 'Name' }))
  await press('Control+a')
  await page.keyboard.type('By keyboard')
  await tabTo(page.getByRole('textbox', { name: 'Seeds' }))
  await press('Control+a')
  await page.keyboard.type('1-3')
  const optimizer = page.getByRole('combobox', { name: 'Optimizer' })
  await expect(optimizer).toHaveText('sgd')
  await tabTo(optimizer)
  await press('Enter')
  await expect(page.getByRole('option', { name: 'sgd' })).toBeFocused()
  await press('Home')
  await expect(page.getByRole('option', { name: 'adam', exact: true })).toBeFocused()
  await press('Enter')
  await expect(optimizer).toHaveText('adam')
  await tabTo(page.getByRole('button', { name: 'Vary Learning rate η' }))
  await press('Space')
  await tabTo(page.getByRole('textbox', { name: 'Levels of Learning rate η' }))
  await press('Control+a')
  await page.keyboard.type('0.01, 0.001')
  await press('Tab')
  await expect(page.getByRole('region', { name: 'Plan' })).toContainText('4 treatments × 2 capacities × 3 seeds × 2 sides = 48 runs')
  await tabTo(page.getByRole('button', { name: 'Start 48 runs' }))
  await press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('By keyboard')
  await expect(page.getByRole('main')).toContainText('0 of 48 · queue paused')
})

/** Everything on the screen that can be used, of tabs the chosen one and of a number its field (arrows do the rest); each gets a name to find it by. */
function markUsable(): Promise<string[]> {
  return user.page.evaluate(() => [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex="0"]')]
    .filter(one => !one.matches(':disabled, [aria-hidden=true], [role=tablist], [role=tab][aria-selected=false], [role=spinbutton] ~ * button') && one.checkVisibility() && one.getBoundingClientRect().width > 0)
    .map((one, i) => one.dataset.usable = `${i} ${one.tagName.toLowerCase()} ${one.getAttribute('aria-label') ?? one.textContent.trim().slice(0, 40)}`))
}

/** What has the focus, and whether it looks any different for it. */
function focusOf(): Promise<{ name: string, isVisible: boolean } | undefined> {
  return user.page.evaluate(async () => {
    const element = document.activeElement as HTMLElement
    if (!element?.dataset.usable)
      return undefined
    const look = (): string => [element, element.parentElement!].flatMap(one => [undefined, '::before', '::after'].map((part) => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor, borderColor, textDecorationLine } = getComputedStyle(one, part)
      return [outlineStyle === 'none' ? '' : outlineStyle + outlineWidth + outlineColor, boxShadow, backgroundColor, borderColor, textDecorationLine].join()
    })).join()
    const frame = (): Promise<unknown> => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    await frame()
    const focused = look()
    element.blur()
    await frame()
    const blurred = look()
    element.focus()
    return { name: element.dataset.usable, isVisible: focused !== blurred }
  })
}
