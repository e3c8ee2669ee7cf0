import type { Electron } from './electron'
import type { LabWindow } from './window'

export interface QuittingParts {
  readonly isTraining: () => boolean
  /** Workers finish their step, the store is closed. */
  readonly stop: () => Promise<void>
  readonly window: LabWindow
  /** How long that may take: what was committed survives a process that ends sooner, too. */
  readonly patienceMs: number
}

/** The way out: asks while runs are going, then closes the window, stops the runs, and ends. */
export class Quitting {
  #phase: 'not' | 'asking' | 'closing' | 'stopping' | 'stopped' = 'not'

  constructor(private readonly electron: Electron, private readonly parts: QuittingParts) {
    electron.app.on('before-quit', (event) => {
      if (this.#phase === 'stopped')
        return
      event.preventDefault()
      void this.ask()
    })
  }

  /** Whether the window closes on the way out. */
  get isClosing(): boolean {
    return this.#phase === 'closing'
  }

  /** Whether the end is decided. */
  get isEnding(): boolean {
    return this.#phase === 'stopping' || this.#phase === 'stopped'
  }

  /** Quits, unless the user keeps the training going, or what is typed in the window. */
  async ask(): Promise<void> {
    if (this.#phase !== 'not')
      return
    this.#phase = 'asking'
    const quits = !this.parts.isTraining() || await this.#confirm()
    if (this.#phase !== 'asking')
      return
    this.#phase = quits ? 'closing' : 'not'
    if (!quits)
      return
    const closed = await this.parts.window.close()
    if (this.#phase !== 'closing')
      return
    this.#phase = 'not'
    if (closed)
      this.now()
  }

  /** Quits without a question: the system shuts down, or a signal says so. */
  now(): void {
    if (!this.isEnding)
      void this.#stop()
  }

  async #confirm(): Promise<boolean> {
    const { dialog } = this.electron
    const options = {
      type: 'question' as const,
      message: 'Keep training?',
      detail: 'Runs are going. If you quit, they stop after the step they are in, and go on from there when the program is opened again. Nothing is lost.',
      buttons: ['Keep Training', 'Quit'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    }
    const window = this.parts.window.current
    const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options))
    return response === 1
  }

  async #stop(): Promise<void> {
    this.#phase = 'stopping'
    const { app, dialog } = this.electron
    const { window, stop, patienceMs } = this.parts
    window.destroy()
    try {
      await within(patienceMs, stop())
      this.#phase = 'stopped'
      app.quit()
    }
    catch (error) {
      this.#phase = 'stopped'
      dialog.showErrorBox('Gradient Flow Lab could not stop in order', `${(error as Error).message}\n\nWhat was stored stays; runs go on from their last checkpoints.`)
      app.exit(1)
    }
  }
}

async function within<T>(ms: number, action: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Training did not stop within ${Math.round(ms / 1000)} seconds.`)), ms)
  })
  try {
    return await Promise.race([action, late])
  }
  finally {
    clearTimeout(timer)
  }
}
