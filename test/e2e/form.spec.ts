import type { Locator } from '@playwright/test'
import { expect, test, visit } from './fixtures'
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
