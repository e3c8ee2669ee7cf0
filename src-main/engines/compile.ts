import type { RunSpecification } from '@shared/plan/specification'
import type { NetworkState } from '@shared/runs/network-state'
import type { Examples } from '../datasets/examples'
import type { OpenEngine, Trainer } from './engine'
import { tensorsOf } from '@shared/runs/network-state'

/** A trainer of one run, at `state`. */
export function compileRun(engine: OpenEngine, run: RunSpecification, state: NetworkState, examples: Examples): Promise<Trainer> {
  const { settings, layers } = run
  return engine.compile(
    {
      architecture: settings['network.architecture'],
      activation: settings['network.activation'],
      batchNorm: settings['network.batchNorm'],
      layers,
      tensors: tensorsOf(run),
    },
    { optimizer: settings['training.optimizer'], batchSize: settings['training.batchSize'] },
    [{ state, settings, lambda: settings['training.l2'] ? settings['training.lambda'] : 0 }],
    examples,
  )
}
