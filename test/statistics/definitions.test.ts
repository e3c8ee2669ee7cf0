import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { definitionOf, definitions } from '@shared/statistics/definitions'
import { pairsNeeded } from '@shared/statistics/power'
import { describe, expect, it } from 'vitest'

const page = readFileSync(join(import.meta.dirname, '../../docs/statistics.md'), 'utf8')
/** The text of a section by its anchor. */
const sections = new Map(page.split('<a id="').slice(1).map(section => section.split('"></a>') as [string, string]))

describe('docs/statistics.md', () => {
  it('has a section for each definition, in the same order, under the anchor that the product links to', () => {
    expect([...sections.keys()]).toEqual(definitions.map(({ id }) => id))
  })

  it.each(definitions.map(definition => [definition.id, definition] as const))('says the same as the product: %s', (id, { title, definition, source }) => {
    const paragraphs = sections.get(id)!.trim().split('\n\n')
    expect(paragraphs[0]).toBe(`## ${title}`)
    expect(paragraphs[1]).toBe(definition)
    expect(paragraphs).toContain(`Source: ${source}`)
  })

  it('tells the pairs that are needed', () => {
    const rows = [...page.matchAll(/^\| (\d+) \| (\d+) \| (\d+) \|$/gm)].map(([, ...row]) => row.map(Number))
    expect(rows.length).toBeGreaterThan(2)
    for (const [cells, oneSided, twoSided] of rows) {
      expect(oneSided).toBe(pairsNeeded({ cells: cells! }))
      expect(twoSided).toBe(pairsNeeded({ cells: cells!, alternative: 'two-sided' }))
    }
  })
})

it('a definition is found by its id', () => {
  expect(definitionOf('holm').title).toBe('Holm\'s correction')
})
