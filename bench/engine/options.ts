import type { Clock } from './time'
import type { Column } from './variants'
import { parseArgs } from 'node:util'
import { comparableOptimizers } from './problem'
import { Refusal } from './refusal'
import { columns } from './variants'

const parts = ['steps', 'twins', 'processes', 'epoch'] as const
export type BenchPart = typeof parts[number]

export interface Options {
  readonly parts: readonly BenchPart[]
  readonly networks: readonly string[]
  /** Percent. */
  readonly sparsity: readonly number[]
  readonly optimizers: readonly string[]
  readonly threads: readonly number[]
  /** Dense widths W. */
  readonly twins: readonly number[]
  readonly rivals: readonly Column[]
  readonly rounds: number
  readonly processes: number
  readonly store: boolean
  readonly estimate: boolean
  readonly ours: boolean
  readonly clock: Clock
  readonly instructionSet: string | undefined
  readonly sparseDensity: number | undefined
}

export const help = `npm run bench:engine -- [options]

A training step of the native engine and of its rivals, taking turns; prints a table and stores it in docs/benchmarks.
A row that is measured again replaces the one of before, with all its rivals; the others stay.

  --rows LIST          of ${parts.join(', ')}; all if not given
  --networks LIST      e.g. 784-256x4-10,784-3076-3076-10
  --sparsity LIST      percent, e.g. 0,90,99
  --optimizers LIST    e.g. momentum,adam
  --threads LIST       e.g. 1,2
  --twins LIST         dense widths W of pairs with N = 3076
  --rivals LIST        of ${columns.filter(({ id }) => id !== 'ours').map(({ id }) => id).join(', ')}; or none
  --rounds N           turns of each contestant
  --processes N        identical native processes whose spread is measured
  --headline           784-3076-3076-10 and the twins, momentum, one and two threads, the rivals that matter
  --no-store           print only
  --estimate           say how long it would take, and what it would measure
  --ours               a quick look at the native engine alone: GFLOP/s and their share of peak
    --clock wall|cpu   what to count there: wall time, or this thread's
    --instructionSet, --sparseDensity   the engine's settings there
  --help               this
`

/** Of a headline: what the comparison stands for, within minutes. */
const HEADLINE = { networks: '784-3076-3076-10', optimizers: 'momentum', rivals: 'masked,best,csr-by-hand', rows: 'steps,twins', rounds: '4' }

const everything = {
  rows: parts.join(),
  networks: '784-256x4-10,784-1024x4-10,784-3076-3076-10,3072-3076x4-100',
  sparsity: '0,50,70,90,95,99',
  optimizers: 'momentum,adam',
  threads: '1,2',
  twins: '308,923,1538,2153,2768',
  rivals: columns.filter(({ id }) => id !== 'ours').map(({ id }) => id).join(),
  rounds: '10',
}

/** Undefined where only help is asked for. */
export function readOptions(args: readonly string[]): Options | undefined {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const { values: given } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      'rows': text,
      'networks': text,
      'sparsity': text,
      'optimizers': text,
      'threads': text,
      'twins': text,
      'rivals': text,
      'rounds': text,
      'processes': text,
      'headline': flag,
      'store': flag,
      'no-store': flag,
      'estimate': flag,
      'ours': flag,
      'clock': text,
      'instructionSet': text,
      'sparseDensity': text,
      'help': flag,
    },
  })
  if (given.help)
    return undefined
  const values = { ...everything, ...given.headline && HEADLINE, ...given.ours && { threads: '1', rounds: '25' }, ...given }
  return {
    parts: oneOf(parts, 'rows', values.rows),
    networks: list(values.networks),
    sparsity: numbers('sparsity', values.sparsity, percent => percent >= 0 && percent < 100),
    optimizers: given.ours ? list(values.optimizers) : oneOf(comparableOptimizers, 'optimizers', values.optimizers),
    threads: numbers('threads', values.threads, isCount),
    twins: numbers('twins', values.twins, isCount),
    rivals: values.rivals === 'none' ? [] : oneOf(columns.map(({ id }) => id), 'rivals', values.rivals),
    rounds: numbers('rounds', values.rounds, isCount)[0]!,
    processes: numbers('processes', values.processes ?? '10', isCount)[0]!,
    store: values.store ?? true,
    estimate: values.estimate ?? false,
    ours: values.ours ?? false,
    clock: oneOf(['wall', 'cpu'], 'clock', values.clock ?? 'wall')[0]!,
    instructionSet: values.instructionSet,
    sparseDensity: values.sparseDensity === undefined ? undefined : Number(values.sparseDensity),
  }
}

function list(text: string): string[] {
  return text.split(',').map(part => part.trim()).filter(Boolean)
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value > 0
}

function numbers(name: string, text: string, isGood: (value: number) => boolean): number[] {
  return list(text).map((part) => {
    const value = Number(part)
    if (!isGood(value))
      throw new Refusal(`--${name}: '${part}' is not possible`)
    return value
  })
}

/** @throws Refusal */
function oneOf<T extends string>(all: readonly T[], name: string, text: string): T[] {
  return list(text).map((part) => {
    const found = all.find(one => one === part)
    if (!found)
      throw new Refusal(`--${name}: there is no '${part}'; there is ${all.join(', ')}`)
    return found
  })
}
