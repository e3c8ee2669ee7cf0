import type { Figure } from '../../src-main/export/figure-format'
import type { Png } from './png'
import { inflateSync } from 'node:zlib'
import pairCurves from '@shared/charts/pair-curves'
import { checkOptions } from '@shared/exports/format'
import { describe, expect, it } from 'vitest'
import { printUnits } from '../../src-main/export/figure'
import { figureFormats } from '../../src-main/export/figure-formats'
import { printed } from '../../src-main/export/figures'
import pdf from '../../src-main/export/formats/pdf'
import png, { rasterised } from '../../src-main/export/formats/png'
import svg from '../../src-main/export/formats/svg'
import { pairRowsOf } from '../charts/rows'
import { decodePng } from './png'

const figure = printed(pairCurves, pairRowsOf({ dense: [2, 1.5, 1, 0.8], sparse: [2, 1.2, 0.9, 0.7] }), 85)

/** The same with another treatment's name in it. */
function named(name: string): Figure {
  return { ...figure, svg: figure.svg.replace('>epoch</text>', `>${name}</text>`) }
}

async function pixels(svg: string, dpi = 150): Promise<Png> {
  return decodePng((await rasterised({ svg, mm: figure.mm }, dpi)).asPng())
}

/** The mean difference of two pictures, 0 .. 255. */
function difference(a: Png, b: Png): number {
  let sum = 0
  for (let y = 0; y < a.height; y++) {
    for (let x = 0; x < a.width; x++)
      sum += Math.abs(a.at(x, y)[1] - b.at(x, y)[1])
  }
  return sum / a.height / a.width
}

describe.each(figureFormats.members)('the format $id', (format) => {
  it('is described, has a width, and draws the same bytes each time', async () => {
    expect(format.options.map(({ name }) => name)).toContain('mm')
    expect(format.help).toMatch(/\.$/)
    const options = checkOptions(format, {})
    const draw = async (): Promise<Buffer> => Buffer.from(await format.render(figure, options.kind === 'checked' ? options.values : {}))
    const first = await draw()
    expect(first.length).toBeGreaterThan(3000)
    expect((await draw()).equals(first)).toBe(true)
  })
})

describe('an SVG file', () => {
  it('brings its font along: text is text, and only its characters are there', async () => {
    const file = await svg.render(figure, { text: 'font' })
    expect(file).toContain('>Training loss, nats</text>')
    const faces = [...file.matchAll(/@font-face\{font-family:Inter;font-weight:(400|600);src:url\(data:font\/woff;base64,([\w+/=]+)\)\}/g)]
    expect(faces.map(([, weight]) => weight)).toEqual(['400', '600'])
    for (const [, , data] of faces) {
      const font = Buffer.from(data!, 'base64')
      expect(font.toString('latin1', 0, 4)).toBe('wOFF')
      expect(font.length).toBeLessThan(12_000)
    }
    // More characters, more of the font.
    expect((await svg.render(named('αβγδεζηθικλμ'), { text: 'font' })).length).toBeGreaterThan(file.length + 500)
  })

  it('has outlines instead where that is wanted, which look the same', async () => {
    const file = await svg.render(figure, { text: 'outlines' })
    expect(file).not.toMatch(/<text|@font-face/)
    expect(file).toContain(`<desc>${figure.caption}</desc>`)
    const [asText, asShapes, without] = await Promise.all([pixels(figure.svg), pixels(file), pixels(figure.svg.replace(/<text[\s\S]*?<\/text>/g, ''))])
    expect(difference(asText, asShapes)).toBeLessThan(0.05)
    expect(difference(asText, without)).toBeGreaterThan(1)
  })

  it('keeps what is escaped', async () => {
    expect(await svg.render(named('a &lt; b &amp; c'), { text: 'font' })).toContain('>a &lt; b &amp; c</text>')
    const [escaped, plain] = await Promise.all([svg.render(named('a &lt; b'), { text: 'outlines' }), svg.render(named('a b'), { text: 'outlines' })])
    expect(escaped.length).toBeGreaterThan(plain.length)
  })
})

/** A PDF as text, its streams inflated. */
function inside(file: Buffer): string {
  return file.toString('latin1').replace(/stream\r?\n([\s\S]*?)\r?\nendstream/g, (_, data: string) => {
    try {
      return inflateSync(Buffer.from(data, 'latin1')).toString('latin1')
    }
    catch {
      return ''
    }
  })
}

describe('a PDF file', () => {
  it('is a page of the printed size with its fonts in it', async () => {
    const text = inside(await pdf.render(figure, { text: 'font' }))
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(text)!
    expect(Number(width)).toBeCloseTo(85 / 25.4 * 72, 2)
    expect(Number(height)).toBeCloseTo(figure.mm.height / 25.4 * 72, 2)
    expect(text.match(/\/Type \/Page\b/g)).toHaveLength(1)
    expect(text.match(/\/FontFile2 /g)).toHaveLength(2)
    expect(text).not.toContain('Helvetica')
    // Words can be searched: glyphs lead back to characters.
    expect(text.match(/begincmap/g)).toHaveLength(2)
    expect(text).toMatch(/TJ|Tj/)
  })

  it('says what it shows', async () => {
    const text = inside(await pdf.render(figure, { text: 'font' }))
    expect(text).toContain(figure.caption)
    expect(text).toContain(`(${figure.title})`)
  })

  it('has no font where outlines are wanted, nor where the font lacks a character', async () => {
    for (const file of [await pdf.render(figure, { text: 'outlines' }), await pdf.render(named('学习率'), { text: 'font' })])
      expect(inside(file)).not.toMatch(/FontFile|TJ|Tj/)
  })

  it('has the colours of both sides, and what is dashed dashed', async () => {
    const text = inside(await pdf.render(figure, { text: 'font' }))
    const number = (value: number): string => String(Math.round(value / 255 * 1e3) / 1e3).slice(1, 4)
    for (const [r, g, b] of [[0x00, 0x72, 0xB2], [0xD5, 0x5E, 0x00]] as const)
      expect(text).toMatch(new RegExp(`0?${number(r) || '0'}\\d* 0?${number(g) || '0'}\\d* 0?${number(b) || '0'}\\d* (?:scn|SCN|rg|RG)`))
  })
})

describe('a PNG file', () => {
  it('has as many pixels as its resolution says', async () => {
    const file = decodePng(await png.render(figure, { dpi: 600 }))
    expect(file.width).toBe(Math.round(85 / 25.4 * 600))
    expect(file.chunks.get('pHYs')!.readUInt32BE(0)).toBe(23622)
  })
})

describe('options', () => {
  it('are usual where nothing is given', () => {
    expect(checkOptions(png, {})).toEqual({ kind: 'checked', values: { mm: [85, 170], dpi: 300 } })
    expect(checkOptions(svg, { mm: [120], text: 'outlines' })).toEqual({ kind: 'checked', values: { mm: [120], text: 'outlines' } })
  })

  it.each([
    [{ dpi: 9000 }, 'dpi is 9000; it must be from 72 to 1200 dpi'],
    [{ dpi: Number.NaN }, 'dpi is null; it must be from 72 to 1200 dpi'],
    [{ mm: [85, 20] }, 'mm is 85, 20; it must be numbers that differ, each from 60 to 400 mm'],
    [{ mm: [] }, 'mm is empty; it must be numbers that differ, each from 60 to 400 mm'],
    [{ text: 'outlines' }, 'png has no option "text"; it has mm, dpi'],
  ])('are refused by name and value: %o', (given, message) => {
    expect(checkOptions(png, given)).toMatchObject({ kind: 'invalid', problems: [{ message }] })
  })

  it('have a choice among words', () => {
    expect(checkOptions(pdf, { text: 'curves' })).toMatchObject({ kind: 'invalid', problems: [{ option: 'text', message: 'text is "curves"; it must be font or outlines' }] })
  })

  it('may be any width between', () => {
    const drawn = printed(pairCurves, pairRowsOf({ dense: [2, 1], sparse: [2, 1] }), 120)
    expect(drawn.svg).toMatch(new RegExp(`^<svg [^>]*width="120mm"[^>]*viewBox="0 0 ${Math.round(printUnits(120) * 100) / 100} `))
  })
})
