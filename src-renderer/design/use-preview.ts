import type { ShallowRef } from 'vue'
import type { Answer, Outlook } from './outlook'
import type { Preview } from './preview'
import type { Question, Reply } from './preview.worker'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { api, connection } from '../api/client'
import PreviewWorker from './preview.worker?worker'

export interface Planning {
  readonly preview: Readonly<ShallowRef<Preview | undefined>>
  readonly outlook: Readonly<ShallowRef<Outlook | undefined>>
  /** Whether the document has changed since. */
  readonly isStale: Readonly<ShallowRef<boolean>>
}

/**
 * What a document would train, always of its newest state, and what training it would be like here.
 * @param options.isStored whether its runs are there: then nothing is to be told of training it
 */
export function usePreview(document: () => unknown, { isStored = false } = {}): Planning {
  const preview = shallowRef<Preview>()
  const outlook = shallowRef<Outlook>()
  const isStale = shallowRef(true)
  let worker = start()
  let [ticket, pending] = [0, false]
  /** Until it is shown with its outlook. */
  let planned: Preview | undefined

  function start(): Worker {
    const worker = new PreviewWorker()
    worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => void hear(data))
    worker.addEventListener('error', ({ message }) => {
      pending = false
      show({ kind: 'failed', reason: message || 'the part of the program that computes it could not be loaded' })
    })
    return worker
  }

  const ask = (question: Question): void => worker.postMessage(question)

  async function hear(reply: Reply): Promise<void> {
    if (reply.ticket !== ticket)
      return
    if ('outlook' in reply)
      return show(planned, reply.outlook)
    pending = false
    planned = reply.preview
    const answer = await answerTo(planned)
    if (reply.ticket !== ticket)
      return
    if (answer)
      ask({ ticket, answer })
    else
      show(planned)
  }

  function show(found: Preview | undefined, answer?: Outlook): void {
    preview.value = found
    outlook.value = answer
    isStale.value = false
  }

  async function answerTo(found: Preview): Promise<Answer | undefined> {
    if (isStored || connection.value !== 'open' || found.kind !== 'planned')
      return undefined
    return api.plan.outlook({ document: document() as never, identities: [...found.identities] }).catch(() => undefined)
  }

  watch([() => JSON.stringify(document()), connection], ([now]) => {
    if (pending) {
      // What it is busy with is not wanted any more.
      worker.terminate()
      worker = start()
    }
    pending = isStale.value = true
    ask({ ticket: ++ticket, document: JSON.parse(now) as unknown })
  }, { immediate: true })
  onScopeDispose(() => worker.terminate())
  return { preview, outlook, isStale }
}
