import type { SystemInfo } from '@shared/contract/system'
import type { Lab } from './lab'
import { stat, statfs } from 'node:fs/promises'
import { arch, availableParallelism, freemem, homedir, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { version } from '../../package.json'
import { cpuName } from '../cpu'
import { engineRows } from '../rows/engine-rows'
import { DATABASE_FILE } from '../store/open'

/** This program, its machine and its data, as the screen of that name shows them. */
export async function systemInfo({ store, dataDirectory, calibrating }: Pick<Lab, 'store' | 'dataDirectory' | 'calibrating'>): Promise<SystemInfo> {
  const [engines, database, disk] = await Promise.all([engineRows(store), databaseBytes(dataDirectory), statfs(dataDirectory).catch(() => undefined)])
  const { node, electron } = process.versions
  return {
    versions: { app: version, node, sqlite: store.sqlite.prepare('SELECT sqlite_version()').pluck().get() as string, ...electron !== undefined && { electron } },
    machine: {
      system: `${type()} ${release()}, ${arch()}`,
      cpu: cpuName(),
      cores: availableParallelism(),
      memory: totalmem(),
      freeMemory: freemem(),
    },
    data: { directory: dataDirectory, database, free: disk ? disk.bavail * disk.bsize : null },
    home: homedir(),
    engines,
    calibrating: calibrating.now ? { ...calibrating.now } : null,
  }
}

/** With what is not yet written into it. */
async function databaseBytes(dataDirectory: string): Promise<number> {
  const sizes = await Promise.all([DATABASE_FILE, `${DATABASE_FILE}-wal`].map(async file => (await stat(join(dataDirectory, file)).catch(() => ({ size: 0 }))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}
