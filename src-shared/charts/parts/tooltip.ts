import type { EChartsOption } from 'echarts'
import type { Theme } from './theme'

type Tooltip = Exclude<NonNullable<EChartsOption['tooltip']>, readonly unknown[]>

/** How every tooltip looks; none in print. */
export function tooltip(theme: Theme, own: Tooltip): { tooltip?: Tooltip } {
  if (theme.id === 'print')
    return {}
  return {
    tooltip: {
      confine: true,
      transitionDuration: 0,
      backgroundColor: theme.background,
      borderColor: theme.axis,
      borderWidth: 1,
      padding: [6, 10],
      textStyle: { color: theme.text, fontSize: theme.size, fontFamily: theme.fontFamily },
      extraCssText: 'box-shadow: 0 2px 8px rgba(0,0,0,.12); font-variant-numeric: tabular-nums;',
      ...own,
    },
  }
}

/** One line through all panels at the epoch under the pointer, and what it is there. On a layer of its own it moves without everything else being drawn again. */
export function linkedTooltip(theme: Theme, at: (epoch: number) => string, { snap = true, ownLayer = false } = {}): Pick<EChartsOption, 'tooltip' | 'axisPointer'> {
  if (theme.id === 'print')
    return {}
  return {
    axisPointer: { link: [{ xAxisIndex: 'all' }], ...ownLayer && { zlevel: 1 } },
    ...tooltip(theme, {
      trigger: 'axis',
      axisPointer: { type: 'line', snap, lineStyle: { color: theme.axis, width: theme.hairline, type: 'solid' }, label: { show: false } },
      formatter: found => at(epochAt(found)),
    }),
  }
}

/** The epoch that a tooltip of an axis is at. */
function epochAt(found: unknown): number {
  const first = (Array.isArray(found) ? found[0] : found) as { axisValue?: unknown } | undefined
  return Number(first?.axisValue)
}

/** A small table as HTML: text in the first column, numbers right. `more` counts rows that are not listed. */
export function tipTable(title: string, head: readonly string[], rows: readonly (readonly string[])[], more = 0): string {
  const line = (cells: readonly string[], style: string): string => `<tr style="${style}">${cells.map((text, i) =>
    `<td style="white-space:nowrap;${i === 0 ? 'text-align:left' : 'text-align:right;padding-left:14px'}">${escaped(text)}</td>`).join('')}</tr>`
  return [
    `<div style="font-weight:600">${escaped(title)}</div>`,
    `<table style="border-spacing:0">${head.length ? line(head, 'opacity:.7') : ''}${rows.map(cells => line(cells, '')).join('')}</table>`,
    more > 0 ? `<div style="opacity:.7">and ${more} more</div>` : '',
  ].join('')
}

/** Names come from people's files. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}
