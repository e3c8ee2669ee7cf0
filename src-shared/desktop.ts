/**
 * What Electron's window adds to its page, as `window.desktop`; a page in a browser has none.
 * The preload makes it, `src-main/electron` answers.
 */
export interface Desktop {
  /**
   * Asks for a port to the contract. It comes as a `message` event of the page's own window: `source` is the window,
   * `data` is PORT_MESSAGE, `ports[0]` the port. It closes when the page goes.
   */
  readonly connect: () => void
  /** Commands of the native menu, those too that came before. One listener: a later one takes the place of an earlier. */
  readonly onCommand: (listener: (command: Command) => void) => void
  /** Saves one file where the user says, or several in a folder that the user chooses. */
  readonly save: (files: readonly NamedBytes[]) => Promise<Saved>
  /** Lets the user choose an experiment file. */
  readonly open: () => Promise<Opened>
  /** What the page shows, so that the window's frame and its native menus look the same. */
  readonly setAppearance: (appearance: Appearance) => void
}

export interface NamedBytes {
  readonly name: string
  readonly bytes: Uint8Array
}

export type Saved
  = | { readonly kind: 'saved', readonly path: string }
    | { readonly kind: 'cancelled' }
    | { readonly kind: 'failed', readonly reason: string }

export type Opened
  = | { readonly kind: 'opened', readonly name: string, readonly bytes: Uint8Array }
    | { readonly kind: 'cancelled' }
    | { readonly kind: 'failed', readonly reason: string }

export type Command = 'newExperiment' | 'export' | 'toggleDark'

export const appearances = ['system', 'light', 'dark'] as const
export type Appearance = typeof appearances[number]

export const PORT_MESSAGE = 'lab:port'

/** Between the preload and the main process. */
export const channels = {
  connect: 'lab:connect',
  port: 'lab:port',
  command: 'lab:command',
  save: 'lab:save',
  open: 'lab:open',
  appearance: 'lab:appearance',
} as const
