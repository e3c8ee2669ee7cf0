import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { serveFolder } from '../../src-main/electron/scheme'
import { temporaryFolder } from '../temporary'
import { openApp } from './open-app'

describe('the page\'s own protocol', () => {
  let renderer: string
  let get: (path: string, init?: RequestInit) => Promise<Response>

  beforeEach(() => {
    const folder = temporaryFolder()
    renderer = join(folder, 'renderer')
    mkdirSync(join(renderer, 'assets'), { recursive: true })
    writeFileSync(join(folder, 'secret.txt'), 'secret')
    writeFileSync(join(folder, 'renderer-secret.txt'), 'secret')
    writeFileSync(join(renderer, 'index.html'), '<title>Lab</title>')
    for (const name of ['main.js', 'main.css', 'Inter.woff2', 'icon.svg', 'data.bin', 'a b.json'])
      writeFileSync(join(renderer, 'assets', name), name)
    symlinkSync(join(folder, 'secret.txt'), join(renderer, 'assets', 'link.txt'))
    const serve = serveFolder(renderer, `default-src 'none'`)
    get = (path, init) => serve(new Request(path.includes('://') ? path : `app://lab${path}`, init))
  })

  it('serves files with their types', async () => {
    const types = await Promise.all(['/', '/assets/main.js', '/assets/main.css', '/assets/Inter.woff2', '/assets/icon.svg', '/assets/data.bin', '/assets/a%20b.json']
      .map(async path => (await get(path)).headers.get('content-type')))
    expect(types).toEqual(['text/html; charset=utf-8', 'text/javascript; charset=utf-8', 'text/css; charset=utf-8', 'font/woff2', 'image/svg+xml', 'application/octet-stream', 'application/json; charset=utf-8'])
    expect(await (await get('/assets/main.js')).text()).toBe('main.js')
  })

  it('gives the policy and forbids guessing types with every answer, refusals too', async () => {
    for (const path of ['/', '/assets/main.js', '/none.js']) {
      const { headers } = await get(path)
      expect(headers.get('content-security-policy')).toBe(`default-src 'none'`)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  it('answers the page\'s routes with its index, and files that are not there with 404', async () => {
    expect(await (await get('/experiments/first-look')).text()).toContain('Lab')
    expect((await get('/assets/none.js')).status).toBe(404)
    expect((await get('/secret.txt')).status).toBe(404)
    rmSync(join(renderer, 'assets', 'main.js'))
    expect((await get('/assets/main.js')).status).toBe(404)
  })

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/%2fetc/passwd.txt',
    '//etc/passwd.txt',
    '/../renderer-secret.txt',
    '/..%2frenderer-secret.txt',
    '/assets/link.txt',
    '/assets/main.js%00.txt',
    '/%ff.txt',
    '/assets/%',
  ])('lets nothing out of its folder: %s', async (path) => {
    const response = await get(path)
    expect(response.status).toBe(404)
    expect(await response.text()).not.toContain('secret')
  })

  it('answers neither another host nor another method', async () => {
    expect((await get('app://other/')).status).toBe(404)
    expect((await get('app://lab.evil/')).status).toBe(404)
    expect((await get('/', { method: 'POST', body: 'x' })).status).toBe(405)
    const head = await get('/', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })
})

describe('the window\'s page', () => {
  it('comes from that protocol, with the policy', async () => {
    const { window, privileged } = await openApp()
    const { webContents } = window()
    await expect.poll(() => webContents.response?.status).toBe(200)
    expect(webContents.mainFrame.url).toBe('app://lab/')
    expect(webContents.response!.headers.get('content-security-policy')).toBe(`default-src 'none'`)
    expect(privileged).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }])
  })
})
