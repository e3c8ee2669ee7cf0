import type { Preview } from './preview'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { api } from '../api/client'
import PreviewWorker from './preview.worker?worker'

/** What a document would train, always of its newest state; and how many of its runs are stored already. */
export function usePreview(document: () => unknown) {
  const preview = shallowRef<Preview>()
  const stored = shallowRef<number>()
  let worker = start()
  let [ticket, pending] = [0, false]

  function start(): Worker {
    const worker = new PreviewWorker()
    worker.addEventListener('message', ({ data }: MessageEvent<{ ticket: number, preview: Preview }>) => {
      pending = false
      if (data.ticket !== ticket)
        return
      preview.value = data.preview
      void countStored(data.ticket, data.preview)
    })
    return worker
  }

  async function countStored(asked: number, found: Preview): Promise<void> {
    if (found.kind !== 'planned' || !found.identities) {
      stored.value = undefined
      return
    }
    const answer = await api.plan.stored({ document: document() as never, identities: [...found.identities] }).catch(() => undefined)
    if (asked === ticket)
      stored.value = answer?.stored
  }

  watch(document, (now) => {
    if (pending) {
      // What it is busy with is not wanted any more.
      worker.terminate()
      worker = start()
    }
    pending = true
    worker.postMessage({ ticket: ++ticket, document: JSON.parse(JSON.stringify(now)) as unknown })
  }, { immediate: true, deep: true })
  onScopeDispose(() => worker.terminate())
  return { preview, stored }
}
