import type { CpuClass } from './machine'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const folder = join(import.meta.dirname, '..', '..', 'docs', 'benchmarks')

/** What may differ between measurements on CPUs of one class; those in one table share it. */
const environment = z.object({
  date: z.iso.date(),
  /** Of the product, its native engine's settings, Node, and the rivals. */
  versions: z.record(z.string(), z.string()),
  rounds: z.int(),
})
export type Environment = z.infer<typeof environment>

const result = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('measured'),
    /** Milliseconds a step. */
    minimum: z.number(),
    median: z.number(),
    steps: z.int(),
    /** Of its minimum and ours; the median over rounds of its median and ours. */
    ratio: z.object({ minima: z.number(), paired: z.number() }),
  }),
  z.object({ kind: z.literal('none'), reason: z.string() }),
  /** It was faster or slower at something else: no measurement. */
  z.object({ kind: z.literal('disagrees'), reason: z.string() }),
])
export type Result = z.infer<typeof result>

const storedRow = z.object({
  subject: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('network'), network: z.string(), sparsity: z.number() }),
    z.object({ kind: z.literal('twin'), network: z.string(), width: z.int(), side: z.enum(['dense', 'sparse']) }),
  ]),
  optimizer: z.string(),
  threads: z.int(),
  /** Floating-point operations of a step on active weights. */
  operations: z.number(),
  environment,
  /** By variant. */
  results: z.record(z.string(), result),
})
export type StoredRow = z.infer<typeof storedRow>

const storedSpread = z.object({
  environment,
  /** Each process's fastest step, in milliseconds. */
  minima: z.array(z.number()),
})
export type StoredSpread = z.infer<typeof storedSpread>

const storedEpoch = z.object({
  environment,
  steps: z.int(),
  /** Seconds: the epoch's steps alone, an epoch as the product trains and measures it, and what comes before the first. */
  stepsAlone: z.number(),
  epoch: z.number(),
  preparation: z.number(),
})
export type StoredEpoch = z.infer<typeof storedEpoch>

const recordSchema = z.object({
  cpu: z.object({
    id: z.string(),
    title: z.string(),
    /** GFLOP/s of fused multiply-adds on one thread, the highest ever seen. */
    peak: z.number(),
  }),
  rows: z.record(z.string(), storedRow),
  processes: z.record(z.string(), storedSpread),
  epochs: z.record(z.string(), storedEpoch),
})
/** Everything measured on CPUs of one class. */
export type BenchRecord = z.infer<typeof recordSchema>

/** Of every CPU class, by its title. */
export function readRecords(): BenchRecord[] {
  if (!existsSync(folder))
    return []
  return readdirSync(folder).filter(file => file.endsWith('.json')).map(file => read(join(folder, file))).sort((a, b) => a.cpu.title < b.cpu.title ? -1 : 1)
}

export function readRecord(cpu: CpuClass): BenchRecord {
  const file = fileOf(cpu)
  return existsSync(file) ? read(file) : { cpu: { ...cpu, peak: 0 }, rows: {}, processes: {}, epochs: {} }
}

export function writeRecord(record: BenchRecord): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(fileOf(record.cpu), `${JSON.stringify(record, undefined, 1)}\n`)
}

function fileOf({ id }: CpuClass): string {
  return join(folder, `${id}.json`)
}

function read(file: string): BenchRecord {
  return recordSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
}
