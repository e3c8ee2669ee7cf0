import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { describe, expect, it, onTestFinished } from 'vitest'
// @ts-expect-error -- plain JavaScript: it runs before anything is installed
import { findChromium } from '../../scripts/chromium.mjs'
import { serve } from '../../src-main/server/server'
import { fakeLab } from '../lab/fake-lab'

const executablePath = findChromium() as string | undefined

describe.skipIf(!executablePath)('a browser', () => {
  it('is let in by an address that is clicked in a page of another site, a terminal\'s say, and again later', async () => {
    const lab = await fakeLab()
    const renderer = join(lab.folder, 'renderer')
    mkdirSync(renderer)
    writeFileSync(join(renderer, 'index.html'), '<h1>app</h1>')
    const server = await serve(lab, { host: '127.0.0.1', port: 0 }, renderer)
    onTestFinished(() => server.close())
    const terminal = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(`<a href="${server.url}" target="_blank" rel="noopener">open</a>`)).listen(0)
    onTestFinished(() => void terminal.close().closeAllConnections())
    await once(terminal, 'listening')
    const browser = await chromium.launch({ executablePath: executablePath!, args: [...process.getuid?.() === 0 ? ['--no-sandbox'] : [], '--disable-gpu'] })
    onTestFinished(() => browser.close())
    const context = await browser.newContext()
    const page = await context.newPage()
    // Of another name, so of another site.
    await page.goto(`http://localhost:${(terminal.address() as { port: number }).port}/`)
    for (let time = 0; time < 2; time++) {
      const [app] = await Promise.all([context.waitForEvent('page'), page.click('a')])
      await app.waitForLoadState()
      expect([app.url(), await app.textContent('body')]).toEqual([`http://127.0.0.1:${server.port}/`, 'app'])
    }
  }, 30_000)
})
