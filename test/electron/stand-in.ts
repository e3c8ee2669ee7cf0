/**
 * Stands in for the part of Electron that the host uses, as Electron 45 documents it: what it does unless told
 * otherwise (permissions are granted, windows open, pages go where they want) is what the host has to prevent.
 * It shows no pixels; everything else that the tests touch really happens, messages between ports too.
 */
import type { MessagePort } from 'node:worker_threads'
import type { Electron } from '../../src-main/electron/electron'
import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { MessageChannel } from 'node:worker_threads'

interface Rectangle { x: number, y: number, width: number, height: number }

interface Display { id: number, workArea: Rectangle }

export interface StandInOptions {
  readonly downloads: string
  readonly displays?: readonly Display[]
  readonly packaged?: boolean
  /** Instances of the program that run on one machine share it. */
  readonly machine?: Machine
}

/** Who holds the lock of a user data folder. */
export type Machine = Map<string, StandInApp>

/** What a listener gets first, to prevent what would come. */
export interface Preventable { readonly defaultPrevented: boolean, preventDefault: () => void }

/** Emits and says whether nothing prevented it. */
function goesOn(emitter: EventEmitter, name: string, more: object = {}, ...args: unknown[]): boolean {
  const event = {
    ...more,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true
    },
  }
  emitter.emit(name, event, ...args)
  return !event.defaultPrevented
}

class StandInApp extends EventEmitter {
  isReady = false
  name = ''
  isSandboxEnabled = false
  /** Undefined while it runs. */
  exitCode: number | undefined
  about: unknown
  readonly windows: StandInWindow[] = []
  #isQuitting = false
  readonly #paths: Map<string, string>
  readonly #ready = Promise.withResolvers<void>()

  constructor(downloads: string, readonly isPackaged: boolean, private readonly machine: Machine) {
    super()
    this.#paths = new Map([['downloads', downloads], ['userData', '/home/nobody/.config/app']])
  }

  whenReady(): Promise<void> {
    return this.#ready.promise
  }

  becomeReady(): void {
    this.isReady = true
    this.#ready.resolve()
    this.emit('ready')
  }

  setName(name: string): void {
    this.name = name
  }

  getVersion(): string {
    return '1.2.3'
  }

  setAboutPanelOptions(options: unknown): void {
    this.about = options
  }

  enableSandbox(): void {
    if (this.isReady)
      throw new Error('app.enableSandbox() can only be called before app is ready')
    this.isSandboxEnabled = true
  }

  setPath(name: string, path: string): void {
    if (!existsSync(path))
      throw new Error(`Failed to set path: ${path} does not exist`)
    this.#paths.set(name, path)
  }

  getPath(name: string): string {
    return this.#paths.get(name)!
  }

  requestSingleInstanceLock(): boolean {
    const key = this.getPath('userData')
    const first = this.machine.get(key)
    if (!first) {
      this.machine.set(key, this)
      return true
    }
    queueMicrotask(() => goesOn(first, 'second-instance', {}, [], '/', {}))
    return first === this
  }

  quit(): void {
    if (this.exitCode !== undefined || !goesOn(this, 'before-quit'))
      return
    this.#isQuitting = true
    for (const window of [...this.windows])
      window.close()
    if (this.windows.length === 0 && goesOn(this, 'will-quit'))
      this.exit(0)
    this.#isQuitting = false
  }

  exit(code = 0): void {
    this.exitCode ??= code
    for (const window of [...this.windows])
      window.destroy()
    if (this.machine.get(this.getPath('userData')) === this)
      this.machine.delete(this.getPath('userData'))
  }

  /** "If you do not subscribe to this event and all windows are closed, the default behavior is to quit the app". */
  windowClosed(): void {
    if (this.windows.length > 0 || this.#isQuitting || this.exitCode !== undefined)
      return
    if (!this.emit('window-all-closed'))
      this.quit()
  }
}

/** A document in a frame, with what its preload sees. */
export class StandInPage {
  /** What `contextBridge` put into the page's world. */
  readonly world: Record<string, unknown> = {}
  readonly ports: MessagePort[] = []
  readonly #listeners = new Set<(event: { source: unknown, data: unknown, ports: readonly MessagePort[] }) => void>()

  readonly contextBridge = {
    exposeInMainWorld: (key: string, api: unknown) => {
      this.world[key] = api
    },
  }

  readonly window = {
    postMessage: (data: unknown, _origin: string, ports: MessagePort[]) => {
      setImmediate(() => this.#listeners.forEach(listener => listener({ source: this.window, data, ports })))
    },
    addEventListener: (_type: 'message', listener: (event: { source: unknown, data: unknown, ports: readonly MessagePort[] }) => void) => {
      this.#listeners.add(listener)
    },
  }

  readonly ipcRenderer: EventEmitter & { send: (channel: string, ...args: unknown[]) => void, invoke: (channel: string, ...args: unknown[]) => Promise<unknown> }

  constructor(frame: StandInFrame) {
    this.ipcRenderer = Object.assign(new EventEmitter(), {
      send: (channel: string, ...args: unknown[]) => frame.contents.receive(frame, channel, args),
      invoke: (channel: string, ...args: unknown[]) => frame.contents.answer(frame, channel, args),
    })
  }

  /** What a document holds goes with it. */
  unload(): void {
    for (const port of this.ports)
      port.close()
  }
}

/** A WebFrameMain. */
export class StandInFrame {
  page = new StandInPage(this)

  constructor(readonly contents: StandInContents, public url: string, readonly parent: StandInFrame | null = null) {}

  postMessage(channel: string, message: unknown, transfer: StandInPort[] = []): void {
    const ports = transfer.map(port => port.handOver())
    this.page.ports.push(...ports)
    const { page } = this
    setImmediate(() => page.ipcRenderer.emit(channel, { ports }, message))
  }
}

class StandInContents extends EventEmitter {
  readonly mainFrame = new StandInFrame(this, 'about:blank')
  readonly ipc = Object.assign(new EventEmitter(), {
    handle: (channel: string, handler: (event: unknown, ...args: unknown[]) => unknown) => {
      this.#handlers.set(channel, handler)
    },
  })

  /** Whether the page's `beforeunload` says no, or its process does not answer. */
  holds = false
  hangs = false
  /** The answer to the page's last request. */
  response: Response | undefined
  readonly #handlers = new Map<string, (event: unknown, ...args: unknown[]) => unknown>()
  #openHandler: ((details: { url: string }) => { action: 'allow' | 'deny' }) | undefined

  constructor(readonly session: StandInSession) {
    super()
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: 'allow' | 'deny' }): void {
    this.#openHandler = handler
  }

  send(channel: string, ...args: unknown[]): void {
    const { page } = this.mainFrame
    const cloned = structuredClone(args)
    setImmediate(() => page.ipcRenderer.emit(channel, { ports: [] }, ...cloned))
  }

  /** A message of a frame. `gone`: the frame has navigated since. */
  receive(frame: StandInFrame, channel: string, args: unknown[], { gone = false } = {}): void {
    this.ipc.emit(channel, { sender: this, senderFrame: gone ? null : frame, ports: [] }, ...structuredClone(args))
  }

  async answer(frame: StandInFrame, channel: string, args: unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel)
    if (!handler)
      throw new Error(`Error invoking remote method '${channel}': No handler registered for '${channel}'`)
    try {
      return structuredClone(await handler({ sender: this, senderFrame: frame }, ...structuredClone(args)))
    }
    catch (error) {
      throw new Error(`Error invoking remote method '${channel}': ${String(error)}`)
    }
  }

  /** Begun by the program: no event asks about it. */
  async load(url: string): Promise<void> {
    this.mainFrame.page.unload()
    this.mainFrame.url = url
    this.mainFrame.page = new StandInPage(this.mainFrame)
    this.response = await this.session.fetch(url)
  }

  finishLoading(): void {
    this.emit('did-finish-load')
  }

  reload(): void {
    void this.load(this.mainFrame.url)
  }

  /** The page or its user goes elsewhere; whether that happens. */
  navigate(url: string, frame = this.mainFrame): boolean {
    const details = { url, isSameDocument: false, isMainFrame: frame === this.mainFrame, frame }
    const goes = [
      goesOn(this, 'will-frame-navigate', details),
      ...frame === this.mainFrame ? [goesOn(this, 'will-navigate', details)] : [],
    ].every(Boolean)
    if (goes)
      frame.url = url
    return goes
  }

  /** One of both alone, to see that each is guarded. */
  asks(event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect', url: string, isMainFrame = true): boolean {
    return goesOn(this, event, { url, isMainFrame, isSameDocument: false })
  }

  /** `window.open`, or a link with a target; whether a window opens. */
  opens(url: string): boolean {
    return this.#openHandler === undefined || this.#openHandler({ url }).action === 'allow'
  }

  attachesWebview(): boolean {
    return goesOn(this, 'will-attach-webview', {}, {}, {})
  }

  crash(reason: string): void {
    this.mainFrame.page.unload()
    goesOn(this, 'render-process-gone', {}, { reason, exitCode: 5 })
  }
}

class StandInWindow extends EventEmitter {
  readonly webContents: StandInContents
  bounds: Rectangle
  focused = 0
  #isDestroyed = false
  #isMaximized = false
  #isMinimized = false

  constructor(private readonly app: StandInApp, session: StandInSession, readonly options: Rectangle & { webPreferences: Record<string, unknown> }) {
    super()
    const { x, y, width, height } = options
    this.bounds = { x, y, width, height }
    this.webContents = new StandInContents(session)
    app.windows.push(this)
    goesOn(app, 'web-contents-created', {}, this.webContents)
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.load(url)
    if (this.#isDestroyed)
      throw new Error(`ERR_ABORTED (-3) loading '${url}'`)
  }

  getNormalBounds(): Rectangle {
    return this.bounds
  }

  isMaximized(): boolean {
    return this.#isMaximized
  }

  maximize(): void {
    this.#isMaximized = true
  }

  isMinimized(): boolean {
    return this.#isMinimized
  }

  minimize(): void {
    this.#isMinimized = true
  }

  restore(): void {
    this.#isMinimized = false
  }

  focus(): void {
    this.focused++
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  close(): void {
    if (this.#isDestroyed || !goesOn(this, 'close'))
      return
    const { webContents } = this
    // A page answers in its own time.
    if (webContents.hangs)
      return
    if (!webContents.holds)
      this.destroy()
    else if (!goesOn(webContents, 'will-prevent-unload'))
      setImmediate(() => this.destroy())
  }

  destroy(): void {
    if (this.#isDestroyed)
      return
    this.#isDestroyed = true
    this.webContents.mainFrame.page.unload()
    this.app.windows.splice(this.app.windows.indexOf(this), 1)
    this.emit('closed')
    this.app.windowClosed()
  }
}

type PermissionRequest = (contents: unknown, permission: string, answer: (granted: boolean) => void, details: { requestingUrl: string, isMainFrame: boolean }) => void
type PermissionCheck = (contents: unknown, permission: string, origin: string) => boolean

class StandInSession extends EventEmitter {
  readonly #schemes = new Map<string, (request: Request) => Promise<Response>>()
  #permissionRequest: PermissionRequest | undefined
  #permissionCheck: PermissionCheck | undefined
  #device: ((details: unknown) => boolean) | undefined
  #beforeRequest: ((details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void) | undefined

  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) => {
      this.#schemes.set(scheme, handler)
    },
  }

  readonly webRequest = {
    onBeforeRequest: (listener: (details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void) => {
      this.#beforeRequest = listener
    },
  }

  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.#permissionRequest = handler
  }

  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.#permissionCheck = handler
  }

  setDevicePermissionHandler(handler: (details: unknown) => boolean): void {
    this.#device = handler
  }

  /** What a page of this session gets; undefined where it is not let out. */
  async fetch(url: string, init?: RequestInit): Promise<Response | undefined> {
    let cancelled = false
    this.#beforeRequest?.({ url }, ({ cancel = false }) => cancelled = cancel)
    const handler = this.#schemes.get(url.slice(0, url.indexOf(':')))
    if (cancelled)
      return undefined
    return handler ? handler(new Request(url, init)) : new Response('from the network')
  }

  /** Of a page at `url`. */
  requestsPermission(permission: string, url: string): Promise<boolean> {
    return new Promise(resolve => this.#permissionRequest ? this.#permissionRequest({}, permission, resolve, { requestingUrl: url, isMainFrame: true }) : resolve(true))
  }

  checksPermission(permission: string, url: string): boolean {
    return this.#permissionCheck?.({}, permission, url) ?? true
  }

  usesDevice(): boolean {
    return this.#device?.({ deviceType: 'usb' }) ?? true
  }

  /** Whether a download begins. */
  downloads(url: string): boolean {
    return goesOn(this, 'will-download', {}, { getURL: () => url }, {})
  }
}

/** A MessagePortMain over a port of Node's. */
class StandInPort extends EventEmitter {
  #isMine = true
  #isClosed = false

  constructor(private readonly port: MessagePort) {
    super()
  }

  start(): void {
    this.port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
    // "Emitted when the remote end of a MessagePortMain object becomes disconnected."
    this.port.on('close', () => this.#isClosed || this.emit('close'))
  }

  postMessage(message: unknown): void {
    if (!this.#isMine)
      throw new Error('this port was transferred')
    this.port.postMessage(message)
  }

  close(): void {
    this.#isClosed = true
    this.port.close()
  }

  handOver(): MessagePort {
    this.#isMine = false
    return this.port
  }
}

class StandInChannel {
  readonly port1: StandInPort
  readonly port2: StandInPort

  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new StandInPort(port1)
    this.port2 = new StandInPort(port2)
  }
}

interface MessageBox { readonly type: string, readonly message: string, readonly detail: string, readonly buttons: readonly string[], readonly defaultId: number, readonly cancelId: number }

class StandInDialog {
  /** Message boxes on the screen, in order. */
  readonly boxes: (MessageBox & { parent: unknown, answer: (button: string) => void })[] = []
  readonly errors: { title: string, content: string }[] = []
  /** Options of file dialogs, in order. */
  readonly fileDialogs: Record<string, unknown>[] = []
  /** What the user does in the next file dialogs: a path, or nothing. */
  readonly chosen: (string | undefined)[] = []
  /** What the user answers to boxes that block. */
  blockingAnswer = 0

  showMessageBox(parentOrOptions: unknown, maybe?: MessageBox): Promise<{ response: number }> {
    const options = maybe ?? parentOrOptions as MessageBox
    return new Promise(resolve => this.boxes.push({
      ...options,
      parent: maybe && parentOrOptions,
      answer: (button) => {
        if (!options.buttons.includes(button))
          throw new Error(`There is no button ${button}, but ${options.buttons.join(', ')}`)
        resolve({ response: options.buttons.indexOf(button) })
      },
    }))
  }

  showMessageBoxSync(_parent: unknown, _options: MessageBox): number {
    return this.blockingAnswer
  }

  showErrorBox(title: string, content: string): void {
    this.errors.push({ title, content })
  }

  async showSaveDialog(_parent: unknown, options: Record<string, unknown>): Promise<{ canceled: boolean, filePath: string }> {
    this.fileDialogs.push(options)
    const path = this.chosen.shift()
    return { canceled: path === undefined, filePath: path ?? '' }
  }

  async showOpenDialog(_parent: unknown, options: Record<string, unknown>): Promise<{ canceled: boolean, filePaths: string[] }> {
    this.fileDialogs.push(options)
    const path = this.chosen.shift()
    return { canceled: path === undefined, filePaths: path === undefined ? [] : [path] }
  }
}

export interface MenuItem { readonly label?: string, readonly role?: string, readonly accelerator?: string, readonly submenu?: MenuItem[], readonly click?: () => void }

export interface StandIn {
  readonly electron: Electron
  readonly app: StandInApp
  readonly session: StandInSession
  readonly dialog: StandInDialog
  readonly nativeTheme: { themeSource: string, shouldUseDarkColors: boolean }
  readonly powerMonitor: EventEmitter
  readonly opened: { readonly urls: string[], readonly paths: string[] }
  readonly privileged: { scheme: string, privileges: Record<string, boolean> }[]
  /** The application's menu. */
  readonly menu: () => MenuItem[]
  /** The only window. */
  readonly window: () => StandInWindow
}

export function standIn({ downloads, displays = [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }], packaged = false, machine = new Map() }: StandInOptions): StandIn {
  const app = new StandInApp(downloads, packaged, machine)
  const defaultSession = new StandInSession()
  const dialog = new StandInDialog()
  const nativeTheme = { themeSource: 'system', shouldUseDarkColors: false }
  const powerMonitor = new EventEmitter()
  const opened = { urls: [] as string[], paths: [] as string[] }
  const privileged: StandIn['privileged'] = []
  let menu: MenuItem[] = []
  const whenReady = <T>(what: string, value: T): T => {
    if (!app.isReady)
      throw new Error(`${what} cannot be used before the app is ready`)
    return value
  }
  const electron = {
    app,
    BrowserWindow: class extends StandInWindow {
      constructor(options: StandInWindow['options']) {
        super(whenReady('BrowserWindow', app), defaultSession, options)
      }
    },
    dialog,
    Menu: {
      buildFromTemplate: (template: MenuItem[]) => template,
      setApplicationMenu: (template: MenuItem[]) => menu = template,
    },
    MessageChannelMain: StandInChannel,
    nativeTheme,
    powerMonitor,
    protocol: {
      registerSchemesAsPrivileged: (schemes: StandIn['privileged']) => {
        if (app.isReady)
          throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
        privileged.push(...schemes)
      },
    },
    screen: {
      getAllDisplays: () => whenReady('screen', [...displays].sort((a, b) => b.id - a.id)),
      getPrimaryDisplay: () => whenReady('screen', displays[0]),
    },
    session: {
      get defaultSession() {
        return whenReady('session.defaultSession', defaultSession)
      },
    },
    shell: {
      openExternal: async (url: string) => void opened.urls.push(url),
      openPath: async (path: string) => {
        opened.paths.push(path)
        return ''
      },
    },
  }
  return {
    electron: electron as unknown as Electron,
    app,
    session: defaultSession,
    dialog,
    nativeTheme,
    powerMonitor,
    opened,
    privileged,
    menu: () => menu,
    window: () => {
      const [window, ...others] = app.windows
      if (!window || others.length)
        throw new Error(`There are ${app.windows.length} windows`)
      return window
    },
  }
}
