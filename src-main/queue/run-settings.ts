import type { Settings } from '@shared/experiment/parameter'
import type { Store } from '../store/open'
import type { RunEnvironment } from '../store/schema'
import type { TrainingEngine } from './obstacle'
import { and, desc, eq, isNotNull, max } from 'drizzle-orm'
import { settingsOfNewRuns } from '../store/calibrations'
import { runs } from '../store/schema'
import { otherwiseThan } from './obstacle'

interface Begun {
  readonly engine: string
  readonly numerics: number
  readonly experiment: number | null
  readonly environment: RunEnvironment | null
}

/**
 * The settings that a run's engine is opened with. A run goes on with those with which it began. The runs of an
 * experiment all begin with those of the first of them: a calibration in its midst never lets the two sides of a pair,
 * or two treatments, compute otherwise. Only where this machine cannot, a run that has not begun takes what is here, and
 * all that begin after it do as well.
 */
export class RunSettings {
  /** What this process let the first runs of experiments begin with, before any worker has said so. */
  readonly #given = new Map<string, Settings>()

  constructor(private readonly store: Store, private readonly engines: readonly TrainingEngine[]) {}

  of({ engine: id, numerics, experiment, environment }: Begun): Settings {
    if (environment)
      return environment.settings
    const engine = this.engines.find(engine => engine.id === id)!
    const key = JSON.stringify([experiment, id, numerics])
    const begun = experiment === null ? undefined : this.#given.get(key) ?? this.#begun(experiment, engine, numerics)
    const settings = begun ?? settingsOfNewRuns(this.store, engine)
    this.#given.set(key, settings)
    return settings
  }

  /** Of the newest that began with what this machine can train with: earlier ones may have begun on another. */
  #begun(experiment: number, engine: TrainingEngine, numerics: number): Settings | undefined {
    return this.store.db.select({ environment: runs.environment })
      .from(runs)
      .where(and(eq(runs.experiment, experiment), eq(runs.engine, engine.id), eq(runs.numerics, numerics), isNotNull(runs.environment)))
      .groupBy(runs.environment)
      .orderBy(desc(max(runs.startedAt)))
      .all()
      .find(({ environment }) => !otherwiseThan(environment!.settings, engine))
      ?.environment
      ?.settings
  }
}
