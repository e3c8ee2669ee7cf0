import type { ComputedRef, ShallowRef } from 'vue'
import { useElementSize, useEventListener } from '@vueuse/core'
import { computed, ref } from 'vue'

/** So many more rows are drawn on either side, and that many at a time as it scrolls. */
const MORE = 6

/**
 * Which of many rows of one height are in sight of what scrolls them, below a head that stays.
 * @param frame what scrolls
 * @param height of a row, in pixels
 * @param head height of the head
 */
export function useRowsInSight(frame: Readonly<ShallowRef<HTMLElement | null>>, count: () => number, height: number, head: number): {
  /** Of the rows to draw, the first, and the one behind the last. */
  readonly range: ComputedRef<{ readonly from: number, readonly to: number }>
  /** Scrolls no further than a row takes to be seen whole. */
  readonly reveal: (row: number) => void
  /** How many are seen at once. */
  readonly page: ComputedRef<number>
} {
  const { height: seen } = useElementSize(frame)
  const top = ref(0)
  useEventListener(frame, 'scroll', () => top.value = frame.value!.scrollTop, { passive: true })
  const page = computed(() => Math.max(1, Math.floor((seen.value - head) / height)))
  // In steps: between them nothing is drawn anew.
  const step = computed(() => Math.floor(top.value / height / MORE))
  const range = computed(() => {
    const from = Math.max(0, Math.min((step.value - 1) * MORE, count() - page.value - 2 * MORE))
    return { from, to: Math.min(count(), from + page.value + 3 * MORE) }
  })
  function reveal(row: number): void {
    const element = frame.value!
    const room = element.clientHeight - head
    if (row * height < element.scrollTop)
      element.scrollTop = row * height
    else if ((row + 1) * height > element.scrollTop + room)
      element.scrollTop = (row + 1) * height - room
  }
  return { range, reveal, page }
}
