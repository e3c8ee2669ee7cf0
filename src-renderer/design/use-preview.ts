import type { Preview } from './preview'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { api } from '../api/client'
import PreviewWorker from './preview.worker?worker'

/** What the program says of a plan: how much of it is there already, and how long the rest may take. */
export interface Outlook {
  readonly engine: string | null
  readonly stored: number
  /** Of one run after the other; undefined where nothing was trained yet that could tell. */
  readonly seconds?: number
}

/** What a document would train, always of its newest state, and what training it would be like here. */
export function usePreview(document: () => unknown) {
  const preview = shallowRef<Preview>()
  const outlook = shallowRef<Outlook>()
  let worker = start()
  let [ticket, pending] = [0, false]

  function start(): Worker {
    const worker = new PreviewWorker()
    worker.addEventListener('message', ({ data }: MessageEvent<{ ticket: number, preview: Preview }>) => {
      pending = false
      if (data.ticket !== ticket)
        return
      preview.value = data.preview
      void look(data.ticket, data.preview)
    })
    return worker
  }

  async function look(asked: number, found: Preview): Promise<void> {
    if (found.kind !== 'planned') {
      outlook.value = undefined
      return
    }
    const answer = await api.plan.outlook({ document: document() as never, identities: (found.each ?? []).map(({ identity }) => identity) }).catch(() => undefined)
    if (asked === ticket)
      outlook.value = answer && outlookOf(found, answer)
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
  return { preview, outlook }
}

function outlookOf({ work, each = [] }: Extract<Preview, { kind: 'planned' }>, { engine, speeds, stored }: Awaited<ReturnType<typeof api.plan.outlook>>): Outlook {
  const left = { ...work }
  for (const i of stored)
    left[each[i]!.side] -= each[i]!.work
  // Where only one side was trained, the other is taken to be as fast.
  const [dense, sparse] = [speeds.dense ?? speeds.sparse, speeds.sparse ?? speeds.dense]
  return { engine, stored: stored.length, ...dense && sparse && { seconds: left.dense / dense + left.sparse / sparse } }
}
