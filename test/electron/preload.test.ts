import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { channels } from '@shared/desktop'
import ts from 'typescript'
import { describe, expect, it, vi } from 'vitest'
import { openApp, settled } from './open-app'

describe('the preload', () => {
  it('gives the page these functions, and nothing of Electron', async () => {
    const app = await openApp()
    const desktop = await app.preload()
    const { world } = app.window().webContents.mainFrame.page
    expect(Object.keys(world)).toEqual(['desktop'])
    expect(Object.entries(desktop).map(([name, value]) => [name, typeof value])).toEqual(['connect', 'onCommand', 'save', 'open', 'setAppearance'].map(name => [name, 'function']))
  })

  it('says which channel is meant, the page does not', async () => {
    const app = await openApp()
    const desktop = await app.preload()
    const { ipcRenderer } = app.window().webContents.mainFrame.page
    const send = vi.spyOn(ipcRenderer, 'send')
    ;(desktop.connect as (...args: unknown[]) => void)('lab:save', { evil: true })
    expect(send.mock.calls).toEqual([[channels.connect]])
  })

  it('hands the page commands without Electron\'s event, those too that came before it listened', async () => {
    const app = await openApp()
    const { webContents } = app.window()
    const desktop = await app.preload()
    webContents.send(channels.command, 'newExperiment')
    await settled()
    const heard: unknown[][] = []
    desktop.onCommand((...args) => heard.push(args))
    webContents.send(channels.command, 'export')
    await settled()
    expect(heard).toEqual([['newExperiment'], ['export']])
  })

  it('uses of Electron what a sandbox has, and nothing of Node', () => {
    const { importedFiles } = ts.preProcessFile(readFileSync(resolve(import.meta.dirname, '../../src-main/preload.ts'), 'utf8'))
    expect(importedFiles.map(({ fileName }) => fileName).sort()).toEqual(['@shared/desktop', '@shared/desktop', 'electron'])
  })
})
