import type { Command } from '@shared/desktop'
import type { MenuItem } from './stand-in'
import { describe, expect, it } from 'vitest'
import { openApp, settled } from './open-app'

function named(menu: readonly MenuItem[]): string[] {
  return menu.map(({ label, role }) => label?.replace('&', '') ?? role!)
}

function items(menu: readonly MenuItem[]): MenuItem[] {
  return menu.flatMap(item => [item, ...items(item.submenu ?? [])])
}

function choose(menu: readonly MenuItem[], label: string): void {
  items(menu).find(item => item.label?.replace('&', '') === label)!.click!()
}

describe('the menu', () => {
  it('is each platform\'s own', async () => {
    const mac = (await openApp({ platform: 'darwin' })).menu()
    expect(named(mac)).toEqual(['appMenu', 'File', 'editMenu', 'View', 'windowMenu', 'help'])
    expect(items(mac).map(({ role }) => role)).toContain('close')

    const windows = (await openApp({ platform: 'win32', packaged: true })).menu()
    expect(named(windows)).toEqual(['File', 'editMenu', 'View', 'help'])
    const roles = items(windows).map(({ role }) => role)
    expect(roles).toEqual(expect.arrayContaining(['quit', 'reload', 'zoomIn', 'zoomOut', 'resetZoom', 'about']))
    expect(roles).not.toContain('toggleDevTools')
  })

  it('tells the page what was chosen', async () => {
    const app = await openApp()
    const heard: Command[] = []
    ;(await app.preload()).onCommand(command => heard.push(command))
    app.window().webContents.finishLoading()
    for (const label of ['New Experiment', 'Export…', 'Dark or Light'])
      choose(app.menu(), label)
    await settled()
    expect(heard).toEqual(['newExperiment', 'export', 'toggleDark'])
  })

  it('opens a window for it where there is none, and tells its page once it is there', async () => {
    const app = await openApp({ platform: 'darwin' })
    app.window().close()
    choose(app.menu(), 'New Experiment')
    const heard: Command[] = []
    await settled()
    ;(await app.preload()).onCommand(command => heard.push(command))
    await settled()
    expect(heard).toEqual([])
    app.window().webContents.finishLoading()
    await settled()
    expect(heard).toEqual(['newExperiment'])
  })

  it('opens the paper in the browser and the data directory in the file manager', async () => {
    const app = await openApp()
    choose(app.menu(), 'The Paper (arXiv 2102.01670)')
    choose(app.menu(), 'Show Data Folder')
    expect(app.opened).toEqual({ urls: ['https://arxiv.org/abs/2102.01670'], paths: [app.dataDirectory] })
  })

  it('says what the program is', async () => {
    expect((await openApp()).app.about).toEqual({ applicationName: 'Gradient Flow Lab', applicationVersion: '1.2.3' })
  })
})
