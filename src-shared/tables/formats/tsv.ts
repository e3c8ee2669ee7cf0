import type { TableFormat } from '..'
import { separatedBy } from '../separated'

export default {
  id: 'tsv',
  extension: 'tsv',
  mediaType: 'text/tab-separated-values',
  title: 'TSV',
  help: 'As CSV, with tabs: it can be pasted into a spreadsheet.',
  write: table => separatedBy('\t', table),
} satisfies TableFormat
