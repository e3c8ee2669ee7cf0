import type { Factor } from '@shared/experiment/schema'
import type { TableContent } from '@shared/tables/content'
import type { Section } from '../section'
import { parameters } from '@shared/experiment/parameters'
import { integer, plural } from '@shared/words'
import { html } from '../html'
import { layersTable } from '../layers'
import { tableHtml } from '../table'

export default {
  id: 'design',
  title: 'Design',
  body({ stored: { experiment }, plan, pairs, runs }) {
    const { factors, base, capacities, seeds } = experiment
    return html`
<p>Each pair is a dense network of width W and a sparse one that is wider: the same depth, in every layer the same number of active weights, drawn from the same distribution, the same order of the data. What differs is only how these weights are spread.</p>
<p>${plural(capacities.length, 'capacity', 'capacities')} (W = ${capacities.join(', ')}), ${plural(seeds.length, 'seed')}: ${plural(pairs.length, 'pair')}, ${plural(runs.length, 'run')}.</p>
${factors.length ? tableHtml(factorsTable(factors)) : html`<p>Nothing is varied but capacity and seed.</p>`}
${plan?.excluded.map(({ treatment, reason }) => html`<p>Excluded: ${treatment}: ${reason}.</p>`)}
${plan?.withoutEffect.map(({ path, condition }) => html`<p>Without effect: ${path} (${condition}).</p>`)}
${tableHtml(settingsTable(base))}
${plan ? tableHtml(layersTable(plan)) : html`<p>This version of the product would plan the experiment otherwise: its layers are in layers.csv.</p>`}
${plan ? html`<p>Outside every mask, biases and normalisation: ${unmasked(plan.cells.map(({ unmaskedParameters }) => unmaskedParameters))} parameters.</p>` : undefined}`
  },
} satisfies Section

function factorsTable(factors: readonly Factor[]): TableContent {
  return {
    id: 'factors',
    caption: 'What is varied: every combination of levels is a treatment.',
    columns: [
      { name: 'factor', unit: '', help: 'An axis that is varied', align: 'left' },
      { name: 'level', unit: '', help: 'One level of it', align: 'left' },
      { name: 'sets', unit: '', help: 'The parameters that it sets', align: 'left' },
    ],
    rows: factors.flatMap(({ name, role, levels }) => levels.map(({ name: level, set, setDense, setSparse }) => [
      role === 'tuned' ? `${name} (tuned)` : name,
      level,
      [...written(set), ...written(setDense).map(one => `${one} (dense)`), ...written(setSparse).map(one => `${one} (sparse)`)].join(', ') || 'nothing: the base',
    ])),
    grouped: true,
  }
}

function written(set: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(set).map(([path, value]) => `${path} = ${String(value)}`)
}

function settingsTable(base: Readonly<Record<string, string | number | boolean>>): TableContent {
  const differing = Object.entries(base).flatMap(([path, value]) => {
    const parameter = parameters.get(path)
    return parameter && parameter.default !== value ? [{ ...parameter, value }] : []
  })
  return {
    id: 'settings',
    caption: differing.length ? 'Settings of all runs that are not the defaults; all others are.' : 'All settings are the defaults.',
    columns: [
      { name: 'setting', unit: '', help: 'What is set', align: 'left' },
      { name: 'value', unit: '', help: 'Here', align: 'right' },
      { name: 'default', unit: '', help: 'What an omitted value means', align: 'right' },
      { name: 'unit', unit: '', help: 'Of both', align: 'left' },
      { name: 'parameter', unit: '', help: 'Its name in the experiment\'s document', align: 'left' },
    ],
    rows: differing.map(({ path, title, value, default: usual, unit = '' }) => [title, shown(value), shown(usual), unit, path]),
  }
}

function shown(value: string | number | boolean): string {
  return typeof value === 'number' && Number.isInteger(value) ? integer(value) : String(value)
}

/** "246 dense and 586 sparse", or a range of each. */
function unmasked(counts: readonly { readonly dense: number, readonly sparse: number }[]): string {
  const range = (values: readonly number[]): string => [...new Set([Math.min(...values), Math.max(...values)])].map(integer).join(' to ')
  return `${range(counts.map(({ dense }) => dense))} dense and ${range(counts.map(({ sparse }) => sparse))} sparse`
}
