import type { Rectangle } from '../../src-main/electron/placement'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeWindow } from '../../src-main/electron/placement'

const primary: Rectangle = { x: 0, y: 25, width: 1920, height: 1055 }
const right: Rectangle = { x: 1920, y: 0, width: 2560, height: 1440 }

const rectangle = fc.record({
  x: fc.integer({ min: -10_000, max: 10_000 }),
  y: fc.integer({ min: -10_000, max: 10_000 }),
  width: fc.integer({ min: 100, max: 8000 }),
  height: fc.integer({ min: 100, max: 8000 }),
})

describe('a window\'s place', () => {
  it('is the middle of the first display at first', () => {
    expect(placeWindow(undefined, [primary, right])).toEqual({ x: 240, y: 73, width: 1440, height: 960 })
  })

  it('is where it was, where that is visible', () => {
    const was = { x: 2000, y: 100, width: 1200, height: 800 }
    expect(placeWindow(was, [primary, right])).toEqual(was)
  })

  it('moves onto the display that showed most of it', () => {
    expect(placeWindow({ x: 1800, y: 100, width: 1200, height: 800 }, [primary, right])).toEqual({ x: 1920, y: 100, width: 1200, height: 800 })
    expect(placeWindow({ x: -300, y: -100, width: 1200, height: 800 }, [primary, right])).toEqual({ x: 0, y: 25, width: 1200, height: 800 })
  })

  it('keeps its size in the middle of the first display when its own is gone', () => {
    expect(placeWindow({ x: 2000, y: 100, width: 1200, height: 800 }, [primary])).toEqual({ x: 360, y: 153, width: 1200, height: 800 })
  })

  it('shrinks to a display that became smaller', () => {
    expect(placeWindow({ x: 0, y: 25, width: 3000, height: 2000 }, [primary])).toEqual(primary)
  })

  it('always lies wholly on one display', () => {
    fc.assert(fc.property(fc.option(rectangle, { nil: undefined }), fc.array(rectangle, { minLength: 1, maxLength: 4 }), (was, displays) => {
      const { x, y, width, height } = placeWindow(was, displays)
      expect(displays.some(display => x >= display.x && y >= display.y && x + width <= display.x + display.width && y + height <= display.y + display.height)).toBe(true)
    }))
  })
})
