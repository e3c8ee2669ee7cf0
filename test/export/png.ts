import { crc32, inflateSync } from 'node:zlib'

export interface Png {
  readonly width: number
  readonly height: number
  /** Data of the chunks before the image, by type. */
  readonly chunks: ReadonlyMap<string, Buffer>
  /** Red, green, blue of a pixel. */
  readonly at: (x: number, y: number) => readonly [number, number, number]
}

/** Reads a PNG of 8-bit RGB or RGBA without interlacing (PNG, third edition), checking every chunk's CRC. */
export function decodePng(file: Buffer): Png {
  if (file.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1A\n')
    throw new Error('this is no PNG')
  const chunks = new Map<string, Buffer>()
  const compressed: Buffer[] = []
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at)
    const type = file.toString('latin1', at + 4, at + 8)
    const data = file.subarray(at + 8, at + 8 + length)
    if (crc32(file.subarray(at + 4, at + 8 + length)) !== file.readUInt32BE(at + 8 + length))
      throw new Error(`the CRC of ${type} is wrong`)
    if (type === 'IDAT')
      compressed.push(data)
    else
      chunks.set(type, data)
    at += 12 + length
  }
  const head = chunks.get('IHDR')!
  const [width, height, depth, colour, interlaced] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8], head[9], head[12]]
  if (depth !== 8 || (colour !== 2 && colour !== 6) || interlaced !== 0)
    throw new Error(`this PNG is of depth ${depth}, colour type ${colour}, interlaced ${interlaced}`)
  const bytes = colour === 2 ? 3 : 4
  const pixels = unfiltered(inflateSync(Buffer.concat(compressed)), width, height, bytes)
  return { width, height, chunks, at: (x, y) => [0, 1, 2].map(channel => pixels[(y * width + x) * bytes + channel]!) as [number, number, number] }
}

/** §9: each line begins with its filter; bytes are differences to the left, above, their mean, or Paeth's choice. */
function unfiltered(data: Buffer, width: number, height: number, bytes: number): Buffer {
  const stride = width * bytes
  const pixels = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)]!
    for (let i = 0; i < stride; i++) {
      const left = i >= bytes ? pixels[y * stride + i - bytes]! : 0
      const above = y > 0 ? pixels[(y - 1) * stride + i]! : 0
      const corner = i >= bytes && y > 0 ? pixels[(y - 1) * stride + i - bytes]! : 0
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter]!
      pixels[y * stride + i] = data[y * (stride + 1) + 1 + i]! + guess
    }
  }
  return pixels
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? above : corner
}
