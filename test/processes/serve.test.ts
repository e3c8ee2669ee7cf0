import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary'
import { lab, startLab } from './lab'

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
