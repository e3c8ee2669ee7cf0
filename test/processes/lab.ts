import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

export const cli = resolve(import.meta.dirname, '../../out/current/main/cli.js')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The built command line in a process of its own. */
export interface Lab {
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
  /** Resolves when stderr holds the text. */
  readonly says: (text: string) => Promise<void>
}

export function startLab(args: readonly string[], options: { uid?: number, gid?: number, cli?: string, detached?: boolean, env?: NodeJS.ProcessEnv } = {}): Lab {
  const child = spawn(process.execPath, [options.cli ?? cli, ...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => stdout += text)
  child.stderr.setEncoding('utf8').on('data', (text: string) => stderr += text)
  const ended = new Promise<Ended>((resolve, reject) => child.on('error', reject).on('close', code => resolve({ code, stdout, stderr })))
  return {
    process: child,
    ended,
    says: text => new Promise((resolve, reject) => {
      const look = (): void => {
        if (stderr.includes(text))
          resolve()
      }
      look()
      child.stderr.on('data', look)
      void ended.then(() => reject(new Error(`it ended without saying "${text}", but:\n${stderr}`)))
    }),
  }
}

export function lab(...args: string[]): Promise<Ended> {
  return startLab(args).ended
}

/** Quick to train: 2 treatments x 1 capacity x 2 seeds = 4 pairs, 8 runs of a fraction of a second. */
export const quickExperiment = {
  name: 'Quick',
  question: 'Does it run?',
  base: { data: { dataset: 'synthetic' }, network: { maximumWidth: 40 }, training: { epochs: 4, batchSize: 32 } },
  factors: [{ name: 'BatchNorm', levels: [{ name: 'NR' }, { name: 'BN', set: { 'network.batchNorm': true } }] }],
  capacities: [12],
  seeds: [1, 2],
  recording: { checkpoint: 1 },
}
