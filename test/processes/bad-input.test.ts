import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary'
import { experimentFile } from './experiment-file'
import { lab, quickExperiment } from './lab'

describe('bad input is answered with a sentence, exit code 2, and nothing on disk', () => {
  const file = (changes: object): object => ({ ...quickExperiment, ...changes })
  it.each<[string, object | string, RegExp]>([
    ['malformed JSON', '{\n  "name": "x",,\n}', /experiment\.json:2:\d+: this is not JSON: /],
    [
      'unknown optimizer',
      file({ base: { training: { optimizer: 'adamm' } } }),
      /experiment\.json:\d+:\d+: base\.training\.optimizer is "adamm"; it must be one of adam, momentum, sgd/,
    ],
    ['width 0', file({ capacities: [0] }), /capacities\[0\] is 0; it must be a number greater than 0/],
    [
      'W ≥ N',
      file({ capacities: [40] }),
      /experiment\.json:\d+:\d+: the dense width W = 40 must be smaller than the maximum width N = 40/,
    ],
    [
      'negative learning rate',
      file({ base: { training: { learningRate: -1 } } }),
      /base\.training\.learningRate is -1; it must be a number greater than 0/,
    ],
    ['unknown engine', file({ engine: 'abacus' }), /there is no engine 'abacus'; there is auto, native, wasm/],
  ])('%s', async (_, document, message) => {
    const data = join(temporaryFolder(), 'none')
    for (const command of ['plan', 'run']) {
      const { code, stdout, stderr } = await lab(command, experimentFile(document), '--data', data)
      expect(stderr).toMatch(message)
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr.split('\n')).toHaveLength(2)
    }
    expect(existsSync(data)).toBe(false)
  })

  it.each([
    [
      ['run', 'no-such-thing'],
      /"no-such-thing" is no file, no preset and no stored experiment \(presets: .*first-look/,
    ],
    [['run', 'no-such.json'], /there is no file \/.*\/no-such\.json/],
    [['run', 'first-look', '--set', 'training.epoch=3'], /there is no training\.epoch; did you mean training\.epochs\?/],
    [
      ['run', 'first-look', '--set', 'training.epochs=none'],
      /base\.training\.epochs is "none"; it must be a whole number/,
    ],
    [['run', 'first-look', '--jobs', '0'], /it must be a whole number of at least 1/],
    [['run', 'first-look', '--set', 'network.batchNorm=true'], /the factor "BatchNorm" sets network\.batchNorm in each of its levels/],
    [['run', 'first-look', '--set', 'engine=wasm', '--set', 'network.maximumWidth=20000'], /the engine 'wasm' has 4\.3 GB of memory, and a network of widths 20000 x 20000 with batches of 128 needs about 11\.\d GB/],
    [['run', 'first-look', '--set', 'data.subset=70000'], /^--set data\.subset=70000: base: a subset of 70000 and a validation split of 0 are more than the 60000/],
    [['run', '/'], /\/ is a folder; an experiment is a JSON file/],
    [['frobnicate'], /unknown command 'frobnicate'/],
  ])('%j', async (args, message) => {
    const data = join(temporaryFolder(), 'none')
    const { code, stdout, stderr } = await lab(...args, '--data', data)
    expect(stderr).toMatch(message)
    expect([code, stdout]).toEqual([2, ''])
    expect(existsSync(data)).toBe(false)
  })

  it('with --json also says it as JSON on stdout', async () => {
    const data = join(temporaryFolder(), 'none')
    const { code, stdout, stderr } = await lab('plan', experimentFile(file({ capacities: [0] })), '--json', '--data', data)
    expect(JSON.parse(stdout)).toEqual({ error: { exit: 'invalid', message: stderr.trim() } })
    expect(code).toBe(2)
    expect(JSON.parse((await lab('list', '--json', '--data', '')).stdout)).toMatchObject({ error: { exit: 'invalid' } })
  })
})
