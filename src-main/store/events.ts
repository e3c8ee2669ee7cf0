import type { Store } from './open'
import { eq } from 'drizzle-orm'
import { events } from './schema'

export interface RunEvent {
  readonly at: Date
  readonly attempt: number
  readonly text: string
}

export function recordEvent({ db }: Store, run: number, attempt: number, text: string): void {
  db.insert(events).values({ run, attempt, at: new Date(), text }).run()
}

export function eventsOfRun({ db }: Store, run: number): RunEvent[] {
  return db.select({ at: events.at, attempt: events.attempt, text: events.text })
    .from(events)
    .where(eq(events.run, run))
    .orderBy(events.id)
    .all() as RunEvent[]
}
