import type { Tensor2D } from '@tensorflow/tfjs'
import type { Forward } from '../forward'
import { normalise } from '../batch-norm'
import { linear } from '../linear'

/** Feature-major: activations are [units, examples], so that W [out, in] is used as PyTorch lays it out. */
export const forward: Forward = (network, parameters, x, activation, statistics) => {
  const last = network.layers.length - 1
  return network.layers.reduce<Tensor2D>((a, { name }, l) => {
    const z = linear(parameters[`${name}.weight`] as Tensor2D, a, parameters[`${name}.bias`], l > 0)
    if (l === last)
      return z
    return activation(network.batchNorm ? normalise(z, `norms.${l}`, parameters, statistics) : z) as Tensor2D
  }, x)
}
