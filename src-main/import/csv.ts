import type { CsvRecord, LineProblem } from '@shared/import/problem'
import type { CsvErrorCode } from 'csv-parse/sync'
import { CsvError, parse } from 'csv-parse/sync'

export type ReadCsv
  = | { readonly kind: 'records', readonly records: readonly CsvRecord[] }
    | { readonly kind: 'refused', readonly problem: LineProblem }

/** What else tables are separated by, as people call it. */
const otherSeparators = new Map([[';', 'semicolons'], ['\t', 'tabs'], ['|', 'bars']])

/** The records of a CSV text (RFC 4180); empty lines are skipped, spaces around fields dropped, lines end in a line feed. */
export function recordsOf(given: string): ReadCsv {
  // The parser counts a carriage return within quotes as a line of its own.
  const text = given.replace(/\r\n?/g, '\n')
  const head = /^.*$/m.exec(text.trimStart())![0]
  const other = [...otherSeparators.keys()].find(separator => head.includes(separator))
  if (other !== undefined && !head.includes(','))
    return { kind: 'refused', problem: { line: 1, message: `the columns are separated by ${otherSeparators.get(other)!}; save the file with commas between columns, and with decimal points` } }
  const records: CsvRecord[] = []
  let last = 0
  try {
    parse(text, {
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      on_record: (fields: string[], { lines }) => {
        last = lines
        records.push({ line: lines - fields.join().split('\n').length + 1, fields })
        return null
      },
    })
  }
  catch (error) {
    if (!(error instanceof CsvError))
      throw error
    return { kind: 'refused', problem: problemOf(error, last) }
  }
  return { kind: 'records', records }
}

const twice = 'a quote within a quoted field is written twice'

function problemOf({ code, message, lines }: CsvError, last: number): LineProblem {
  const sentences: Partial<Record<CsvErrorCode, string>> = {
    CSV_QUOTE_NOT_CLOSED: `a quote (") is opened here or further down and never closed; ${twice}`,
    INVALID_OPENING_QUOTE: `a quote (") stands within a field; a field with quotes is put in quotes, and ${twice}`,
    CSV_INVALID_CLOSING_QUOTE: `something follows the closing quote (") of a field; ${twice}`,
  }
  return { line: code === 'CSV_QUOTE_NOT_CLOSED' ? last + 1 : Number(lines ?? last + 1), message: sentences[code] ?? `this is no CSV: ${message}` }
}
