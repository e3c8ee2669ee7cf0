import { LARGEST_MESSAGE } from '@shared/contract/limits'

export type Connection = 'connecting' | 'open' | 'lost'

const FIRST_WAIT = 250
const LONGEST_WAIT = 5000

/**
 * A WebSocket that comes back. oRPC's link takes one object for its whole life and asks of it readyState, send and the
 * events open, message and close; `close` makes the link fail what is pending, and streams are then asked for again.
 */
export class ReconnectingSocket extends EventTarget {
  #socket!: WebSocket
  #wait = FIRST_WAIT

  constructor(private readonly url: string, private readonly report: (state: Connection) => void) {
    super()
    this.#connect()
  }

  get readyState(): 0 | 1 {
    // While it is lost, callers wait for `open` instead of failing.
    return this.#socket.readyState === WebSocket.OPEN ? 1 : 0
  }

  /** @throws Error where the program would close the connection instead of an answer */
  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
    const { size } = new Blob([data as never])
    if (size > LARGEST_MESSAGE)
      throw new Error(`This has ${(size / 2 ** 20).toFixed(1)} MiB; the program takes at most ${LARGEST_MESSAGE / 2 ** 20} MiB at once`)
    this.#socket.send(data as never)
  }

  #connect(): void {
    const socket = new WebSocket(this.url)
    this.#socket = socket
    socket.addEventListener('open', () => {
      this.#wait = FIRST_WAIT
      this.report('open')
      this.dispatchEvent(new Event('open'))
    })
    socket.addEventListener('message', event => this.dispatchEvent(new MessageEvent('message', { data: event.data })))
    socket.addEventListener('close', () => {
      this.report('lost')
      this.dispatchEvent(new Event('close'))
      setTimeout(() => this.#connect(), this.#wait)
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT)
    })
  }
}
