import { resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'

/** A folder, absolute. */
export function folder(path: string): string {
  if (path === '')
    throw new InvalidArgumentError('it must name a folder.')
  return resolve(path)
}

export function positive(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('it must be a whole number of at least 1.')
  return value
}

/** The values of an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}

export function port(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError('it must be a whole number of at most 65535.')
  return value
}
