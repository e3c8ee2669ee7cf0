import { describe, expect, it } from 'vitest'
import { runsOfExperiment } from '../../src-main/store/experiments'
import { secondsLeft } from '../../src-main/store/speeds'
import { create, fresh } from '../queue/queues'

describe('what is left to train', () => {
  it('takes as long as its work at the speed of earlier runs of its side', () => {
    const { store } = fresh()
    const set = (runs: readonly number[], values: string): unknown => store.sqlite.exec(`UPDATE runs SET ${values} WHERE id IN (${runs.join()})`)
    const [first, second] = [create(store, { name: 'a' }), create(store, { name: 'b', seeds: [7, 8] })]
    expect(secondsLeft(store)).toBeUndefined()
    const [dense, sparse] = runsOfExperiment(store, first.id) as [number, number]
    // 100 and 50 multiply-adds a second.
    set([dense], 'state = \'done\', attempt = 1, work = 1000, started_at = 0, finished_at = 10000')
    set([sparse], 'state = \'done\', attempt = 1, work = 1000, started_at = 0, finished_at = 20000')
    const open = runsOfExperiment(store, second.id)
    set(open, 'work = 600, epochs = 10')
    expect(secondsLeft(store, second.id)).toBeCloseTo(2 * 6 + 2 * 12, 9)
    set([open[1]!], 'state = \'running\', epoch = 5')
    expect(secondsLeft(store)).toBeCloseTo(2 * 6 + 12 + 6, 9)
    expect(secondsLeft(store, first.id)).toBeUndefined()
    set(open, 'state = \'done\'')
    expect(secondsLeft(store)).toBeUndefined()
  })
})
