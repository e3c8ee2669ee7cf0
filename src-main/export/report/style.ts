import { themes } from '@shared/charts/parts/theme'

const { light: { text, muted, side } } = themes

/** The looks of a report: light on every screen and on paper, as its figures are. Lengths in px are those of a screen. */
export const style = `
:root { color-scheme: light; --text: ${text}; --muted: ${muted}; --line: #E4E4E7; --faint: #F4F4F5; --accent: #0F766E }
* { box-sizing: border-box }
html { background: #FFF; scroll-padding-top: 16px }
body { margin: 0 auto; padding: 40px 24px 80px; max-width: 1008px; background: #FFF; color: var(--text); font: 15px/1.55 Inter, system-ui, sans-serif; overflow-wrap: break-word }
h1, h2, h3 { font-weight: 600; line-height: 1.25; text-wrap: balance }
h1 { margin: 4px 0 6px; font-size: 28px; letter-spacing: -0.01em }
h2 { margin: 0 0 12px; font-size: 20px }
h3 { margin: 24px 0 8px; font-size: 15px }
p { margin: 0 0 10px; max-width: 72ch }
a { color: var(--accent) }
a:focus-visible, [tabindex]:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
.product, .name { color: var(--muted); margin: 0 }
.answer { margin: 20px 0 0; padding: 2px 0 2px 16px; border-left: 3px solid var(--accent); font-size: 17px }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 24px 0 0; padding: 0; list-style: none }
section { margin-top: 40px; padding-top: 24px; border-top: 1px solid var(--line) }
.table { margin: 16px 0 20px; overflow-x: auto }
table { border-collapse: collapse; min-width: 100%; font-size: 13px; line-height: 20px }
caption { position: sticky; left: 0; max-width: min(80ch, 100vw - 32px); padding: 0 0 8px; caption-side: top; color: var(--muted); text-align: left }
th, td { padding: 5px 10px; vertical-align: top }
th:first-child, td:first-child { padding-left: 0 }
th:last-child, td:last-child { padding-right: 0 }
thead th { border-bottom: 1px solid var(--text); color: var(--text); font-weight: 600; white-space: nowrap; vertical-align: bottom }
tbody th { font-weight: 400 }
tbody tr.first > * { border-top: 1px solid var(--line) }
tbody tr:last-child > * { border-bottom: 1px solid var(--line) }
.left { text-align: left }
.right { text-align: right; white-space: nowrap }
.unit { display: block; color: var(--muted); font-weight: 400 }
.again { visibility: hidden }
i.dense, i.sparse { display: inline-block; width: 9px; height: 9px; margin-right: 5px; print-color-adjust: exact; -webkit-print-color-adjust: exact }
i.dense { border-radius: 50%; background: ${side.dense} }
i.sparse { background: ${side.sparse}; clip-path: polygon(18% 0, 50% 32%, 82% 0, 100% 18%, 68% 50%, 100% 82%, 82% 100%, 50% 68%, 18% 100%, 0 82%, 32% 50%, 0 18%) }
figure { margin: 24px 0 32px; break-inside: avoid }
figure svg { display: block; max-width: 100%; height: auto }
figcaption { margin-top: 10px; max-width: 80ch; font-size: 13px; line-height: 20px }
.narrow { display: none }
dt { margin-top: 12px; font-weight: 600 }
dd { margin: 2px 0 0; max-width: 72ch }
summary { padding: 4px 0; cursor: pointer; color: var(--accent) }
pre { margin: 0 0 16px; padding: 12px 16px; overflow-x: auto; border-radius: 6px; background: var(--faint); font: 12.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; tab-size: 2 }
pre.command { white-space: pre-wrap }
@media (max-width: 719px) {
  body { padding: 24px 16px 48px; font-size: 14px }
  h1 { font-size: 23px }
  .wide { display: none }
  .narrow { display: block }
}
@page { margin: 18mm 20mm }
@media print {
  body { max-width: none; padding: 0; font-size: 9.5pt }
  nav { display: none }
  section { margin-top: 20pt; padding-top: 12pt }
  h2, h3, caption { break-after: avoid }
  tr { break-inside: avoid }
  caption { position: static; max-width: none }
  .table, pre { overflow: visible }
  table { font-size: 8pt; line-height: 11pt }
  th, td { padding: 2.5pt 5pt }
  pre { white-space: pre-wrap; font-size: 8pt }
  .wide { display: block }
  .narrow { display: none }
  a { color: inherit; text-decoration: none }
  details::details-content { content-visibility: visible; block-size: auto }
}
`
