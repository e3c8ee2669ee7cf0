import { cpus } from 'node:os'

/** The CPU's name, for people and to tell machines apart. */
export function cpuName(): string {
  return cpus()[0]?.model.trim() ?? 'unknown CPU'
}
