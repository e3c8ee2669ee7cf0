import type { ChildProcess } from 'node:child_process'
import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { checkout, environmentOf } from './checkout'

interface SetUp { readonly process: ChildProcess, readonly said: () => string, readonly code: Promise<number | null> }

/** `npm run setup` where there is no compiler. */
function setUp(root: string): SetUp {
  const child = spawn(process.execPath, [join(root, 'scripts', 'setup.mjs')], { cwd: root, env: environmentOf(root), stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => said += text)
  return { process: child, said: () => said, code: new Promise(resolve => child.on('close', resolve)) }
}

async function hasSetUp(root: string): Promise<{ code: number | null, said: string }> {
  const { code, said } = setUp(root)
  return { code: await code, said: said() }
}

/** What was called since the last look. */
function calls(root: string): string[] {
  const file = join(root, 'calls')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
  rmSync(file, { force: true })
  return lines
}

/** Every file and folder, and when it was last written. */
function written(root: string): Map<string, number> {
  return new Map(readdirSync(root, { recursive: true, encoding: 'utf8' }).map(path => [path, statSync(join(root, path)).mtimeMs]))
}

const NO_NATIVE = 'There is no native engine, for want of a C++ compiler and make and Python 3 (Debian: apt-get install g++ make python3; macOS: xcode-select --install). Networks will be trained by WebAssembly, much slower.\n'

describe.skipIf(process.platform === 'win32')('set-up', () => {
  it('installs and builds, and a second time does nothing', async () => {
    const root = checkout()
    expect(await hasSetUp(root)).toEqual({ code: 0, said: `Installing packages (npm ci); the first time takes a minute or two...\nBuilding...\n${NO_NATIVE}Ready.\n` })
    expect(calls(root)).toEqual(['npm ci', 'electron-vite build'])
    expect(existsSync(join(root, 'out/current/main/cli.js'))).toBe(true)

    const before = written(root)
    expect(await hasSetUp(root)).toEqual({ code: 0, said: `${NO_NATIVE}Ready.\n` })
    expect(calls(root)).toEqual([])
    expect(written(root)).toEqual(before)
  })

  it('builds again when a source has changed, and installs again when the lock file has', async () => {
    const root = checkout()
    await hasSetUp(root)
    calls(root)
    appendFileSync(join(root, 'src-main/index.ts'), '// changed')
    const first = realpathSync(join(root, 'out/current'))
    expect((await hasSetUp(root)).code).toBe(0)
    expect(calls(root)).toEqual(['electron-vite build'])
    expect(realpathSync(join(root, 'out/current'))).not.toBe(first)
    appendFileSync(join(root, 'package-lock.json'), ' ')
    expect((await hasSetUp(root)).code).toBe(0)
    expect(calls(root)).toEqual(['npm ci', 'electron-vite build'])
  })

  it.each([
    ['installing', () => {}, 'npm', 'Installing packages failed (npm ci, see above). Is the npm registry reachable, and is the disk not full? Then run the same command again.\n'],
    ['building', (root: string) => appendFileSync(join(root, 'src-main/index.ts'), '// changed'), 'electron-vite', 'Building failed (electron-vite build, see above). If the sources are unchanged, remove node_modules and run the same command again.\n'],
  ] as const)('says that %s failed and what to do, and goes on from there', async (what, change, called, sentence) => {
    const root = checkout()
    if (what === 'building')
      await hasSetUp(root)
    change(root)
    calls(root)
    writeFileSync(join(root, 'broken'), '')
    const { code, said } = await hasSetUp(root)
    expect(code).toBe(1)
    expect(said).toContain(`${called} says why\n`)
    expect(said.endsWith(sentence)).toBe(true)
    expect(calls(root).map(call => call.split(' ')[0])).toEqual([called])
    expect(existsSync(join(root, 'out/.setting-up'))).toBe(false)

    rmSync(join(root, 'broken'))
    expect((await hasSetUp(root)).code).toBe(0)
    expect(calls(root).map(call => call.split(' ')[0])).toEqual(what === 'building' ? ['electron-vite'] : ['npm', 'electron-vite'])
  })

  it('of a copied checkout runs its own build', async () => {
    const root = checkout()
    await hasSetUp(root)
    const copy = `${root}-copy`
    cpSync(root, copy, { recursive: true, verbatimSymlinks: true })
    expect((await hasSetUp(copy)).code).toBe(0)
    expect(realpathSync(join(copy, 'out/current')).startsWith(realpathSync(copy))).toBe(true)
  })

  it('of two at once waits for the other, and finds everything done', async () => {
    const root = checkout()
    writeFileSync(join(root, 'slow'), '')
    const first = setUp(root)
    await until(() => existsSync(join(root, 'calls')))
    const second = setUp(root)
    await until(() => second.said() !== '')
    expect(second.said()).toBe(`Another process (${first.process.pid}) is setting up this checkout; waiting for it... (If there is none, remove ${join(realpathSync(root), 'out/.setting-up')}.)\n`)
    rmSync(join(root, 'slow'))
    expect([await first.code, await second.code]).toEqual([0, 0])
    expect(calls(root)).toEqual(['npm ci', 'electron-vite build'])
    expect(second.said()).toMatch(/Ready\.\n$/)
    expect(readdirSync(join(root, 'out')).sort()).toEqual(['builds', 'current'])
  })

  it('takes the lock of a process that is gone', async () => {
    const root = checkout()
    mkdirSync(join(root, 'out'))
    writeFileSync(join(root, 'out/.setting-up'), String(spawnSync(process.execPath, ['--version']).pid))
    expect((await hasSetUp(root)).code).toBe(0)
    expect(readdirSync(join(root, 'out')).sort()).toEqual(['builds', 'current'])
  })
})

async function until(condition: () => boolean): Promise<void> {
  while (!condition())
    await wait(20)
}
