import type { Addon } from '../../src-main/engines/native/addon'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'

/** CPUs whose times may stand in one table. */
export interface CpuClass {
  /** A file's name. */
  readonly id: string
  readonly title: string
}

export function cpuClass({ instructionSets: [instructionSet] }: Addon): CpuClass {
  const about = readIfAny('/proc/cpuinfo')
  const field = (name: string): string | undefined => about?.match(new RegExp(`^${name}\\s*:\\s*(.+)$`, 'm'))?.[1]
  const name = (field('model name') ?? cpus()[0]?.model ?? 'unknown CPU').replace(/\((?:R|TM)\)/g, '').replace(/\s+/g, ' ').trim()
  const kind = field('cpu family') && `family ${field('cpu family')}, model ${field('model')}`
  const title = `${name} (${[kind, instructionSet].filter(Boolean).join(', ')})`
  return { id: title.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/-$/, ''), title }
}

/** Names what the native engine was built from: times of another one are not of this one. */
export function nativeSources(): string {
  const folder = join(import.meta.dirname, '..', '..', 'src-native')
  const hash = createHash('sha256')
  for (const file of globSync('{binding.gyp,*/**/*.{cpp,h}}', { cwd: folder, exclude: name => name === 'build' }).sort())
    hash.update(`${file}\n`).update(readFileSync(join(folder, file)))
  return hash.digest('hex').slice(0, 8)
}

/** Cores for a number of threads, as taskset takes them: the last ones, since systems like the first for their own work. */
export function coresFor(threads: number): string | undefined {
  const cores = allowedCores()
  return cores.length < threads ? undefined : cores.slice(-threads).join()
}

/** Those that this process may use. */
function allowedCores(): number[] {
  const list = readIfAny('/proc/self/status')?.match(/^Cpus_allowed_list:\s*(\S+)$/m)?.[1]
  return list?.split(',').flatMap((range) => {
    const [from, to = from] = range.split('-').map(Number)
    return Array.from({ length: to! - from! + 1 }, (_, i) => from! + i)
  }) ?? Array.from({ length: availableParallelism() }, (_, i) => i)
}

/** A sentence where processes cannot be pinned to cores. */
export function pinningObstacle(): string | undefined {
  return spawnSync('taskset', ['--version']).status === 0
    ? undefined
    : 'nothing is compared, since there is no taskset to pin processes to cores (Debian: apt-get install util-linux; there is none on macOS and Windows)'
}

function readIfAny(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  }
  catch {
    return undefined
  }
}
