import { createRouterClient } from '@orpc/server'
import { experimentDocument } from '@shared/experiment/file'
import { describe, expect, it } from 'vitest'
import { engines } from '../../src-main/engines'
import { reads } from '../../src-main/reads'
import { storeCalibration } from '../../src-main/store/calibrations'
import { calibrated } from '../calibration/calibrations'
import { smallExperiment } from '../plans'
import { create, fresh } from '../queue/queues'

const engine = engines.get('native')
const native = await engine.availability()

describe.skipIf(native.kind !== 'available')('how fast a plan may be trained', () => {
  const { device, settings } = native as Extract<typeof native, { kind: 'available' }>
  const document = JSON.parse(JSON.stringify(experimentDocument(smallExperiment({ engine: 'native' })))) as never

  it('is told by a calibration of this machine, and by runs once there are some', async () => {
    const { store } = fresh()
    const { plan } = createRouterClient(reads, { context: { store } })
    const outlook = () => plan.outlook({ document, identities: [] })
    expect(await outlook()).toMatchObject({ engine: 'native', speeds: {}, basis: null, canCalibrate: true })
    storeCalibration(store, calibrated({ device: 'another CPU' }))
    expect(await outlook()).toMatchObject({ basis: null })
    const measured = calibrated({ device, measuredWith: { instructionSet: settings.instructionSet! } })
    storeCalibration(store, measured)
    expect(await outlook()).toMatchObject({ basis: 'calibration', costs: measured.costs, speeds: { dense: 1, sparse: 1 } })
    create(store, {}, { id: 'native', numerics: engine.numerics })
    store.sqlite.exec('UPDATE runs SET state = \'done\', attempt = 1, work = 1000, started_at = 0, finished_at = 10000 WHERE side = \'dense\'')
    expect(await outlook()).toMatchObject({ basis: 'runs', costs: engine.costs, speeds: { dense: 100 } })
  })
})
