import type { Experiment } from './schema'

/** What two experiments differ in: paths of the base configuration and of the recording, else parts of the document. */
export function differences(a: Experiment, b: Experiment): string[] {
  const [partsA, partsB] = [partsOf(a), partsOf(b)]
  return [...new Set([...Object.keys(partsA), ...Object.keys(partsB)])]
    .filter(part => JSON.stringify(partsA[part]) !== JSON.stringify(partsB[part]))
}

function partsOf({ base, recording, ...rest }: Experiment): Readonly<Record<string, unknown>> {
  return { ...rest, ...base, ...recording }
}
