import type { ECElementEvent, ECharts } from 'echarts/core'
import type { Ref, ShallowRef } from 'vue'
import { refDebounced } from '@vueuse/core'
import { computed, shallowRef } from 'vue'

/** Ticks are made anew once a zoom has come to rest, in milliseconds. */
const REST = 150
/** How much of what is seen a step leaves, and how far it goes along. */
const CLOSER = 0.5
const ALONG = 0.5
const WHOLE = { start: 0, end: 100 }

export interface Zoom {
  /** The share of the horizontal axis that is seen. */
  readonly span: Readonly<Ref<number>>
  readonly isWhole: Readonly<Ref<boolean>>
  readonly onZoom: (event: ECElementEvent | object) => void
  readonly closer: () => void
  readonly farther: () => void
  readonly along: (direction: 1 | -1) => void
  readonly reset: () => void
}

/** What of a chart's horizontal axis is seen, in percent: by its wheel and pointer, or by these steps. */
export function useZoom(chart: Readonly<ShallowRef<Pick<ECharts, 'dispatchAction'> | null>>): Zoom {
  const seen = shallowRef(WHOLE)
  const show = (start: number, end: number): void => {
    const width = Math.min(100, end - start)
    const from = Math.min(Math.max(0, start), 100 - width)
    chart.value?.dispatchAction({ type: 'dataZoom', start: from, end: from + width })
  }
  const around = (factor: number): void => {
    const { start, end } = seen.value
    const [middle, half] = [(start + end) / 2, factor * (end - start) / 2]
    show(middle - half, middle + half)
  }
  return {
    // Rounded: panning changes its last digits.
    span: refDebounced(computed(() => Number(((seen.value.end - seen.value.start) / 100).toPrecision(4))), REST),
    isWhole: computed(() => seen.value.end - seen.value.start >= 100),
    onZoom: (event) => {
      const [{ start, end }] = 'batch' in event ? event.batch as [typeof WHOLE] : [event as typeof WHOLE]
      seen.value = { start, end }
    },
    closer: () => around(CLOSER),
    farther: () => around(1 / CLOSER),
    along: (direction) => {
      const { start, end } = seen.value
      const step = direction * ALONG * (end - start)
      show(start + step, end + step)
    },
    reset: () => show(WHOLE.start, WHOLE.end),
  }
}
