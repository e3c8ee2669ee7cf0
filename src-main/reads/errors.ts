import type { Problem } from '@shared/experiment/problems'
import type { Experiment } from '@shared/experiment/schema'
import { ORPCError } from '@orpc/server'
import { checkExperiment } from '@shared/experiment/file'

export function notFound(what: string): ORPCError<'NOT_FOUND', { what: string }> {
  return new ORPCError('NOT_FOUND', { defined: true, message: `There is no ${what}`, data: { what } })
}

export function invalid(problems: readonly Problem[]): ORPCError<'INVALID', { problems: Problem[] }> {
  return new ORPCError('INVALID', { defined: true, message: problems.map(({ message }) => message).join('\n'), data: { problems: [...problems] } })
}

export function conflict(reason: string): ORPCError<'CONFLICT', { reason: string }> {
  return new ORPCError('CONFLICT', { defined: true, message: reason, data: { reason } })
}

/** @throws INVALID with every problem and its path */
export function mustCheck(document: unknown): Experiment {
  const checked = checkExperiment(document)
  if (checked.kind === 'invalid')
    throw invalid(checked.problems)
  return checked.experiment
}
