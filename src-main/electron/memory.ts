import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { appearances } from '@shared/desktop'
import { z } from 'zod'

const memory = z.object({
  /** In device-independent pixels, when neither maximised nor full screen. */
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(100), height: z.int().min(100) }).exactOptional(),
  maximized: z.boolean().default(false),
  appearance: z.enum(appearances).default('system'),
})
export type Memory = z.infer<typeof memory>

/** How the window was left, kept in the data directory. */
export class WindowMemory {
  readonly #file: string
  #now: Memory

  constructor(dataDirectory: string) {
    this.#file = join(dataDirectory, 'window.json')
    this.#now = read(this.#file)
  }

  get now(): Memory {
    return this.#now
  }

  /** A window that cannot be remembered is no reason to trouble anybody: it opens at its first place. */
  keep(changes: Partial<Memory>): void {
    this.#now = { ...this.#now, ...changes }
    const partial = `${this.#file}.partial`
    try {
      writeFileSync(partial, `${JSON.stringify(this.#now, null, 2)}\n`)
      renameSync(partial, this.#file)
    }
    catch {
      rmSync(partial, { force: true })
    }
  }
}

function read(file: string): Memory {
  try {
    return memory.parse(JSON.parse(readFileSync(file, 'utf8')))
  }
  catch {
    return memory.parse({})
  }
}
