import type { RouterClient } from '@orpc/server'
import type { router } from '../../src-main/api/router'
import type { Lab } from './lab'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { describe, expect, it, onTestFinished } from 'vitest'
import WebSocket from 'ws'
import { isOwned } from '../../src-main/store/owner'
import { temporaryFolder } from '../temporary'
import { cli, lab, quickExperiment, startLab } from './lab'

/** What a page of the browser that opens the printed address may ask. */
async function pageOf({ process: { stderr }, says }: Lab): Promise<RouterClient<typeof router>> {
  let said = ''
  stderr!.on('data', (text: string) => said += text)
  await says('Ctrl-C ends')
  await expect.poll(() => said).toContain('Ctrl-C ends')
  const url = /http:\S+/.exec(said)![0]
  const { origin } = new URL(url)
  const { headers } = await fetch(url, { redirect: 'manual' })
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers: { origin, cookie: headers.get('set-cookie')!.split(';')[0]! } })
  onTestFinished(() => socket.terminate())
  await once(socket, 'open')
  return createORPCClient(new RPCLink({ websocket: socket as never }))
}

describe('lab serve', () => {
  it('takes a token from the environment, tells every address, and lets no other user read the token', async () => {
    const data = join(temporaryFolder(), 'data')
    const served = startLab(['serve', '--data', data, '--host', '0.0.0.0', '--port', '0'], { env: { ...process.env, LAB_TOKEN: 'a-token-of-my-own' } })
    await served.says('Ctrl-C ends')
    expect((await lab('serve', '--data', data)).stderr).toContain(`serve --data ${data} --host 0.0.0.0 --port 0"`)
    served.process.kill('SIGTERM')
    const { code, stderr } = await served.ended
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^Open http:\/\/localhost:\d+\/\?token=a-token-of-my-own\n( {2}or http:\S+\n)+\(your token lets in whoever knows it; /)])
  })

  it('keeps a token of the command line to itself', async () => {
    const data = join(temporaryFolder(), 'data')
    const served = startLab(['serve', '--data', data, '--token', 'a-token-of-my-own', '--port=0'])
    await served.says('Ctrl-C ends')
    const { stderr } = await lab('serve', '--data', data)
    expect(stderr).toContain(`serve --data ${data} --port=0"`)
    for (const file of ['owner.sqlite', 'owner.sqlite-wal', 'lab.sqlite', 'lab.sqlite-wal'])
      expect(readFileSync(join(data, file)).includes('a-token-of-my-own'), file).toBe(false)
    served.process.kill('SIGTERM')
    expect((await served.ended).code).toBe(0)
  })

  it('lets nobody else in without a token of the user\'s own', async () => {
    const { code, stderr } = await lab('serve', '--data', temporaryFolder(), '--host', '0.0.0.0')
    expect([code, stderr]).toEqual([2, expect.stringContaining('lets other machines in: give a --token')])
  })
})

describe('what npm start serves', () => {
  it('shows in the terminal how experiments go that are begun in a browser', async () => {
    const data = join(temporaryFolder(), 'data')
    const started = startLab(['start', '--no-open', '--empty', '--data', data, '--port', '0'])
    const page = await pageOf(started)
    const small = { ...quickExperiment, factors: [], seeds: [1] }
    await page.experiments.create({ document: small })
    await started.says('(2 of 2 runs')
    await page.experiments.create({ document: { ...small, name: 'More', seeds: [1, 2] } })
    // Of its four runs two are there already.
    await started.says('(4 of 4 runs')
    started.process.kill('SIGINT')
    expect((await started.ended).code).toBe(0)
  })

  it('ends in order by a Ctrl-C that comes before it is open', async () => {
    const data = join(temporaryFolder(), 'data')
    const started = startLab(['start', '--no-open', '--data', data, '--port', '0'])
    await expect.poll(() => existsSync(join(data, 'owner.sqlite')), { interval: 5, timeout: 20_000 }).toBe(true)
    started.process.kill('SIGINT')
    expect((await started.ended).code).toBe(0)
    expect(isOwned(data)).toBe(false)
  })
})

describe.skipIf(process.platform === 'win32')('a terminal that is gone', () => {
  it('leaves a program that writes elsewhere going, as under nohup', async () => {
    const data = join(temporaryFolder(), 'data')
    const served = startLab(['serve', '--data', data, '--port', '0'])
    const page = await pageOf(served)
    served.process.kill('SIGHUP')
    expect(await page.experiments.list()).toEqual([])
    served.process.kill('SIGTERM')
    expect((await served.ended).code).toBe(0)
  })

  it.skipIf(process.platform !== 'linux' || spawnSync('script', ['--version']).status !== 0)('ends one that writes to it, in order', async () => {
    const folder = temporaryFolder()
    const [data, code] = [join(folder, 'data'), join(folder, 'code')]
    // The shell of the terminal ends with it; the one within stays to tell.
    const terminal = spawn('script', ['-qec', `(trap '' HUP; "${process.execPath}" "${cli}" serve --data "${data}" --port 0; echo $? > "${code}"); true`, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] })
    for await (const text of terminal.stdout) {
      if (String(text).includes('Ctrl-C ends'))
        break
    }
    terminal.kill('SIGKILL')
    await expect.poll(() => existsSync(code) && readFileSync(code, 'utf8'), { timeout: 20_000 }).toBe('0\n')
    expect(isOwned(data)).toBe(false)
  })
})
