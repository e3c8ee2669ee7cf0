import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary'
import { experimentFile } from './experiment-file'
import { lab, quickExperiment } from './lab'

interface Planned {
  pairs: { layers: { dense: { activeWeights: number }, sparse: { activeWeights: number } }[] }[]
  runs: number
}

describe('lab plan', () => {
  it('--json prints JSON and nothing else on stdout, both sides beside each other', async () => {
    const { code, stdout, stderr } = await lab('plan', 'first-look', '--json', '--data', join(temporaryFolder(), 'none'))
    expect([code, stderr]).toEqual([0, ''])
    const plan = JSON.parse(stdout) as Planned
    expect(plan.runs).toBe(32)
    expect(plan.pairs).toHaveLength(16)
    expect(plan.pairs[0]!.layers[1]).toEqual({
      name: 'layers.1',
      dense: {
        inputs: 79,
        outputs: 79,
        activeWeights: 6241,
        density: 1,
        expectedUnconnectedUnits: 0,
      },
      sparse: {
        inputs: 788,
        outputs: 788,
        activeWeights: 6241,
        density: 6241 / 788 ** 2,
        expectedUnconnectedUnits: expect.closeTo(274, 0) as number,
      },
    })
    for (const { layers } of plan.pairs)
      expect(layers.map(({ dense }) => dense.activeWeights)).toEqual(layers.map(({ sparse }) => sparse.activeWeights))
  })

  it('takes overrides, and stores nothing', async () => {
    const data = join(temporaryFolder(), 'none')
    const { stdout } = await lab('plan', 'first-look', '--set', 'engine=wasm', '--set', 'training.epochs=3', '--set', 'network.maximumWidth=500', '--data', data)
    expect(stdout).toContain('= 16 pairs, 32 runs on wasm.')
    expect(stdout).toContain('Each run: 3 epochs of 20 steps, 2,560 of 60,000 examples of Fashion-MNIST in batches of 128, sgd with learning rate 0.1.')
    expect(stdout).toContain('500 x 784')
    expect(existsSync(data)).toBe(false)
  })

  it('says what is left out, what has no effect, and how many runs are stored already', async () => {
    const data = temporaryFolder()
    await lab('run', experimentFile(quickExperiment), '--data', data)
    const wider = experimentFile({
      ...quickExperiment,
      base: { ...quickExperiment.base, training: { ...quickExperiment.base.training, lambda: 0.1 } },
      factors: [{ name: 'BatchNorm', levels: [...quickExperiment.factors[0]!.levels, { name: 'again', set: { 'network.batchNorm': false } }] }],
      seeds: [1, 2, 3],
    })
    const { stdout } = await lab('plan', wider, '--data', data)
    expect(stdout).toMatch(/= 6 pairs, 12 runs on (native|wasm); 8 of them are stored already\./)
    expect(stdout).toContain('Excluded: again: it trains the same networks as NR.')
    expect(stdout).toContain('Without effect: training.lambda (only with training.l2 = true).')
    // Both treatments have the same layers, which stand there once.
    expect(stdout.match(/layers\.0/g)).toHaveLength(1)
  })
})
