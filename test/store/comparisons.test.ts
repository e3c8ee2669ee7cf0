import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { getComparison, listComparisons, removeComparison, renameComparison, saveComparison } from '../../src-main/store/comparisons'
import { openStore } from '../../src-main/store/open'
import { fresh } from '../queue/queues'

const document = { experiments: ['first-look'], filter: 'optimizer = adam', panels: [{ kind: 'p-values', holm: true }, null, 0.1] }

/** Sets the clock, in seconds of 2030. */
function at(second: number): Date {
  const date = new Date(Date.UTC(2030, 0, 1, 0, 0, second))
  vi.setSystemTime(date)
  return date
}

function clock(): void {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
}

describe('a comparison', () => {
  it('is there as it was saved, also when the program is started again', () => {
    clock()
    const { store, folder } = fresh()
    const saved = at(1)
    const expected = { slug: 'does-bn-help', name: 'Does BN help?', createdAt: saved, changedAt: saved }
    expect(saveComparison(store, { name: 'Does BN help?', document })).toEqual(expected)
    store.close()
    const again = openStore(folder)
    onTestFinished(() => void again.close())
    expect(getComparison(again, 'does-bn-help')).toEqual({ ...expected, document })
    expect(listComparisons(again)).toEqual([expected])
    expect(getComparison(again, 'Does BN help?')).toBeUndefined()
  })

  it('takes the place of the one with its slug, which keeps its age', () => {
    clock()
    const { store } = fresh()
    const first = at(1)
    saveComparison(store, { name: 'a', document })
    const second = at(2)
    expect(saveComparison(store, { slug: 'a', name: 'A, mended', document: [] })).toEqual({ slug: 'a', name: 'A, mended', createdAt: first, changedAt: second })
    expect(getComparison(store, 'a')).toEqual({ slug: 'a', name: 'A, mended', createdAt: first, changedAt: second, document: [] })
    expect(listComparisons(store)).toHaveLength(1)
  })

  it('is saved under its slug though it was removed meanwhile', () => {
    const { store } = fresh()
    saveComparison(store, { slug: 'gone', name: 'Gone', document: 1 })
    expect(getComparison(store, 'gone')).toMatchObject({ name: 'Gone', document: 1 })
  })

  it('shares a name with others, and never a slug', () => {
    const { store } = fresh()
    expect(['x', 'X', 'x 2', '!', 'r12'].map(name => saveComparison(store, { name, document }).slug)).toEqual(['x', 'x-2', 'x-2-2', 'comparison', 'comparison-r12'])
    removeComparison(store, 'x')
    expect(saveComparison(store, { name: 'x', document }).slug).toBe('x')
  })

  it('is renamed and keeps its slug; removed, it is gone', () => {
    clock()
    const { store } = fresh()
    const first = at(1)
    saveComparison(store, { name: 'a', document })
    const second = at(2)
    expect(renameComparison(store, 'a', 'b')).toBe(true)
    expect(getComparison(store, 'a')).toEqual({ slug: 'a', name: 'b', createdAt: first, changedAt: second, document })
    expect(removeComparison(store, 'a')).toBe(true)
    expect(listComparisons(store)).toEqual([])
    expect(removeComparison(store, 'a')).toBe(false)
    expect(renameComparison(store, 'a', 'c')).toBe(false)
    expect(getComparison(store, 'a')).toBeUndefined()
  })
})

it('comparisons are listed by their last change', () => {
  clock()
  const { store } = fresh()
  for (const [i, name] of ['a', 'b', 'c'].entries()) {
    at(i)
    saveComparison(store, { name, document })
  }
  at(5)
  renameComparison(store, 'b', 'B')
  expect(listComparisons(store).map(({ name }) => name)).toEqual(['B', 'c', 'a'])
  // Of two that were changed at once the later one is first.
  saveComparison(store, { name: 'd', document })
  expect(listComparisons(store).map(({ name }) => name)).toEqual(['d', 'B', 'c', 'a'])
})
