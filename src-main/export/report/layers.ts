import type { Cell, Plan } from '@shared/plan/plan'
import type { TableContent } from '@shared/tables/content'
import { densityPercent } from '@shared/format'
import { integer } from '@shared/words'

/** Both sides of every layer; treatments whose layers are the same share rows. */
export function layersTable({ cells, treatments }: Plan): TableContent {
  const alike = [...Map.groupBy(cells, ({ capacity, layers }) => JSON.stringify([capacity, layers])).values()]
  const isOne = alike.every(group => group.length === treatments.length)
  const named = (group: readonly Cell[]): string => `W = ${group[0]!.capacity}${isOne ? '' : `, ${group.map(({ treatment }) => treatment).join(', ')}`}`
  return {
    id: 'layers',
    caption: `Layers of both sides, from input to output; shapes are outputs x inputs${isOne && treatments.length > 1 ? '; the same in every treatment' : ''}.`,
    columns: [
      { name: isOne ? 'capacity' : 'capacity, treatment', unit: '', help: 'Dense width', align: 'left' },
      { name: 'layer', unit: '', help: 'PyTorch\'s name of the module', align: 'left' },
      { name: 'dense shape', unit: '', help: 'Outputs x inputs', align: 'right' },
      { name: 'sparse shape', unit: '', help: 'Outputs x inputs', align: 'right' },
      { name: 'active weights', unit: '', help: 'On each side; where they differ dense | sparse', align: 'right' },
      { name: 'dense density', unit: '%', help: 'Active weights of all', align: 'right' },
      { name: 'sparse density', unit: '%', help: 'Active weights of all', align: 'right' },
      { name: 'unconnected', unit: 'units', help: 'Sparse units that a random mask is expected to leave without an active weight before or after them', align: 'right' },
    ],
    rows: alike.flatMap(group => group[0]!.layers.map(({ name, dense, sparse }) => [
      named(group),
      name,
      `${dense.outputs} x ${dense.inputs}`,
      `${sparse.outputs} x ${sparse.inputs}`,
      dense.activeWeights === sparse.activeWeights ? integer(dense.activeWeights) : `${integer(dense.activeWeights)} | ${integer(sparse.activeWeights)}`,
      densityPercent(dense.density),
      densityPercent(sparse.density),
      sparse.expectedUnconnectedUnits.toFixed(1),
    ])),
    grouped: true,
  }
}
