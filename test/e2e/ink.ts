import type { Locator } from '@playwright/test'
import { decodePng } from '../export/png'

/** The two colours that mean the two sides, on white (design: Okabe and Ito's blue and vermillion). */
const sides = { dense: [0x00, 0x72, 0xB2], sparse: [0xD5, 0x5E, 0x00] } as const

export interface Ink {
  readonly dense: number
  readonly sparse: number
}

/** How many pixels of a chart on the screen, in the light theme, are of each side's colour. */
export function inkOf(chart: Locator): Promise<Ink> {
  return chart.locator('canvas').first().evaluate((canvas: HTMLCanvasElement, sides) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    const count = (colour: readonly number[]): number => {
      let n = 0
      for (let i = 0; i < data.length; i += 4)
        n += data[i + 3]! > 200 && colour.every((value, c) => Math.abs(value - data[i + c]!) <= 24) ? 1 : 0
      return n
    }
    return { dense: count(sides.dense), sparse: count(sides.sparse) }
  }, sides)
}

/** How many pixels of a chart on the screen are no shade of grey. */
export function coloured(chart: Locator): Promise<number> {
  return chart.locator('canvas').first().evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    let n = 0
    for (let i = 0; i < data.length; i += 4)
      n += data[i + 3]! > 200 && Math.max(data[i]!, data[i + 1]!, data[i + 2]!) - Math.min(data[i]!, data[i + 1]!, data[i + 2]!) > 32 ? 1 : 0
    return n
  })
}

/** The same of a PNG file, and whether its ground is white. */
export function inkOfPng(file: Buffer): Ink & { readonly width: number, readonly height: number, readonly ground: readonly number[] } {
  const { width, height, at } = decodePng(file)
  const ink = { dense: 0, sparse: 0 }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = at(x, y)
      for (const side of ['dense', 'sparse'] as const)
        ink[side] += sides[side].every((value, c) => Math.abs(value - pixel[c]!) <= 24) ? 1 : 0
    }
  }
  return { ...ink, width, height, ground: at(0, 0) }
}
