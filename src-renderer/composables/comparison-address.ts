import type { ComparisonDocument, PanelDocument } from '@shared/comparison/document'
import type { ComputedRef } from 'vue'
import { comparisonDocument } from '@shared/comparison/document'
import { panels } from '@shared/comparison/panels'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** What a comparison shows until something else is chosen. */
const USUAL: readonly PanelDocument[] = ['p-values', 'width', 'correlations'].filter(id => panels.ids.includes(id)).map(panel => ({ panel, options: {} }))

/** The comparison that the address holds, so that it can be sent to somebody, gone back to, and kept. */
export function useComparisonAddress(): {
  readonly document: ComputedRef<ComparisonDocument>
  readonly change: (part: Partial<ComparisonDocument>) => void
} {
  const route = useRoute()
  const router = useRouter()
  // While its screen gives way to another one, the address is already that one's.
  const document = computed<ComparisonDocument>(before => route.name === 'compare' || !before ? read(route.query.of) : before)
  return {
    document,
    change: part => void router.replace({ query: { ...route.query, of: written({ ...document.value, ...part }) } }),
  }
}

/** A document for an address: what is as usual is left out. */
export function written(document: ComparisonDocument): string {
  const usual = comparisonDocument.parse({ panels: USUAL })
  const said = Object.entries(document).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(usual[name as keyof ComparisonDocument]))
  return said.length ? JSON.stringify(Object.fromEntries(said)) : ''
}

/** An address that somebody mistyped is that of the usual comparison. */
function read(text: unknown): ComparisonDocument {
  const given = comparisonDocument.safeParse({ panels: USUAL, ...parsed(text) })
  return given.success ? given.data : comparisonDocument.parse({ panels: USUAL })
}

function parsed(text: unknown): object {
  try {
    const value: unknown = typeof text === 'string' && text ? JSON.parse(text) : {}
    return typeof value === 'object' && value !== null ? value : {}
  }
  catch {
    return {}
  }
}
