import { chmodSync, existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
// @ts-expect-error -- plain JavaScript: it runs before anything is installed
import { findElectron, openElectron, sandboxProblem } from '../../scripts/electron.mjs'
import { temporaryFolder } from '../temporary'

const installs = `
  const { chmodSync, mkdirSync, writeFileSync } = require('node:fs')
  const { join } = require('node:path')
  mkdirSync(join(__dirname, 'dist'), { recursive: true })
  writeFileSync(join(__dirname, 'dist', 'electron'), '#!/bin/sh\\n[ "$ELECTRON_RUN_AS_NODE" = 1 ] || exit 9\\n')
  chmodSync(join(__dirname, 'dist', 'electron'), 0o755)
  writeFileSync(join(__dirname, 'dist', 'version'), '45.4.1')
  writeFileSync(join(__dirname, 'path.txt'), 'electron')`

/** Shell scripts stand in for the binary. */
describe.skipIf(process.platform === 'win32')('finding Electron', () => {
  let folder: string
  let failure: string
  let find: (fetchSeconds?: number) => Promise<unknown>
  const said: string[] = []

  function installer(text: string): void {
    writeFileSync(join(folder, 'install.js'), text)
  }

  function binary(text: string): string {
    const path = join(folder, 'dist', 'electron')
    mkdirSync(join(folder, 'dist'), { recursive: true })
    writeFileSync(path, `#!/bin/sh\n${text}\n`)
    chmodSync(path, 0o755)
    return path
  }

  beforeEach(() => {
    folder = join(temporaryFolder(), 'electron')
    failure = join(folder, '..', 'failure')
    mkdirSync(folder)
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '45.4.1' }))
    installer('process.exit(0)')
    said.length = 0
    find = fetchSeconds => findElectron({ folder, failure, say: (text: string) => said.push(text), ...fetchSeconds !== undefined && { fetchSeconds } })
    // Tests may run as root, or where the sandbox is forbidden.
    vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin')
  })

  it('says that it is not here, and fetches nothing unless it may', async () => {
    installer(installs)
    expect(await find()).toEqual({ kind: 'missing', reason: 'Electron\'s binary is not here (npx install-electron fetches it)' })
    expect(existsSync(join(folder, 'dist'))).toBe(false)
  })

  it('fetches it, and has it from then on', async () => {
    installer(installs)
    const path = join(folder, 'dist', 'electron')
    expect(await find(20)).toEqual({ kind: 'found', path })
    expect(said).toEqual(['Fetching Electron (at most 20 s)...'])
    expect(await find()).toEqual({ kind: 'found', path })
  })

  it('gives up after its seconds and ends the installer', async () => {
    const late = join(folder, 'late')
    installer(`setTimeout(() => require('node:fs').writeFileSync(${JSON.stringify(late)}, ''), 1500)`)
    expect(await find(0.5)).toEqual({ kind: 'missing', reason: 'Electron\'s binary is not here, and fetching it took longer than 0.5 s (npx install-electron tries again)' })
    await new Promise(resolve => setTimeout(resolve, 1500))
    expect(existsSync(late)).toBe(false)
  })

  it('says why it could not be fetched, and rests a day before it tries again', async () => {
    installer('console.error("RequestError: getaddrinfo ENOTFOUND github.com\\n    at foo (bar.js:1)"); process.exit(1)')
    const reason = 'Electron\'s binary is not here, and fetching it failed: RequestError: getaddrinfo ENOTFOUND github.com (npx install-electron tries again)'
    expect(await find(20)).toEqual({ kind: 'missing', reason })
    installer(installs)
    expect(await find(20)).toEqual({ kind: 'missing', reason })
    expect(said.length).toBe(1)
    const yesterday = new Date(Date.now() - 25 * 3_600_000)
    utimesSync(failure, yesterday, yesterday)
    expect(await find(20)).toMatchObject({ kind: 'found' })
    expect(existsSync(failure)).toBe(false)
  })

  it('says in words that there is no network', async () => {
    installer('fetch("http://127.0.0.1:1/").catch((error) => { console.error(error.stack); process.exit(1) })')
    expect(await find(20)).toMatchObject({ reason: 'Electron\'s binary is not here, and GitHub, where it is fetched from, cannot be reached (npx install-electron tries again)' })
  })

  it('takes no binary that is half there or of another version', async () => {
    binary('exit 0')
    expect(await find()).toMatchObject({ kind: 'missing' })
    writeFileSync(join(folder, 'path.txt'), 'electron')
    writeFileSync(join(folder, 'dist', 'version'), '44.0.0')
    expect(await find()).toMatchObject({ kind: 'missing' })
    writeFileSync(join(folder, 'dist', 'version'), '45.4.1')
    expect(await find()).toMatchObject({ kind: 'found' })
  })

  it('says what a binary that does not start lacks', async () => {
    binary('echo "electron: error while loading shared libraries: libgtk-3.so.0: cannot open shared object file" >&2; exit 127')
    writeFileSync(join(folder, 'path.txt'), 'electron')
    writeFileSync(join(folder, 'dist', 'version'), '45.4.1')
    expect(await find()).toEqual({ kind: 'missing', reason: expect.stringMatching(/^Electron is here but cannot run: .*libgtk-3/) })
  })

  it('opens the program with its arguments and the Node that trains, and says how it ended', async () => {
    vi.stubEnv('ELECTRON_RUN_AS_NODE', '1')
    const path = binary('touch "$LAB_SHOWN"; [ "$1 $2 $3 $LAB_NODE $ELECTRON_RUN_AS_NODE" = "/app --data /d /node " ] && exit 3; exit 8')
    expect(await openElectron({ path, node: '/node', app: '/app', args: ['--data', '/d'] })).toEqual({ kind: 'ended', code: 3 })
    vi.unstubAllEnvs()
    expect(await openElectron({ path: binary('kill -TRAP $$'), node: '/node' })).toEqual({ kind: 'crashed', reason: 'Electron was ended by SIGTRAP' })
    expect(await openElectron({ path: '/none', node: '/node' })).toMatchObject({ kind: 'crashed', reason: expect.stringContaining('ENOENT') })
  })

  it('leaves the way to a browser where it ends before its user has seen anything', async () => {
    const path = binary('echo "Missing X server or $DISPLAY" >&2; exit 1')
    expect(await openElectron({ path, node: '/node' })).toEqual({ kind: 'crashed', reason: 'Electron ended with exit code 1 before its window opened' })
    // A second instance, whose window is the first one's.
    expect(await openElectron({ path: binary('exit 0'), node: '/node' })).toEqual({ kind: 'ended', code: 0 })
  })

  it('takes its end for what was wanted after a Ctrl-C', async () => {
    const path = binary('kill -INT $PPID; sleep 0.2; kill -INT $$')
    expect(await openElectron({ path, node: '/node' })).toEqual({ kind: 'ended', code: 130 })
  })
})

describe('the sandbox on Linux', () => {
  const path = '/app/dist/electron'
  const free = { user: 1000, setting: () => undefined, status: () => undefined }

  it('works where the kernel allows it, or its helper may', () => {
    expect(sandboxProblem(path, free)).toBeUndefined()
    const restricted = { ...free, setting: (name: string) => name === 'kernel/apparmor_restrict_unprivileged_userns' ? '1' : undefined }
    expect(sandboxProblem(path, restricted)).toContain('sudo chmod 4755 /app/dist/chrome-sandbox')
    expect(sandboxProblem(path, { ...restricted, status: () => ({ uid: 0, mode: 0o104755 }) })).toBeUndefined()
    expect(sandboxProblem(path, { ...restricted, status: () => ({ uid: 1000, mode: 0o100755 }) })).toBeDefined()
  })

  it.each(['kernel/unprivileged_userns_clone', 'user/max_user_namespaces'])('does not where %s is 0', (name) => {
    expect(sandboxProblem(path, { ...free, setting: (asked: string) => asked === name ? '0' : undefined })).toContain('sandbox')
  })

  it('does not for root', () => {
    expect(sandboxProblem(path, { ...free, user: 0 })).toContain('root')
  })
})
