import type { RunningServer } from '../../src-main/server/server'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { describe, expect, it, onTestFinished } from 'vitest'
import WebSocket from 'ws'
import { serve } from '../../src-main/server/server'
import { fakeLab } from '../lab/fake-lab'

async function started(options: { token?: string } = {}): Promise<{ server: RunningServer, origin: string, newUrls: string[] }> {
  const lab = await fakeLab()
  const renderer = join(lab.folder, 'renderer')
  mkdirSync(renderer)
  writeFileSync(join(renderer, 'index.html'), '<title>app</title>')
  writeFileSync(join(lab.folder, 'secret.txt'), 'secret')
  const newUrls: string[] = []
  const server = await serve(lab, { host: '127.0.0.1', port: 0, spent: url => newUrls.push(url), ...options }, renderer)
  onTestFinished(() => server.close())
  return { server, origin: `http://127.0.0.1:${server.port}`, newUrls }
}

interface Answer { status: number, headers: Record<string, string | string[] | undefined>, body: string }

/** As a client that may send any header; fetch would not. */
async function get(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const asking = request(url, { method, headers }).end()
  const [response] = await once(asking, 'response') as [import('node:http').IncomingMessage]
  const body = (await response.toArray()).join('')
  return { status: response.statusCode!, headers: response.headers, body }
}

/** The cookie that the URL's token is exchanged for. */
async function enter({ server }: { server: RunningServer }): Promise<string> {
  const { status, headers } = await get(server.url)
  expect([status, headers.location]).toEqual([303, '/'])
  return headers['set-cookie']![0]!.split(';')[0]!
}

/** Whether a WebSocket with these headers is let in. */
async function connects(origin: string, headers: Record<string, string>): Promise<boolean> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers })
  const opened = await new Promise<boolean>(resolve => socket.once('open', () => resolve(true)).once('error', () => resolve(false)))
  socket.terminate()
  return opened
}

describe('the server lets in', () => {
  it('whoever has the token, once, for a cookie that no script can read', async () => {
    const { server, origin, newUrls } = await started()
    const { url } = server
    const { headers } = await get(url)
    expect(headers['set-cookie']).toEqual([expect.stringMatching(new RegExp(`^lab_${server.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`))])
    const cookie = headers['set-cookie']![0]!.split(';')[0]!
    expect(await get(`${origin}/`, { cookie })).toMatchObject({ status: 200, body: '<title>app</title>' })
    // The address is spent; there is another for another browser, and the first browser needs none.
    expect(await get(url)).toMatchObject({ status: 401, body: expect.stringContaining('was used already') as string })
    expect(newUrls).toEqual([server.url])
    expect(server.url).not.toBe(url)
    expect((await get(url, { cookie })).status).toBe(303)
    expect((await get(server.url)).status).toBe(303)
  })

  it('a token of the user\'s own any number of times', async () => {
    const { server } = await started({ token: 'my-own-long-token' })
    expect(server.url).toContain('?token=my-own-long-token')
    expect((await get(server.url)).status).toBe(303)
    expect((await get(server.url)).status).toBe(303)
  })

  it('a page of its own to the contract, which answers', async () => {
    const all = await started()
    const cookie = await enter(all)
    const socket = new WebSocket(`${all.origin.replace('http', 'ws')}/rpc`, { headers: { cookie, origin: all.origin } })
    onTestFinished(() => socket.terminate())
    const api = createORPCClient<{ experiments: { list: () => Promise<unknown> } }>(new RPCLink({ websocket: socket as never }))
    expect(await api.experiments.list()).toEqual([])
  })
})

it('the server knows its browsers again after a restart with the same data directory', async () => {
  const lab = await fakeLab()
  const first = await serve(lab, { host: '127.0.0.1', port: 0 }, lab.folder)
  const cookie = await enter({ server: first })
  await first.close()
  const second = await serve(lab, { host: '127.0.0.1', port: first.port }, lab.folder)
  onTestFinished(() => second.close())
  expect(await connects(`http://127.0.0.1:${second.port}`, { cookie, origin: `http://127.0.0.1:${second.port}` })).toBe(true)
})

describe('the server refuses', () => {
  it.each([
    ['no token', '/', {}],
    ['a wrong token', `/?token=${'x'.repeat(32)}`, {}],
    ['an empty token', '/?token=', {}],
    ['the cookie of another server', '/', { cookie: 'lab_1=abc; lab=abc' }],
  ])('%s', async (_, path, headers) => {
    const { origin } = await started()
    const { status, headers: answered } = await get(`${origin}${path}`, headers)
    expect(status).toBe(401)
    expect(answered['set-cookie']).toBeUndefined()
  })

  it('the right cookie under another server\'s name, and another server\'s under this one\'s', async () => {
    const [one, other] = [await started(), await started()]
    const [cookie, foreign] = [await enter(one), await enter(other)]
    expect((await get(`${one.origin}/`, { cookie: foreign })).status).toBe(401)
    expect((await get(`${one.origin}/`, { cookie: foreign.replace(/^[^=]+/, `lab_${one.server.port}`) })).status).toBe(401)
    expect((await get(`${one.origin}/`, { cookie })).status).toBe(200)
  })

  it.each(['evil.example', 'evil.example:4317', '127.0.0.1.evil.example', 'localhost.evil.example'])('the host "%s", which leads here', async (host) => {
    const all = await started()
    const cookie = await enter(all)
    expect((await get(`${all.origin}/`, { cookie, host })).status).toBe(403)
    expect(await connects(all.origin, { cookie, host, origin: `http://${host}` })).toBe(false)
  })

  it('a WebSocket of another origin, without one, without the cookie, or of another path', async () => {
    const all = await started()
    const { origin } = all
    const cookie = await enter(all)
    expect(await connects(origin, { cookie, origin })).toBe(true)
    expect(await connects(origin, { cookie, origin: 'http://evil.example' })).toBe(false)
    expect(await connects(origin, { cookie, origin: origin.replace(/\d+$/, '1') })).toBe(false)
    expect(await connects(origin, { cookie, origin: 'null' })).toBe(false)
    expect(await connects(origin, { cookie })).toBe(false)
    expect(await connects(origin, { origin })).toBe(false)
    expect(await connects(`${origin}/other`, { cookie, origin })).toBe(false)
  })

  it('files outside the app, and anything but reading', async () => {
    const all = await started()
    const cookie = await enter(all)
    for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/lab.sqlite'])
      expect((await get(`${all.origin}${path}`, { cookie })).body).not.toContain('secret')
    expect((await get(`${all.origin}/`, { cookie }, 'POST')).status).toBe(405)
  })
})

it('every answer forbids foreign scripts, frames and guesses of its type', async () => {
  const all = await started()
  const cookie = await enter(all)
  for (const { headers } of [await get(`${all.origin}/`), await get(`${all.origin}/`, { cookie })]) {
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*script-src 'self';.*frame-ancestors 'none'/)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('no-referrer')
  }
})
