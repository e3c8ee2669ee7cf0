import type { Locator } from '@playwright/test'
import { long } from './documents'
import { expect, test, visit } from './fixtures'
import { stored } from './stored'

const user = visit('serve', stored)

/** The rows of one part of the queue. */
function rows(part: 'Training' | 'Failed' | 'Waiting, in order' | 'Ended'): Locator {
  return user.page.getByRole('region', { name: new RegExp(`^${part}`) }).getByRole('listitem')
}

/** Their runs, as they are listed. */
async function runsOf(part: Parameters<typeof rows>[0]): Promise<number[]> {
  return (await rows(part).allTextContents()).map(text => Number(/^\s*r(\d+)/.exec(text)![1]))
}

function state(): Locator {
  return user.page.getByRole('navigation', { name: 'Screens' }).getByRole('status')
}

test('says what waits, what failed and why, and that it is paused', async () => {
  const { page } = user
  await page.getByRole('link', { name: 'Queue' }).first().click()
  await expect(state()).toContainText('paused')
  await expect(rows('Failed')).toHaveText(/^\s*r10.*W = 24.*sparse.*Troubled.*is there enough memory\?/)
  await expect(rows('Waiting, in order')).toHaveText(/^\s*r6.*stopped after epoch 2/)
  await expect(rows('Ended')).toHaveCount(10)
})

test('trains a failed run again, and what waited', async () => {
  const { page } = user
  await rows('Failed').getByRole('button', { name: 'Retry r10' }).click()
  await expect(rows('Waiting, in order')).toHaveCount(2)
  await expect(rows('Failed')).toHaveCount(0)
  await page.getByRole('button', { name: 'Resume the queue' }).click()
  await expect(rows('Ended')).toHaveCount(12)
  await expect(state()).toContainText('idle')
  await expect(rows('Ended').filter({ hasText: 'r10' })).toContainText(/done · \d{4}-\d\d-\d\d/)
})

test('trains as many runs at once as are asked for', async () => {
  const { page, app, context } = user
  const atOnce = page.getByRole('spinbutton', { name: 'Runs at once' })
  await atOnce.fill('1')
  await atOnce.press('Enter')
  const { api, close } = await app.api(context)
  await expect.poll(async () => (await api.queue.get()).concurrency).toBe(1)
  await api.experiments.create({ document: long })
  close()
  await expect(rows('Training')).toHaveCount(1)
  await expect(rows('Waiting, in order')).toHaveCount(3)
  await expect(state()).toContainText('1 of 1 training')
  expect([...await runsOf('Training'), ...await runsOf('Waiting, in order')]).toEqual([13, 14, 15, 16])
  const progress = rows('Training').getByRole('progressbar')
  const before = Number(await progress.getAttribute('aria-valuenow'))
  await expect.poll(async () => Number(await progress.getAttribute('aria-valuenow'))).toBeGreaterThan(before)
  await atOnce.fill('2')
  await atOnce.press('Enter')
  await expect(rows('Training')).toHaveCount(2)
  expect([await runsOf('Training'), await runsOf('Waiting, in order')]).toEqual([[13, 14], [15, 16]])
  await expect(rows('Training').last()).toContainText(/loss \d\.\d{3}/)
  await expect(state()).toContainText('2 of 2 training')
})

test('pauses all, and goes on from the last checkpoint', async () => {
  const { page } = user
  const every = 10
  const first = rows('Training').filter({ hasText: 'r13' })
  await expect.poll(async () => Number(await first.getByRole('progressbar').getAttribute('aria-valuenow'))).toBeGreaterThan(every)
  await page.getByRole('button', { name: 'Pause all' }).click()
  await expect(rows('Waiting, in order')).toHaveCount(4)
  await expect(rows('Training')).toHaveCount(0)
  await expect(state()).toContainText('paused')
  expect(await runsOf('Waiting, in order')).toEqual([13, 14, 15, 16])
  const [, epoch] = /stopped after epoch (\d+)/.exec(await rows('Waiting, in order').first().textContent() ?? '')!
  await page.getByRole('button', { name: 'Resume the queue' }).click()
  await expect(rows('Training')).toHaveCount(2)
  await first.getByRole('link').first().click()
  await expect(page.getByRole('listitem').filter({ hasText: 'attempt 2' })).toHaveText(new RegExp(`went on after epoch ${Number(epoch) - Number(epoch) % every}$`))
  await page.goBack()
})

test('cancels a run, and trains it after all', async () => {
  const { page } = user
  const cancelled = 'r13'
  await rows('Training').first().getByRole('button', { name: `Cancel ${cancelled}` }).click()
  await expect(rows('Ended').first()).toContainText(new RegExp(`^\\s*${cancelled}\\D.*cancelled`))
  // The next one takes its place.
  await expect(rows('Training')).toHaveCount(2)
  expect([await runsOf('Training'), await runsOf('Waiting, in order')]).toEqual([[14, 15], [16]])
  await rows('Ended').first().getByRole('link').first().click()
  await page.getByRole('button', { name: 'Retry run' }).click()
  await expect(page.getByRole('button', { name: 'Cancel run' })).toBeVisible()
  await page.getByRole('link', { name: 'Queue' }).first().click()
  await expect(rows('Waiting, in order').filter({ hasText: cancelled })).toHaveCount(1)
})

test('cancels an experiment, and trains it after all', async () => {
  const { page } = user
  await page.getByRole('link', { name: 'Experiments' }).first().click()
  const experiment = page.getByRole('row', { name: /^Long/ })
  await experiment.getByRole('button', { name: 'What to do with Long' }).click()
  await page.getByRole('menuitem', { name: 'Cancel 4 runs' }).click()
  await expect(experiment).toContainText('4 cancelled')
  await expect(state()).toContainText('idle')
  await page.getByRole('button', { name: 'Train them after all' }).click()
  await expect(experiment).toContainText('2 running')
})
