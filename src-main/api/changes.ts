import { withEventMeta } from '@orpc/server'
import { os } from './base'

export const changes = os.changes.handler(async function* ({ context: { lab }, lastEventId, signal }) {
  for await (const { id, change } of lab.changes.listen({ after: lastEventId, signal }))
    yield withEventMeta(change, { id })
})
