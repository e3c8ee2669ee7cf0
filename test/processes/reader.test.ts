import { join, resolve } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startReader } from '../../src-main/reads/reader'
import { createExperiment } from '../../src-main/store/experiments'
import { openStore } from '../../src-main/store/open'
import { mustPlan, smallExperiment } from '../plans'
import { temporaryFolder } from '../temporary'

const file = resolve(import.meta.dirname, '../../out/current/main/reader.js')

describe('the reading thread', () => {
  it('answers what has been committed up to the question', async () => {
    const data = join(temporaryFolder(), 'data')
    const store = openStore(data)
    onTestFinished(() => {
      store.close()
    })
    const { reads, close } = startReader(file, data)
    onTestFinished(close)
    expect(await reads.experiments.list()).toEqual([])
    const experiment = smallExperiment()
    const { slug } = createExperiment(store, experiment, mustPlan(experiment), { id: 'wasm', numerics: 1 })
    expect(await reads.experiments.pairs({ slug })).toMatchObject([{ position: 0, dense: { state: { kind: 'waiting' } } }])
  })

  it('refuses as the contract says', async () => {
    const data = join(temporaryFolder(), 'data')
    openStore(data).close()
    const { reads, close } = startReader(file, data)
    onTestFinished(close)
    await expect(reads.experiments.get({ slug: 'nothing' })).rejects.toMatchObject({ code: 'NOT_FOUND', defined: true, data: { what: 'experiment "nothing"' } })
  })

  it('says why it ended, and is there again for the next question', async () => {
    const data = join(temporaryFolder(), 'data')
    const { reads, close } = startReader(file, data)
    onTestFinished(close)
    await expect(reads.experiments.list()).rejects.toMatchObject({ code: 'CONFLICT', message: `nothing is stored in ${data} yet` })
    openStore(data).close()
    expect(await reads.experiments.list()).toEqual([])
  })

  it('answers nobody once the program ends, and does not begin again', async () => {
    const data = join(temporaryFolder(), 'data')
    openStore(data).close()
    const { reads, close } = startReader(file, data)
    const asked = expect(reads.experiments.list()).rejects.toMatchObject({ code: 'CONFLICT', message: 'The program is ending' })
    await close()
    await asked
    await expect(reads.experiments.list()).rejects.toMatchObject({ code: 'CONFLICT', message: 'The program is ending' })
  })

  it('refuses an input with its field', async () => {
    const data = join(temporaryFolder(), 'data')
    openStore(data).close()
    const { reads, close } = startReader(file, data)
    onTestFinished(close)
    await expect(reads.runs.get({ run: -1 })).rejects.toMatchObject({ code: 'INVALID', data: { problems: [{ path: ['run'] }] } })
  })
})
