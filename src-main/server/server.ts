import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Lab } from '../lab/lab'
import { createServer } from 'node:http'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { onError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { LARGEST_MESSAGE } from '@shared/contract/limits'
import sirv from 'sirv'
import { WebSocketServer } from 'ws'
import { router } from '../api/router'
import { csp } from '../csp'
import { reportDefect } from '../reads/report'
import { deleteSetting } from '../store/settings'
import { Access } from './access'
import { namesOf, originOf } from './addresses'
import { isOfAnotherUser } from './peers'
import { sessionOf } from './session'

export interface ServerOptions {
  readonly host: string
  /** 0 for any that is free. */
  readonly port: number
  /** More names by which browsers may ask for it: a proxy's, say. */
  readonly allowedHosts?: readonly string[]
  /** A token of the user's own, good any number of times. */
  readonly token?: string
  /** Told when a browser was let in: the URL for another. */
  readonly spent?: (url: string) => void
}

export interface RunningServer {
  readonly port: number
  /** Opens the app in a browser of this machine, or of any that reaches `host`. */
  readonly url: string
  /** The same by every name and address that this machine is known to have, `url` first. */
  readonly urls: readonly string[]
  /** Opens the app in a browser of this user, given to it on a command line, which other users see. */
  readonly ticketUrl: () => string
  readonly close: () => Promise<void>
}

/**
 * Serves the app to browsers: its files over HTTP, the contract over a WebSocket.
 * @throws NodeJS.ErrnoException EADDRINUSE, EACCES
 */
export async function serve(lab: Lab, { host, port, token, spent, allowedHosts = [] }: ServerOptions, renderer = join(import.meta.dirname, '../renderer')): Promise<RunningServer> {
  const session = await sessionOf(lab.dataDirectory)
  // Where it was, others could read it.
  deleteSetting(lab.store, 'browserSession')
  const http = createServer()
  await new Promise<void>((resolve, reject) => http.once('error', reject).listen(port, host, resolve))
  http.on('error', reportDefect)
  const bound = (http.address() as AddressInfo).port
  const names = namesOf(host)
  const access = new Access(`lab_${bound}`, session, ['localhost', hostname(), ...names, ...allowedHosts], token)
  const urls = (token = access.token): string[] => names.map(name => `${originOf(name, bound)}/?token=${token}`)
  const files = sirv(renderer, { etag: true, single: true, dev: false })

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    for (const [name, value] of Object.entries(securityHeaders))
      response.setHeader(name, value)
    if (!access.isOurHost(request.headers))
      return refuse(response, 403, 'This server answers only to the names of its own machine. Where it has another one, say so: lab serve --allow-host NAME')
    // Whoever means another server, as those do who ask a proxy, gives a whole address.
    if (!request.url?.startsWith('/'))
      return refuse(response, 400, 'Only a path of this server can be asked for.')
    const given = new URL(`http://lab${request.url}`).searchParams.get('token')
    if (given !== null && !access.hasSession(request.headers)) {
      const cookie = access.exchange(given, () => isOfAnotherUser(request.socket))
      if (cookie === undefined)
        return refuse(response, 401, 'This address was used already, or is of an earlier start. The terminal shows the one that works now.')
      response.setHeader('Set-Cookie', cookie)
      if (token === undefined)
        spent?.(urls()[0]!)
    }
    else if (!access.hasSession(request.headers)) {
      return refuse(response, 401, 'Open the address that the terminal shows: it holds the token that lets this browser in.')
    }
    if (given !== null)
      return void response.writeHead(303, { Location: '/' }).end()
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(response, 405, 'Only GET.')
    delete request.headers.range
    // A newer build may have taken the place of the one that this process serves.
    response.once('pipe', file => file.once('error', () => response.destroy()))
    files(request, response, () => refuse(response, 404, 'There is no such page.'))
  }
  http.on('request', (request: IncomingMessage, response: ServerResponse) => {
    try {
      answer(request, response)
    }
    catch (error) {
      reportDefect(error)
      if (response.headersSent)
        response.destroy()
      else
        refuse(response, 500, 'This is a defect of the program; its terminal says more.')
    }
  })

  const rpc = new RPCHandler(router, { interceptors: [onError(reportDefect)] })
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE })
  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // HTTP does not look after it any more.
    socket.on('error', () => socket.destroy())
    const { headers, url } = request
    const allowed = url === '/rpc' && access.isOurHost(headers) && access.isOurOrigin(headers) && access.hasSession(headers)
    if (!allowed)
      return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    sockets.handleUpgrade(request, socket, head, (websocket) => {
      // A message that is too large or none at all; it closes by itself, with the code that says so.
      websocket.on('error', () => {})
      void rpc.upgrade(websocket, { context: { lab } })
    })
  })

  return {
    port: bound,
    get url() {
      return urls()[0]!
    },
    get urls() {
      return urls()
    },
    ticketUrl: () => urls(access.ticket())[0]!,
    async close() {
      for (const socket of sockets.clients)
        socket.terminate()
      http.closeAllConnections()
      await new Promise<void>(resolve => http.close(() => resolve()))
    },
  }
}

const securityHeaders = {
  'Content-Security-Policy': csp('http'),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}
