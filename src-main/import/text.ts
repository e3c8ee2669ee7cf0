export type ReadText
  = | { readonly kind: 'text', readonly text: string }
    /** It is no UTF-8: what it is instead, and where that shows. */
    | { readonly kind: 'refused', readonly line?: number, readonly message: string }

const LINE_FEED = 10

/** Text of a CSV file, which is UTF-8; its byte order mark is dropped. */
export function textOf(bytes: Uint8Array): ReadText {
  const starts = (...first: readonly number[]): boolean => first.every((byte, i) => bytes[i] === byte)
  if (starts(0x50, 0x4B, 3, 4))
    return { kind: 'refused', message: 'this is a workbook or another archive, no text; save its table as CSV (UTF-8)' }
  if (starts(0xFF, 0xFE) || starts(0xFE, 0xFF) || bytes.includes(0))
    return { kind: 'refused', message: 'this is no UTF-8 but UTF-16 or no text at all; save it as CSV (UTF-8)' }
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  }
  catch {
    return { kind: 'refused', line: firstBadLine(bytes), message: 'this line is no UTF-8; save the file as CSV (UTF-8)' }
  }
}

/** From 1. */
function firstBadLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for (let line = 1, start = 0; ; line++) {
    const end = bytes.indexOf(LINE_FEED, start)
    try {
      decoder.decode(bytes.subarray(start, end < 0 ? undefined : end))
    }
    catch {
      return line
    }
    if (end < 0)
      return line
    start = end + 1
  }
}
