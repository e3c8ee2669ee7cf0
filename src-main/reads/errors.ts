import type { Path, Problem } from '@shared/experiment/problems'
import type { Experiment } from '@shared/experiment/schema'
import { ORPCError, ValidationError } from '@orpc/server'
import { checkExperiment } from '@shared/experiment/file'
import { pathText } from '@shared/experiment/problems'
import { explain, StoreProblem } from '../store/open'

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

/**
 * Around every call, its checks too: an input that its schema refuses, and a data directory that cannot be used, become
 * the contract's errors. Anything else is a defect and stays one.
 */
export async function withTypedErrors<Answer>(dataDirectory: string, call: () => Answer): Promise<Awaited<Answer>> {
  try {
    return await call()
  }
  catch (error) {
    throw typed(error as Error, dataDirectory)
  }
}

function typed(error: Error, dataDirectory: string): Error {
  if (error instanceof ORPCError)
    return error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError ? invalid(problemsOf(error.cause)) : error
  const explained = explain(dataDirectory, error)
  return explained instanceof StoreProblem ? conflict(explained.message) : explained
}

function problemsOf({ issues }: ValidationError): Problem[] {
  return issues.map(({ path = [], message }) => {
    const place = path.map(part => typeof part === 'object' ? part.key : part) as Path
    return { path: place, message: place.length ? `${pathText(place)}: ${message}` : message }
  })
}
