import type { Recording } from '@shared/experiment/parameters'
import type { Measurement } from '@shared/measures'
import type { RunSpecification } from '@shared/plan/specification'
import type { Evaluation } from '@shared/runs/observation'
import type { Examples } from '../../datasets/examples'
import type { Selection, Trainer } from '../../engines/engine'
import type { Hook } from '../train'
import { gradientFlowEpochs, testEpochs } from '@shared/experiment/cadence'
import { measurementsOf } from '@shared/measures'
import { probeChunks } from '@shared/plan/splits'

/**
 * Measures after every epoch; the whole test set and gradient flow at their own cadences. A network whose losses or
 * gradients on them are not finite has diverged, though its own steps were finite.
 */
export function measureHook({ run, recording, trainer, examples, report }: {
  run: RunSpecification
  recording: Recording
  trainer: Trainer
  examples: Examples
  report: (epoch: number, measurements: readonly Measurement[]) => Promise<void>
}): Hook {
  const { settings } = run
  const epochs = settings['training.epochs']
  const flowEpochs = gradientFlowEpochs(recording, epochs)
  const wholeTestEpochs = testEpochs(recording, epochs)
  const { probe, testSubset, validation } = examples.splits
  const chunks = probeChunks(probe, settings['training.batchSize'])
  const wholeTest = Uint32Array.from(examples.test.labels, (_, i) => i)
  const evaluate = async (half: Selection['half'], indices: Uint32Array): Promise<Evaluation> => (await trainer.evaluate({ half, indices }))[0]!

  return {
    epochs: { has: () => true },
    async after({ epoch, training }) {
      const start = performance.now()
      const evaluations = {
        testSubset: await evaluate('test', testSubset),
        ...wholeTestEpochs.has(epoch) && { test: await evaluate('test', wholeTest) },
        ...validation.length && { validation: await evaluate('train', validation) },
      }
      const layers = flowEpochs.has(epoch) ? (await trainer.norms({ chunks }))[0] : undefined
      const measurements = measurementsOf({
        ...training && { training },
        evaluations,
        ...layers && { layers },
        measuringSeconds: (performance.now() - start) / 1000,
      })
      await report(epoch, measurements)
      return measurements.every(({ value }) => Number.isFinite(value)) ? undefined : 'diverged'
    },
  }
}
