import { z } from 'zod'
import { calibration } from '../calibration/calibration'
import { setting } from './rows'

const settings = z.record(z.string(), setting)

/** What was measured of an engine on this machine or another, and whether new runs here follow it. */
const calibrated = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('never') }),
  z.object({ kind: z.literal('used'), calibration }),
  /** `reason` ends the sentence "it was measured ...". */
  z.object({ kind: z.literal('unused'), calibration, reason: z.string() }),
])

const described = { id: z.string(), title: z.string(), numerics: z.int(), canCalibrate: z.boolean(), calibrated }

/** An engine, and with what it would train a new run. */
export const engineRow = z.discriminatedUnion('kind', [
  z.object({
    ...described,
    kind: z.literal('available'),
    device: z.string(),
    versions: z.record(z.string(), z.string()),
    /** Its own. */
    settings,
    /** Of new runs: its own, or as calibrated. */
    newRuns: settings,
  }),
  z.object({ ...described, kind: z.literal('unavailable'), reason: z.string() }),
])
export type EngineRow = z.infer<typeof engineRow>

export const systemInfo = z.object({
  versions: z.object({ app: z.string(), node: z.string(), sqlite: z.string(), electron: z.string().exactOptional() }),
  machine: z.object({
    system: z.string(),
    cpu: z.string(),
    cores: z.int(),
    /** In bytes. */
    memory: z.number(),
    freeMemory: z.number(),
  }),
  data: z.object({
    directory: z.string(),
    /** Bytes of the database with its log, and what its disk still takes; null where the system does not say. */
    database: z.number(),
    free: z.number().nullable(),
  }),
  /** The user's folder, which has their name. */
  home: z.string(),
  /** The best first. */
  engines: z.array(engineRow),
  /** The one that is measured now, and how much of it is done, 0 .. 1. */
  calibrating: z.object({ engine: z.string(), share: z.number() }).nullable(),
})
export type SystemInfo = z.infer<typeof systemInfo>
