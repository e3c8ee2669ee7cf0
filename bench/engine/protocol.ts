import { z } from 'zod'

/** What a contestant's process is asked, a line of JSON each. */
export const request = z.union([
  z.object({ load: z.string() }),
  z.object({ steps: z.int().min(1) }),
])
export type Request = z.infer<typeof request>

/** What it answers. The first answer, with its versions, comes unasked. */
export const reply = z.union([
  z.object({ versions: z.record(z.string(), z.string()) }),
  z.object({ loaded: z.literal(true) }),
  /** Losses are those before each step. */
  z.object({ milliseconds: z.array(z.number()), losses: z.array(z.number()) }),
  z.object({ error: z.string() }),
])
export type Reply = z.infer<typeof reply>
