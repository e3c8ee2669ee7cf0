import type { ImportedResults } from '@shared/import/results'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readFile } from '../../src-main/import/read'
import { cases } from '../seed'

/** Text that a file can hold: not empty, without spaces around it or carriage returns. */
const text = fc.oneof(fc.constantFrom('adam', 'a, b', 'say "so"', 'two\nlines', '0.10', 'ü'), fc.string({ unit: 'grapheme', maxLength: 8 }))
  .map(one => one.replace(/\r/g, ' ').trim())
  .filter(one => one !== '')
const factorName = text.map(one => `factor ${one}`)

/** Any table of runs as it was measured: pairs with unlike (levels, capacity, seed), shares as counts, states. */
const table = fc.record({
  factors: fc.uniqueArray(factorName, { maxLength: 3 }),
  total: fc.integer({ min: 1, max: 60_000 }),
  pairs: fc.uniqueArray(fc.record({
    levels: fc.tuple(text, text, text),
    capacity: fc.oneof(fc.integer({ min: 1, max: 4000 }), fc.double({ min: 1e-3, max: 8, noNaN: true })),
    seed: fc.integer({ min: 0, max: 2 ** 40 }),
    sides: fc.tuple(...[0, 1].map(() => fc.record({
      state: fc.constantFrom('done', 'diverged', 'failed', 'cancelled'),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      loss: fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => value + 0),
    }))),
  }), { minLength: 1, maxLength: 12, selector: ({ seed }) => seed }),
  rowOrder: fc.infiniteStream(fc.double({ noNaN: true })),
  columnOrder: fc.infiniteStream(fc.double({ noNaN: true })),
})

function shuffled<T>(items: readonly T[], order: Iterator<number>): T[] {
  return items.map(item => ({ item, at: order.next().value as number })).sort((a, b) => a.at - b.at).map(({ item }) => item)
}

it('any table of runs is read back the same, whatever the order of its rows and columns', () => {
  fc.assert(fc.property(table, ({ factors, total, pairs, rowOrder, columnOrder }) => {
    const sides = pairs.flatMap(({ levels, capacity, seed, sides }, i) => sides.map(({ state, share, loss }, s) => ({
      row: {
        'pair': `pair ${i}`,
        'side': s ? 'sparse' : 'dense',
        'capacity': String(capacity),
        'seed': String(seed),
        state,
        'test.accuracy.correct': state === 'done' ? String(Math.round(share * total)) : '',
        'test.accuracy.total': String(total),
        'test.loss': state === 'done' ? String(loss) : '',
        ...Object.fromEntries(factors.map((name, f) => [name, levels[f]!])),
      } as Record<string, string>,
      measures: state === 'done'
        ? { 'test.accuracy': { value: Math.round(share * total) / total, correct: Math.round(share * total), total }, 'test.loss': { value: loss } }
        : {},
      state,
    })))
    const columns = shuffled(Object.keys(sides[0]!.row), columnOrder)
    const csv = stringify(shuffled(sides.map(({ row }) => row), rowOrder), { header: true, columns })
    const read = readFile(new TextEncoder().encode(csv))
    expect(read).toMatchObject({ kind: 'read' })
    const { results } = read as { results: ImportedResults }
    expect(results.factors).toEqual(columns.filter(name => factors.includes(name)))
    expect(results.pairs).toHaveLength(pairs.length)
    for (const [i, { levels, capacity, seed }] of pairs.entries()) {
      const pair = results.pairs.find(({ name }) => name === `pair ${i}`)!
      expect([pair.capacity, pair.seed, pair.levels]).toEqual([capacity, seed, Object.fromEntries(factors.map((name, f) => [name, levels[f]!]))])
      for (const [s, side] of ([pair.dense, pair.sparse]).entries())
        expect({ state: side.state, measures: side.measures }).toEqual({ state: sides[2 * i + s]!.state, measures: sides[2 * i + s]!.measures })
    }
  }), cases(100))
})

it('decimals are read back as the decimals that they are, and equal differences are equal', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 10_000 })), { minLength: 1, maxLength: 10 }), (pairs) => {
    const rows = pairs.flatMap(([dense, sparse], i) => [['dense', dense], ['sparse', sparse]].map(([side, correct]) => `p${i},${side},1,${i},${Number(correct) / 10_000}`))
    const read = readFile(new TextEncoder().encode(['pair,side,capacity,seed,test.accuracy', ...rows].join('\n')))
    const { results } = read as { results: ImportedResults }
    const accuracies = results.pairs.map(({ dense, sparse }) => [dense.measures['test.accuracy']!, sparse.measures['test.accuracy']!] as const)
    for (const [i, [dense, sparse]] of accuracies.entries()) {
      expect((sparse.correct! - dense.correct!) * 10_000 / dense.total!).toBe(pairs[i]![1] - pairs[i]![0])
      expect(dense.value).toBe(pairs[i]![0] / 10_000)
    }
  }), cases(100))
})
