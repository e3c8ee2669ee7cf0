/** What is wrong with a file of results: where, and a sentence that names the value and what would be right. */
export interface LineProblem {
  /** From 1; absent for the file as a whole. */
  readonly line?: number
  readonly message: string
}

/** A record of a CSV file, and the line at which it begins. */
export interface CsvRecord {
  readonly line: number
  readonly fields: readonly string[]
}

/** A value as a message shows it. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 50)}...` : text)
}
