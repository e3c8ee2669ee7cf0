import type { Side } from '../../random/stream'
import { between } from './colours'

/** Tokens of charts. Each theme is made for itself; the sides' two colours mean nothing else anywhere. */
export interface Theme {
  readonly id: 'light' | 'dark' | 'print'
  /** What charts lie on; they draw it only in print. */
  readonly background: string
  readonly text: string
  readonly muted: string
  readonly axis: string
  readonly grid: string
  /** What joins two marks of one pair. */
  readonly link: string
  readonly side: Readonly<Record<Side, string>>
  /** Other series: the remaining hues of Okabe and Ito (2008), jfly.uni-koeln.de/color; then wine and olive of Tol (2021), and grey. */
  readonly series: readonly string[]
  /** The part of viridis that can be seen as a line on this background. */
  readonly lineRange: readonly [from: number, to: number]
  readonly fontFamily: string
  /** Font size; lengths in charts are multiples of it. */
  readonly size: number
  /** Width of axes and other helping lines. */
  readonly hairline: number
  /** Width of data lines. */
  readonly line: number
}

/** Print is drawn in quarters of a point, so that what ECharts rounds to whole units stays invisible. */
export const UNITS_PER_POINT = 4
const POINT = UNITS_PER_POINT

const OKABE_ITO = { blue: '#0072B2', vermillion: '#D55E00', green: '#009E73', purple: '#CC79A7', orange: '#E69F00', sky: '#56B4E9' }
const TOL = ['#882255', '#999933']

const screen = {
  // The font of figures, where the page has it under this name: its digits are tabular.
  fontFamily: `'Inter Figures', 'Inter Variable', Inter, system-ui, sans-serif`,
  size: 12,
  hairline: 1,
  line: 1.5,
}

export const themes = {
  light: {
    id: 'light',
    background: '#FFFFFF',
    text: '#18181B',
    muted: '#5F5F69',
    axis: '#B4B4BC',
    grid: '#EDEDF0',
    link: '#C9C9D0',
    side: { dense: OKABE_ITO.blue, sparse: OKABE_ITO.vermillion },
    series: [OKABE_ITO.green, OKABE_ITO.purple, OKABE_ITO.orange, OKABE_ITO.sky, '#3F3F46', ...TOL, '#9A9AA4'],
    lineRange: [0, 0.85],
    ...screen,
  },
  dark: {
    id: 'dark',
    background: '#18181B',
    text: '#EDEDF0',
    muted: '#A6A6B0',
    axis: '#5A5A64',
    grid: '#2A2A2F',
    link: '#4A4A53',
    side: { dense: '#3D9BDB', sparse: '#F0762B' },
    series: ['#1FBF92', '#DC93BC', '#F2B53A', '#8CCEF5', '#D9D9DE', '#C04F86', '#BDBD5C', '#85858F'],
    lineRange: [0.45, 1],
    ...screen,
  },
  print: {
    id: 'print',
    background: '#FFFFFF',
    text: '#000000',
    muted: '#333333',
    axis: '#000000',
    grid: '#E4E4E4',
    link: '#BBBBBB',
    side: { dense: OKABE_ITO.blue, sparse: OKABE_ITO.vermillion },
    series: [OKABE_ITO.green, OKABE_ITO.purple, OKABE_ITO.orange, OKABE_ITO.sky, '#000000', ...TOL, '#969696'],
    lineRange: [0, 0.85],
    fontFamily: 'Inter, Helvetica, Arial, sans-serif',
    size: 8 * POINT,
    hairline: 0.75 * POINT,
    line: 1 * POINT,
  },
} as const satisfies Readonly<Record<Theme['id'], Theme>>

/** Where a chart is drawn. */
export interface Look {
  readonly theme: Theme
  readonly width: number
  /** A chart's own height if not given. */
  readonly height?: number
  /** What stands above it, which it does not say again. */
  readonly title?: string
  /** What its legend is pointed at: all other lines are faint. */
  readonly highlight?: string
  /** The share of the horizontal axis that is looked at, where that can be zoomed; all of it if absent. */
  readonly span?: number
}

/** sparse - dense in tables and charts: blue where dense is higher, vermillion where sparse is. @param t -1 .. 1 */
export function diverging({ side, background }: Theme, t: number): string {
  return between([side.dense, background, side.sparse], (t + 1) / 2)
}
