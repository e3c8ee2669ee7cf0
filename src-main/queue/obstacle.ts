import type { Settings } from '@shared/experiment/parameter'
import type { RunSpecification } from '@shared/plan/specification'
import type { RunEnvironment } from '../store/schema'
import { identityOf } from '@shared/identity/identity'

/** What can train here now: a run goes on only where everything is as it began. */
export interface TrainingEngine {
  readonly id: string
  readonly numerics: number
  /** Absent where nothing is measured of it. */
  readonly device?: string
  /** Its own, which a calibration may change for new runs. */
  readonly settings: Settings
  /** Why a run that began with other settings cannot go on; absent where it never can. */
  readonly obstacle?: (settings: Settings) => string | undefined
}

/** A run as it was planned, and began if it did. */
interface Planned {
  readonly engine: string
  readonly numerics: number
  readonly identity: string
  readonly environment: RunEnvironment | null
}

/** Why a run cannot go on here and now as it began or was planned; then it waits (design §2). */
export function obstacleTo({ engine: id, numerics, identity, environment }: Planned, specification: () => RunSpecification, engines: readonly TrainingEngine[]): string | undefined {
  const engine = engines.find(engine => engine.id === id)
  if (!engine)
    return `the engine '${id}' is not available here`
  if (engine.numerics !== numerics)
    return `it was planned for version ${numerics} of the engine '${id}', and this is version ${engine.numerics}`
  const otherwise = environment ? otherwiseThan(environment.settings, engine) : undefined
  if (otherwise)
    return otherwise
  try {
    return identityOf(specification()) === identity
      ? undefined
      : 'what it computes was defined otherwise when it was planned'
  }
  catch (error) {
    return `it was planned for what this program does not have: ${(error as Error).message}`
  }
}

/** Why an engine cannot train here with these settings, with which a run began. */
export function otherwiseThan(began: Settings, { id, settings, obstacle }: TrainingEngine): string | undefined {
  if (obstacle)
    return obstacle(began)
  const differing = Object.keys(began).find(name => began[name] !== settings[name])
  return differing && `it began on '${id}' with ${differing} ${String(began[differing])}, and here it is ${String(settings[differing])}`
}
