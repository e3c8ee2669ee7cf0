import type { Problem } from '@shared/experiment/problems'
import type { Draft } from './document'
import { parameters, recordingParameters } from '@shared/experiment/parameters'
import { pathText } from '@shared/experiment/problems'
import { factorOf } from './document'

/** Fields of the form that are no parameters, by their place in the document. */
const titles: Readonly<Record<string, string>> = { name: 'Name', question: 'Question', capacities: 'Capacities W', seeds: 'Seeds', engine: 'Engine' }

/** The field that shows a part of a document: a parameter's path, or a name of the document. */
export function fieldOf(draft: Draft, { path }: Problem): string | undefined {
  const [first, second] = path
  if (first === 'factors') {
    const factor = draft.factors?.[second as number]
    return factor && [...parameters.keys()].find(parameter => factorOf(draft, parameter) === factor)
  }
  if (Object.hasOwn(titles, first!))
    return String(first)
  const within = first === 'base' ? path.slice(1).join('.') : path.join('.')
  return parameters.has(within) || recordingParameters.has(within) ? within : undefined
}

export function titleOf(field: string): string {
  return titles[field] ?? (parameters.get(field) ?? recordingParameters.get(field))!.title
}

/** What is wrong, said beside its field, or with the title of its field as the subject. */
export function saidOf({ path, message }: Problem, title?: string): string {
  const at = pathText(path)
  const nth = path[0] === 'factors' ? path[3] : path[1]
  const subject = typeof nth === 'number' ? [title, `entry ${nth + 1}`].filter(Boolean).join(', ') : title ?? 'it'
  const sentence = message.startsWith(`${at} `)
    ? subject + message.slice(at.length)
    : [title, message].filter(Boolean).join(': ')
  return sentence[0]!.toUpperCase() + sentence.slice(1)
}
