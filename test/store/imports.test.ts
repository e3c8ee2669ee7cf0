import { describe, expect, it } from 'vitest'
import { addImport, getImport, listImports, pairsOfImport, removeImport } from '../../src-main/store/imports'
import { openStore, readStore } from '../../src-main/store/open'
import { resultsOf, study } from '../import/files'
import { create, fresh } from '../queue/queues'

const file = { name: 'Batch norm elsewhere', file: 'results.csv', ...resultsOf(study) }
/** The same with one more pair. */
const longer = { ...file, ...resultsOf(`${study}Batch norm elsewhere,more,dense,79,3,done,sgd,no,0.9,1\nBatch norm elsewhere,more,sparse,79,3,done,sgd,no,0.8,1\n`) }

function rows(store: ReturnType<typeof fresh>['store']): unknown {
  return store.sqlite.prepare('SELECT (SELECT count(*) FROM imports) AS imports, (SELECT count(*) FROM imported_runs) AS runs').get()
}

describe('an import', () => {
  it('is kept as it was read, for another process too', () => {
    const { store, folder } = fresh()
    const added = addImport(store, file, false)
    expect(added).toMatchObject({ kind: 'added', import: { slug: 'batch-norm-elsewhere', name: 'Batch norm elsewhere', file: 'results.csv', sha256: file.sha256, columns: { factors: ['training.optimizer', 'batch norm'], measures: ['test.accuracy', 'egf2'] } } })
    const reader = readStore(folder)
    try {
      expect(getImport(reader, 'batch-norm-elsewhere')).toEqual(added.import)
      expect(listImports(reader)).toEqual([added.import])
      expect(pairsOfImport(reader, added.import.id)).toEqual(file.results.pairs.map((pair, position) => ({ ...pair, position })))
    }
    finally {
      reader.close()
    }
  })

  it('is not stored twice, whatever it is called', () => {
    const { store } = fresh()
    const { import: first } = addImport(store, file, false)
    for (const [name, replace] of [[file.name, false], [file.name, true], ['Other', false]] as const)
      expect(addImport(store, { ...file, name }, replace)).toEqual({ kind: 'same', import: first })
    expect(rows(store)).toEqual({ imports: 1, runs: 16 })
  })

  it('leaves one of the same name alone unless it replaces it, and then has its slug', () => {
    const { store } = fresh()
    const { import: first } = addImport(store, file, false)
    expect(addImport(store, longer, false)).toEqual({ kind: 'nameTaken', import: first })
    expect(rows(store)).toEqual({ imports: 1, runs: 16 })
    expect(addImport(store, longer, true)).toMatchObject({ kind: 'replaced', import: { slug: first.slug, sha256: longer.sha256 } })
    expect(rows(store)).toEqual({ imports: 1, runs: 18 })
    expect(pairsOfImport(store, getImport(store, first.slug)!.id)).toHaveLength(9)
  })

  it('and experiments never have one slug', () => {
    const { store } = fresh()
    const experiment = create(store, { name: file.name })
    expect(addImport(store, file, false).import.slug).toBe(`${experiment.slug}-2`)
    expect(create(store, { name: file.name, seeds: [7] }).slug).toBe(`${experiment.slug}-3`)
  })

  it('that fails half-way leaves nothing, and one that is removed neither', () => {
    const { store } = fresh()
    const [first, ...others] = file.results.pairs
    const impossible = { ...first!, seed: Number.NaN }
    expect(() => addImport(store, { ...file, results: { ...file.results, pairs: [...others, impossible] } }, false)).toThrow()
    expect(rows(store)).toEqual({ imports: 0, runs: 0 })
    const { import: added } = addImport(store, file, false)
    removeImport(store, added.id)
    expect(rows(store)).toEqual({ imports: 0, runs: 0 })
    expect(addImport(store, file, false).kind).toBe('added')
  })

  it('is there after the store was closed', () => {
    const { store, folder } = fresh()
    addImport(store, file, false)
    store.close()
    const again = openStore(folder)
    expect(listImports(again)).toHaveLength(1)
    again.close()
  })
})
