import type { Settings } from '@shared/experiment/parameter'
import type { Clock } from './time'
import { cpuName } from '../../src-main/cpu'
import { engines } from '../../src-main/engines'
import { loadAddon } from '../../src-main/engines/native/addon'
import { compile, operations } from './networks'
import { timeInTurn } from './time'

/** Steps of the native engine: milliseconds, GFLOP/s on active weights, and their share of measured FMA peak. */
export async function benchOurs({ networks, densities, optimizers, rounds, clock, settings }: {
  networks: readonly (readonly number[])[]
  densities: readonly number[]
  optimizers: readonly string[]
  rounds: number
  clock: Clock
  settings: Settings
}): Promise<void> {
  const loaded = loadAddon()
  if (loaded.kind !== 'loaded')
    throw new Error(loaded.reason)
  const engine = await engines.get('native').open(settings)
  const instructionSet = engine.settings.instructionSet as string
  console.log(`${cpuName()}, ${Object.entries(engine.settings).map(entry => entry.join(' ')).join(', ')}; FMA peak ${loaded.addon.peak(instructionSet).toFixed(0)} GFLOP/s a thread; ${clock} time`)
  console.log(['network', 'optimizer', 'sparse', 'min ms', 'median', 'GFLOP/s', 'of peak'].map((name, i) => i === 0 ? name.padEnd(20) : name.padStart(10)).join(''))
  for (const sizes of networks) {
    for (const optimizer of optimizers) {
      for (const density of densities) {
        const { trainer, network, examples: { splits: { train } } } = await compile(engine, sizes, density, optimizer)
        const peak = loaded.addon.peak(instructionSet)
        const [time] = timeInTurn([() => trainer.step({ examples: train, rates: [1e-6] })], rounds, clock)
        const rate = operations(network) / time!.minimum / 1e6
        const [progress] = await trainer.progress()
        if (progress!.firstNonFiniteStep)
          throw new Error('a step was not finite')
        console.log([sizes.join('-').padEnd(20), optimizer.padStart(10), ...[`${Math.round(100 * (1 - density))} %`, time!.minimum.toFixed(3), time!.median.toFixed(3), rate.toFixed(1), `${(100 * rate / peak).toFixed(0)} %`].map(cell => cell.padStart(10))].join(''))
        trainer.dispose()
      }
    }
  }
}
