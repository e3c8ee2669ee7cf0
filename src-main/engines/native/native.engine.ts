import type { Engine, OpenEngine } from '../engine'
import type { NativeSettings } from './settings'
import { cpuName } from '../../cpu'
import { loadAddon } from './addon'
import { usualCosts } from './costs'
import { lacking } from './lacking'
import { obstacleOf, ownSettings } from './settings'

const ID = 'native'
const NUMERICS = 1

/** Our own kernels: truly sparse arithmetic on a CPU. */
export default {
  id: ID,
  title: 'Native, truly sparse',
  numerics: NUMERICS,
  preference: 10,
  costs: usualCosts,
  async availability() {
    const loaded = loadAddon()
    return loaded.kind === 'loaded'
      ? { kind: 'available', device: cpuName(), versions: {}, settings: ownSettings(loaded.addon) }
      : { kind: 'unavailable', reason: loaded.reason }
  },
  lacks(run) {
    const loaded = loadAddon()
    return loaded.kind === 'loaded' ? lacking(run, loaded.addon) : [loaded.reason]
  },
  obstacle(settings) {
    const loaded = loadAddon()
    return loaded.kind === 'loaded' ? obstacleOf(settings, loaded.addon) : loaded.reason
  },
  variants() {
    const loaded = loadAddon()
    if (loaded.kind !== 'loaded')
      return []
    const own = ownSettings(loaded.addon)
    return loaded.addon.instructionSets.flatMap(instructionSet => [0, 1].map(sparseDensity => ({ ...own, instructionSet, sparseDensity, threads: 1 + sparseDensity, sharedWork: 0 })))
  },
  async calibrate(told) {
    const loaded = loadAddon()
    if (loaded.kind !== 'loaded')
      throw new Error(`the native engine is not available: ${loaded.reason}`)
    const { calibrate } = await import('./calibrate')
    const settings = ownSettings(loaded.addon)
    return { engine: ID, numerics: NUMERICS, device: cpuName(), ...await calibrate(loaded.addon, settings, told) }
  },
  async open(wanted): Promise<OpenEngine> {
    const loaded = loadAddon()
    if (loaded.kind !== 'loaded')
      throw new Error(`the native engine is not available: ${loaded.reason}`)
    const { addon } = loaded
    const settings = { ...ownSettings(addon), ...wanted } as NativeSettings
    const { NativeTrainer } = await import('./trainer')
    return {
      settings,
      device: cpuName(),
      versions: { node: process.versions.node },
      threads: settings.threads,
      async compile(network, training, replicas, examples) {
        if (replicas.length !== 1)
          throw new RangeError(`the native engine trains one replica at a time, not ${replicas.length}`)
        return new NativeTrainer(addon, settings, network, training, replicas[0]!, examples)
      },
    }
  },
} satisfies Engine
