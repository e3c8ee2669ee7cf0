import type { Answer, Outlook } from './outlook'
import type { PlannedRuns, Preview } from './preview'
import { z } from 'zod'
import { outlookOf } from './outlook'
import { previewOf } from './preview'

z.config({ jitless: true })

/** What the page asks: a document's plan, then what the program's answer means for that plan. */
export type Question
  = | { readonly ticket: number, readonly document: unknown }
    | { readonly ticket: number, readonly answer: Answer }

export type Reply
  = | { readonly ticket: number, readonly preview: Preview }
    | { readonly ticket: number, readonly outlook: Outlook }

/** Of the last document. They stay here: a large plan's would keep the page busy. */
let runs: PlannedRuns | undefined

/** Plans away from the page, which never waits for it. */
addEventListener('message', ({ data: question }: MessageEvent<Question>) => postMessage(reply(question)))

function reply(question: Question): Reply {
  const { ticket } = question
  if ('answer' in question)
    return { ticket, outlook: outlookOf(runs!, question.answer) }
  const { preview, ...planned } = previewOf(question.document)
  runs = planned.runs
  return { ticket, preview }
}
