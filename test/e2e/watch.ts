import type { BrowserContext } from '@playwright/test'

/** What no page of the app may ever do. */
export class Watch {
  readonly #seen: string[] = []
  #allowed: RegExp[] = []

  private constructor(private readonly origin: () => string) {}

  /** Sees everything that all pages of a browser context do from now on. */
  static async over(context: BrowserContext, origin: () => string): Promise<Watch> {
    const watch = new Watch(origin)
    context.on('request', request => watch.#asked(request.url()))
    context.on('console', message => ['error', 'warning'].includes(message.type()) && watch.#saw(`console ${message.type()}: ${message.text()}`))
    context.on('weberror', error => watch.#saw(`error: ${error.error().stack}`))
    context.on('page', page => page.on('websocket', socket => watch.#asked(socket.url())))
    await context.exposeFunction('policyViolated', (text: string) => watch.#saw(text))
    await context.addInitScript(() => document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
      (window as unknown as { policyViolated: (text: string) => void }).policyViolated(`content security policy: ${violatedDirective} ${blockedURI} at ${sourceFile}:${lineNumber}`)))
    return watch
  }

  /** What is expected once, and no fault: a browser logs that a server was gone. */
  allow(...patterns: RegExp[]): void {
    this.#allowed = patterns
  }

  /** All faults since the last time. */
  faults(): string[] {
    return this.#seen.splice(0).filter(text => !this.#allowed.some(pattern => pattern.test(text)))
  }

  #asked(url: string): void {
    const { protocol, origin } = new URL(url.replace(/^ws/, 'http'))
    if (protocol !== 'data:' && protocol !== 'blob:' && origin !== this.origin())
      this.#saw(`request to another origin: ${url}`)
  }

  #saw(text: string): void {
    this.#seen.push(text)
  }
}
