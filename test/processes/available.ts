import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const cli = resolve(import.meta.dirname, '../../out/current/main/cli.js')

/** Why the built program cannot train with an engine on this machine; nothing where it can. */
export function whyUnavailable(engine: string): string | undefined {
  const data = mkdtempSync(join(tmpdir(), 'gradient-flow-lab-engines-'))
  try {
    const engines = JSON.parse(execFileSync(process.execPath, [cli, 'engines', '--json', '--data', data], { encoding: 'utf8' })) as { id: string, kind: string, reason?: string }[]
    const found = engines.find(({ id }) => id === engine)
    return found?.kind === 'available' ? undefined : `the engine ${engine} is not available here: ${found?.reason ?? 'it is not known'}`
  }
  finally {
    rmSync(data, { recursive: true, force: true })
  }
}
