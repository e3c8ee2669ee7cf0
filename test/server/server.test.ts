import type { RouterClient } from '@orpc/server'
import type { Socket } from 'node:net'
import type { networkInterfaces } from 'node:os'
import type { router } from '../../src-main/api/router'
import type { RunningServer, ServerOptions } from '../../src-main/server/server'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import WebSocket from 'ws'
import { namesOf } from '../../src-main/server/addresses'
import { isOfAnotherUser } from '../../src-main/server/peers'
import { serve } from '../../src-main/server/server'
import { setSetting } from '../../src-main/store/settings'
import { ReconnectingSocket } from '../../src-renderer/api/socket'
import { fakeLab } from '../lab/fake-lab'

async function started(options: Partial<ServerOptions> = {}): Promise<{ server: RunningServer, origin: string, renderer: string, newUrls: string[] }> {
  const lab = await fakeLab()
  const renderer = join(lab.folder, 'renderer')
  mkdirSync(renderer)
  writeFileSync(join(renderer, 'index.html'), '<title>app</title>')
  writeFileSync(join(lab.folder, 'secret.txt'), 'secret')
  const newUrls: string[] = []
  const server = await serve(lab, { host: '127.0.0.1', port: 0, spent: url => newUrls.push(url), ...options }, renderer)
  onTestFinished(() => server.close())
  return { server, origin: `http://127.0.0.1:${server.port}`, renderer, newUrls }
}

interface Answer { status: number, headers: Record<string, string | string[] | undefined>, body: string }

/** As a client that may send any header; fetch would not. */
async function get(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const asking = request(url, { method, headers }).end()
  const [response] = await once(asking, 'response') as [import('node:http').IncomingMessage]
  const body = (await response.toArray()).join('')
  return { status: response.statusCode!, headers: response.headers, body }
}

/** What is answered to bytes as they stand: no client's idea of an address comes between. */
async function raw({ server }: { server: RunningServer }, ...lines: string[]): Promise<string> {
  const socket = connect(server.port, '127.0.0.1').setEncoding('utf8')
  socket.write(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`)
  return (await socket.toArray()).join('')
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
    expect(headers['set-cookie']).toEqual([expect.stringMatching(new RegExp(`^lab_${server.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Lax$`))])
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

describe('the address for a command line', () => {
  it('lets a browser in once, and leaves the printed one good', async () => {
    const { server } = await started()
    const [url, printed] = [server.ticketUrl(), server.url]
    expect((await get(url)).status).toBe(303)
    expect((await get(url)).status).toBe(401)
    expect((await get(printed)).status).toBe(303)
  })

  it('is of no use after two minutes', async () => {
    const { server } = await started()
    const url = server.ticketUrl()
    vi.useFakeTimers({ now: Date.now() + 120_001, toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    expect((await get(url)).status).toBe(401)
  })

  it.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)('is of no use to another user of this machine, and stays good for its own', async () => {
    const { server } = await started()
    const url = server.ticketUrl()
    const asOther = spawn('bash', ['-c', `exec 3<>/dev/tcp/127.0.0.1/${server.port}; printf 'GET /?${new URL(url).searchParams} HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3; cat <&3`], { uid: 65534, gid: 65534, stdio: ['ignore', 'pipe', 'inherit'] })
    expect((await asOther.stdout.toArray()).join('')).toMatch(/^HTTP\/1\.1 401 /)
    expect((await get(url)).status).toBe(303)
  })
})

describe('another user of this machine', () => {
  const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'
  const line = (local: string, remote: string, user: number): string => `   4: ${local} ${remote} 01 00000000:00000000 00:00000000 00000000 ${String(user).padStart(5)}        0 1077340 2 00000000c243024e 20 0 0 10 -1`
  const isOther = (...lines: string[]): boolean => isOfAnotherUser({ localPort: 0x10DD, remotePort: 0xB599 }, 1000, ['', [head, ...lines].join('\n')])
  const server = line('0100007F:10DD', '0100007F:B599', 1000)

  it('is seen by the other end of the connection', () => {
    expect(isOther(server, line('0100007F:B599', '0100007F:10DD', 1001))).toBe(true)
    expect(isOther(server, line('0100007F:B599', '0100007F:10DD', 1000))).toBe(false)
    // A port of two addresses: one of theirs is enough.
    expect(isOther(line('0100007F:B599', '0100007F:10DD', 1000), line('0200007F:B599', '0100007F:10DD', 1001))).toBe(true)
    expect(isOther(server, line('0100007F:B598', '0100007F:10DD', 1001))).toBe(false)
  })

  it('is not root, and nobody where the system does not tell', () => {
    expect(isOther(server, line('0100007F:B599', '0100007F:10DD', 0))).toBe(false)
    expect(isOther()).toBe(false)
    expect(isOfAnotherUser({ localPort: 1, remotePort: 2 }, undefined, [])).toBe(false)
  })
})

it.skipIf(process.platform === 'win32')('what lets a browser in is in no file that others can read', async () => {
  const lab = await fakeLab()
  setSetting(lab.store, 'browserSession', 'of an earlier version, which kept it in the database')
  const first = await serve(lab, { host: '127.0.0.1', port: 0 }, lab.folder)
  const session = (await enter({ server: first })).split('=')[1]!
  await first.close()
  const file = join(lab.dataDirectory, 'browser-session')
  expect(readFileSync(file, 'utf8')).toBe(session)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(lab.dataDirectory).mode & 0o777).toBe(0o700)
  expect(lab.store.sqlite.prepare('SELECT * FROM settings WHERE name = \'browserSession\'').all()).toEqual([])
  // One that others could read lets nobody in any more.
  chmodSync(file, 0o644)
  const second = await serve(lab, { host: '127.0.0.1', port: 0 }, lab.folder)
  onTestFinished(() => second.close())
  expect((await enter({ server: second })).split('=')[1]).not.toBe(session)
})

describe('the server answers', () => {
  const names = async (options: Partial<ServerOptions>, ...asked: string[]): Promise<number[]> => {
    const { origin } = await started(options)
    return Promise.all(asked.map(async host => (await get(`${origin}/`, { host })).status))
  }

  it('to the name that it listens on, and to those that it is told', async () => {
    expect(await names({ host: 'localhost' }, 'localhost', hostname(), 'gpu.example')).toEqual([401, 401, 403])
    expect(await names({ allowedHosts: ['GPU.example', 'other.example'] }, 'gpu.example', 'gpu.example:443', 'other.example', 'evil.example')).toEqual([401, 401, 401, 403])
  })

  it('a page that came through a proxy, encrypted', async () => {
    const all = await started({ allowedHosts: ['gpu.example'] })
    const cookie = await enter(all)
    expect(await connects(all.origin, { cookie, host: 'gpu.example', origin: 'https://gpu.example' })).toBe(true)
    expect(await connects(all.origin, { cookie, host: 'gpu.example', origin: 'https://evil.example' })).toBe(false)
  })

  it('under every address that it prints', async () => {
    const { server } = await started({ host: '0.0.0.0', token: 'my-own-long-token' })
    expect(server.urls.map(url => new URL(url).hostname)).toEqual(expect.arrayContaining(['localhost', hostname().toLowerCase()]))
    for (const url of server.urls)
      expect((await get(`http://127.0.0.1:${server.port}/?token=my-own-long-token`, { host: new URL(url).host })).status).toBe(303)
  })
})

it.each([
  ['127.0.0.1', ['127.0.0.1']],
  ['gpu', ['gpu']],
  ['0.0.0.0', ['localhost', 'box', '10.0.0.5']],
  ['::', ['localhost', 'box', '10.0.0.5', '2001:db8::5']],
])('a server on %s is reached by %j', (host, names) => {
  const common = { netmask: '', mac: '', cidr: null }
  const interfaces: ReturnType<typeof networkInterfaces> = {
    lo: [{ ...common, address: '127.0.0.1', family: 'IPv4', internal: true }],
    eth0: [
      { ...common, address: '10.0.0.5', family: 'IPv4', internal: false },
      { ...common, address: '2001:db8::5', family: 'IPv6', internal: false, scopeid: 0 },
      { ...common, address: 'fe80::5', family: 'IPv6', internal: false, scopeid: 2 },
    ],
  }
  expect(namesOf(host, { name: 'box', interfaces })).toEqual(names)
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
    for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/x/../../secret.txt', '/..\\secret.txt', '//../secret.txt', '/../data/lab.sqlite']) {
      const answer = await raw(all, `GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${all.server.port}`, `Cookie: ${cookie}`)
      // What has no ending is a path of the page's own router.
      expect(answer, path).toMatch(/^HTTP\/1\.1 (?:404 |200 .*<title>app<\/title>$)/s)
      expect(answer, path).not.toMatch(/\n(?:secret|SQLite)/)
    }
    expect((await get(`${all.origin}/`, { cookie }, 'POST')).status).toBe(405)
  })
})

describe('the server lives on after', () => {
  const lives = async (all: { origin: string }): Promise<void> => expect((await get(`${all.origin}/`)).status).toBe(401)

  it.each([
    ['//', 401],
    ['//[', 401],
    ['/%', 401],
    ['http://[', 400],
    ['http://elsewhere.example/', 400],
    ['*', 400],
  ])('the request target "%s"', async (target, status) => {
    const all = await started()
    expect(await raw(all, `GET ${target} HTTP/1.1`, `Host: 127.0.0.1:${all.server.port}`)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    await lives(all)
  })

  it('these from a browser that it knows, and ranges that are none', async () => {
    const all = await started()
    const cookie = await enter(all)
    for (const [target, status] of [['//', 200], ['/%', 200], ['/index.html', 200], ['http://[', 400]] as const)
      expect(await raw(all, `GET ${target} HTTP/1.1`, `Host: 127.0.0.1:${all.server.port}`, `Cookie: ${cookie}`, 'Range: bytes=5-2')).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  })

  it('what is no HTTP, and a method that is for proxies', async () => {
    const all = await started()
    expect(await raw(all, '\u0000\u0001')).toMatch(/^HTTP\/1\.1 400 /)
    await raw(all, 'CONNECT elsewhere.example:80 HTTP/1.1', 'Host: elsewhere.example')
    await lives(all)
  })

  it('files that have gone since it began', async () => {
    const all = await started()
    const cookie = await enter(all)
    rmSync(join(all.renderer, 'index.html'))
    await expect(get(`${all.origin}/`, { cookie })).rejects.toThrow()
    await lives(all)
  })

  it('a WebSocket that is refused, and whose peer has reset the connection', async () => {
    const all = await started()
    for (let i = 0; i < 60; i++) {
      const socket = connect(all.server.port, '127.0.0.1')
      await once(socket, 'connect')
      socket.write(`GET /rpc HTTP/1.1\r\nHost: 127.0.0.1:${all.server.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
      setTimeout(() => socket.resetAndDestroy(), i % 3)
      await once(socket, 'close')
    }
    await lives(all)
  })

  it.each([
    ['a message that is too large', (socket: WebSocket) => socket.send('x'.repeat(9 * 2 ** 20)), 1009],
    // A frame with reserved bits, unmasked.
    ['a frame that is none', (socket: WebSocket & { _socket?: Socket }) => socket._socket!.write(Buffer.from([0xFF, 0x01, 0x00])), 1002],
  ])('%s', async (_, send, code) => {
    const all = await started()
    const socket = new WebSocket(`${all.origin.replace('http', 'ws')}/rpc`, { headers: { cookie: await enter(all), origin: all.origin } })
    await once(socket, 'open')
    send(socket)
    expect((await once(socket, 'close'))[0]).toBe(code)
    await lives(all)
  })

  it('a document that is too large for it, of which the page says so and stays connected', async () => {
    const all = await started()
    const cookie = await enter(all)
    vi.stubGlobal('WebSocket', class extends WebSocket {
      constructor(url: string) {
        super(url, { headers: { cookie, origin: all.origin } })
        onTestFinished(() => this.terminate())
      }
    })
    onTestFinished(() => void vi.unstubAllGlobals())
    const states: string[] = []
    const socket = new ReconnectingSocket(`${all.origin.replace('http', 'ws')}/rpc`, state => states.push(state))
    const api = createORPCClient<RouterClient<typeof router>>(new RPCLink({ websocket: socket as never }))
    await expect(api.experiments.create({ document: { name: 'x'.repeat(9 * 2 ** 20) } })).rejects.toThrow('This has 9.0 MiB; the program takes at most 8 MiB at once')
    expect(await api.experiments.list()).toEqual([])
    expect(states).toEqual(['open'])
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
