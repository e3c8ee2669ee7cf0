import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { barriers } from './axe'
import { expect, test, visit } from './fixtures'
import { stored } from './stored'

const user = visit('serve', stored)

test('an experiment has a report, shown where it is and saved as one file', async () => {
  const { page, app } = user
  await page.goto(`${app.origin}/#/experiments/troubled/report`)
  const report = page.frameLocator('iframe[title="Report"]')
  await expect(report.getByRole('heading', { level: 1 })).toHaveText(/^What do networks do at learning rates/)
  await expect(report.getByRole('row', { name: /r10 .*failed: the worker ended three times/ })).toBeVisible()
  await expect(report.getByRole('img').first()).toBeVisible()
  // The font is in it, and the page's policy lets it be used.
  await expect.poll(async () => report.locator('body').evaluate(() => [...document.fonts].map(({ status }) => status))).toEqual(['loaded', 'loaded'])

  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save report' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('troubled-report.html')
  const file = join(tmpdir(), `gradient-flow-lab-report-${process.pid}.html`)
  await writeFile(file, await readFile(await download.path()))

  const alone = await page.context().browser()!.newContext({ offline: true })
  const opened = await alone.newPage()
  const [requests, said]: [string[], string[]] = [[], []]
  opened.on('request', request => requests.push(request.url()))
  opened.on('console', message => said.push(message.text()))
  await opened.goto(pathToFileURL(file).href)
  await expect(opened.getByRole('heading', { level: 1 })).toBeVisible()
  await opened.evaluate(() => document.fonts.ready)
  expect(requests).toEqual([pathToFileURL(file).href])
  expect(said).toEqual([])
  for (const width of [390, 1440]) {
    await opened.setViewportSize({ width, height: 900 })
    expect(await opened.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    expect(await opened.getByRole('img').count()).toBe(await opened.locator('figure').count())
    expect(await barriers(opened)).toEqual([])
  }
  await alone.close()
})
