import type { Store } from './open'
import { and, desc, eq } from 'drizzle-orm'
import { checkpoints } from './schema'

export interface StoredCheckpoint {
  readonly epoch: number
  /** Relative to the data directory. */
  readonly file: string
  readonly bytes: number
}

/** Newest first. */
export function checkpointsOfRun({ db }: Store, run: number): StoredCheckpoint[] {
  return db.select({ epoch: checkpoints.epoch, file: checkpoints.file, bytes: checkpoints.bytes })
    .from(checkpoints)
    .where(eq(checkpoints.run, run))
    .orderBy(desc(checkpoints.epoch))
    .all()
}

export function recordCheckpoint({ db }: Store, run: number, checkpoint: StoredCheckpoint): void {
  const { file, bytes } = checkpoint
  db.insert(checkpoints).values({ run, ...checkpoint }).onConflictDoUpdate({
    target: [checkpoints.run, checkpoints.epoch],
    set: { file, bytes },
  }).run()
}

export function forgetCheckpoint({ db }: Store, run: number, epoch: number): void {
  db.delete(checkpoints).where(and(eq(checkpoints.run, run), eq(checkpoints.epoch, epoch))).run()
}
