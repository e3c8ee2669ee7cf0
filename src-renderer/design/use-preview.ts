import type { ShallowRef } from 'vue'
import type { Planned, Preview, PreviewedRun } from './preview'
import { secondsOf } from '@shared/plan/work'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { api, connection } from '../api/client'
import PreviewWorker from './preview.worker?worker'

/** What the program says of a plan: how much of it is there already, and what is left to do. */
export interface Outlook {
  readonly engine: string | null
  /** The experiment that this would be over again. */
  readonly same: { readonly slug: string, readonly name: string } | null
  readonly stored: number
  /** What is still to be trained. */
  readonly left: { readonly runs: number, readonly steps: number, readonly bytes: number }
  /** Of one run after the other, by runs that were trained before or by a calibration; absent where nothing tells. */
  readonly time?: { readonly seconds: number, readonly basis: 'runs' | 'calibration' }
  /** Whether a calibration would tell. */
  readonly canCalibrate: boolean
}

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

  function start(): Worker {
    const worker = new PreviewWorker()
    worker.addEventListener('message', ({ data }: MessageEvent<{ ticket: number, preview: Preview }>) => void show(data.ticket, data.preview))
    worker.addEventListener('error', ({ message }) => void show(ticket, { kind: 'failed', reason: message || 'the part of the program that computes it could not be loaded' }))
    return worker
  }

  async function show(asked: number, found: Preview): Promise<void> {
    pending &&= asked !== ticket
    const answer = found.kind === 'planned' && asked === ticket ? await look(found) : undefined
    if (asked !== ticket)
      return
    preview.value = found
    outlook.value = answer
    isStale.value = false
  }

  async function look(found: Planned): Promise<Outlook | undefined> {
    if (isStored || connection.value !== 'open')
      return undefined
    const answer = await api.plan.outlook({ document: document() as never, identities: (found.each ?? []).map(({ identity }) => identity) }).catch(() => undefined)
    return answer && outlookOf(found, answer)
  }

  watch([() => JSON.stringify(document()), connection], ([now]) => {
    if (pending) {
      // What it is busy with is not wanted any more.
      worker.terminate()
      worker = start()
    }
    pending = isStale.value = true
    worker.postMessage({ ticket: ++ticket, document: JSON.parse(now) as unknown })
  }, { immediate: true })
  onScopeDispose(() => worker.terminate())
  return { preview, outlook, isStale }
}

function outlookOf({ runs, steps, bytes, kinds, recording, each = [] }: Planned, { engine, same, costs, speeds, basis, canCalibrate, stored }: Awaited<ReturnType<typeof api.plan.outlook>>): Outlook {
  const there = stored.map(i => each[i]!)
  const without = (whole: number, of: (run: PreviewedRun) => number): number => there.reduce((left, run) => left - of(run), whole)
  const left = kinds.map(({ run, count }, kind) => ({ run, count: count - there.filter(run => run.kind === kind).length }))
  const seconds = secondsOf(left, recording, costs, speeds)
  return {
    engine,
    same,
    stored: stored.length,
    left: { runs: runs - stored.length, steps: without(steps, run => run.steps), bytes: without(bytes, run => run.bytes) },
    ...seconds !== undefined && basis && { time: { seconds, basis } },
    canCalibrate,
  }
}
