import type { ExportFormat, ExportOption, OptionValues } from '@shared/exports/format'

/** A chart as it is printed. */
export interface Figure {
  /** Its text is text in the font of figures, which is not in it. */
  readonly svg: string
  readonly mm: { readonly width: number, readonly height: number }
  readonly title: string
  /** What it shows, over what, and how much of it is there. */
  readonly caption: string
}

/** One way to write a figure: a file in `formats`. */
export interface FigureFormat<Options extends OptionValues = OptionValues> extends Omit<ExportFormat, 'of'> {
  /** The ending of its files' names. */
  readonly extension: string
  readonly mediaType: string
  /** Its libraries are loaded here, not before: the formats are listed by everyone. */
  render: (figure: Figure, options: Options) => Promise<string | Buffer>
}

/** Most journals' column and page. */
export const WIDTHS_MM = { column: 85, page: 170 }

/** How wide figures are printed, a file each; an option of every figure format. */
export const widths = {
  kind: 'numbers',
  name: 'mm',
  title: 'Width',
  unit: 'mm',
  help: 'printed width, a file each; a journal\'s column is about 85, a page 170',
  least: 60,
  most: 400,
  default: [WIDTHS_MM.column, WIDTHS_MM.page],
} as const satisfies ExportOption

/** Text as text or as shapes; an option of vector formats. */
export const textOption = {
  kind: 'choice',
  name: 'text',
  title: 'Text',
  help: 'as text with the font in the file, or as outlines for programs that ignore such fonts',
  choices: [{ value: 'font', title: 'Text, its font in the file' }, { value: 'outlines', title: 'Outlines' }],
  default: 'font',
} as const satisfies ExportOption
