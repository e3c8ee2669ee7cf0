import type { Store } from './open'
import { WORK_VERSION, workOf } from '@shared/plan/work'
import { and, desc, eq, inArray, ne, or, sql } from 'drizzle-orm'
import { engines } from '../engines'
import { runs, specifications } from './schema'

/** Of finished runs, only the newest tell how fast an engine is. */
const NEWEST = 1000

/**
 * Counts anew what runs cost that an earlier version of the program counted otherwise: those that may still be trained,
 * and the newest that tell how fast. One of which this program does not know all cannot be trained by it either; it
 * keeps its version and is left out of estimates.
 */
export function recountWork({ db }: Store): void {
  const newest = db.select({ id: runs.id }).from(runs).where(eq(runs.state, 'done')).orderBy(desc(runs.finishedAt)).limit(NEWEST)
  const outdated = db.select({ id: runs.id, engine: runs.engine, recording: runs.recording, specification: specifications.document })
    .from(runs)
    .innerJoin(specifications, eq(specifications.identity, runs.identity))
    .where(and(ne(runs.workVersion, WORK_VERSION), or(inArray(runs.state, ['waiting', 'running', 'failed', 'cancelled']), inArray(runs.id, newest))))
    .all()
  const set = db.update(runs).set({ work: sql`${sql.placeholder('work')}`, workVersion: WORK_VERSION }).where(eq(runs.id, sql.placeholder('id'))).prepare()
  db.transaction(() => {
    for (const { id, engine, recording, specification } of outdated) {
      const work = ifKnown(() => workOf(specification, recording, engines.get(engine).costs))
      if (work !== undefined)
        set.run({ id, work })
    }
  })
}

/** Not where the stored text names what this program does not have. */
function ifKnown(count: () => number): number | undefined {
  try {
    const work = count()
    return Number.isFinite(work) ? work : undefined
  }
  catch {
    return undefined
  }
}
