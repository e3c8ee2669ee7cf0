import { createRouterClient } from '@orpc/server'
import { experimentDocument } from '@shared/experiment/file'
import { expect, it } from 'vitest'
import { router } from '../../src-main/api/router'
import { smallExperiment } from '../plans'
import { fakeLab } from './fake-lab'

it('training that is blocked keeps its reason while it is paused, whatever changes, and tries again when it goes on', async () => {
  const lab = await fakeLab('await started(); await end({ kind: "blocked", reason: "no space is left" })')
  const api = createRouterClient(router, { context: { lab } })
  const blocked = () => expect.poll(async () => (await api.queue.get()).blocked).toBe('no space is left')
  await api.experiments.create({ document: JSON.parse(JSON.stringify(experimentDocument(smallExperiment({ engine: 'wasm' })))) as never })
  await blocked()
  await api.queue.pause()
  await api.experiments.pause({ slug: 'small' })
  await api.experiments.resume({ slug: 'small' })
  expect((await api.queue.get()).blocked).toBe('no space is left')
  await api.queue.resume()
  expect((await api.queue.get()).blocked).toBeNull()
  await blocked()
})
