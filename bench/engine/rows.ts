import type { LayerSpecification } from '@shared/plan/specification'
import type { Options } from './options'
import { experimentSchema } from '@shared/experiment/schema'
import { planExperiment } from '@shared/plan/plan'
import { layersOf } from './networks'
import { Refusal } from './refusal'

/** A row of the comparison: one training step that all contestants take. */
export interface Row {
  /** Where its results are stored: measured again, they replace those before. */
  readonly key: string
  readonly subject: Subject
  readonly optimizer: string
  readonly threads: number
  readonly layers: readonly LayerSpecification[]
}

export type Subject
  = | { readonly kind: 'network', readonly network: string, readonly sparsity: number }
    /** A side of a pair of equal capacity: W wide and dense, or N wide and sparse. */
    | { readonly kind: 'twin', readonly network: string, readonly width: number, readonly side: 'dense' | 'sparse' }

/** N of the twins: inputs 784, ten classes. */
const MAXIMUM_WIDTH = 3076

/** The rows that are asked for, those of one number of threads together. */
export function rowsOf({ parts, networks, sparsity, optimizers, threads, twins }: Options): Row[] {
  return threads.flatMap(count => optimizers.flatMap(optimizer => [
    ...parts.includes('steps') ? networks.flatMap(network => sparsity.map(percent => step(network, percent))) : [],
    ...parts.includes('twins') ? twins.flatMap(width => (['dense', 'sparse'] as const).map(side => twin(width, side))) : [],
  ].map((row): Row => ({ ...row, optimizer, threads: count, key: `${row.name}, ${optimizer}, ${count === 1 ? '1 thread' : `${count} threads`}` }))))
}

type Part = Pick<Row, 'subject' | 'layers'> & { readonly name: string }

function step(network: string, percent: number): Part {
  return { name: `${network} ${percent} % sparse`, subject: { kind: 'network', network, sparsity: percent }, layers: layersOf(sizesOf(network), 1 - percent / 100) }
}

/** A side of the product's own plan. */
function twin(width: number, side: 'dense' | 'sparse'): Part {
  const network = `784-${MAXIMUM_WIDTH}-${MAXIMUM_WIDTH}-10`
  const planned = planExperiment(experimentSchema.parse({
    name: 'twins',
    base: { data: { dataset: 'fashion-mnist' }, network: { maximumWidth: MAXIMUM_WIDTH } },
    capacities: [width],
    seeds: [1],
  }))
  if (planned.kind === 'refused')
    throw new Refusal(planned.problems.map(({ message }) => message).join('; '))
  return { name: `twin W = ${width} of N = ${MAXIMUM_WIDTH}, ${side}`, subject: { kind: 'twin', network, width, side }, layers: planned.plan.pairs[0]![side].specification.layers }
}

/**
 * 784-256x4-10 is 784-256-256-256-256-10.
 * @throws Refusal
 */
export function sizesOf(network: string): number[] {
  const sizes = network.split('-').flatMap((part) => {
    const [width, times = 1] = part.split('x').map(Number)
    return Array.from<number>({ length: times }).fill(width!)
  })
  if (sizes.length < 2 || !sizes.every(size => Number.isInteger(size) && size > 0))
    throw new Refusal(`'${network}' is no network; one is written like 784-256x4-10`)
  return sizes
}
