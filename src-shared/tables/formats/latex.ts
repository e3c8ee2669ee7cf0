import type { TableFormat } from '..'
import { shownUnitOf, textOf } from '../content'
import { latexText } from '../latex-text'

/** More columns want the width of the page where there are two columns of text. */
const NARROW = 5

export default {
  id: 'latex',
  extension: 'tex',
  mediaType: 'application/x-tex',
  title: 'LaTeX',
  help: 'For papers: booktabs, numbers aligned, a caption with test, n and correction.',
  write({ id, caption, columns, rows, grouped = false }) {
    const environment = columns.length > NARROW ? 'table*' : 'table'
    const cells = columns.map((column, i) => {
      const texts = rows.map(row => textOf(row[i] ?? null, column))
      return column.align === 'right' ? alignedNumbers(texts) : texts.map(latexText)
    })
    const units = columns.map(shownUnitOf)
    const lines = rows.flatMap((_, r) => {
      const repeats = grouped && r > 0 && cells[0]![r - 1] === cells[0]![r]
      return [
        ...grouped && r > 0 && !repeats ? ['    \\addlinespace'] : [],
        `    ${cells.map((column, i) => i === 0 && repeats ? '' : column[r]!).join(' & ')} \\\\`,
      ]
    })
    return [
      '% \\usepackage{booktabs}',
      `\\begin{${environment}}`,
      '  \\centering\\small\\setlength{\\tabcolsep}{4.5pt}',
      `  \\caption{${latexText(caption)}}\\smallskip`,
      `  \\label{tab:${id}}`,
      `  \\begin{tabular}{${columns.map(({ align }) => align[0]).join('')}}`,
      '    \\toprule',
      `    ${columns.map(({ name }) => latexText(name)).join(' & ')} \\\\`,
      ...units.some(Boolean) ? [`    ${units.map(unit => unit && latexText(`(${unit})`)).join(' & ')} \\\\`] : [],
      '    \\midrule',
      ...lines,
      '    \\bottomrule',
      '  \\end{tabular}',
      `\\end{${environment}}`,
      '',
    ].join('\n')
  },
} satisfies TableFormat

/** A number, and how far it is uncertain, each cut at its decimal point. */
const NUMBER = /^([-+−]?[\d,]+)(\.\d+)?(?: ± ([\d,]+)(\.\d+)?)?$/

/**
 * The texts of a column that is aligned to the right, with what stands invisibly beside numbers so that decimal points,
 * and signs of ±, are below each other: all digits of a font are as wide. Words are left as they are.
 */
function alignedNumbers(texts: readonly string[]): string[] {
  const parts = texts.map(text => NUMBER.exec(text) ?? undefined)
  const longest = (part: number): string => parts.reduce((long, found) => (found?.[part] ?? '').length > long.length ? found![part]! : long, '')
  const [fraction, whole, rest] = [longest(2), longest(3), longest(4)]
  return texts.map((text, i) => {
    const found = parts[i]
    if (!found)
      return latexText(text)
    const [, before, after = '', spread, its = ''] = found
    const value = latexText(before + after) + phantom(fraction.slice(after.length))
    if (spread === undefined)
      return value + (whole ? phantom(` ± ${whole}${rest}`) : '')
    return `${value} $\\pm$ ${phantom(whole.slice(spread.length))}${spread}${its}${phantom(rest.slice(its.length))}`
  })
}

function phantom(text: string): string {
  return text && `\\phantom{${latexText(text)}}`
}
