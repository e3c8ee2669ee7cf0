import type { RouterClient } from '@orpc/server'
import type { Desktop } from '@shared/desktop'
import type { MessagePort } from 'node:worker_threads'
import type { OpenedApp } from './open-app'
import type { StandInPage } from './stand-in'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { os } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { channels, PORT_MESSAGE } from '@shared/desktop'
import { describe, expect, it } from 'vitest'
import { openApp, runPreload, settled } from './open-app'
import { StandInFrame } from './stand-in'

/** Streams that are open, and a router that says on which lab it works. */
const streams = { open: 0 }
const base = os.$context<{ lab: object }>()
const router = base.router({
  ping: base.handler(({ context }) => context.lab.constructor.name),
  changes: base.handler(async function* ({ signal }) {
    streams.open++
    try {
      yield 1
      await new Promise(resolve => signal!.addEventListener('abort', resolve))
    }
    finally {
      streams.open--
    }
  }),
})

function openServing(): Promise<OpenedApp> {
  const rpc = new RPCHandler(router)
  return openApp({ serve: (port, lab) => rpc.upgrade(port as never, { context: { lab } }) })
}

/** What the renderer does for a port. */
function portOf(page: StandInPage, desktop: Desktop): Promise<MessagePort> {
  return new Promise((resolve) => {
    page.window.addEventListener('message', ({ source, data, ports }) => {
      if (source === page.window && data === PORT_MESSAGE)
        resolve(ports[0]!)
    })
    desktop.connect()
  })
}

async function client(page: StandInPage, desktop: Desktop): Promise<RouterClient<typeof router>> {
  const port = await portOf(page, desktop)
  port.start()
  return createORPCClient(new RPCLink({ port: port as never }))
}

describe('a port', () => {
  it('reaches the page by way of the preload, and the contract answers on it', async () => {
    const app = await openServing()
    const { page } = app.window().webContents.mainFrame
    const api = await client(page, await app.preload())
    expect(await api.ping()).toBe('TestLab')
  })

  it('closes its streams when the page goes, and the page that comes gets another', async () => {
    const app = await openServing()
    const { webContents } = app.window()
    const api = await client(webContents.mainFrame.page, await app.preload())
    const changes = await api.changes()
    expect((await changes.next()).value).toBe(1)
    expect(streams.open).toBe(1)

    webContents.reload()
    await expect.poll(() => streams.open).toBe(0)
    const { page } = webContents.mainFrame
    expect(await (await client(page, await runPreload(page))).ping()).toBe('TestLab')
  })

  it.each([
    ['another origin', 'https://example.org/'],
    ['another host of the scheme', 'app://other/'],
    ['a host that only begins like ours', 'app://lab.evil/'],
    ['a file', 'file:///app/index.html'],
    ['a page that says it is nothing', 'about:blank'],
  ])('is not given to %s', async (_, url) => {
    const served: unknown[] = []
    const app = await openApp({ serve: port => served.push(port) })
    const { mainFrame } = app.window().webContents
    mainFrame.url = url
    mainFrame.page.ipcRenderer.send(channels.connect)
    await settled()
    expect([served.length, mainFrame.page.ports.length]).toEqual([0, 0])
  })

  it('is not given to a frame in the page, even one of our origin', async () => {
    const served: unknown[] = []
    const app = await openApp({ serve: port => served.push(port) })
    const { webContents } = app.window()
    const frame = new StandInFrame(webContents, 'app://lab/', webContents.mainFrame)
    frame.page.ipcRenderer.send(channels.connect)
    await settled()
    expect([served.length, frame.page.ports.length, webContents.mainFrame.page.ports.length]).toEqual([0, 0, 0])
  })

  it('is not given to a frame that has gone elsewhere since it asked', async () => {
    const served: unknown[] = []
    const app = await openApp({ serve: port => served.push(port) })
    const { webContents } = app.window()
    webContents.receive(webContents.mainFrame, channels.connect, [], { gone: true })
    await settled()
    expect(served.length).toBe(0)
  })
})
