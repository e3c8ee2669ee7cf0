import type { Environment } from './record'

/** A table in Markdown; the first column is text, the others are numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, i) => i === 0 ? '---' : '---:')), ...rows.map(line)].join('\n')
}

/** What is measured alike stands together. */
export function grouped<T, K>(items: readonly T[], key: (item: T) => K): [K, T[]][] {
  return [...Map.groupBy(items, item => JSON.stringify(key(item)))].map(([text, of]) => [JSON.parse(text) as K, of])
}

/** Under which circumstances a table was measured. */
export function facts({ date, versions, rounds }: Environment): string {
  return `${date}, ${rounds} rounds; ${Object.entries(versions).map(entry => entry.join(' ')).join(', ')}.`
}
