import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fieldFinder } from '@shared/comparison/filter/field'
import { parameterFields, wellKnown } from '@shared/comparison/filter/parameter-fields'
import { parseFilter } from '@shared/comparison/filter/parse'
import { parameters } from '@shared/experiment/parameters'
import { describe, expect, it } from 'vitest'

function filterOf(text: string): unknown {
  const parsed = parseFilter(text, parameterFields)
  return parsed.kind === 'filter' ? parsed.filter : parsed.message
}

describe('the fields of the parameters', () => {
  it('are one for each, found by every one of its names', () => {
    expect(parameterFields.map(({ name }) => name)).toEqual([...parameters.keys()])
    const find = fieldFinder(parameterFields)
    for (const field of parameterFields) {
      for (const name of [field.name, ...field.aliases])
        expect(find(name)?.name, name).toBe(field.name)
    }
  })

  it('take every value that the parameter takes', () => {
    for (const { path, default: value, type } of parameters.values()) {
      expect(filterOf(`${path} = ${value}`)).toEqual({ kind: 'equality', operator: '=', field: path, value })
      const { values = [] } = parameterFields.find(({ name }) => name === path)!
      for (const known of values)
        expect(type.parse(known)).toBe(known)
    }
  })

  it.each([
    ['optimizer', 'training.optimizer'],
    ['batchNorm', 'network.batchNorm'],
    ['bn', 'network.batchNorm'],
    ['lr', 'training.learningRate'],
    ['l2', 'training.l2'],
    ['beta1', 'training.adam.beta1'],
    ['adam.beta1', 'training.adam.beta1'],
    ['depth', 'network.mlp.hiddenLayers'],
    ['N', 'network.maximumWidth'],
  ])('%s is %s', (short, name) => {
    expect(fieldFinder(parameterFields)(short)?.name).toBe(name)
  })

  it('have no well-known name that nothing has, or that another has already', () => {
    expect(Object.keys(wellKnown).filter(path => !parameters.has(path))).toEqual([])
    const names = parameterFields.flatMap(({ name, aliases }) => [name, ...aliases]).map(name => name.toLowerCase())
    expect(new Set(names).size).toBe(names.length)
  })

  it('know their values, words and units', () => {
    expect(filterOf('optimizer = rmsprob')).toMatch(/^training\.optimizer is one of adam, .*sgd.*, not rmsprob/)
    expect(filterOf('N = auto and subset >= 500')).toMatchObject({ kind: 'and' })
    expect(filterOf('N = wide')).toBe('network.maximumWidth is a number or auto, not wide')
    expect(filterOf('density <= 10 %')).toEqual({ kind: 'order', field: 'masks.density', operator: '<=', value: 0.1 })
    expect(filterOf('epochs <= 10 %')).toBe('training.epochs is in epochs, no share of something; write it without %')
  })
})

it('the examples of the documents are filters', () => {
  const others = [['side', 'text'], ['experiment', 'text'], ['seed', 'number']].map(([name, kind]) => ({ name: name!, aliases: [], help: '', kind: kind as 'text' | 'number' }))
  const text = readFileSync(join(import.meta.dirname, '../../../docs/filters.md'), 'utf8')
  const examples = text.split('## Examples')[1]!.split('##')[0]!.matchAll(/^\| `([^`]+)`/gm).map(([, example]) => example!).toArray()
  expect(examples.length).toBeGreaterThan(3)
  for (const example of examples)
    expect(parseFilter(example, [...others, ...parameterFields]), example).toMatchObject({ kind: 'filter' })
})
