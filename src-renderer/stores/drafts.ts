import type { Draft } from '../design/document'
import { useEventListener } from '@vueuse/core'
import { defineStore } from 'pinia'
import { reactive } from 'vue'

/** A document that is being edited. */
export interface Editing {
  draft: Draft
  /** What was typed as text, until the form is looked at; while it is no valid document the draft is what it was before. */
  text?: string
  tab: 'form' | 'json'
  /** What it began with. */
  readonly origin: string
}

export function isChanged({ draft, text, origin }: Editing): boolean {
  return text !== undefined || JSON.stringify(draft) !== origin
}

/** What is being designed, kept while one looks at other screens: one for each thing that it begins with. */
export const useDrafts = defineStore('drafts', () => {
  const kept = reactive(new Map<string, Editing>())

  // The browser asks, and so does the desktop's window.
  useEventListener('beforeunload', event => [...kept.values()].some(isChanged) && event.preventDefault())

  return {
    /** Goes on with what was changed before, else begins with this document. */
    edit(key: string, document: Draft): Editing {
      const before = kept.get(key)
      if (!before || !isChanged(before))
        kept.set(key, { draft: JSON.parse(JSON.stringify(document)) as Draft, tab: 'form', origin: JSON.stringify(document) })
      return kept.get(key)!
    },
    discard: (key: string) => kept.delete(key),
    restore: (key: string, editing: Editing) => kept.set(key, editing),
  }
})
