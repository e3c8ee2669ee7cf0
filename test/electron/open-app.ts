import type { Desktop } from '@shared/desktop'
import type { HostParts } from '../../src-main/electron/host'
import type { Machine, StandIn, StandInOptions, StandInPage } from './stand-in'
import { EventEmitter } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'
import { startHost } from '../../src-main/electron/host'
import { temporaryFolder } from '../temporary'
import { standIn } from './stand-in'

/** Stands in for a lab: training until it is stopped. */
export class TestLab {
  isTraining = false
  stops = 0
  /** When stopping ends; its rejection makes stopping fail. */
  stopped: Promise<void> = Promise.resolve()

  async stop(): Promise<void> {
    this.stops++
    await this.stopped
    this.isTraining = false
  }
}

export interface OpenedApp extends StandIn {
  readonly lab: TestLab
  readonly folder: string
  readonly dataDirectory: string
  readonly process: EventEmitter
  /** How many windows there were each time that the user was shown something first. */
  readonly shown: readonly number[]
  readonly machine: Machine
  /** What the built preload makes of the window's page. */
  readonly preload: () => Promise<Desktop>
}

export interface AppOptions extends Partial<Pick<HostParts<TestLab>, 'dataDirectory' | 'openLab' | 'exitCodeOf' | 'serve' | 'patienceMs' | 'pagePatienceMs'>>, Partial<StandInOptions> {
  readonly platform?: NodeJS.Platform
  readonly training?: boolean
  /** What happens while the lab is being opened. */
  readonly meanwhile?: (process: EventEmitter) => void
}

/** Starts the host on stand-ins, until its window is open or it has given up. */
export async function openApp({ platform = 'linux', training = false, machine = new Map(), meanwhile, ...given }: AppOptions = {}): Promise<OpenedApp> {
  const folder = temporaryFolder()
  const renderer = join(folder, 'renderer')
  mkdirSync(join(renderer, 'assets'), { recursive: true })
  writeFileSync(join(renderer, 'index.html'), '<!doctype html><title>Lab</title>')
  writeFileSync(join(renderer, 'assets', 'main.js'), 'export {}')
  const { dataDirectory = join(folder, 'data') } = given
  const lab = new TestLab()
  lab.isTraining = training
  const stand = standIn({ downloads: folder, machine, ...given })
  const process = Object.assign(new EventEmitter(), { platform })
  const shown: number[] = []
  const opening = startHost(stand.electron, {
    openLab: async () => lab,
    exitCodeOf: () => undefined,
    shown: () => shown.push(stand.app.windows.length),
    serve: () => {},
    rendererFolder: renderer,
    preloadFile: '/app/preload/index.cjs',
    contentSecurityPolicy: `default-src 'none'`,
    patienceMs: 1000,
    pagePatienceMs: 100,
    ...given,
    dataDirectory,
    process,
  })
  if (stand.app.exitCode === undefined)
    stand.app.becomeReady()
  if (meanwhile) {
    await settled()
    meanwhile(process)
  }
  await opening
  return {
    ...stand,
    lab,
    folder,
    dataDirectory,
    process,
    shown,
    machine,
    preload: () => runPreload(stand.window().webContents.mainFrame.page),
  }
}

/** Runs the preload in a page, as its window does. */
export async function runPreload(page: StandInPage): Promise<Desktop> {
  vi.resetModules()
  vi.doMock('electron', () => ({ contextBridge: page.contextBridge, ipcRenderer: page.ipcRenderer }))
  vi.stubGlobal('window', page.window)
  onTestFinished(() => {
    vi.doUnmock('electron')
    vi.unstubAllGlobals()
  })
  await import('../../src-main/preload')
  return page.world.desktop as Desktop
}

/** Until everything that was sent has arrived. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 5; i++)
    await new Promise(resolve => setTimeout(resolve, 2))
}
