import type { BenchRecord, Environment, StoredEpoch, StoredSpread } from './record'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readRecords } from './record'
import { rowTables } from './report-rows'
import { facts, grouped, table } from './report-table'
import { medianOf } from './turns'
import { columns } from './variants'

const file = join(import.meta.dirname, '..', '..', 'docs', 'benchmarks.md')

/** Writes docs/benchmarks.md anew from everything that was ever measured. */
export function writeReport(): void {
  writeFileSync(file, reportOf(readRecords()))
}

export function reportOf(records: readonly BenchRecord[]): string {
  return `${[introduction(), ...records.map(section)].join('\n\n')}\n`
}

function introduction(): string {
  return `# Benchmarks

Written by \`npm run bench:engine\` from the JSON files in [benchmarks](benchmarks); change neither by hand. \`npm run bench:engine -- --help\` says how to measure parts again, \`--estimate\` how long it takes.

A row is one training step, batch 128: forward, softmax cross-entropy, backward, update, and the loss read back. All contestants train the same problem (weights, masks, examples), and their first five losses agree to 1e-4, else the row says so. Each is a process of its own, pinned by taskset to one core (two threads: two cores); they take turns in rounds, one at a time, the order rotating; the first step of each turn is not counted where steps are short. Denormals are flushed everywhere.

Times are milliseconds a step: the minimum over all rounds, for the native engine also the median. Beside a rival's minimum stand how many times as long as the native engine's it is: the ratio of minima / the median over rounds of the ratio of medians. CPUs of different classes, and measurements of different days or versions, are never in one table.

${columns.map(({ title, about }) => `- **${title}**: ${about}.`).join('\n')}`
}

function section({ cpu, rows, processes, epochs }: BenchRecord): string {
  return [
    `## ${cpu.title}`,
    `FMA peak measured: ${cpu.peak} GFLOP/s a thread.`,
    ...rowTables(Object.values(rows)),
    ...Object.keys(processes).length ? ['### Identical processes', 'The fastest step of each of several identical native processes that took turns.', ...spreadTables(processes)] : [],
    ...Object.keys(epochs).length ? ['### A whole epoch', 'An epoch of all of Fashion-MNIST (60,000 examples) as the product trains the first-look networks: data order, steps, evaluation, gradient flow at its default cadence and checkpoints, the mean over a training of ten epochs; beside it its steps alone. Reading the data comes once, before the first step. The fastest of five.', ...epochTables(epochs)] : [],
  ].join('\n\n')
}

function spreadTables(processes: Readonly<Record<string, StoredSpread>>): string[] {
  return tablesByEnvironment(processes, ['step', 'processes', 'fastest, ms', 'median', 'slowest', 'slowest / fastest'], (name, { minima }) => {
    const [fastest, slowest] = [Math.min(...minima), Math.max(...minima)]
    return [name, String(minima.length), fastest.toFixed(3), medianOf(minima).toFixed(3), slowest.toFixed(3), (slowest / fastest).toFixed(2)]
  })
}

function epochTables(epochs: Readonly<Record<string, StoredEpoch>>): string[] {
  return tablesByEnvironment(epochs, ['network', 'steps', 'steps alone, ms', 'epoch, ms', 'epoch / steps', 'before the first step, ms'], (name, { steps, stepsAlone, epoch, preparation }) =>
    [name, String(steps), (1000 * stepsAlone).toFixed(0), (1000 * epoch).toFixed(0), (epoch / stepsAlone).toFixed(2), (1000 * preparation).toFixed(0)])
}

function tablesByEnvironment<T extends { environment: Environment }>(measured: Readonly<Record<string, T>>, head: readonly string[], cells: (name: string, one: T) => string[]): string[] {
  return grouped(Object.entries(measured), ([, { environment }]) => environment).flatMap(([environment, entries]) => [
    facts(environment),
    table(head, entries.map(([name, one]) => cells(name, one))),
  ])
}
