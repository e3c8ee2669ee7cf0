import { describe, expect, it } from 'vitest'
import { isAllowedLink } from '../../src-main/electron/links'
import { openApp } from './open-app'
import { StandInFrame } from './stand-in'

const elsewhere = ['https://example.org/', 'https://arxiv.org/abs/2102.01670', 'file:///etc/passwd', 'data:text/html,x', 'javascript:alert(1)', 'app://other/', 'app://lab/assets/main.js', 'app://lab.evil/', 'http://127.0.0.1:4317/']

describe('the window', () => {
  it('has an isolated, sandboxed page without Node', async () => {
    const { app, window } = await openApp()
    expect(window().options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    })
    expect(app.isSandboxEnabled).toBe(true)
  })

  it('has DevTools only where it is developed', async () => {
    expect((await openApp({ packaged: true })).window().options.webPreferences.devTools).toBe(false)
    expect((await openApp()).window().options.webPreferences.devTools).toBe(true)
  })
})

describe('a page', () => {
  it.each(elsewhere)('cannot go to %s', async (url) => {
    const { webContents } = (await openApp()).window()
    expect(webContents.navigate(url)).toBe(false)
    expect(webContents.mainFrame.url).toBe('app://lab/')
    // Each event is guarded by itself.
    expect([webContents.asks('will-navigate', url), webContents.asks('will-frame-navigate', url), webContents.asks('will-redirect', url)]).toEqual([false, false, false])
  })

  it('can load itself anew', async () => {
    const { webContents } = (await openApp()).window()
    expect(webContents.navigate('app://lab/')).toBe(true)
    expect(webContents.navigate('app://lab/#/queue')).toBe(true)
  })

  it('can load nothing into a frame, not even itself', async () => {
    const { webContents } = (await openApp()).window()
    const frame = new StandInFrame(webContents, 'about:blank', webContents.mainFrame)
    for (const url of [...elsewhere, 'app://lab/'])
      expect(webContents.navigate(url, frame)).toBe(false)
  })

  it('can show a document in a frame that it holds itself', async () => {
    const { webContents } = (await openApp()).window()
    expect(webContents.navigate('about:srcdoc#results', new StandInFrame(webContents, 'about:blank', webContents.mainFrame))).toBe(true)
    // It has no such document to go to itself.
    expect(webContents.navigate('about:srcdoc')).toBe(false)
  })

  it('cannot open a window; a link to a known site opens in the browser', async () => {
    const { opened, window } = await openApp()
    const { webContents } = window()
    for (const url of [...elsewhere, 'app://lab/'])
      expect(webContents.opens(url)).toBe(false)
    expect(opened.urls).toEqual(['https://arxiv.org/abs/2102.01670'])
  })

  it('cannot attach a webview', async () => {
    expect((await openApp()).window().webContents.attachesWebview()).toBe(false)
  })

  it('may put text on the clipboard, and is refused every other permission', async () => {
    const { session } = await openApp()
    const may = async (permission: string, url: string): Promise<boolean[]> => [await session.requestsPermission(permission, url), session.checksPermission(permission, url)]
    expect(await may('clipboard-sanitized-write', 'app://lab/')).toEqual([true, true])
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'deprecated-sync-clipboard-read', 'fullscreen', 'openExternal', 'unknown'])
      expect([permission, ...await may(permission, 'app://lab/')]).toEqual([permission, false, false])
    for (const url of [...elsewhere.filter(url => !url.startsWith('app://lab/')), 'about:blank', ''])
      expect([url, ...await may('clipboard-sanitized-write', url)]).toEqual([url, false, false])
    expect(session.usesDevice()).toBe(false)
  })

  it('reaches no network', async () => {
    const { session } = await openApp()
    for (const url of ['https://api.iconify.design/lucide.json', 'http://127.0.0.1:4317/', 'ws://127.0.0.1/', 'file:///etc/passwd', 'app://other/'])
      expect(await session.fetch(url)).toBeUndefined()
    expect((await session.fetch('app://lab/'))?.status).toBe(200)
    for (const url of ['blob:app://lab/1', 'data:text/plain,x', 'devtools://devtools/bundled/x.html'])
      expect(await session.fetch(url)).toBeDefined()
  })

  it('can offer its own blobs for saving, and no other download', async () => {
    const { session } = await openApp()
    expect(session.downloads('blob:app://lab/0b5e')).toBe(true)
    for (const url of ['https://example.org/x.exe', 'data:application/octet-stream,x', 'blob:https://example.org/1', 'app://lab/assets/main.js'])
      expect(session.downloads(url)).toBe(false)
  })
})

describe('links', () => {
  it.each([
    ['https://arxiv.org/abs/2102.01670', true],
    ['https://arxiv.org/pdf/2102.01670#page=3', true],
    ['http://arxiv.org/abs/2102.01670', false],
    ['https://arxiv.org.example.com/', false],
    ['https://example.com/arxiv.org', false],
    ['https://arxiv.org@example.com/', false],
    ['https://user:secret@arxiv.org/', false],
    ['https://arxiv.org:8443/', false],
    ['https://evil-arxiv.org/', false],
    ['file:///etc/passwd', false],
    ['smb://arxiv.org/share', false],
    ['javascript:alert(1)', false],
    ['arxiv.org', false],
    ['', false],
  ])('%s: %s', (url, allowed) => {
    expect(isAllowedLink(url)).toBe(allowed)
  })
})
