import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { channels } from '@shared/desktop'
import { describe, expect, it } from 'vitest'
import { isFileName } from '../../src-main/electron/files'
import { openApp } from './open-app'
import { StandInFrame } from './stand-in'

const bytes = new Uint8Array([0, 255, 13, 10])

describe('saving', () => {
  it('writes one file where the user says', async () => {
    const app = await openApp()
    const desktop = await app.preload()
    const path = join(app.folder, 'mine.png')
    app.dialog.chosen.push(path)
    expect(await desktop.save([{ name: 'figure.png', bytes }])).toEqual({ kind: 'saved', path })
    expect(new Uint8Array(readFileSync(path))).toEqual(bytes)
    expect(app.dialog.fileDialogs[0]).toMatchObject({ defaultPath: join(app.folder, 'figure.png'), filters: [{ name: 'PNG', extensions: ['png'] }] })
  })

  it('writes several into the folder that the user chooses', async () => {
    const app = await openApp()
    const desktop = await app.preload()
    const folder = join(app.folder, 'export')
    mkdirSync(folder)
    app.dialog.chosen.push(folder)
    expect(await desktop.save([{ name: 'a.csv', bytes }, { name: 'b.csv', bytes }])).toEqual({ kind: 'saved', path: folder })
    expect(readdirSync(folder)).toEqual(['a.csv', 'b.csv'])
  })

  it('asks before it replaces what is in a chosen folder', async () => {
    const app = await openApp()
    const desktop = await app.preload()
    writeFileSync(join(app.folder, 'a.csv'), 'before')
    const files = [{ name: 'a.csv', bytes }, { name: 'b.csv', bytes }]

    app.dialog.chosen.push(app.folder)
    const kept = desktop.save(files)
    await expect.poll(() => app.dialog.boxes.length).toBe(1)
    expect(app.dialog.boxes[0]!.message).toBe('Replace 1 file?')
    app.dialog.boxes[0]!.answer('Cancel')
    expect(await kept).toEqual({ kind: 'cancelled' })
    expect([readFileSync(join(app.folder, 'a.csv'), 'utf8'), existsSync(join(app.folder, 'b.csv'))]).toEqual(['before', false])

    app.dialog.chosen.push(app.folder)
    const replaced = desktop.save(files)
    await expect.poll(() => app.dialog.boxes.length).toBe(2)
    app.dialog.boxes[1]!.answer('Replace')
    expect(await replaced).toMatchObject({ kind: 'saved' })
    expect(new Uint8Array(readFileSync(join(app.folder, 'a.csv')))).toEqual(bytes)
  })

  it('writes nothing when the user thinks better of it, and says why it could not', async () => {
    const app = await openApp()
    const desktop = await app.preload()
    app.dialog.chosen.push(undefined)
    expect(await desktop.save([{ name: 'a.csv', bytes }])).toEqual({ kind: 'cancelled' })
    app.dialog.chosen.push(join(app.folder, 'none', 'a.csv'))
    expect(await desktop.save([{ name: 'a.csv', bytes }])).toMatchObject({ kind: 'failed', reason: expect.stringContaining('none') })
    expect(readdirSync(app.folder).filter(name => name.endsWith('.partial'))).toEqual([])
  })

  it.each([
    ['no list', { name: 'a.csv', bytes }],
    ['no file', []],
    ['a path for a name', [{ name: '../a.csv', bytes }]],
    ['a path of Windows', [{ name: '..\\a.csv', bytes }]],
    ['text for bytes', [{ name: 'a.csv', bytes: 'text' }]],
    ['two files of one name', [{ name: 'a.csv', bytes }, { name: 'A.csv', bytes }]],
    ['more files than anybody exports', Array.from({ length: 1001 }, (_, i) => ({ name: `${i}.csv`, bytes }))],
  ])('refuses %s before any dialog', async (_, given) => {
    const app = await openApp()
    const desktop = await app.preload()
    await expect(desktop.save(given as never)).rejects.toThrow()
    expect(app.dialog.fileDialogs).toEqual([])
  })
})

describe('opening', () => {
  it('reads the file that the user chooses', async () => {
    const app = await openApp()
    const desktop = await app.preload()
    const path = join(app.folder, 'study.json')
    writeFileSync(path, '{}')
    app.dialog.chosen.push(path)
    expect(await desktop.open()).toEqual({ kind: 'opened', name: 'study.json', bytes: new Uint8Array([123, 125]) })
    expect(await desktop.open()).toEqual({ kind: 'cancelled' })
    // It begins where the user was.
    expect(app.dialog.fileDialogs[1]).toMatchObject({ defaultPath: app.folder })
  })

  it('says why a file cannot be read', async () => {
    const app = await openApp()
    const desktop = await app.preload()
    writeFileSync(join(app.folder, 'large.json'), new Uint8Array(9 * 2 ** 20))
    app.dialog.chosen.push(join(app.folder, 'none.json'), join(app.folder, 'large.json'))
    expect(await desktop.open()).toMatchObject({ kind: 'failed', reason: expect.stringContaining('none.json could not be read') })
    expect(await desktop.open()).toMatchObject({ kind: 'failed', reason: expect.stringContaining('has 9 MiB') })
  })
})

describe('both', () => {
  it('answer only the page itself', async () => {
    const app = await openApp()
    const { webContents } = app.window()
    const frame = new StandInFrame(webContents, 'app://lab/', webContents.mainFrame)
    for (const channel of [channels.save, channels.open])
      await expect(frame.page.ipcRenderer.invoke(channel, [{ name: 'a.csv', bytes }])).rejects.toThrow('only the page itself')
    webContents.mainFrame.url = 'https://example.org/'
    for (const channel of [channels.save, channels.open])
      await expect(webContents.mainFrame.page.ipcRenderer.invoke(channel, [{ name: 'a.csv', bytes }])).rejects.toThrow('only the page itself')
    expect(app.dialog.fileDialogs).toEqual([])
  })
})

describe('names of files', () => {
  it.each(['figure.png', 'first look — σ².csv', 'a', '.hidden', 'x'.repeat(200)])('may be %s', (name) => {
    expect(isFileName(name)).toBe(true)
  })

  it.each(['', '.', '..', 'a/b', 'a\\b', 'C:x', 'a\0b', 'a\nb', 'CON', 'con.txt', 'LPT1', 'a.', 'a ', 'what?', '"a"', 'x'.repeat(201)])('may not be %j', (name) => {
    expect(isFileName(name)).toBe(false)
  })
})
