import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { readArguments } from '../../src-main/electron/arguments'
import { temporaryFolder } from '../temporary'
import { openApp, settled } from './open-app'

describe('opening', () => {
  it('shows one window, with Chromium\'s own files in the data directory', async () => {
    const { app, dataDirectory, shown, window } = await openApp()
    expect(shown).toEqual([1])
    expect(window().webContents.mainFrame.url).toBe('app://lab/')
    expect(app.getPath('userData')).toBe(join(dataDirectory, 'electron'))
    expect(existsSync(join(dataDirectory, 'electron'))).toBe(true)
    expect(app.name).toBe('Gradient Flow Lab')
  })

  it('says with its sentence why a data directory cannot be used, and ends with the code for it', async () => {
    class Problem extends Error {}
    const { app, dialog } = await openApp({
      openLab: async () => {
        throw new Problem('/data is in use by process 12 on here ("npm run lab", since noon)')
      },
      exitCodeOf: error => error instanceof Problem ? 3 : undefined,
    })
    expect(dialog.errors).toEqual([{ title: 'Gradient Flow Lab cannot open', content: '/data is in use by process 12 on here ("npm run lab", since noon)' }])
    expect([app.exitCode, app.windows.length]).toEqual([3, 0])
  })

  it('says so too where a file is in the data directory\'s place', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    const { app, dialog } = await openApp({
      dataDirectory: join(file, 'data'),
      openLab: async () => {
        throw new Error('a file is in its way')
      },
      exitCodeOf: () => 3,
    })
    expect([app.exitCode, dialog.errors[0]!.content]).toEqual([3, 'a file is in its way'])
  })

  it('calls a defect a defect', async () => {
    const { app, dialog, shown } = await openApp({
      openLab: async () => {
        throw new TypeError('undefined is not a function')
      },
    })
    expect([app.exitCode, shown]).toEqual([1, [0]])
    expect(dialog.errors[0]!.content).toMatch(/^TypeError: undefined is not a function\n[\s\S]*This is a defect of the program/)
  })
})

describe('a second instance', () => {
  it('brings the first one\'s window to the front, and ends', async () => {
    const said = vi.spyOn(console, 'log').mockImplementation(() => {})
    const first = await openApp()
    const focused = first.window().focused
    first.window().minimize()
    const second = await openApp({ machine: first.machine, dataDirectory: first.dataDirectory })
    await settled()
    expect([second.app.exitCode, second.app.windows.length, second.lab.stops]).toEqual([0, 0, 0])
    expect([first.window().isMinimized(), first.window().focused]).toEqual([false, focused + 1])
    expect(said.mock.lastCall![0]).toContain('is open already')
  })

  it('is another program with another data directory', async () => {
    const first = await openApp()
    const second = await openApp({ machine: first.machine })
    expect([first.app.windows.length, second.app.windows.length]).toEqual([1, 1])
  })
})

describe('arguments', () => {
  it('are the data directory and whether it is to stay empty', () => {
    expect(readArguments(['/app', '--data', '/tmp/study', '--empty'])).toEqual({ data: '/tmp/study', empty: true })
    expect(readArguments(['--data=study', '/app'])).toEqual({ data: join(process.cwd(), 'study'), empty: false })
    expect(readArguments([])).toEqual({ data: undefined, empty: false })
  })

  it('may stand among those of Chromium and of Node', () => {
    expect(readArguments(['--inspect=0', '--remote-debugging-port=0', '--no-sandbox', '-r', 'loader.js', '.', '--data', '/tmp/study', '--original-process-start-time=1'])).toEqual({ data: '/tmp/study', empty: false })
    expect(readArguments(['--data'])).toEqual({ data: undefined, empty: false })
  })
})
