import type { ContractRouterClient } from '@orpc/contract'
import type { BrowserContext } from '@playwright/test'
import type { contract } from '../../src-shared/contract'
import type { Lab } from '../processes/lab'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import WebSocket from 'ws'
import { startLab } from '../processes/lab'

export type Api = ContractRouterClient<typeof contract>

/** The built program, serving a data directory of its own to a browser. */
export class App {
  readonly data = mkdtempSync(join(tmpdir(), 'gradient-flow-lab-e2e-'))
  #lab!: Lab
  #url!: URL
  /** What the terminal shows. */
  #said = ''

  private constructor() {}

  /** @param command "start", as `npm start` does, or "serve" */
  static async start(command: 'start' | 'serve', prepare: (data: string) => unknown = () => {}): Promise<App> {
    const app = new App()
    await prepare(app.data)
    await app.start(command)
    return app
  }

  /** Where it is, without the token. */
  get origin(): string {
    return this.#url.origin
  }

  /** Its address as the terminal shows it: good once. */
  get url(): string {
    return this.#url.href
  }

  /** On the port of the last time, if there was one, as somebody does who types the same command again. */
  async start(command: 'start' | 'serve'): Promise<void> {
    this.#lab = startLab(['--data', this.data, command, ...command === 'start' ? ['--no-open'] : [], '--port', this.#url?.port ?? '0'])
    const { process: { stderr }, ended } = this.#lab
    this.#said = ''
    stderr!.on('data', (text: string) => this.#said += text)
    let address: string | undefined
    while (!address) {
      await Promise.race([once(stderr!, 'data'), ended.then(({ code }): never => {
        throw new Error(`lab ${command} ended with ${code}:\n${this.#said}`)
      })]);
      [address] = /http:\/\/\S+\?token=[\w-]+(?=\s)/.exec(this.#said) ?? []
    }
    this.#url = new URL(address)
  }

  /** Defects that it has told of in the terminal, with their stacks. */
  faults(): string[] {
    return /^ +at /m.test(this.#said) ? [this.#said] : []
  }

  /** As a power failure does it: workers see that it is gone, and end. */
  async kill(): Promise<void> {
    this.#lab.process.kill('SIGKILL')
    await this.#lab.ended
  }

  async remove(): Promise<void> {
    this.#lab.process.kill('SIGTERM')
    await this.#lab.ended
    rmSync(this.data, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 })
  }

  /** What the page asks, asked by the test itself: with the cookie of a browser that was let in. */
  async api(context: BrowserContext): Promise<{ api: Api, close: () => void }> {
    const cookie = (await context.cookies(this.origin)).map(({ name, value }) => `${name}=${value}`).join('; ')
    const socket = new WebSocket(`${this.origin.replace('http', 'ws')}/rpc`, { headers: { cookie, origin: this.origin } })
    await once(socket, 'open')
    return { api: createORPCClient(new RPCLink({ websocket: socket as never })), close: () => socket.terminate() }
  }
}
