import type { z } from 'zod'
import type { Store } from './open'
import { eq } from 'drizzle-orm'
import { settings } from './schema'

/** A setting of the data directory; `otherwise` where it was never set, or holds what the type does not know any more. */
export function getSetting<T>({ db }: Store, name: string, type: z.ZodType<T>, otherwise: T): T {
  const found = type.safeParse(db.select().from(settings).where(eq(settings.name, name)).get()?.value)
  return found.success ? found.data : otherwise
}

export function deleteSetting({ db }: Store, name: string): void {
  db.delete(settings).where(eq(settings.name, name)).run()
}

export function setSetting({ db }: Store, name: string, value: unknown): void {
  db.insert(settings).values({ name, value }).onConflictDoUpdate({ target: settings.name, set: { value } }).run()
}
