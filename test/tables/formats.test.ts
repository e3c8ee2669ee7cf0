import type { TableContent } from '@shared/tables/content'
import { tableFormats } from '@shared/tables'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { describe, expect, it } from 'vitest'

const table: TableContent = {
  id: 'example',
  caption: 'Accuracy in 50 % of _both_ sides; n = 4, not corrected.',
  columns: [
    { name: 'treatment', unit: '', help: 'Combination of levels', align: 'left' },
    { name: 'accuracy', unit: 'share', shownUnit: '%', help: 'Final accuracy', align: 'right', spread: 'sd' },
    { name: 'p', unit: '', help: 'Of a test', align: 'right' },
    { name: 'time', unit: 's', help: 'Of training', align: 'right', digits: 1 },
  ],
  rows: [
    ['DA_BN', { value: 0.8072, spread: 0.0135, text: '80.7 ± 1.4' }, { value: 0.0625, text: '0.063' }, 12.345678],
    ['DA_BN', { value: 0.755, spread: 0.1243, text: '75.5 ± 12.4' }, { value: 1e-7, text: 'less than 0.000001' }, -3],
    ['=1+1 | 5 %', { value: 0.5, spread: null, text: '50' }, null, Number.NaN],
  ],
  grouped: true,
}

const write = (id: string, content = table): string => tableFormats.get(id).write(content)

describe.each(tableFormats.members)('the format $id', (format) => {
  it('is described, ends with a line, and writes a table without rows', () => {
    expect(format.help).toMatch(/\.$/)
    expect(format.write(table)).toMatch(/[^\n]\n$/)
    expect(format.write({ ...table, rows: [] })).toContain('treatment')
  })
})

describe('cSV and TSV', () => {
  it.each([['csv', ','], ['tsv', '\t']])('%s holds every value in full, and its spread', (id, delimiter) => {
    expect(parse(write(id), { delimiter })).toEqual([
      ['treatment', 'accuracy (share)', 'accuracy, sd (share)', 'p', 'time (s)'],
      ['DA_BN', '0.8072', '0.0135', '0.0625', '12.345678'],
      ['DA_BN', '0.755', '0.1243', '1e-7', '-3'],
      ['\'=1+1 | 5 %', '0.5', '', '', ''],
    ])
  })

  it.each([['csv', ','], ['tsv', '\t']])('%s is written as csv-stringify does it, formulas made harmless', (id, delimiter) => {
    const texts = ['=1+1', '+1', '-1', '@x', '\tx', '\rx', '＝1', 'a, b', 'a\tb', 'say "x"', 'two\nlines', 'a-1', '', 'é']
    const rows = texts.map((text, i) => [text, i])
    const content: TableContent = { id: 'texts', caption: '', columns: ['text', 'number'].map(name => ({ name, unit: '', help: '', align: 'left' })), rows }
    const theirs = stringify([['text', 'number'], ...rows], { delimiter, escape_formulas: true, quoted_match: /\r/ })
    expect(parse(write(id, content), { delimiter })).toEqual(parse(theirs, { delimiter }))
  })
})

describe('jSON', () => {
  it('has values by the names of the columns, which it describes', () => {
    const { caption, columns, rows } = JSON.parse(write('json')) as { caption: string, columns: { name: string, unit: string, help: string }[], rows: unknown[] }
    expect(caption).toBe(table.caption)
    expect(columns).toContainEqual({ name: 'accuracy', unit: 'share', help: 'Final accuracy' })
    expect(rows[0]).toEqual({ 'treatment': 'DA_BN', 'accuracy': 0.8072, 'accuracy, sd': 0.0135, 'p': 0.0625, 'time': 12.345678 })
    expect(rows[2]).toMatchObject({ 'accuracy, sd': null, 'p': null, 'time': null })
  })
})

describe('markdown', () => {
  it('is a table as people read it, its columns aligned, nothing in it taken for Markdown', () => {
    expect(write('markdown')).toBe([
      '| treatment   | accuracy, % |                  p | time, s |',
      '| ----------- | ----------: | -----------------: | ------: |',
      '| DA\\_BN      |  80.7 ± 1.4 |              0.063 |    12.3 |',
      '| DA\\_BN      | 75.5 ± 12.4 | less than 0.000001 |    −3.0 |',
      '| =1+1 \\| 5 % |          50 |                  – |       – |',
      '',
      'Accuracy in 50 % of \\_both\\_ sides; n = 4, not corrected.',
      '',
    ].join('\n'))
  })
})

describe('laTeX', () => {
  it('is a booktabs table with its caption above, groups apart', () => {
    const text = write('latex')
    expect(text).toMatch(/\\begin\{table\}[\s\S]*\\caption\{Accuracy in 50 \\% of \\_both\\_ sides; n = 4, not corrected\.\}[\s\S]*\\toprule[\s\S]*\\midrule[\s\S]*\\bottomrule[\s\S]*\\end\{table\}/)
    expect(text).toContain('\\begin{tabular}{lrrr}')
    expect(text).toContain('    treatment & accuracy & p & time \\\\\n     & (\\%) &  & (s) \\\\\n')
    // The second row of a treatment does not say it again.
    expect(text).toMatch(/ {4}DA\\_BN & .*\n {5}& .*\n {4}\\addlinespace\n {4}=1\+1 \$\|\$ 5 \\% & /)
  })

  it('has points and signs of ± below each other, minus signs, and words as they are', () => {
    const [first, second, third] = write('latex').split('\n').filter(line => line.includes(' & ')).slice(2)
    expect(first).toContain('& 80.7 $\\pm$ \\phantom{2}1.4 & 0.063 & 12.3 ')
    expect(second).toContain('& 75.5 $\\pm$ 12.4 & less than 0.000001 & $-$3.0 ')
    expect(third).toContain('& 50\\phantom{.7}\\phantom{ $\\pm$ 12.4} & -- & -- ')
  })

  it('shows every special character', () => {
    const content = (text: string): TableContent => ({ id: 'x', caption: text, columns: [{ name: 'a', unit: '', help: '', align: 'left' }], rows: [] })
    const caption = (text: string): string => /\\caption\{(.*)\}\\smallskip/.exec(write('latex', content(text)))![1]!
    expect(caption('{a_b} & c^2 ~ $5 #1 \\x')).toBe('\\{a\\_b\\} \\& c\\textasciicircum{}2 \\textasciitilde{} \\$5 \\#1 \\textbackslash{}x')
    expect(caption('‖g ⊙ m‖₂ ≤ -0.5 × 10⁻¹² ± σ, EGF₂')).toBe('$\\|$g $\\odot$ m$\\|_{2}$ $\\le$ $-$0.5 $\\times$ 10$^{-12}$ $\\pm$ $\\sigma$, EGF$_{2}$')
    expect(caption('a-b, 2 x 4, sparse - dense')).toBe('a-b, 2 $\\times$ 4, sparse $-$ dense')
  })

  it('takes the width of the page where it has many columns', () => {
    expect(write('latex', { ...table, columns: [...table.columns, ...table.columns] })).toContain('\\begin{table*}')
  })
})
