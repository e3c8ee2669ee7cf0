import { z } from 'zod'

/** A panel of a comparison: which one, and its options, checked by the panel's own schema. */
export const panelDocument = z.object({ panel: z.string().max(40), options: z.record(z.string(), z.json()) })
export type PanelDocument = z.infer<typeof panelDocument>

/** What is compared, and how it is looked at: kept under a name, and in the address of its screen. */
export const comparisonDocument = z.object({
  /** Slugs of experiments and imports; all of them where none is named. */
  experiments: z.array(z.string().max(200)).max(1000).default([]),
  /** Takes runs (docs/filters.md); a pair needs both its sides. */
  filter: z.string().max(2000).default(''),
  /** Fields by which every panel is set apart. */
  facets: z.array(z.string().max(200)).max(5).default([]),
  /** Fields over which pairs are pooled although the sign of a comparison may turn with them. */
  pooled: z.array(z.string().max(200)).max(10).default([]),
  panels: z.array(panelDocument).max(30).default([]),
})
export type ComparisonDocument = z.infer<typeof comparisonDocument>

/** What is compared, without how it is looked at. */
export const selection = comparisonDocument.omit({ panels: true })
export type Selection = z.infer<typeof selection>
