import { availableParallelism } from 'node:os'
import { version } from '../../package.json'
import { engines } from '../engines'
import { os } from './base'

export const system = {
  info: os.system.info.handler(async ({ context: { lab } }) => ({
    version,
    node: process.versions.node,
    dataDirectory: lab.dataDirectory,
    cores: availableParallelism(),
    engines: await Promise.all(engines.members.map(async ({ id, title, availability }) => {
      const found = await availability()
      return { id, title, available: found.kind === 'available', detail: found.kind === 'available' ? found.device : found.reason }
    })),
  })),
}
