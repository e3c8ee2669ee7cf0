import type { ChildProcess } from 'node:child_process'
import type { Reply, Request } from './protocol'
import type { Variant } from './variants'
import { spawn } from 'node:child_process'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { reply } from './protocol'
import { python, pythonEnvironment } from './python'

const root = join(import.meta.dirname, '..', '..')

/** How long an answer may take, in milliseconds: a compiler or a few of the slowest steps. */
const PATIENCE = 300_000

/** Steps of one variant, taken by a process of its own on cores of its own. */
export class Contestant {
  versions: Readonly<Record<string, string>> = {}
  readonly #lines: AsyncIterator<string>
  #errors = ''

  private constructor(private readonly child: ChildProcess) {
    this.#lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
    child.stderr!.on('data', (text: Buffer) => this.#errors = (this.#errors + text).slice(-4000))
    // What was not delivered is missed as an answer.
    child.stdin!.on('error', () => {})
    child.on('error', error => this.#errors += error.message)
  }

  /** @throws Error that says why it did not start */
  static async start(variant: Variant, { threads, cores }: { threads: number, cores: string }): Promise<Contestant> {
    const { command, environment } = commandOf(variant, threads)
    const child = spawn('taskset', ['-c', cores, ...command], { cwd: root, env: { ...process.env, ...environment }, stdio: 'pipe' })
    const contestant = new Contestant(child)
    const first = await contestant.#answer()
    contestant.versions = 'versions' in first ? first.versions : {}
    return contestant
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  /** @throws Error that says why it did not load the problem */
  async load(path: string): Promise<void> {
    await this.#ask({ load: path })
  }

  /** @throws Error that says why it did not take them */
  async take(steps: number): Promise<{ milliseconds: readonly number[], losses: readonly number[] }> {
    const answer = await this.#ask({ steps })
    if (!('losses' in answer))
      throw new Error(`it answered ${JSON.stringify(answer)}`)
    return answer
  }

  stop(): void {
    this.child.kill('SIGKILL')
  }

  #ask(request: Request): Promise<Reply> {
    this.child.stdin!.write(`${JSON.stringify(request)}\n`)
    return this.#answer()
  }

  async #answer(): Promise<Reply> {
    const timer = setTimeout(() => {
      this.#errors = `it did not answer within ${PATIENCE / 1000} s`
      this.stop()
    }, PATIENCE)
    try {
      for (let line = await this.#lines.next(); !line.done; line = await this.#lines.next()) {
        // Libraries print what they like.
        if (!line.value.startsWith('{'))
          continue
        const answer = reply.parse(JSON.parse(line.value))
        if ('error' in answer)
          throw new Error(shortened(answer.error))
        return answer
      }
      throw new Error(`its process ended: ${shortened(this.#errors) || 'it said nothing'}`)
    }
    finally {
      clearTimeout(timer)
    }
  }
}

function commandOf({ program, tunedMemory = false }: Variant, threads: number): { command: string[], environment: Record<string, string> } {
  switch (program.kind) {
    case 'engine': {
      const settings = program.engine === 'native' ? { threads } : {}
      return { command: [process.execPath, join(root, 'scripts', 'bench.mjs'), 'engine/serve', program.engine, JSON.stringify(settings)], environment: {} }
    }
    case 'python':
      return {
        command: [python, join(import.meta.dirname, 'rivals', 'serve.py'), program.framework, program.variant, String(threads)],
        environment: pythonEnvironment({ threads, tunedMemory }),
      }
  }
}

/** The last line that says something, with no path of this machine. */
function shortened(error: string): string {
  const line = error.trim().split('\n').findLast(line => /error|exception|cannot|not /i.test(line)) ?? error.trim().split('\n').at(-1)!
  return line.replace(/(?:\/[^\s:'"/]+){2,}/g, path => basename(path)).slice(0, 300).trim()
}
