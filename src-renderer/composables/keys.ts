import type { RouteLocationRaw } from 'vue-router'
import { useEventListener } from '@vueuse/core'
import { useRouter } from 'vue-router'

/** What each key does, by where it does it. */
export const keys = [
  { where: 'Anywhere', does: [
    { keys: ['meta', 'k'], what: 'Go to a screen or an experiment' },
    { keys: ['g', 'e'], what: 'Experiments' },
    { keys: ['g', 'c'], what: 'Compare' },
    { keys: ['g', 'q'], what: 'Queue' },
    { keys: ['g', 'n'], what: 'New experiment' },
    { keys: ['g', 's'], what: 'System' },
    { keys: ['Esc'], what: 'Go back to what this is part of' },
    { keys: ['F8'], what: 'To what was told last, and its Undo' },
    { keys: ['?'], what: 'This list' },
  ] },
  { where: 'In a table', does: [
    { keys: ['↑', '↓'], what: 'Walk through the rows' },
    { keys: ['Enter'], what: 'Open the row' },
  ] },
  { where: 'In the table of runs', does: [
    { keys: ['→', '←'], what: 'Show the runs of a group, hide them' },
    { keys: ['p'], what: 'Pin the run on top, or let it go' },
    { keys: ['meta', 'c'], what: 'Copy the whole table as TSV' },
  ] },
  { where: 'In a pair', does: [
    { keys: ['←', '→'], what: 'The pair before, the next one' },
  ] },
] as const

/** Arrows walk through the rows of a table; Enter opens one by itself. */
export function walkRows(event: KeyboardEvent): void {
  const row = (event.target as HTMLElement).closest('tbody > tr')
  const to = event.key === 'ArrowDown' ? row?.nextElementSibling : event.key === 'ArrowUp' ? row?.previousElementSibling : undefined
  if (!event.defaultPrevented && to instanceof HTMLElement && to.tabIndex >= 0) {
    event.preventDefault()
    to.focus()
  }
}

/** Escape leads to what a screen is part of, where it closes nothing and one does not type. */
export function useEscape(to: () => RouteLocationRaw): void {
  const router = useRouter()
  useEventListener('keydown', ({ key, target }) => {
    const isBusy = document.querySelector('[data-dismissable-layer]') ?? (target as HTMLElement).closest('input, textarea')
    if (key === 'Escape' && !isBusy)
      void router.push(to())
  })
}
