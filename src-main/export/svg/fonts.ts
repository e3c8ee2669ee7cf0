import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { isInFont } from '@shared/charts/parts/text-width'
import { resources } from '../../resources'

/** The font of figures, a file a weight. */
export const fontFiles = { 400: join(resources, 'fonts', 'Inter-Regular.ttf'), 600: join(resources, 'fonts', 'Inter-SemiBold.ttf') }

export const FONT_FAMILY = 'Inter'

/** How resvg finds the font of figures for these texts. */
export function resvgFont(texts: string) {
  return {
    // Only for characters that the shipped font may lack: what it has looks the same on every machine.
    loadSystemFonts: !isInFont(texts),
    fontFiles: Object.values(fontFiles),
    defaultFontFamily: FONT_FAMILY,
  }
}

/** All that is written in an SVG, without what is escaped. */
export function textsOf(svg: string): string {
  return [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text]) => text).join('').replace(/&#?\w+;/g, '')
}

/** CSS that brings the font of figures along, as far as these characters need it: a page that opens with no request. */
export async function fontFaces(characters: string, weights: readonly (keyof typeof fontFiles)[] = [400, 600]): Promise<string> {
  const { Font } = await import('fonteditor-core')
  // Escaped characters and white space are written without having been seen.
  const subset = [...new Set(`${characters} &<>"'`)].map(character => character.codePointAt(0)!).sort((a, b) => a - b)
  return weights.map((weight) => {
    const font = Font.create(readFileSync(fontFiles[weight]), { type: 'ttf', subset, hinting: false })
    const woff = font.write({ type: 'woff', hinting: false, deflate: bytes => [...deflateSync(Uint8Array.from(bytes), { level: 9 })] })
    return `@font-face{font-family:${FONT_FAMILY};font-weight:${weight};src:url(data:font/woff;base64,${Buffer.from(woff as ArrayBuffer).toString('base64')})}`
  }).join('')
}
