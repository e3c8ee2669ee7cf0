import type { MessagePortMain, WebContents } from 'electron'
import type { Electron } from './electron'
import { join } from 'node:path'
import { appearances, channels } from '@shared/desktop'
import { makeDataDirectory, makeFolder } from '../folders'
import { serveFiles } from './files'
import { guardContents, guardSession } from './guards'
import { PAPER } from './links'
import { WindowMemory } from './memory'
import { menuTemplate } from './menu'
import { isFromOwnPage } from './own-page'
import { servePorts } from './ports'
import { Quitting } from './quitting'
import { scheme, serveFolder } from './scheme'
import { LabWindow } from './window'

export const NAME = 'Gradient Flow Lab'

/** The signals that end a program, and what a parent's end comes as. */
const ends = ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const

export interface HostedLab {
  readonly isTraining: boolean
  readonly stop: () => Promise<void>
}

export interface HostParts<L extends HostedLab> {
  readonly dataDirectory: string
  readonly openLab: () => Promise<L>
  /** The exit code for an error that has its sentence; undefined for a defect of the program. */
  readonly exitCodeOf: (error: unknown) => number | undefined
  /** Told once the user sees the window, or is about to read why there is none. */
  readonly shown: () => void
  /** Answers the contract on a port. */
  readonly serve: (port: MessagePortMain, lab: L) => void
  readonly rendererFolder: string
  readonly preloadFile: string
  readonly contentSecurityPolicy: string
  readonly process: { readonly platform: NodeJS.Platform, readonly on: (event: typeof ends[number], listener: () => void) => unknown }
  /** How long runs may take to stop when the program ends. */
  readonly patienceMs: number
  /** How long a page that hangs may hold that up. */
  readonly pagePatienceMs: number
}

/**
 * The program as a desktop application. To be called before Electron is ready.
 * @returns once it is open, or has ended because it cannot be
 */
export async function startHost<L extends HostedLab>(electron: Electron, parts: HostParts<L>): Promise<void> {
  const { app, protocol } = electron
  app.setName(NAME)
  useProfile(electron, parts.dataDirectory)
  if (!app.requestSingleInstanceLock()) {
    console.log(`${NAME} is open already with ${parts.dataDirectory}; its window comes to the front.`)
    app.quit()
    return
  }
  protocol.registerSchemesAsPrivileged([scheme])
  app.enableSandbox()
  guardContents(electron)
  const host = new Host(electron, parts)
  await app.whenReady()
  await host.open()
}

/** Chromium keeps its own files in the data directory too: so each has one window, and a fresh one is fresh. */
function useProfile({ app }: Electron, dataDirectory: string): void {
  const profile = join(dataDirectory, 'electron')
  try {
    makeDataDirectory(dataDirectory)
    makeFolder(profile)
    app.setPath('userData', profile)
  }
  catch {
    // Opening the data directory says why it cannot be used.
  }
}

class Host<L extends HostedLab> {
  readonly #window: LabWindow
  readonly #quitting: Quitting
  readonly #memory: WindowMemory
  #opening: Promise<L> | undefined
  #lab: L | undefined

  constructor(private readonly electron: Electron, private readonly parts: HostParts<L>) {
    const { app } = electron
    const { preloadFile, patienceMs, process: { platform } } = parts
    this.#memory = new WindowMemory(parts.dataDirectory)
    this.#window = new LabWindow(electron, {
      preloadFile,
      memory: this.#memory,
      devTools: !app.isPackaged,
      connect: (contents, window) => {
        servePorts(electron, contents, port => parts.serve(port, this.#lab!))
        serveFiles(electron, contents, window)
        this.#followAppearance(contents)
      },
      mayClose: () => this.#mayClose(),
      patienceMs: parts.pagePatienceMs,
    })
    this.#quitting = new Quitting(electron, {
      isTraining: () => this.#lab?.isTraining ?? false,
      stop: async () => (await this.#opening?.catch(() => undefined))?.stop(),
      window: this.#window,
      patienceMs,
    })
    app.on('second-instance', () => this.#show())
    app.on('activate', () => this.#show())
    app.on('window-all-closed', () => {
      if (platform !== 'darwin')
        app.quit()
    })
  }

  async open(): Promise<void> {
    try {
      this.#followSystem()
      const { electron: { nativeTheme, session }, parts } = this
      nativeTheme.themeSource = this.#memory.now.appearance
      guardSession(session.defaultSession)
      session.defaultSession.protocol.handle(scheme.scheme, serveFolder(parts.rendererFolder, parts.contentSecurityPolicy))
      this.#opening = parts.openLab()
      this.#lab = await this.#opening
      this.#setMenu()
      this.#show()
      this.parts.shown()
    }
    catch (error) {
      this.#fail(error as Error)
    }
  }

  /** Electron's own handlers of signals are there by now: those that come later count. */
  #followSystem(): void {
    for (const end of ends)
      this.parts.process.on(end, () => this.#quitting.now())
    this.electron.powerMonitor.on('shutdown', (event?: { preventDefault: () => void }) => {
      event?.preventDefault()
      this.#quitting.now()
    })
  }

  #fail(error: Error): void {
    const { app, dialog } = this.electron
    const code = this.parts.exitCodeOf(error)
    this.parts.shown()
    dialog.showErrorBox(`${NAME} cannot open`, code === undefined ? `${error.stack}\n\nThis is a defect of the program; nothing that was stored is lost.` : error.message)
    app.exit(code ?? 1)
  }

  #show(): void {
    if (this.#lab && !this.#quitting.isEnding)
      this.#window.show()
  }

  /** On a Mac a program goes on without windows; elsewhere its last window is the program. */
  #mayClose(): boolean {
    if (this.parts.process.platform === 'darwin' || this.#quitting.isClosing || !this.#lab?.isTraining)
      return true
    void this.#quitting.ask()
    return false
  }

  #followAppearance(contents: WebContents): void {
    contents.ipc.on(channels.appearance, (event, given: unknown) => {
      const appearance = appearances.find(known => known === given)
      if (!isFromOwnPage(event) || !appearance)
        return
      this.electron.nativeTheme.themeSource = appearance
      this.#memory.keep({ appearance })
    })
  }

  #setMenu(): void {
    const { app, Menu, shell } = this.electron
    const { dataDirectory, process: { platform } } = this.parts
    app.setAboutPanelOptions({ applicationName: NAME, applicationVersion: app.getVersion() })
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ platform, devTools: !app.isPackaged }, {
      send: command => this.#quitting.isEnding || this.#window.send(command),
      openPaper: () => void shell.openExternal(PAPER),
      showData: () => void shell.openPath(dataDirectory),
    })))
  }
}
