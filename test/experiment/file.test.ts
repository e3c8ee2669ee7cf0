import { checkExperiment, experimentDocument, locate, parseExperiment } from '@shared/experiment/file'
import { experimentSchema } from '@shared/experiment/schema'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { presets } from '../../src-main/presets'

function problems(text: string): string[] {
  const parsed = parseExperiment(text)
  return parsed.kind === 'valid'
    ? []
    : parsed.problems.map(({ message, position }) => `${position?.line}:${position?.column} ${message}`)
}

/** A whole experiment file with one part replaced. */
function file(changes: Record<string, unknown>): string {
  return JSON.stringify({ name: 'x', capacities: [5], seeds: [1], ...changes }, null, 2)
}

describe('an experiment file', () => {
  it('needs little: the rest has defaults', () => {
    const parsed = parseExperiment(file({}))
    expect(parsed).toEqual({
      kind: 'valid',
      experiment: {
        name: 'x',
        question: '',
        base: {},
        factors: [],
        exclude: [],
        capacities: [5],
        seeds: [1],
        engine: 'auto',
        recording: {},
      },
    })
  })

  it.each([
    [
      'broken syntax, with its place',
      '{\n  "name": "x",\n  "seeds": [1,\n}',
      ['4:1 this is not JSON: value expected, found }; the comma before it is one too many'],
    ],
    [
      'a comment',
      '{ "name": "x" // no\n}',
      ['1:15 this is not JSON: invalid comment token, found // no'],
    ],
    [
      'an empty file',
      '',
      ['1:1 this is not JSON: value expected'],
    ],
    [
      'a list',
      '[]',
      ['1:1 the experiment is []; it must be an object'],
    ],
    [
      'an unknown optimizer',
      file({ base: { training: { optimizer: 'sdg' } } }),
      ['11:20 base.training.optimizer is "sdg"; it must be one of adam, momentum, sgd; did you mean sgd?'],
    ],
    [
      'another activation than the only one',
      file({ base: { network: { activation: 'gelu' } } }),
      ['11:21 base.network.activation is "gelu"; it must be \'relu\''],
    ],
    [
      'a negative learning rate',
      file({ base: { training: { learningRate: -0.1 } } }),
      ['11:23 base.training.learningRate is -0.1; it must be a number greater than 0'],
    ],
    [
      'width 0',
      file({ capacities: [0] }),
      ['4:5 capacities[0] is 0; it must be a number greater than 0'],
    ],
    [
      'no capacities',
      file({ capacities: [] }),
      ['3:17 capacities is []; it must be a list that is not empty, each a number greater than 0'],
    ],
    [
      'missing seeds',
      file({ seeds: undefined }),
      ['1:1 seeds is missing; it must be a list that is not empty, each a whole number of at least 0 and at most 4294967295'],
    ],
    [
      'a fractional number of epochs',
      file({ base: { training: { epochs: 2.5 } } }),
      ['11:17 base.training.epochs is 2.5; it must be a whole number of at least 1 and at most 1000000'],
    ],
    [
      'a text for a number',
      file({ base: { data: { subset: 'most' } } }),
      ['11:17 base.data.subset is "most"; it must be \'all\' or a whole number of at least 1'],
    ],
    [
      'a wrong path in a level',
      file({ factors: [{ name: 'f', levels: [{ name: 'a', set: { 'training.momentum.mu': 0.5 } }] }] }),
      ['16:37 factors[0].levels[0].set["training.momentum.mu"] is not known; did you mean training.momentum.momentum?'],
    ],
    [
      'a wrong value in a level',
      file({ factors: [{ name: 'f', levels: [{ name: 'a', set: { 'network.batchNorm': 'yes' } }] }] }),
      ['16:34 factors[0].levels[0].set["network.batchNorm"] is "yes"; it must be true or false'],
    ],
    [
      'an unknown group',
      file({ base: { traning: {} } }),
      ['10:16 base.traning is not known; did you mean training? (known here: data, network, training, masks)'],
    ],
    [
      'an empty name',
      file({ name: ' ' }),
      ['2:11 name is " "; it must be a text that is not empty (at most 120 characters)'],
    ],
    [
      'a fractional seed',
      file({ seeds: [1.5] }),
      ['7:5 seeds[0] is 1.5; it must be a whole number of at least 0 and at most 4294967295'],
    ],
  ])('refuses %s, naming value and place', (_, text, expected) => {
    expect(problems(text)).toEqual(expected)
  })

  it.each([
    [
      'a key that stands twice',
      '{ "name": "x", "capacities": [5], "seeds": [1],\n  "name": "y" }',
      ['2:3 name is given twice'],
    ],
    [
      'keys that stand twice further in, at any depth',
      '{ "name": "x", "capacities": [5], "seeds": [1],\n  "base": { "training": { "epochs": 1, "l2": true, "epochs": 2, "epochs": 3 } },\n  "factors": [{ "name": "f", "levels": [{ "name": "a" }, { "name": "b", "name": "c" }] }] }',
      [
        '2:52 base.training.epochs is given twice',
        '2:65 base.training.epochs is given twice',
        '3:73 factors[0].levels[1].name is given twice',
      ],
    ],
    [
      'a trailing comma in an object',
      '{ "name": "x", "capacities": [5], "seeds": [1], }',
      ['1:49 this is not JSON: property name expected, found }; the comma before it is one too many'],
    ],
    [
      'a trailing comma in a list',
      '{ "name": "x", "capacities": [5], "seeds": [1,] }',
      ['1:47 this is not JSON: value expected, found ]; the comma before it is one too many'],
    ],
    [
      'a number beyond all numbers',
      '{ "name": "x", "capacities": [5], "seeds": [1],\n  "base": { "training": { "learningRate": 1e999 } } }',
      ['2:43 base.training.learningRate is Infinity; it must be a number greater than 0'],
    ],
    [
      'a value that is missing, though no comma is',
      '{ "name": }',
      ['1:11 this is not JSON: value expected, found }'],
    ],
    [
      'more brackets than can be read',
      `{ "name": ${'['.repeat(100_000)}`,
      ['1:1 this is nested too deeply for an experiment'],
    ],
    [
      'paths without dots where dots are needed',
      file({ factors: [{ name: 'f', levels: [{ name: 'a', set: { training: { l2: true } } }] }] }),
      ['16:25 factors[0].levels[0].set.training is not known; paths are written with dots here, for example "training.optimizer"'],
    ],
  ])('refuses %s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected)
  })

  it('may name the schema for editors, which is no part of the experiment', () => {
    const { $schema, ...document } = { $schema: './experiment.schema.json', name: 'x', capacities: [5], seeds: [1] }
    const parsed = parseExperiment(JSON.stringify({ $schema, ...document }))
    expect(parsed).toStrictEqual(checkExperiment(document))
    expect(parsed.kind === 'valid' && experimentDocument(parsed.experiment)).not.toHaveProperty('$schema')
    expect(problems('{ "$schema": 1, "name": "x", "capacities": [5], "seeds": [1] }')).toEqual(['1:14 $schema is 1; it must be a text'])
    expect(z.toJSONSchema(experimentSchema, { io: 'input' })).toMatchObject({ properties: { $schema: { type: 'string' } }, additionalProperties: false })
  })

  it('may begin with a byte order mark, which moves no position', () => {
    expect(parseExperiment(`\uFEFF${file({})}`)).toEqual(parseExperiment(file({})))
    expect(problems('\uFEFF{ "name": 1, "capacities": [5], "seeds": [1] }')).toEqual(['1:11 name is 1; it must be a text that is not empty (at most 120 characters)'])
    expect(problems('\uFEFF{ "name": "x", }')).toEqual(['1:16 this is not JSON: property name expected, found }; the comma before it is one too many'])
    expect(locate('\uFEFF{ "name": "x" }', ['name'])).toEqual({ line: 1, column: 11 })
  })

  it('has its problems told in the order in which they stand in the text', () => {
    const text = '{ "seeds": ["a", 2.5],\n  "recording": { "keep": "some" }, "capacities": [0],\n  "name": "",\n  "base": { "training": { "epochs": 0 } } }'
    expect(problems(text).map(problem => problem.split(' ').slice(0, 2).join(' '))).toEqual([
      '1:13 seeds[0]',
      '1:18 seeds[1]',
      '2:26 recording.keep',
      '2:51 capacities[0]',
      '3:11 name',
      '4:37 base.training.epochs',
    ])
  })

  it('tells all problems at once', () => {
    expect(problems(file({ capacities: [0], seeds: ['a'], base: { network: { batchNorm: 1 } } }))).toHaveLength(3)
  })
})

describe('the document of an experiment', () => {
  it.each([...presets])('preset %s is valid and reads back the same', (_, preset) => {
    const parsed = checkExperiment(preset)
    if (parsed.kind === 'invalid')
      throw new Error(parsed.problems.map(({ message }) => message).join('\n'))
    expect(checkExperiment(experimentDocument(parsed.experiment))).toEqual(parsed)
  })

  it('keeps exclusions, sided levels, recording and members\' own parameters', () => {
    const document = {
      name: 'x',
      question: 'Why?',
      base: { training: { optimizer: 'adam', adam: { beta1: 0.8 } } },
      factors: [
        {
          name: 'rate',
          levels: [
            { name: 'low', setDense: { 'training.learningRate': 0.1 }, setSparse: { 'training.learningRate': 0.2 } },
            { name: 'high', set: { 'training.learningRate': 1 } },
          ],
        },
      ],
      exclude: [{ rate: ['low', 'high'] }],
      capacities: [5],
      seeds: [1],
      engine: 'wasm',
      recording: { checkpoint: 3, keep: 'all' },
    }
    const parsed = checkExperiment(document)
    expect(parsed.kind === 'valid' && experimentDocument(parsed.experiment)).toEqual(document)
  })
})

it('keys that stand twice are told in the order of the text', () => {
  const parsed = parseExperiment('{ "base": { "data": { "subset": 1, "subset": 2 } }, "name": "a", "name": "b" }')
  expect(parsed.kind === 'invalid' && parsed.problems.map(({ position, message }) => `${position.column} ${message}`)).toEqual(['36 base.data.subset is given twice', '66 name is given twice'])
})
