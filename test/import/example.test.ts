import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { measures } from '@shared/measures'
import { expect, it } from 'vitest'
import { resources } from '../../src-main/resources'
import { resultsOf } from './files'

const documentation = readFileSync(resolve(import.meta.dirname, '../../docs/import.md'), 'utf8')
const shipped = readFileSync(join(resources, 'pytorch', 'results.csv'), 'utf8')

it('the example of the documentation is the one that ships, and is read', () => {
  expect(/```csv\n(.*?)```/s.exec(documentation)![1]).toBe(shipped)
  const { results } = resultsOf(shipped)
  expect(results.pairs.map(({ treatment, dense, sparse }) => [treatment, dense.state, sparse.state])).toEqual([
    ['adam · 0.001', 'done', 'done'],
    ['adam · 0.001', 'done', 'done'],
    ['sgd · 0.1', 'done', 'diverged'],
  ])
})

it('the documentation names measures that there are', () => {
  const row = documentation.split('\n').find(line => line.startsWith('| a measure'))!
  const named = [...row.matchAll(/`([\w.]+)`/g)].map(([, name]) => name!).filter(name => !['egf.py', 'eleven_epochs'].includes(name))
  expect(named).toHaveLength(8)
  expect(named.filter(name => !measures.ids.includes(name))).toEqual([])
})
