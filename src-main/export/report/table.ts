import type { TableColumn, TableContent } from '@shared/tables/content'
import { typeset } from '@shared/format'
import { shownUnitOf, textOf } from '@shared/tables/content'
import { html } from './html'

/** A table for people: its caption is its name to those who hear it, and it scrolls where a window is narrow. */
export function tableHtml({ caption, columns, rows, grouped = false }: TableContent) {
  const cells = rows.map(row => columns.map((column, i) => typeset(textOf(row[i] ?? null, column))))
  const lines = cells.map((row, r) => {
    const repeats = grouped && r > 0 && cells[r - 1]![0] === row[0]
    return html`<tr${r > 0 && grouped && !repeats ? html` class="first"` : undefined}>${row.map((text, i) => i === 0
      ? html`<th scope="row" class="${columns[i]!.align}">${repeats ? html`<span class="again">${text}</span>` : text}</th>`
      : html`<td class="${columns[i]!.align}">${text}</td>`)}</tr>`
  })
  return html`<div class="table" role="region" tabindex="0" aria-label="${firstSentence(caption)}"><table>
<caption>${typeset(caption)}</caption>
<thead><tr>${columns.map(headHtml)}</tr></thead>
<tbody>
${lines.map(line => html`${line}
`)}</tbody></table></div>`
}

function headHtml(column: TableColumn) {
  const unit = shownUnitOf(column)
  const side = /^(dense|sparse)(?= (?!-))/i.exec(column.name)?.[1]!.toLowerCase()
  return html`<th scope="col" class="${column.align}" title="${column.help}">${side ? html`<i class="${side}"></i>` : undefined}${typeset(column.name)}${unit ? html`<span class="unit">${unit}</span>` : undefined}</th>`
}

function firstSentence(text: string): string {
  return /^.*?[.:;](?= |$)/.exec(text)?.[0].slice(0, -1) ?? text
}
