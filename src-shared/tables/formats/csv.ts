import type { TableFormat } from '..'
import { separatedBy } from '../separated'

export default {
  id: 'csv',
  extension: 'csv',
  mediaType: 'text/csv',
  title: 'CSV',
  help: 'For spreadsheets and programs: numbers in full, units in the head, no formulas.',
  write: table => separatedBy(',', table),
} satisfies TableFormat
