import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary'
import { openApp, settled } from './open-app'

const moved = { x: 300, y: 200, width: 1000, height: 700 }

describe('a window', () => {
  it('opens where it was closed, as large, and maximised if it was', async () => {
    const dataDirectory = join(temporaryFolder(), 'data')
    const first = await openApp({ dataDirectory })
    first.window().bounds = moved
    first.window().maximize()
    first.window().close()

    const second = await openApp({ dataDirectory })
    expect(second.window().bounds).toEqual(moved)
    expect(second.window().isMaximized()).toBe(true)
    expect(second.window().options).toMatchObject({ minWidth: 960, minHeight: 600, title: 'Gradient Flow Lab' })
  })

  it.each(['quit', 'signal'])('is remembered too when the program ends by a %s', async (how) => {
    const dataDirectory = join(temporaryFolder(), 'data')
    const first = await openApp({ dataDirectory })
    first.window().bounds = moved
    if (how === 'quit')
      first.app.quit()
    else
      first.process.emit('SIGTERM')
    await expect.poll(() => first.app.exitCode).toBe(0)
    expect((await openApp({ dataDirectory })).window().bounds).toEqual(moved)
  })

  it('comes back onto a display that is there', async () => {
    const dataDirectory = join(temporaryFolder(), 'data')
    const large = { id: 7, workArea: { x: 1920, y: 0, width: 2560, height: 1440 } }
    const small = { id: 1, workArea: { x: 0, y: 0, width: 1024, height: 768 } }
    const first = await openApp({ dataDirectory, displays: [small, large] })
    first.window().bounds = { x: 2500, y: 10, width: 1600, height: 1200 }
    first.window().close()
    expect((await openApp({ dataDirectory, displays: [small] })).window().bounds).toEqual(small.workArea)
  })

  it.each(['', '{', '{"bounds":{"x":"left"}}', '{"bounds":{"x":0,"y":0,"width":1,"height":-5}}', '[]', 'null'])('takes its first place where what was remembered is damaged: %s', async (text) => {
    const dataDirectory = join(temporaryFolder(), 'data')
    mkdirSync(dataDirectory)
    writeFileSync(join(dataDirectory, 'window.json'), text)
    expect((await openApp({ dataDirectory })).window().bounds).toEqual({ x: 240, y: 40, width: 1440, height: 960 })
  })

  it('follows the page in being light or dark, and remembers it', async () => {
    const dataDirectory = join(temporaryFolder(), 'data')
    const first = await openApp({ dataDirectory })
    const desktop = await first.preload()
    desktop.setAppearance('dark')
    desktop.setAppearance('purple' as never)
    expect(first.nativeTheme.themeSource).toBe('dark')
    first.window().webContents.mainFrame.url = 'https://example.org/'
    desktop.setAppearance('light')
    expect(first.nativeTheme.themeSource).toBe('dark')
    first.window().close()
    expect(JSON.parse(readFileSync(join(dataDirectory, 'window.json'), 'utf8'))).toMatchObject({ appearance: 'dark', maximized: false })
    expect((await openApp({ dataDirectory })).nativeTheme.themeSource).toBe('dark')
  })

  it('asks before it drops what was typed', async () => {
    const app = await openApp()
    const window = app.window()
    window.webContents.holds = true
    app.dialog.blockingAnswer = 0
    window.close()
    await settled()
    expect([window.isDestroyed(), app.app.exitCode]).toEqual([false, undefined])
    app.dialog.blockingAnswer = 1
    window.close()
    await expect.poll(() => app.app.exitCode).toBe(0)
  })
})

describe('a page that crashed', () => {
  it('is offered anew', async () => {
    const app = await openApp({ training: true })
    const { webContents } = app.window()
    const { page } = webContents.mainFrame
    webContents.crash('oom')
    expect(app.dialog.boxes[0]).toMatchObject({ type: 'error', buttons: ['Reload', 'Close'], detail: expect.stringContaining('(oom). Training goes on') })
    app.dialog.boxes[0]!.answer('Reload')
    await settled()
    expect(webContents.mainFrame.page).not.toBe(page)
    expect(webContents.mainFrame.url).toBe('app://lab/')
    expect(app.lab.stops).toBe(0)
  })

  it('can be closed', async () => {
    const app = await openApp()
    app.window().webContents.crash('crashed')
    app.dialog.boxes[0]!.answer('Close')
    await expect.poll(() => app.app.exitCode).toBe(0)
  })

  it('is no crash when it ends in order', async () => {
    const app = await openApp()
    app.window().webContents.crash('clean-exit')
    expect(app.dialog.boxes).toEqual([])
  })
})
