import type { Command } from '@shared/desktop'
import type { MenuItemConstructorOptions } from 'electron'

export interface MenuActions {
  readonly send: (command: Command) => void
  readonly openPaper: () => void
  readonly showData: () => void
}

export interface MenuOptions {
  readonly platform: NodeJS.Platform
  readonly devTools: boolean
}

const separator: MenuItemConstructorOptions = { type: 'separator' }

/** The native menu, as each platform has it. */
export function menuTemplate({ platform, devTools }: MenuOptions, { send, openPaper, showData }: MenuActions): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin'
  return [
    ...mac ? [{ role: 'appMenu' as const }] : [],
    {
      label: '&File',
      submenu: [
        { label: '&New Experiment', accelerator: 'CmdOrCtrl+N', click: () => send('newExperiment') },
        separator,
        { label: '&Export…', accelerator: 'CmdOrCtrl+E', click: () => send('export') },
        separator,
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'reload' },
        ...devTools ? [{ role: 'toggleDevTools' as const }] : [],
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        separator,
        { label: '&Dark or Light', accelerator: 'CmdOrCtrl+Shift+D', click: () => send('toggleDark') },
      ],
    },
    ...mac ? [{ role: 'windowMenu' as const }] : [],
    {
      role: 'help',
      submenu: [
        { label: 'The &Paper (arXiv 2102.01670)', click: openPaper },
        { label: 'Show &Data Folder', click: showData },
        // On a Mac it is in the program's own menu.
        ...mac ? [] : [separator, { role: 'about' as const }],
      ],
    },
  ]
}
