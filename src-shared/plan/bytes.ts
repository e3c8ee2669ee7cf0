import type { Recording } from '../experiment/parameters'
import type { RunSpecification } from './specification'
import { countEpochs } from '../experiment/cadence'
import { measures } from '../measures'
import { optimizers } from '../optimizers'
import { tensorsOf } from '../runs/network-state'

/** Of the database, a stored number with its share of the curve's summary (`npm run bench:store`). */
const BYTES_A_POINT = 22.5
/** Of the database, a run with its specification. */
const BYTES_A_RUN = 4000

/** About what a finished run takes on disk: its newest checkpoint, and its curves. */
export function bytesOf(run: RunSpecification, recording: Recording): number {
  return BYTES_A_RUN + checkpointBytes(run) + BYTES_A_POINT * pointsOf(run, recording)
}

/** float32 parameters, buffers and optimizer slots; a byte for each entry of a mask (`writeCheckpoint`). */
export function checkpointBytes(run: RunSpecification): number {
  const { slots } = optimizers.get(run.settings['training.optimizer'])
  return tensorsOf(run).reduce((sum, tensor) => {
    const size = tensor.shape.reduce((product, length) => product * length, 1)
    const copies = tensor.role === 'buffer' ? 1 : 1 + slots.length
    return sum + 4 * size * copies + (tensor.role === 'weight' && run.layers[tensor.layer]!.activeWeights < size ? size : 0)
  }, 0)
}

function pointsOf({ settings, layers }: RunSpecification, recording: Recording): number {
  const epochs = settings['training.epochs']
  const ofLayers = measures.members.filter(({ per }) => per === 'layer').length
  return (measures.members.length - ofLayers) * (epochs + 1) + ofLayers * layers.length * countEpochs(recording, epochs).gradientFlow
}
