import type { Command } from '@shared/desktop'
import type { BrowserWindow, WebContents } from 'electron'
import type { Electron } from './electron'
import type { WindowMemory } from './memory'
import { setTimeout as wait } from 'node:timers/promises'
import { channels } from '@shared/desktop'
import { MINIMUM, placeWindow } from './placement'
import { START } from './scheme'

/** The page's first colour, light and dark, until it is drawn. */
const BACKGROUND = { light: '#ffffff', dark: '#18181b' }

export interface WindowParts {
  readonly preloadFile: string
  readonly memory: WindowMemory
  /** DevTools are for those who develop. */
  readonly devTools: boolean
  /** Makes a new window's page able to reach this process. */
  readonly connect: (contents: WebContents, window: BrowserWindow) => void
  /** Whether the user may close the window now. */
  readonly mayClose: () => boolean
  /** How long a page may take to answer. */
  readonly patienceMs: number
}

/** The one window, while there is one. */
export class LabWindow {
  #window: BrowserWindow | undefined
  /** Commands for a page that is not there yet. */
  #waiting: Command[] | undefined
  /** Told when the user keeps a window that was to be closed. */
  #keep: (() => void) | undefined

  constructor(private readonly electron: Electron, private readonly parts: WindowParts) {}

  get current(): BrowserWindow | undefined {
    return this.#window
  }

  /** Opens the window, or brings the open one to the front. */
  show(): BrowserWindow {
    const window = this.#window ?? this.#open()
    if (window.isMinimized())
      window.restore()
    window.focus()
    return window
  }

  /** Tells the page what was chosen in the menu; the window opens if there is none. */
  send(command: Command): void {
    const { webContents } = this.show()
    if (this.#waiting)
      this.#waiting.push(command)
    else
      webContents.send(channels.command, command)
  }

  /**
   * As its user closes it: a page with something typed may be kept.
   * @returns false if it is kept; true if it is closed, or its page does not answer
   */
  async close(): Promise<boolean> {
    const window = this.#window
    if (!window)
      return true
    const closed = new Promise<boolean>((resolve) => {
      window.once('closed', () => resolve(true))
      this.#keep = () => resolve(false)
    })
    window.close()
    return Promise.race([closed, wait(this.parts.patienceMs, true, { ref: false })])
  }

  /** Without asking the page. */
  destroy(): void {
    this.#remember()
    this.#window?.destroy()
  }

  #open(): BrowserWindow {
    const { BrowserWindow, nativeTheme } = this.electron
    const { preloadFile, memory, devTools, connect, mayClose } = this.parts
    const window = new BrowserWindow({
      ...placeWindow(memory.now.bounds, this.#displays()),
      minWidth: MINIMUM.width,
      minHeight: MINIMUM.height,
      title: 'Gradient Flow Lab',
      backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
      webPreferences: {
        preload: preloadFile,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        navigateOnDragDrop: false,
        // It would fetch dictionaries from the network.
        spellcheck: false,
        devTools,
      },
    })
    this.#window = window
    this.#waiting = []
    const { webContents } = window
    if (memory.now.maximized)
      window.maximize()
    connect(webContents, window)
    webContents.on('did-finish-load', () => {
      this.#waiting?.forEach(command => webContents.send(channels.command, command))
      this.#waiting = undefined
    })
    window.on('close', (event) => {
      if (mayClose())
        this.#remember()
      else
        event.preventDefault()
    })
    window.on('closed', () => this.#window = undefined)
    webContents.on('render-process-gone', (_, { reason }) => {
      if (reason !== 'clean-exit')
        void this.#offerReload(window, reason)
    })
    // A page that holds what was typed would otherwise keep its window open without a word.
    webContents.on('will-prevent-unload', (event) => {
      if (this.#mayDiscard(window))
        event.preventDefault()
      else
        this.#keep?.()
    })
    // It rejects where the window is closed meanwhile.
    window.loadURL(START).catch(() => {})
    return window
  }

  async #offerReload(window: BrowserWindow, reason: string): Promise<void> {
    if (window.isDestroyed())
      return
    const { response } = await this.electron.dialog.showMessageBox(window, {
      type: 'error',
      message: 'This window has stopped working',
      detail: `Its process is gone (${reason}). Training goes on meanwhile; what was not saved in a form of this window is lost.`,
      buttons: ['Reload', 'Close'],
      defaultId: 0,
      cancelId: 1,
      noLink: true,
    })
    if (window.isDestroyed())
      return
    if (response === 0)
      window.webContents.reload()
    else
      window.close()
  }

  #mayDiscard(window: BrowserWindow): boolean {
    return this.electron.dialog.showMessageBoxSync(window, {
      type: 'question',
      message: 'Discard what you have typed?',
      detail: 'A form in this window has changes that are not saved.',
      buttons: ['Keep Editing', 'Discard'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    }) === 1
  }

  #remember(): void {
    if (this.#window)
      this.parts.memory.keep({ bounds: this.#window.getNormalBounds(), maximized: this.#window.isMaximized() })
  }

  /** Work areas, the primary first. */
  #displays() {
    const { screen } = this.electron
    const primary = screen.getPrimaryDisplay()
    return [primary, ...screen.getAllDisplays().filter(({ id }) => id !== primary.id)].map(({ workArea }) => workArea)
  }
}
