import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import { parseCookie } from 'cookie'

/** Headers that access is decided by. */
export interface Asking {
  readonly host?: string | undefined
  readonly origin?: string | undefined
  readonly cookie?: string | undefined
}

/** How long a browser may take to start. */
const TICKET_MS = 120_000

/**
 * Who may use a server: whoever opened its URL with the token, once; after that the browser's cookie. A page of
 * another site, or another name that leads here (DNS rebinding), may not.
 */
export class Access {
  readonly #fixed: string | undefined
  readonly #names: ReadonlySet<string>
  #token: string
  #ticket: { readonly token: string, readonly until: number } | undefined

  /**
   * @param session what the cookie says; kept in the data directory, so that a page goes on after a restart
   * @param names what this machine is called; its addresses need no name
   * @param fixed a token of the user's own, good any number of times
   */
  constructor(private readonly cookieName: string, private readonly session: string, names: readonly string[], fixed?: string) {
    this.#fixed = fixed
    this.#names = new Set(names.map(name => name.toLowerCase()))
    this.#token = fixed ?? newToken()
  }

  /** The token of the URL that opens the app now. */
  get token(): string {
    return this.#token
  }

  /**
   * A token for a command line, which every user of this machine may read: it is good once, soon, and for a browser of
   * our own user.
   */
  ticket(): string {
    this.#ticket = { token: newToken(), until: Date.now() + TICKET_MS }
    return this.#ticket.token
  }

  /**
   * The cookie's header in exchange for a token, which is then spent; undefined if it is wrong.
   * @param isOfAnotherUser whether another user of this machine has sent it
   */
  exchange(token: string, isOfAnotherUser: () => boolean): string | undefined {
    if (this.#ticket && same(token, this.#ticket.token) && Date.now() < this.#ticket.until && !isOfAnotherUser())
      this.#ticket = undefined
    else if (!same(token, this.#token))
      return undefined
    else if (this.#fixed === undefined)
      this.#token = newToken()
    // Strict would lose it where the address is clicked in a page of another site, as a web terminal is.
    return `${this.cookieName}=${this.session}; Path=/; HttpOnly; SameSite=Lax`
  }

  hasSession({ cookie }: Asking): boolean {
    return same(parseCookie(cookie ?? '')[this.cookieName] ?? '', this.session)
  }

  /** Only names that mean this machine: an attacker's domain may lead here too. */
  isOurHost({ host }: Asking): boolean {
    const name = (host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1').toLowerCase()
    return this.#names.has(name) || isIP(name) !== 0
  }

  /** Only pages that this server has sent, perhaps through a proxy that encrypts. */
  isOurOrigin({ host, origin }: Asking): boolean {
    return origin === `http://${host}` || origin === `https://${host}`
  }
}

function newToken(): string {
  return randomBytes(24).toString('base64url')
}

/** Without telling by its time how much was right. */
function same(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
