/** A table as it is meant: every value in full, how people read it, and what it is. What writes it is in `formats`. */
export interface TableContent {
  /** The name of its file. */
  readonly id: string
  /** What it shows, over what, n, and how it was tested and corrected: sentences. */
  readonly caption: string
  readonly columns: readonly TableColumn[]
  readonly rows: readonly (readonly TableCell[])[]
  /** Rows with the same first cell belong together: people read it once. */
  readonly grouped?: boolean
}

export interface TableColumn {
  readonly name: string
  /** Of its values; empty for a plain number or text. */
  readonly unit: string
  /** Of what is read, where that is another: shares are read in %. */
  readonly shownUnit?: string
  readonly help: string
  readonly align: 'left' | 'right'
  /** Decimals of numbers that do not say how they are read; as many as they have if absent. */
  readonly digits?: number
  /** What its cells hold beside their value, e.g. "sd"; a column of its own in files that programs read. */
  readonly spread?: string
}

/** Null where there is nothing. */
export type TableCell = number | string | null | ShownCell

/** A value, and how people read it. */
export interface ShownCell {
  readonly value: number | string | null
  readonly spread?: number | null
  readonly text: string
}

/** How a cell is read, with ASCII's hyphen for a minus. */
export function textOf(cell: TableCell, { digits }: TableColumn): string {
  if (cell === null || (typeof cell === 'number' && !Number.isFinite(cell)))
    return '–'
  if (typeof cell === 'object')
    return cell.text
  return typeof cell === 'number' && digits !== undefined ? cell.toFixed(digits) : String(cell)
}

/** The unit in which a column is read. */
export function shownUnitOf({ unit, shownUnit }: TableColumn): string {
  return shownUnit ?? unit
}

export interface FlatColumn {
  readonly name: string
  readonly unit: string
  readonly help: string
}

/** A table as programs read it: a value a cell, spreads in columns of their own. */
export function flat({ columns, rows }: TableContent): { readonly columns: readonly FlatColumn[], readonly rows: readonly (readonly (number | string | null)[])[] } {
  return {
    columns: columns.flatMap(({ name, unit, help, spread }): FlatColumn[] => [
      { name, unit, help },
      ...spread === undefined ? [] : [{ name: `${name}, ${spread}`, unit, help: `${spread} of: ${help}` }],
    ]),
    rows: rows.map(row => columns.flatMap(({ spread }, i) => {
      const cell = row[i] ?? null
      const shown = typeof cell === 'object' && cell !== null ? cell : { value: cell }
      return spread === undefined ? [finite(shown.value)] : [finite(shown.value), finite('spread' in shown ? shown.spread ?? null : null)]
    })),
  }
}

function finite(value: number | string | null): number | string | null {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value
}

/** "accuracy (share)". */
export function headOf({ name, unit }: FlatColumn): string {
  return unit ? `${name} (${unit})` : name
}
