import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, test, visit } from './fixtures'
import { stored } from './stored'

const user = visit('serve', stored, 'default')

test.beforeEach(() => user.watch.allow())

/** A page of another program on this machine, which the browser sends the app's cookie to and takes cookies from. */
async function pageOfAnotherPort(headers: Record<string, string> = {}): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer((_, response) => response.writeHead(200, { 'Content-Type': 'text/html', ...headers }).end('<title>other</title>')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

test('a browser without the token, or with one that was used, is told what to do and gets nothing', async ({ browser }) => {
  const { app } = user
  const stranger = await browser.newPage()
  for (const [address, told] of [
    [app.origin, 'Open the address that the terminal shows'],
    [app.url, 'The terminal shows the one that works now'],
    [`${app.origin}/?token=${'x'.repeat(32)}`, 'The terminal shows the one that works now'],
  ] as const) {
    const response = await stranger.goto(address)
    expect(response!.status()).toBe(401)
    await expect(stranger.locator('body')).toContainText(told)
  }
  expect(await stranger.context().cookies()).toEqual([])
  await stranger.close()
})

test('a cookie that another port has set lets nobody in', async ({ browser }) => {
  const { app } = user
  const name = `lab_${new URL(app.origin).port}`
  await using other = await pageOfAnotherPort({ 'Set-Cookie': `${name}=${'x'.repeat(43)}; Path=/` })
  const stranger = await browser.newPage()
  await stranger.goto(other.url)
  expect(await stranger.context().cookies(app.origin)).toMatchObject([{ name, value: 'x'.repeat(43) }])
  expect((await stranger.goto(app.origin))!.status()).toBe(401)
  await stranger.close()
})

test('another name that leads here gets nothing, not even with the cookie', async ({ browser }) => {
  const { app, context } = user
  const name = 'rebound.example'
  const rebound = await browser.browserType().launch({
    ...test.info().project.use.launchOptions,
    args: ['--no-sandbox', '--disable-gpu', `--host-resolver-rules=MAP ${name} 127.0.0.1`],
  })
  const stranger = await rebound.newContext()
  const [cookie] = await context.cookies(app.origin)
  await stranger.addCookies([{ ...cookie!, domain: name }])
  const page = await stranger.newPage()
  const response = await page.goto(app.origin.replace('127.0.0.1', name))
  expect(response!.status()).toBe(403)
  expect((await response!.request().allHeaders()).cookie).toContain(cookie!.value)
  await expect(page.locator('body')).toContainText('answers only to the names of its own machine')
  expect(await page.evaluate(isOpened, '/rpc')).toBe(false)
  await rebound.close()
})

test('a page of another port gets nothing, though the browser sends the cookie along', async () => {
  const { app, context, watch } = user
  watch.allow(/./)
  await using other = await pageOfAnotherPort()
  const page = await context.newPage()
  await page.goto(other.url)
  expect(await page.evaluate(isOpened, `${app.origin.replace('http', 'ws')}/rpc`)).toBe(false)
  const found = await page.evaluate(async (origin) => {
    const isLoaded = (attributes: object): Promise<boolean> => new Promise((resolve) => {
      document.head.append(Object.assign(document.createElement('script'), attributes, { onload: () => resolve(true), onerror: () => resolve(false) }))
    })
    const frame = Object.assign(document.createElement('iframe'), { src: origin })
    const framed = new Promise(resolve => frame.onload = resolve)
    document.body.append(frame)
    await framed
    return {
      page: await fetch(origin, { credentials: 'include' }).then(() => true, () => false),
      opaque: await fetch(origin, { credentials: 'include', mode: 'no-cors' }).then(() => true, () => false),
      script: await isLoaded({ src: origin }),
    }
  }, app.origin)
  expect(found).toEqual({ page: false, opaque: false, script: false })
  // A window that it opens is out of its hands.
  const opening = context.waitForEvent('page')
  const opened = await page.evaluateHandle(origin => open(origin), app.origin)
  await expect.poll(() => opened.evaluate(window => window!.closed)).toBe(true)
  await (await opening).close()
  const [, frame] = page.frames()
  expect(await frame!.title()).not.toBe('Gradient Flow Lab')
  await page.close()
})

/** In a page: whether a WebSocket is let in. */
function isOpened(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url)
    socket.onopen = () => resolve(true)
    socket.onerror = () => resolve(false)
  })
}

/** A watch that sees nothing would let everything pass. */
test.describe('the watch over all these tests sees', () => {
  test('a request to another origin', async () => {
    await user.page.evaluate(() => {
      document.body.append(Object.assign(new Image(), { src: 'http://example.org/picture.png' }))
    })
    await expect.poll(() => user.watch.faults().join()).toMatch(/example\.org/)
  })

  test('what the content security policy forbids', async () => {
    await user.page.evaluate(() => {
      document.body.append(Object.assign(document.createElement('script'), { textContent: 'globalThis.injected = true' }))
    })
    await expect.poll(() => user.watch.faults().join()).toMatch(/content security policy: script-src/)
    expect(await user.page.evaluate(() => 'injected' in globalThis)).toBe(false)
  })

  test('errors', async () => {
    await user.page.evaluate(() => {
      console.error('told')
      setTimeout(() => {
        throw new Error('thrown')
      })
    })
    const seen: string[] = []
    await expect.poll(() => seen.push(...user.watch.faults()) && seen.join()).toMatch(/told[\s\S]*thrown/)
  })
})

test('nothing moves for those who do not want it', async () => {
  const { page, app } = user
  await page.goto(`${app.origin}/#/`)
  await page.evaluate(() => {
    const moves: string[] = []
    Object.assign(globalThis, { moves })
    for (const type of ['transitionrun', 'animationstart']) {
      addEventListener(type, ({ target }) => (target as Element).getAnimations().forEach(({ effect }) => {
        const { duration, iterations } = effect!.getComputedTiming()
        if (Number(duration) > 1 || iterations !== 1)
          moves.push(`${(target as Element).className} ${duration} ms, ${iterations} times`)
      }), true)
    }
  })
  /** All that moved since the last time, once nothing moves any more. */
  const moves = async (): Promise<string[]> => {
    await page.mouse.move(0, 0)
    await expect.poll(() => page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length)).toBe(0)
    return page.evaluate(() => (globalThis as unknown as { moves: string[] }).moves.splice(0))
  }
  const use = async (): Promise<void> => {
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('option', { name: /Small/ })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
    await page.getByRole('button', { name: 'What to do with Small' }).click()
    await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeHidden()
    await page.getByRole('row', { name: 'Small' }).getByRole('link').click()
    await page.getByRole('tab', { name: 'Runs' }).click()
    await expect(page.getByRole('tab', { name: 'Runs' })).toHaveAttribute('aria-selected', 'true')
    await page.getByRole('link', { name: 'Experiments' }).first().click()
  }
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await use()
  expect(await moves()).not.toEqual([])
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await use()
  expect(await moves()).toEqual([])
})
