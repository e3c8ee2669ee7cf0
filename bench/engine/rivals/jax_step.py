"""A training step in JAX: one jitted function, the buffers of parameters and slots donated.

masked          weight * mask inside the loss
gradient-mask   masked weights start at zero and their gradients are multiplied by the mask
"""

from collections.abc import Callable

import jax
import jax.numpy as jnp
from problem import Problem


def versions() -> dict[str, str]:
    return {"jax": jax.__version__}


def build(problem: Problem, variant: str, threads: int) -> Callable[[], float]:
    """A function that takes one step and returns the loss before it."""
    # As [inputs, outputs], the layout of JAX's own layers.
    parameters = [(jnp.asarray(weight.T), jnp.asarray(bias)) for weight, bias in zip(problem.weights, problem.biases)]
    masks = [None if mask is None else jnp.asarray(mask.T) for mask in problem.masks]
    inputs, labels = jnp.asarray(problem.inputs), jnp.asarray(problem.labels.astype("int32"))
    slots, update = OPTIMIZERS[problem.optimizer](problem.own, problem.rate)

    def loss_of(parameters, masks, inputs, labels):
        h = inputs
        for i, ((weight, bias), mask) in enumerate(zip(parameters, masks)):
            h = h @ (weight * mask if variant == "masked" and mask is not None else weight) + bias
            if i < len(parameters) - 1:
                h = jax.nn.relu(h)
        return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(h), labels[:, None], 1))

    def train(parameters, slots, t, masks, inputs, labels):
        loss, gradients = jax.value_and_grad(loss_of)(parameters, masks, inputs, labels)
        if variant == "gradient-mask":
            gradients = [(weight if mask is None else weight * mask, bias) for (weight, bias), mask in zip(gradients, masks)]
        return *update(parameters, slots, gradients, t), loss

    jitted = jax.jit(train, donate_argnums=(0, 1))
    state = [parameters, [jax.tree.map(jnp.zeros_like, parameters) for _ in range(slots)], 0]

    def step() -> float:
        state[2] += 1
        state[0], state[1], loss = jitted(state[0], state[1], jnp.float32(state[2]), masks, inputs, labels)
        jax.block_until_ready((state[0], state[1]))
        return float(loss)

    return step


def sgd(own: dict[str, float], rate: float):
    return 0, lambda parameters, slots, gradients, t: (jax.tree.map(lambda p, g: p - rate * g, parameters, gradients), slots)


def momentum(own: dict[str, float], rate: float):
    def update(parameters, slots, gradients, t):
        velocity = jax.tree.map(lambda b, g: own["momentum"] * b + g, slots[0], gradients)
        return jax.tree.map(lambda p, b: p - rate * b, parameters, velocity), [velocity]

    return 1, update


def adam(own: dict[str, float], rate: float):
    beta1, beta2, epsilon = own["beta1"], own["beta2"], own["epsilon"]

    def update(parameters, slots, gradients, t):
        m = jax.tree.map(lambda m, g: beta1 * m + (1 - beta1) * g, slots[0], gradients)
        v = jax.tree.map(lambda v, g: beta2 * v + (1 - beta2) * g * g, slots[1], gradients)
        scale, root = rate / (1 - beta1**t), jnp.sqrt(1 - beta2**t)
        return jax.tree.map(lambda p, m, v: p - scale * m / (jnp.sqrt(v) / root + epsilon), parameters, m, v), [m, v]

    return 2, update


OPTIMIZERS = {"sgd": sgd, "momentum": momentum, "adam": adam}
