import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary'

const script = resolve(import.meta.dirname, '../../scripts/start.mjs')
const { DISPLAY, WAYLAND_DISPLAY, SSH_CONNECTION, ...withoutDisplay } = process.env

/** `npm start -- ...` without a display, until it ends or has said `until`. */
async function start(args: readonly string[], until?: string): Promise<[code: number | null, said: string]> {
  const child = spawn(process.execPath, [script, ...args], { env: withoutDisplay, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (until !== undefined && said.includes(until))
      child.kill('SIGTERM')
  })
  return new Promise(resolve => child.on('close', code => resolve([code, said])))
}

describe('npm start', () => {
  it.each([
    [['--electron', '--no-open'], '--electron opens a window, and --no-open opens nothing: leave one of them out.\n'],
    [['--electron', '--port', '4000'], '--port is for a browser, and a window of Electron has none: leave out --port or --electron.\n'],
    [['--electron', '--browser'], '--electron and --browser exclude each other.\n'],
  ])('says what cannot be had together: %j', async (args, sentence) => {
    expect(await start(args)).toEqual([2, sentence])
  })

  it.skipIf(process.platform !== 'linux')('says that a window needs a display', async () => {
    expect(await start(['--electron'])).toEqual([1, expect.stringMatching(/^There is no display for a window of Electron/m)])
  })

  it('says that a port means a browser', async () => {
    const [code, said] = await start(['--port', '0', '--empty', '--data', join(temporaryFolder(), 'data')], 'Ctrl-C ends')
    expect([code, said]).toEqual([0, expect.stringMatching(/^A port is for a browser: no window of Electron\. There is no display: open http:/m)])
  })
})
