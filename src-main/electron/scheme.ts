import type { CustomScheme } from 'electron'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

/** The page's address. It is no web server's: nothing outside this process can answer it. */
export const ORIGIN = 'app://lab'
export const START = `${ORIGIN}/`

/** To be registered before Electron is ready. */
export const scheme: CustomScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
}

/** `URL.origin` is "null" for schemes that are not the web's. */
export function originOf(url: string): string | undefined {
  if (!URL.canParse(url))
    return undefined
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}`
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}

/**
 * Answers requests for app://lab/ with the files that are in a folder now, and with nothing else: what is asked for
 * is looked up among their names and never becomes a path. A path of the page's router, without an ending, is its index.
 */
export function serveFolder(folder: string, contentSecurityPolicy: string): (request: Request) => Promise<Response> {
  const files = filesByPath(folder)
  const headers = { 'content-security-policy': contentSecurityPolicy, 'x-content-type-options': 'nosniff' }
  const refuse = (status: number): Response => new Response(null, { status, headers })
  return async (request) => {
    if (originOf(request.url) !== ORIGIN)
      return refuse(404)
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(405)
    const path = pathOf(request.url)
    const file = path !== undefined && (files.get(path) ?? (extname(path) === '' ? files.get('/index.html') : undefined))
    if (!file)
      return refuse(404)
    try {
      const body = request.method === 'HEAD' ? null : new Uint8Array(await readFile(file))
      return new Response(body, { headers: { ...headers, 'content-type': contentTypes[extname(file)] ?? 'application/octet-stream' } })
    }
    catch {
      return refuse(404) // It was removed meanwhile.
    }
  }
}

/** Undefined where the escapes are none. */
function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url).pathname)
  }
  catch {
    return undefined
  }
}

/** Every plain file of a folder by its path in a URL; links are not followed. */
function filesByPath(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
  return new Map(files.map(file => [`/${relative(folder, file).replaceAll(sep, '/')}`, file]))
}
