import type { Settings } from '@shared/experiment/parameter'
import { createHash } from 'node:crypto'
import { memberOf } from '@shared/experiment/parameter'
import { parameters } from '@shared/experiment/parameters'
import { identityDocument, identityOf } from '@shared/identity/identity'
import { Family } from '@shared/members'
import { optimizers } from '@shared/optimizers'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { mustPlan, planRuns, smallBase, smallExperiment } from '../plans'

/** [dense, sparse] */
const identities = (set: Settings, capacity = 5): string[] => planRuns(set, [capacity]).map(identityOf)

const [dense, sparse] = identities({})

describe('the identity', () => {
  it('is frozen for several experiments', () => {
    const frozen = Object.fromEntries(Object.entries({
      'first look, NR': [
        {},
        { 'data.subset': 2560, 'training.epochs': 10 },
        79,
      ],
      'BatchNorm, Adam, L2': [
        {},
        {
          'network.batchNorm': true,
          'training.optimizer': 'adam',
          'training.adam.beta1': 0.8,
          'training.l2': true,
          'training.learningRate': 0.001,
        },
        308,
      ],
      'a network and its own sparse version, four layers': [
        {},
        { 'masks.distribution': 'uniform', 'masks.density': 0.05, 'network.mlp.hiddenLayers': 4 },
        100,
      ],
      'synthetic': [smallBase, {}, 5],
    } satisfies Record<string, [Settings, Settings, number]>).map(([name, [base, set, capacity]]) =>
      [
        name,
        mustPlan(smallExperiment({ base: { ...base, ...set }, capacities: [capacity] })).runs.map(({ identity }) => identity),
      ]))
    expect(frozen).toEqual(
      {
        'BatchNorm, Adam, L2': [
          '621d21e02894ee4549df9250fc1383b8d48f625c71b2cb698f834f1b970e4bf6',
          'f2a5ba77443cf381bff96c47da6570368af44044fb3ad5a24eb05dd09ad645ab',
        ],
        'a network and its own sparse version, four layers': [
          '6ad0273ddbb753aa9a7a80277a8dfda52a7bcdc35ed7d1d4bcd55c380d1dff67',
          '47357762b3039c293c95fab5d214eca24829f922e386878de58c522be0ecc768',
        ],
        'first look, NR': [
          'b86953efb1dca8d9b6b547ce91543ac89fae94af16e33dbfe3b38bc4ab08bccf',
          '2dcfbfe76a5d6fc569e527d4998d5a15e5273b96e231350b0d134f4f1dba9d4f',
        ],
        'synthetic': [
          '7b28dca7144bfa1ca17724c2b7519eda8b4ae25a84a2fba3961bef98568d8ef7',
          '091100fb10b98d9f7fd2c0c81e1862229734457f48c6db620b832464fcce1765',
        ],
      },
    )
  })

  it('is the SHA-256 of canonical JSON', () => {
    const [run] = planRuns({}, [5])
    const sorted = (value: unknown): unknown => Array.isArray(value)
      ? value.map(sorted)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b
            ? -1
            : 1).map(([key, inner]) => [key, sorted(inner)]))
        : value
    const text = JSON.stringify(sorted(identityDocument(run!)))
    expect(identityOf(run!)).toBe(createHash('sha256').update(text).digest('hex'))
  })

  it('leaves out what equals its frozen default, written or omitted', () => {
    expect(identities({
      'training.learningRate': 0.1,
      'network.activation': 'relu',
      'training.l2': false,
      'network.mlp.hiddenLayers': 2,
      'masks.connected': false,
    })).toEqual([dense, sparse])
  })

  it('leaves out what does not apply', () => {
    expect(identities({
      'training.adam.beta1': 0.5,
      'training.lambda': 0.1,
      'network.affine': false,
      'masks.density': 0.5,
    })).toEqual([dense, sparse])
  })

  it('holds derived values: N by default is N by value', () => {
    const wide = { ...smallBase, 'network.maximumWidth': 13 } // 9 inputs + 4
    const auto = { ...smallBase, 'network.maximumWidth': 'auto' }
    const of = (base: Settings): string[] => mustPlan(smallExperiment({ base })).runs.map(({ identity }) => identity)
    expect(of(auto)).toEqual(of(wide))
    expect(identities({ 'data.subset': 60 })).toEqual([dense, sparse])
  })

  it('of the dense side knows neither N nor masks', () => {
    for (const set of [
      { 'network.maximumWidth': 20 },
      { 'masks.connected': true },
      { 'masks.distribution': 'uniform' },
    ]) {
      const [denseThen, sparseThen] = identities(set)
      expect(denseThen).toBe(dense)
      expect(sparseThen).not.toBe(sparse)
    }
  })

  it.each<[string, Settings]>([
    ['learning rate', { 'training.learningRate': 0.2 }],
    ['optimizer', { 'training.optimizer': 'momentum' }],
    ['epochs', { 'training.epochs': 4 }],
    ['batch size', { 'training.batchSize': 15 }],
    ['depth', { 'network.mlp.hiddenLayers': 3 }],
    ['subset', { 'data.subset': 50 }],
    ['validation split', { 'data.validation': 5 }],
    ['noise of the synthetic data', { 'data.synthetic.noise': 10 }],
    ['biases', { 'network.bias': false }],
  ])('changes on both sides with the %s', (_, set) => {
    const [denseThen, sparseThen] = identities(set)
    expect(denseThen).not.toBe(dense)
    expect(sparseThen).not.toBe(sparse)
  })

  it('knows no names, engine or cadences', () => {
    const of = (changes: Parameters<typeof smallExperiment>[0]): string[] => mustPlan(smallExperiment(changes)).runs.map(({ identity }) => identity)
    expect(of({
      name: 'other',
      question: 'Why?',
      engine: 'native',
      recording: { 'recording.gradientFlow': 1, 'recording.test': 2, 'recording.checkpoint': 1, 'recording.keep': 'all' },
    })).toEqual([dense, sparse])
    const named = [{ name: 'f', levels: [{ name: 'l', set: { 'training.l2': false }, setDense: {}, setSparse: {} }] }]
    expect(of({ factors: named })).toEqual([dense, sparse])
  })

  it('differs by seed, and by the run that another starts from', () => {
    const [run] = planRuns({}, [5])
    expect(identityOf({ ...run!, streams: { ...run!.streams, seed: 8 } })).not.toBe(dense)
    const parent = { identity: 'a'.repeat(64), epoch: 2 }
    expect(identityOf({ ...run!, startsFrom: parent })).not.toBe(dense)
    expect(identityOf({ ...run!, startsFrom: { ...parent, epoch: 3 } })).not.toBe(identityOf({ ...run!, startsFrom: parent }))
  })
})

describe('new definitions', () => {
  const undo: (() => void)[] = []
  afterEach(() => undo.splice(0).forEach(restore => restore()))

  it('a new optional parameter leaves identities unchanged until it is used', () => {
    const registry = parameters as Map<string, object>
    registry.set('training.dropout', {
      path: 'training.dropout',
      group: 'Training',
      type: z.number(),
      default: 0,
      title: 'Dropout',
      help: '',
      sides: 'free',
    })
    undo.push(() => registry.delete('training.dropout'))
    expect(identities({})).toEqual([dense, sparse])
    expect(identities({ 'training.dropout': 0 })).toEqual([dense, sparse])
    expect(identities({ 'training.dropout': 0.5 })[0]).not.toBe(dense)
  })

  it('a new family leaves identities unchanged while its default member is what it was', () => {
    const registry = parameters as Map<string, object>
    const member = { id: 'none', version: 1, title: '', help: '' }
    const family = new Family('clipping', { './none.ts': member, './norm.ts': { ...member, id: 'norm' } })
    registry.set('training.clipping', {
      ...memberOf(family, {
        default: 'none',
        title: '',
        help: '',
        sides: 'free',
        addedLater: true,
      }),
      path: 'training.clipping',
      group: 'Training',
    })
    undo.push(() => registry.delete('training.clipping'))
    expect(identities({})).toEqual([dense, sparse])
    expect(identities({ 'training.clipping': 'norm' })[0]).not.toBe(dense)
    member.version = 2
    expect(identities({})[0]).not.toBe(dense)
  })

  it('a mended member gives new runs where it is used, also as the default, and nowhere else', () => {
    const momentum = identities({ 'training.optimizer': 'momentum' })
    const sgd = optimizers.get('sgd') as { version: number }
    sgd.version++
    undo.push(() => sgd.version--)
    expect(identities({})[0]).not.toBe(dense)
    expect(identities({ 'training.optimizer': 'momentum' })).toEqual(momentum)
  })
})
