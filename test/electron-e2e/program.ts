import type { ElectronApplication, Page } from '@playwright/test'
import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { _electron } from '@playwright/test'

const root = resolve(import.meta.dirname, '../..')
const { ELECTRON_PATH, LAB_NODE } = process.env as { ELECTRON_PATH: string, LAB_NODE: string }
export const cli = join(root, 'out', 'current', 'main', 'cli.js')

/** The built program in a real Electron, over a data directory. */
export class Program {
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>

  private constructor(readonly app: ElectronApplication, readonly page: Page) {
    this.ended = new Promise(resolve => app.process().once('exit', code => resolve(code)))
  }

  static async open(data: string): Promise<Program> {
    const app = await _electron.launch({ executablePath: ELECTRON_PATH, args: [root, '--data', data], chromiumSandbox: true })
    const page = await app.firstWindow()
    const program = new Program(app, page)
    await page.waitForLoadState()
    return program
  }

  /** From now on answers what it asks its user, and counts. */
  async answerWith(button: string): Promise<void> {
    await this.app.evaluate(({ dialog }, button) => {
      const asked = globalThis as { asked?: number }
      asked.asked = 0
      dialog.showMessageBox = async (...args: unknown[]) => {
        asked.asked!++
        const { buttons } = args.at(-1) as { buttons: string[] }
        return { response: buttons.indexOf(button), checkboxChecked: false }
      }
    }, button)
  }

  asked(): Promise<number> {
    return this.app.evaluate(() => (globalThis as { asked?: number }).asked ?? 0)
  }
}

/** What the command line says, beside the program. */
export async function lab<T>(data: string, ...args: string[]): Promise<T> {
  const { stdout } = await promisify(execFile)(LAB_NODE, [cli, '--data', data, '--json', ...args])
  return JSON.parse(stdout) as T
}
