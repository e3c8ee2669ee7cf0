import { z } from 'zod'

/** A problem of a document, with its path: what a form shows beside the field. */
const problem = z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() })

/** Every expected failure of a call; anything else is a defect, whose inside is not told. */
export const errors = {
  NOT_FOUND: { message: 'There is no such thing', data: z.object({ what: z.string() }) },
  INVALID: { message: 'This is not valid', data: z.object({ problems: z.array(problem) }) },
  /** It cannot be done as things are now: `reason` is a sentence. */
  CONFLICT: { message: 'This cannot be done now', data: z.object({ reason: z.string() }) },
} as const
