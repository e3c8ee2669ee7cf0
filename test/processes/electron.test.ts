import type { RouterClient } from '@orpc/server'
import type { Change } from '@shared/contract/changes'
import type { MessagePort } from 'node:worker_threads'
import type { router } from '../../src-main/api/router'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { PORT_MESSAGE } from '@shared/desktop'
import { describe, expect, it, vi } from 'vitest'
import { isOwned } from '../../src-main/store/owner'
import { runPreload } from '../electron/open-app'
import { standIn } from '../electron/stand-in'
import { temporaryFolder } from '../temporary'

const main = resolve(import.meta.dirname, '../../out/current/main/index.js')

/** The built entry on Electron's stand-in: all but Electron is the real program, its workers too. */
describe('the built desktop program', () => {
  it('opens its page, answers it over a port, trains the first look, and quits in order meanwhile', async () => {
    const data = join(temporaryFolder(), 'data')
    const stand = standIn({ downloads: data })
    vi.doMock('electron', () => stand.electron)
    vi.spyOn(process, 'argv', 'get').mockReturnValue(['electron', '/app', '--data', data])
    // Its listeners would outlive the test.
    vi.spyOn(process, 'on').mockReturnValue(process)
    await import(/* @vite-ignore */ pathToFileURL(main).href)
    stand.app.becomeReady()
    await expect.poll(() => stand.app.windows.length + stand.dialog.errors.length, { timeout: 20_000 }).toBe(1)
    expect(stand.dialog.errors).toEqual([])

    const { webContents } = stand.window()
    await expect.poll(() => webContents.response?.status).toBe(200)
    expect(await webContents.response!.text()).toContain('<div id="app"')
    expect(webContents.response!.headers.get('content-security-policy')).toContain(`connect-src 'none'`)

    const { page } = webContents.mainFrame
    const desktop = await runPreload(page)
    const port = await new Promise<MessagePort>((resolve) => {
      page.window.addEventListener('message', ({ data, ports }) => data === PORT_MESSAGE && resolve(ports[0]!))
      desktop.connect()
    })
    const api: RouterClient<typeof router> = createORPCClient(new RPCLink({ port: port as never }))
    expect(await api.system.info()).toMatchObject({ data: { directory: data } })

    expect((await api.experiments.list()).map(({ slug }) => slug)).toEqual(['first-look'])
    await next(await api.changes(), ({ kind }) => kind === 'epoch')
    expect((await api.queue.get()).running.length).toBeGreaterThan(0)

    stand.app.quit()
    stand.dialog.boxes[0]!.answer('Quit')
    await expect.poll(() => stand.app.exitCode, { timeout: 20_000 }).toBe(0)
    expect(stand.dialog.errors).toEqual([])
    expect(isOwned(data)).toBe(false)
  })
})

async function next(changes: AsyncIterable<Change>, wanted: (change: Change) => boolean): Promise<void> {
  for await (const change of changes) {
    if (wanted(change))
      return
  }
}
