import type { DatasetFacts } from '../datasets'
import type { Configuration } from '../experiment/parameters'
import type { Problem } from '../experiment/problems'
import type { Experiment } from '../experiment/schema'
import type { PairLayer, UnmaskedParameters } from './layers'
import type { RunSpecification } from './specification'
import type { Treatment } from './treatments'
import { architectures } from '../architectures'
import { datasets } from '../datasets'
import { conditionInWords } from '../experiment/parameter'
import { applies, parameters } from '../experiment/parameters'
import { identityOf } from '../identity/identity'
import { maskDistributions } from '../masks/distributions'
import { connectedEnds, coverSize } from '../masks/random'
import { atMost } from '../words'
import { pairLayers } from './layers'
import { nonsense } from './sense'
import { endsOf, specifyRun } from './specification'
import { factorProblems, repeated, treatmentProblems, treatmentsOf } from './treatments'

export interface PlannedRun {
  readonly identity: string
  readonly specification: RunSpecification
}

/** A dense and a sparse run that are compared. */
export interface Pair {
  readonly treatment: string
  readonly capacity: number
  readonly seed: number
  readonly dense: PlannedRun
  readonly sparse: PlannedRun
}

/** What all pairs of one treatment and capacity have in common. */
export interface Cell {
  readonly treatment: string
  readonly capacity: number
  readonly layers: readonly PairLayer[]
  readonly unmaskedParameters: UnmaskedParameters
}

export interface Plan {
  readonly treatments: readonly Treatment[]
  /** Combinations of a product that cannot be trained, and why. */
  readonly excluded: readonly { readonly treatment: string, readonly reason: string }[]
  /** Parameters that are set and have no meaning beside the others, and when they would have. */
  readonly withoutEffect: readonly { readonly path: string, readonly condition: string }[]
  readonly cells: readonly Cell[]
  readonly pairs: readonly Pair[]
  /** Each run once, though several pairs may share it; a run that another starts from comes first. */
  readonly runs: readonly PlannedRun[]
}

export type Planned
  = | { readonly kind: 'planned', readonly plan: Plan }
    | { readonly kind: 'refused', readonly problems: readonly Problem[] }

/** More would only ever be a mistake. */
export const MAXIMUM_RUNS = 100_000

/** The plan of an experiment: a pure function, so that what is previewed is what is executed (design §2). */
export function planExperiment(experiment: Experiment): Planned {
  const problems = [...factorProblems(experiment), ...listProblems(experiment)]
  if (problems.length)
    return { kind: 'refused', problems }

  const treatments = treatmentsOf(experiment)
  const named = treatmentProblems(treatments, experiment)
  if (named.length)
    return { kind: 'refused', problems: named }
  const judged = treatments.map(treatment => ({ treatment, reason: whyImpossible(treatment) }))
  const possible = judged.filter(({ reason }) => reason === undefined).map(({ treatment }) => treatment)
  const impossible = judged.flatMap(({ treatment, reason }) => reason === undefined ? [] : [{ treatment: treatment.name, reason }])
  if (possible.length === 0) {
    return {
      kind: 'refused',
      problems: impossible.length ? reasonsOnce(impossible, experiment) : [{ path: ['exclude'], message: 'every treatment is excluded; nothing is left to train' }],
    }
  }

  const outlined = possible.map(treatment => outlinesOf(treatment, experiment))
  const fitting = outlined.filter(({ outlines }) => outlines.length > 0)
  // At some capacities only, it would be compared at others than the rest is.
  const refused = capacityProblems(fitting.length ? fitting : outlined)
  if (refused.length)
    return { kind: 'refused', problems: refused }
  const { distinct, same } = distinctTreatments(fitting.flatMap(({ outlines }) => outlines), experiment)
  // Seeds outermost and treatments innermost, so that whole comparisons are complete early.
  const pairs = experiment.seeds.flatMap(seed => experiment.capacities.flatMap(capacity =>
    distinct.filter(one => one.capacity === capacity).map(one => pairOf(one, seed))))
  return {
    kind: 'planned',
    plan: {
      treatments: possible.filter(treatment => distinct.some(one => one.treatment === treatment)),
      excluded: [...impossible, ...outlined.filter(one => !fitting.includes(one)).map(nowherePossible), ...same],
      withoutEffect: withoutEffect(experiment, fitting.map(({ treatment }) => treatment)),
      cells: distinct.map(cellOf),
      pairs,
      runs: [...new Map(pairs.flatMap(({ dense, sparse }) => [dense, sparse]).map(run => [run.identity, run])).values()],
    },
  }
}

/** Where every treatment is impossible: each reason once, about the base if that is at fault for all. */
function reasonsOnce(impossible: readonly { treatment: string, reason: string }[], { factors }: Experiment): Problem[] {
  const reasons = [...Map.groupBy(impossible, ({ reason }) => reason)]
  if (reasons.length === 1 || factors.length === 0)
    return reasons.map(([message]) => ({ path: ['base'], message }))
  return reasons.map(([reason, of]) => ({ path: ['factors'], message: `${of.map(({ treatment }) => treatment).join(', ')}: ${reason}` }))
}

/** A treatment at each capacity: its outlines, or why it cannot have one. */
interface OutlinedTreatment {
  readonly treatment: Treatment
  readonly outlines: readonly Outline[]
  readonly problems: readonly Problem[]
}

function outlinesOf(treatment: Treatment, { capacities }: Experiment): OutlinedTreatment {
  const all = capacities.map((capacity, c) => outline(treatment, capacity, ['capacities', c]))
  return { treatment, outlines: all.flatMap(one => 'message' in one ? [] : [one]), problems: all.flatMap(one => 'message' in one ? [one] : []) }
}

/** Each problem once, with the treatments that it concerns unless all have it: then the capacity is at fault. */
function capacityProblems(outlined: readonly OutlinedTreatment[]): Problem[] {
  const met = outlined.flatMap(({ treatment: { name }, problems }) => problems.map(problem => ({ ...problem, name })))
  return [...Map.groupBy(met, ({ message }) => message)].map(([message, of]) => ({
    path: of[0]!.path,
    message: of.length === outlined.length ? message : `${atMost(3, of.map(({ name }) => name))}: ${message}`,
  }))
}

function nowherePossible({ treatment, problems: [first, ...others] }: OutlinedTreatment): Plan['excluded'][number] {
  return { treatment: treatment.name, reason: `${first!.message}${others.length ? '; it is impossible at the other capacities too' : ''}` }
}

/** Treatments that train the same networks would be the same pairs under two names: all but the first are left out. */
function distinctTreatments(outlines: readonly Outline[], { seeds }: Experiment): { distinct: Outline[], same: Plan['excluded'] } {
  const first = new Map<string, string>()
  const same: { treatment: string, reason: string }[] = []
  for (const [{ name }, ofTreatment] of Map.groupBy(outlines, ({ treatment }) => treatment)) {
    // At every capacity: treatments that differ at one of them are two.
    const networks = ofTreatment.map(one => pairOf(one, seeds[0]!)).map(({ dense, sparse }) => `${dense.identity} ${sparse.identity}`).join()
    const earlier = first.get(networks)
    if (earlier === undefined)
      first.set(networks, name)
    else
      same.push({ treatment: name, reason: `it trains the same networks as ${earlier}` })
  }
  return { distinct: outlines.filter(({ treatment }) => !same.some(one => one.treatment === treatment.name)), same }
}

/** Parameters that the experiment sets and that have a meaning in none of its treatments. */
function withoutEffect({ base, factors }: Experiment, treatments: readonly Treatment[]): Plan['withoutEffect'] {
  const set = new Set([...Object.keys(base), ...factors.flatMap(({ levels }) => levels.flatMap(level => [level.set, level.setDense, level.setSparse].flatMap(Object.keys)))])
  const configurations = treatments.flatMap(({ configuration: { dense, sparse } }) => [dense, sparse])
  return [...set].map(path => parameters.get(path)!)
    .filter(parameter => !configurations.some(configuration => applies(parameter, configuration)))
    .map(parameter => ({ path: parameter.path, condition: conditionInWords(parameter)! }))
}

function listProblems({ capacities, seeds, factors }: Experiment): Problem[] {
  const pairs = factors.reduce((count, { levels }) => count * levels.length, capacities.length * seeds.length)
  return [
    ...repeated(capacities).map(([capacity, i]) => ({
      path: ['capacities', i],
      message: `capacity ${capacity} is listed twice`,
    })),
    ...repeated(seeds).map(([seed, i]) => ({
      path: ['seeds', i],
      message: `seed ${seed} is listed twice: its pairs would be counted twice`,
    })),
    ...2 * pairs > MAXIMUM_RUNS
      ? [{ path: [], message: `this makes ${2 * pairs} runs; an experiment may have ${MAXIMUM_RUNS}` }]
      : [],
  ]
}

function factsOf(configuration: Configuration): DatasetFacts {
  return datasets.get(configuration['data.dataset']).facts(configuration)
}

function whyImpossible({ configuration: { dense, sparse } }: Treatment): string | undefined {
  return nonsense(dense, factsOf(dense)) ?? nonsense(sparse, factsOf(sparse))
}

/** Both sides of a treatment at one capacity: widths, layers and active weights. */
interface Outline {
  readonly treatment: Treatment
  readonly capacity: number
  readonly data: DatasetFacts
  readonly widths: { readonly dense: readonly number[], readonly sparse: readonly number[] }
  readonly layers: readonly PairLayer[]
}

/** A problem where this treatment cannot have this capacity. */
function outline(treatment: Treatment, capacity: number, path: Problem['path']): Outline | Problem {
  const { dense, sparse } = treatment.configuration
  const data = factsOf(dense)
  const ends = endsOf(data)
  const architecture = architectures.get(dense['network.architecture'])
  const distribution = maskDistributions.get(sparse['masks.distribution'])
  const widest = sparse['network.maximumWidth'] === 'auto' ? ends.inputs + 4 : sparse['network.maximumWidth']
  const sameCapacity = distribution.comparison === 'same capacity'
  if (sameCapacity && capacity >= widest)
    return { path, message: `the dense width W = ${capacity} must be smaller than the maximum width N = ${widest} (network.maximumWidth)` }
  const widths = {
    dense: architecture.widths(capacity, dense),
    sparse: architecture.widths(sameCapacity ? widest : capacity, sparse),
  }
  if (typeof widths.dense === 'string' || typeof widths.sparse === 'string') {
    return { path, message: [widths.dense, widths.sparse].find(sentence => typeof sentence === 'string')! }
  }
  const shapes = { dense: architecture.layers(ends, widths.dense), sparse: architecture.layers(ends, widths.sparse) }
  const activeWeights = distribution.activeWeights(shapes.sparse, shapes.dense, sparse)
  const connected = sparse['masks.connected']
  const layers = pairLayers(shapes, activeWeights, connected)
  if (sameCapacity)
    assertEqualCapacity(layers)
  if (connected) {
    for (const [l, shape] of shapes.sparse.entries()) {
      const cover = coverSize(shape, connectedEnds(l))
      if (cover > activeWeights[l]!)
        return { path, message: `at W = ${capacity} the ${activeWeights[l]} active weights of ${shape.name} cannot connect its ${cover} units (masks.connected)` }
    }
  }
  return {
    treatment,
    capacity,
    data,
    widths: { dense: widths.dense, sparse: widths.sparse },
    layers,
  }
}

/** SC-SDC's invariant; a failure is a defect of a mask distribution, never of an experiment. */
function assertEqualCapacity(layers: readonly PairLayer[]): void {
  for (const { name, dense, sparse } of layers) {
    if (dense.activeWeights !== sparse.activeWeights)
      throw new Error(`${name}: the dense side has ${dense.activeWeights} active weights and the sparse side ${sparse.activeWeights}`)
  }
}

function cellOf({ treatment, capacity, layers }: Outline): Cell {
  const unmasked = (side: 'dense' | 'sparse'): number => {
    const configuration = treatment.configuration[side]
    return architectures.get(configuration['network.architecture'])
      .tensors(layers.map(layer => ({ name: layer.name, ...layer[side] })), configuration)
      .reduce((sum, { role, shape }) => sum + (role === 'unmasked' ? shape[0] : 0), 0)
  }
  return {
    treatment: treatment.name,
    capacity,
    layers,
    unmaskedParameters: { dense: unmasked('dense'), sparse: unmasked('sparse') },
  }
}

function pairOf({ treatment, capacity, data, widths, layers }: Outline, seed: number): Pair {
  const run = (side: 'dense' | 'sparse'): PlannedRun => {
    const specification = specifyRun({
      configuration: treatment.configuration[side],
      data,
      widths: widths[side],
      activeWeights: layers.map(layer => layer[side].activeWeights),
      denseLayers: layers.map(layer => ({ name: layer.name, ...layer.dense })),
      // Canonical text of the dense network, so that equal networks share their streams in every experiment.
      streams: { seed, capacity: JSON.stringify(widths.dense), side },
    })
    return { identity: identityOf(specification), specification }
  }
  return {
    treatment: treatment.name,
    capacity,
    seed,
    dense: run('dense'),
    sparse: run('sparse'),
  }
}
