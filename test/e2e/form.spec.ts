import type { Locator } from '@playwright/test'
import { expect, test, visit } from './fixtures'
import { withoutNative } from './native'
import { stored } from './stored'

const user = visit('serve', stored, 'default')

/** The form, with what an address fills in. */
async function open(path: string, heading: string): Promise<void> {
  await user.page.goto(`${user.app.origin}/#/`)
  await user.page.goto(`${user.app.origin}/#${path}`)
  await expect(user.page.getByRole('heading', { level: 1 })).toHaveText(heading)
}

function field(name: string): Locator {
  return user.page.getByRole('textbox', { name })
}

function plan(): Locator {
  return user.page.getByRole('region', { name: 'Plan' })
}

async function type(target: Locator, text: string): Promise<void> {
  await target.fill(text)
  await target.press('Tab')
}

test('the plan says how long it takes, and how that is known', async () => {
  await open('/new', 'New experiment')
  await expect(plan()).toContainText(withoutNative ? / on wasm, \d+ at once/ : /(less than a minute|about \d+ min) on native, \d+ at once/)
  await expect(plan()).toContainText(withoutNative ? 'The time is by runs that wasm has trained here.' : 'The time is by the calibration of native, until it has trained a run here.')
})

test('a field shows the values that count', async () => {
  const { page } = user
  await open('/new', 'New experiment')
  await page.getByRole('button', { name: 'Vary Learning rate η' }).click()
  const rates = field('Levels of Learning rate η')
  await type(rates, '0.01,0.03 0.1')
  await expect(rates).toHaveValue('0.01, 0.03, 0.1')
  await expect(plan()).toContainText('6 treatments')
  await type(rates, '0.01')
  await expect(rates).toHaveValue('0.01')
  await type(field('Seeds'), '3-5')
  await expect(field('Seeds')).toHaveValue('3, 4, 5')
})

test('a wrong value is told beside its field, and in the plan with a way there', async () => {
  const { page } = user
  await open('/new?preset=first-look', 'First look')
  await type(field('Batch size'), '-3')
  await type(field('Capacities W'), '79, foo')
  await expect(field('Batch size')).toHaveAccessibleDescription('It is -3; it must be a whole number of at least 1')
  await expect(field('Capacities W')).toHaveAccessibleDescription('Entry 2 is "foo"; it must be a number greater than 0')
  await expect(plan().getByRole('listitem')).toHaveText([/^Batch size is -3; it must/, /^Capacities W, entry 2 is "foo"/])
  await expect(page.getByRole('button', { name: 'Start' })).toHaveAttribute('title', /list says what/)
  await plan().getByRole('button', { name: 'Batch size' }).click()
  await expect(field('Batch size')).toBeFocused()
  await page.getByRole('button', { name: 'Discard changes' }).click()
  await expect(page.getByRole('button', { name: 'Start 32 runs' })).toBeEnabled()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(field('Batch size')).toHaveValue('-3')
})

test('what the program refuses is told though no field has it, until something is changed', async () => {
  const { page } = user
  await open('/new', 'New experiment')
  await page.getByRole('combobox', { name: 'Engine' }).click()
  await expect(page.getByRole('option', { name: 'auto' })).toContainText('The fastest that works here')
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: 'JSON' }).click()
  const text = page.getByRole('textbox', { name: 'The experiment\'s document' })
  const document = JSON.parse(await text.inputValue()) as object
  await text.fill(JSON.stringify({ ...document, engine: 'abacus' }, null, 2))
  await page.getByRole('button', { name: /^Start \d+ runs/ }).click()
  await expect(plan()).toContainText(/line \d+: there is no engine 'abacus'/)
  await page.getByRole('tab', { name: 'Form' }).click()
  await expect(page.getByRole('combobox', { name: 'Engine' })).toHaveAccessibleDescription(/no engine 'abacus'/)
  await page.getByRole('combobox', { name: 'Engine' }).click()
  await page.getByRole('option', { name: 'auto' }).click()
  await expect(plan()).toContainText(/= \d+ runs/)
})

test('what is typed is lost neither by another tab nor by another screen', async () => {
  const { page } = user
  await open('/new?from=small', 'Copy of Small')
  await expect(field('Name')).toBeFocused()
  await page.keyboard.type('Mine')
  await page.getByRole('tab', { name: 'JSON' }).click()
  const text = page.getByRole('textbox', { name: 'The experiment\'s document' })
  const whole = await text.inputValue()
  await text.fill(`${whole} and more`)
  await expect(plan()).toContainText('this is not JSON')
  await page.getByRole('tab', { name: 'Form' }).click()
  await expect(page.getByRole('alert')).toContainText('not finished')
  await expect(field('Name')).toBeDisabled()
  await page.getByRole('link', { name: 'Queue' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Queue')
  await page.goBack()
  await page.getByRole('button', { name: 'Go on with it' }).click()
  await expect(text).toHaveValue(`${whole} and more`)
  await page.getByRole('tab', { name: 'Form' }).click()
  await page.getByRole('button', { name: 'Drop it' }).click()
  await expect(field('Name')).toHaveValue('Mine')
  // The desktop's window asks before it closes.
  expect(await page.evaluate(() => dispatchEvent(new Event('beforeunload', { cancelable: true })))).toBe(false)
  await page.getByRole('button', { name: 'Discard changes' }).click()
  await expect(field('Name')).toHaveValue('Small, copy')
})

test('the start says what it will train', async () => {
  const { page } = user
  await open('/new?from=small', 'Copy of Small')
  await expect(page.getByRole('button', { name: 'Add, nothing to train' })).toBeEnabled()
  await expect(plan()).not.toContainText('optimizer steps')
  await type(field('Name'), 'Small')
  await page.getByRole('button', { name: 'This is "Small": open it' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Does a sparse network learn?')
  await page.getByRole('tab', { name: 'Design' }).click()
  await expect(plan()).toContainText('= 4 runs')
  await expect(plan()).not.toContainText('exist already')
})

test('what there is no copy of is not here', async () => {
  const { page, app } = user
  for (const [path, told] of [['/new?from=none', 'There is no experiment "none"'], ['/new?preset=none', 'There is no preset "none"']] as const) {
    await page.goto(`${app.origin}/#${path}`)
    await expect(page.getByRole('alert')).toContainText(told)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not here')
  }
})
