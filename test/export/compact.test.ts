import type { EChartsOption } from 'echarts'
import { themes } from '@shared/charts/parts/theme'
import { describe, expect, it } from 'vitest'
import { drawFigure, printUnits } from '../../src-main/export/figure'
import { rasterised } from '../../src-main/export/formats/png'
import svg from '../../src-main/export/formats/svg'
import { compact } from '../../src-main/export/svg/compact'
import { pathText, segmentsOf } from '../../src-main/export/svg/path'
import { decodePng } from './png'

/** As many curves of noise, each with a spike at one point. */
function option(curves: number, points: number, spike?: number): EChartsOption {
  return {
    animation: false,
    grid: { left: 80, top: 20, right: 20, bottom: 60, outerBoundsMode: 'none' },
    xAxis: { type: 'value', min: 0, max: points },
    yAxis: { type: 'value', min: 0, max: 2 },
    series: Array.from({ length: curves }, (_, c) => ({
      type: 'line',
      showSymbol: false,
      lineStyle: { width: themes.print.line, color: themes.print.series[c % 8]! },
      data: Array.from({ length: points }, (_, i) => [i, i === spike ? 2 : 0.5 + 0.3 * Math.sin(i * (12.9898 + c)) ** 3]),
    })),
  }
}

const look = { title: 'Noise', caption: 'Noise.' }

describe('a figure with very many points', () => {
  it.each([85, 170])('is at most 500 kB with 100 curves of 1,000 points at %i mm', async (mm) => {
    const figure = drawFigure(option(100, 1000), { ...look, mm, height: 0.6 * printUnits(mm) })
    const written = await svg.render(figure, { text: 'font' })
    expect(Buffer.byteLength(written)).toBeLessThan(500_000)
    expect(Buffer.byteLength(await svg.render(figure, { text: 'outlines' }))).toBeLessThan(500_000)
    // Every curve is there, with two points for each of its pixels at least in part.
    expect(written.match(/<path[^>]*stroke-width="4"/g)).toHaveLength(100)
    expect(Buffer.byteLength(written)).toBeGreaterThan(150_000)
  })

  it('keeps a spike of a single point', async () => {
    const figure = drawFigure(option(1, 20_000, 7777), { ...look, mm: 85, height: 500 })
    expect(Buffer.byteLength(figure.svg)).toBeLessThan(30_000)
    const { width, height, at } = decodePng((await rasterised(figure, 300)).asPng())
    const x = Math.round((80 + (printUnits(85) - 100) * 7777 / 20_000) / printUnits(85) * width)
    const inked = [-2, -1, 0, 1, 2].some(dx => Array.from({ length: Math.round(height * 0.2) }, (_, y) => y + Math.round(height * 0.05)).every(y => at(x + dx, y)[0] < 200))
    expect(inked).toBe(true)
  })
})

describe('what is not long', () => {
  it('looks as before, in fewer characters', () => {
    const path = 'M10.04 20L30.123456 40.98765L30.123456 10Z'
    expect(compact(`<path d="${path}" fill="none"></path>`)).toBe('<path d="m10 20 20.1 21 0-31z" fill="none"/>')
    expect(compact('<polygon points="0 0 10 0 10.26 5" fill="red"></polygon>')).toBe('<path d="m0 0 10 0 .3 5z" fill="red"/>')
  })

  it('keeps shapes that are scaled, and commands that it does not know', () => {
    for (const kept of ['<path d="M1 0A1 1 0 1 1 1 -0.001" transform="matrix(9,0,0,9,2,3)"/>', '<path d="M1.11 0h5.55v3.33"/>'])
      expect(compact(kept)).toBe(kept)
  })

  it('has curves and arcs that end where they did', () => {
    // By SVG 1.1, §8.3: radii, rotation and flags stay, the rest is from where the path is.
    expect(pathText(segmentsOf('M10 10C20 20 30 10 40 10A5 5 0 0 1 50 10Q55 0 60 10Z M1 1L2 2')!, 1)).toBe('m10 10c10 10 20 0 30 0a5 5 0 0 1 10 0q5-10 10 0zm-9-9 1 1')
  })

  it('does not add up what it rounds off', () => {
    const points = Array.from({ length: 50 }, (_, i) => `${i ? 'L' : 'M'}${0.04 * i} 0`).join('')
    const numbers = pathText(segmentsOf(points)!, 1).slice(1).split(/[ mz]/).map(Number).filter((_, i) => i % 2 === 0)
    expect(numbers.reduce((sum, value) => sum + value, 0)).toBeCloseTo(2, 5)
  })
})
