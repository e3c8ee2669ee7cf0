import type { Configuration } from '../experiment/parameters'
import type { Problem } from '../experiment/problems'
import type { Experiment, Factor, Level } from '../experiment/schema'
import type { Side } from '../random/stream'
import { configure, parameters } from '../experiment/parameters'

/** One combination of levels. */
export interface Treatment {
  /** The names of its levels, joined; "base" where nothing is varied. */
  readonly name: string
  /** Level by factor. */
  readonly levels: Readonly<Record<string, string>>
  readonly configuration: Readonly<Record<Side, Configuration>>
}

/** The product of all factors' levels less the exclusions, in the order in which they are written. */
export function treatmentsOf({ base, factors, exclude }: Experiment): Treatment[] {
  return product(factors)
    .filter(levels => !exclude.some(excluded => matches(levels, excluded)))
    .map((levels) => {
      const sets = [...levels.values()]
      return {
        name: sets.map(({ name }) => name).join(' · ') || 'base',
        levels: Object.fromEntries([...levels].map(([factor, { name }]) => [factor, name])),
        configuration: {
          dense: configure(base, ...sets.flatMap(({ set, setDense }) => [set, setDense])),
          sparse: configure(base, ...sets.flatMap(({ set, setSparse }) => [set, setSparse])),
        },
      }
    })
}

/** How many treatments are compared: levels of a tuned factor are one. */
export function comparedTreatments({ factors }: Experiment, treatments: readonly Pick<Treatment, 'levels'>[]): number {
  const varied = factors.filter(({ role }) => role === 'varied').map(({ name }) => name)
  return new Set(treatments.map(({ levels }) => JSON.stringify(varied.map(name => levels[name])))).size
}

function product(factors: readonly Factor[]): Map<string, Level>[] {
  return factors.reduce<Map<string, Level>[]>(
    (combinations, { name, levels }) => combinations.flatMap(combination => levels.map(level => new Map([
      ...combination,
      [name, level],
    ]))),
    [new Map()],
  )
}

function matches(levels: ReadonlyMap<string, Level>, excluded: Experiment['exclude'][number]): boolean {
  return Object.entries(excluded).every(([factor, names]) => [names].flat().includes(levels.get(factor)!.name))
}

/** What is wrong with the treatments of an experiment whose factors are sound. */
export function treatmentProblems(treatments: readonly Treatment[], { factors }: Experiment): Problem[] {
  const tuned = factors.findIndex(({ role }) => role === 'tuned')
  const unmeasured = treatments.find(({ configuration: { dense } }) => dense['data.validation'] === 0)
  return [
    ...repeated(treatments.map(({ name }) => name)).map(([name]) => ({ path: ['factors'], message: `two treatments are named "${name}": give their levels other names` })),
    // Chosen by validation accuracy, on each side from all its levels.
    ...tuned >= 0 && unmeasured
      ? [{ path: ['factors', tuned, 'role'], message: `factor "${factors[tuned]!.name}" is tuned by validation accuracy, and data.validation of ${unmeasured.name} is 0: hold some training examples out` }]
      : [],
  ]
}

/** What is wrong with the factors themselves, before any combination is made. */
export function factorProblems({ factors, exclude }: Experiment): Problem[] {
  return [
    ...repeated(factors.map(({ name }) => name)).map(([name, i]) => ({
      path: ['factors', i, 'name'],
      message: `there are two factors named "${name}"`,
    })),
    ...factors.flatMap(({ name, levels }, f) => [
      ...repeated(levels.map(level => level.name)).map(([level, l]) => ({
        path: ['factors', f, 'levels', l, 'name'],
        message: `factor "${name}" has two levels named "${level}"`,
      })),
      ...levels.flatMap((level, l) => levelProblems(level, ['factors', f, 'levels', l])),
    ]),
    ...sharedPaths(factors),
    ...exclude.flatMap((excluded, e) => Object.entries(excluded).flatMap(([name, levels]): Problem[] => {
      const factor = factors.find(factor => factor.name === name)
      const path = ['exclude', e, name]
      if (!factor) {
        return [
          { path, message: `exclude names the factor "${name}"; there is ${factors.map(({ name }) => `"${name}"`).join(', ') || 'none'}` },
        ]
      }
      return [levels].flat().filter(level => !factor.levels.some(({ name }) => name === level)).map(level => ({
        path,
        message: `exclude names the level "${level}" of factor "${name}", which has ${factor.levels.map(({ name }) => `"${name}"`).join(', ')}`,
      }))
    })),
  ]
}

function levelProblems({ set, setDense, setSparse }: Level, at: Problem['path']): Problem[] {
  const oneSided = (['setDense', 'setSparse'] as const).flatMap(side =>
    Object.keys(side === 'setDense' ? setDense : setSparse).flatMap((path): Problem[] => {
      const { sides } = parameters.get(path)!
      if (sides === 'same') {
        return [
          {
            path: [...at, side, path],
            message: `${path} must be the same on both sides of a pair: give it in "set", not in "${side}"`,
          },
        ]
      }
      if (sides === 'sparse' && side === 'setDense') {
        return [
          {
            path: [...at, side, path],
            message: `${path} concerns the sparse side only: give it in "set" or "setSparse"`,
          },
        ]
      }
      return []
    }))
  const twice = [...Object.keys(setDense), ...Object.keys(setSparse)].filter(path => path in set).map(path => ({
    path: [...at, 'set', path],
    message: `${path} is set for both sides and again for one of them; give it once a side`,
  }))
  return [...oneSided, ...twice]
}

/** Two factors that set one path: their combination would depend on their order. */
function sharedPaths(factors: readonly Factor[]): Problem[] {
  const setBy = factors.map(({ levels }) => new Set(levels.flatMap(({ set, setDense, setSparse }) => [
    ...Object.keys(set).flatMap(path => [`dense ${path}`, `sparse ${path}`]),
    ...Object.keys(setDense).map(path => `dense ${path}`),
    ...Object.keys(setSparse).map(path => `sparse ${path}`),
  ])))
  return factors.flatMap((factor, f) => factors.slice(0, f).flatMap((earlier, e) => {
    const shared = [...new Set([...setBy[f]!].filter(key => setBy[e]!.has(key)).map(key => key.split(' ')[1]!))]
    return shared.map(path => ({
      path: ['factors', f],
      message: `factors "${earlier.name}" and "${factor.name}" both set ${path}; only one factor may`,
    }))
  }))
}

/** [item, its index] of every item that stands earlier in the list too. */
export function repeated<T>(items: readonly T[]): [T, number][] {
  return items.map((item, i): [T, number] => [item, i]).filter(([item, i]) => items.indexOf(item) < i)
}
