import type { TableColumn } from '@nuxt/ui'
import type { Side } from '@shared/random/stream'
import { h } from 'vue'
import SortHeader from '../components/SortHeader.vue'

/** A column that its head sorts; rows without a value stand last. */
export function sortable<Row>(id: string, title: string, value: (row: Row) => string | number | null, { side, ...more }: Partial<TableColumn<Row>> & { side?: Side } = {}): TableColumn<Row> {
  return {
    ...more as object,
    id,
    accessorFn: row => value(row) ?? undefined,
    header: ({ column }) => h(SortHeader, { column, title, ...side && { side } }),
    enableSorting: true,
    sortUndefined: 'last',
  }
}
