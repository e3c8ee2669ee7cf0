import type { PanelDocument, Selection } from '@shared/comparison/document'
import type { ComparisonPair } from '@shared/comparison/pair'
import type { Comparison, Panel } from '@shared/comparison/panel'
import type { Store } from '../store/open'
import { comparisonDocument } from '@shared/comparison/document'
import { variedFields } from '@shared/comparison/fields'
import { filtered } from '@shared/comparison/filtered'
import { panels } from '@shared/comparison/panels'
import { runFields } from '@shared/comparison/run-fields'
import { tableFormats } from '@shared/tables'
import { curveReader } from '../comparison/curve-reader'
import { keptPairs } from '../comparison/kept-pairs'
import { sourcesOf } from '../comparison/population'
import { stateCounts } from '../rows/numbers'
import { getComparison, listComparisons } from '../store/comparisons'
import { os } from './base'
import { conflict, invalid, notFound } from './errors'

export const comparisons = {
  saved: os.comparisons.saved.handler(({ context: { store } }) => listComparisons(store)),

  open: os.comparisons.open.handler(({ context: { store }, input: { slug } }) => {
    const found = getComparison(store, slug)
    const checked = found && comparisonDocument.safeParse(found.document)
    if (!checked)
      throw notFound(`saved comparison "${slug}"`)
    if (!checked.success)
      throw conflict(`"${found.name}" was saved by another version of this program, which this one cannot read`)
    return { ...found, document: checked.data }
  }),

  population: os.comparisons.population.handler(({ context: { store }, input }) => store.sqlite.transaction(() => {
    const sources = sourcesOf(store)
    const pairs = keptPairs(store, input)
    const fields = runFields(pairs)
    const found = filtered(pairs, input.filter, fields)
    const taken = found.kind === 'pairs' ? found.pairs : []
    return {
      sources: sources.map(({ slug, name, kind }) => ({ slug, name, kind })),
      missing: input.experiments.filter(slug => !sources.some(source => source.slug === slug)),
      wrong: found.kind === 'wrong' ? { at: found.at, length: found.length, message: found.message } : null,
      pairs: pairs.length,
      taken: countTaken(taken),
      fields: variedFields(taken).map(({ values, ...field }) => ({ ...field, values: [...values] })),
      filterFields: fields.map(({ values, aliases, ...field }) => ({ ...field, aliases: [...aliases], ...values && { values: [...values] } })),
    }
  })()),

  panel: os.comparisons.panel.handler(({ context: { store }, input: { selection, panel } }) =>
    store.sqlite.transaction(() => resultOf(store, selection, panel).result)()),

  files: os.comparisons.files.handler(({ context: { store }, input: { selection, panel, format } }) => {
    const { definition, result } = store.sqlite.transaction(() => resultOf(store, selection, panel))()
    const { write, extension, mediaType } = tableFormats.get(format)
    return (definition.tables?.(result as never) ?? []).map(table => ({ name: `${table.id}.${extension}`, content: new Blob([write(table)], { type: mediaType }) }))
  }),

  members: os.comparisons.members.handler(({ context: { store }, input: { selection, panel, at } }) => {
    const { definition: { members, statistics }, options } = mustFindPanel(panel)
    return store.sqlite.transaction(() => {
      const comparison = comparisonOf(store, selection)
      return {
        members: (members?.(comparison, options, at) ?? []).map(({ pairs, ...member }) => ({ ...member, pairs: [...pairs] })),
        statistics: [...statistics?.(comparison, options, at) ?? []],
      }
    })()
  }),
}

/** What a panel of a comparison shows. @throws NOT_FOUND, INVALID with what is wrong in the filter or the options */
export function resultOf(store: Store, selection: Selection, panel: PanelDocument): { readonly definition: Panel, readonly result: unknown } {
  const { definition, options } = mustFindPanel(panel)
  return { definition, result: definition.of(comparisonOf(store, selection), options) }
}

/** @throws NOT_FOUND, INVALID with the option that is wrong */
function mustFindPanel({ panel, options }: PanelDocument): { readonly definition: Panel, readonly options: never } {
  if (!panels.ids.includes(panel))
    throw notFound(`panel "${panel}"; there is ${panels.ids.join(', ')}`)
  const definition = panels.get(panel)
  const checked = definition.options.safeParse(options)
  if (!checked.success)
    throw invalid(checked.error.issues.map(({ path, message }) => ({ path: ['panel', 'options', ...path] as (string | number)[], message })))
  return { definition, options: checked.data }
}

/** @throws INVALID where the filter is wrong */
function comparisonOf(store: Store, { filter, facets, pooled, ...selection }: Selection): Comparison {
  const pairs = keptPairs(store, selection)
  const found = filtered(pairs, filter, runFields(pairs))
  if (found.kind === 'wrong')
    throw invalid([{ path: ['filter'], message: found.message }])
  return { pairs: found.pairs, curves: curveReader(store), facets, pooled }
}

function countTaken(pairs: readonly ComparisonPair[]) {
  const runs = [...new Map(pairs.flatMap(({ dense, sparse }) => [dense, sparse]).map(run => [run.id, run])).values()]
  const states = Map.groupBy(runs, ({ state }) => state)
  return {
    pairs: pairs.length,
    complete: pairs.filter(({ dense, sparse }) => dense.state === 'done' && sparse.state === 'done').length,
    runs: stateCounts(Object.fromEntries([...states].map(([state, of]) => [state, of.length]))),
    collapsed: (states.get('done') ?? []).filter(run => run.isCollapsed()).length,
  }
}
