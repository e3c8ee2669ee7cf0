"""A training step in PyTorch, in the ways in which its users train a network with fixed masks.

masked            F.linear(x, weight * mask), as torch.nn.utils.prune and the field's own code do
gradient-mask     masked weights start at zero and weight.grad is multiplied by the mask; fused optimizer
compiled          the same, forward and backward by torch.compile
compiled-update   the same, the masking of gradients and the optimizer compiled too
csr               sparse CSR weights, PyTorch's own autograd and optimizer
csr-by-hand       CSR with a backward of its own (torch_csr.py)
"""

import warnings
from collections.abc import Callable

import torch
import torch.nn.functional as F
from problem import Problem
from torch_csr import CsrPattern, CsrProduct

Layer = Callable[[int, torch.Tensor], torch.Tensor]

warnings.filterwarnings("ignore", message=".*[Ss]parse.*")


def versions() -> dict[str, str]:
    return {"torch": torch.__version__, "torch's kernels": torch.backends.cpu.get_cpu_capability()}


def build(problem: Problem, variant: str, threads: int) -> Callable[[], float]:
    """A function that takes one step and returns the loss before it."""
    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)
    # What an earlier problem compiled is not to count towards the limit of compilations.
    torch._dynamo.reset()
    weights = [torch.from_numpy(weight) for weight in problem.weights]
    biases = [torch.from_numpy(bias).requires_grad_() for bias in problem.biases]
    masks = [None if mask is None else torch.from_numpy(mask) for mask in problem.masks]
    inputs, labels = torch.from_numpy(problem.inputs), torch.from_numpy(problem.labels)

    if variant == "csr":
        parameters = [weight.to_sparse_csr().requires_grad_() for weight in weights]
        loss = feature_major(lambda i, h: torch.sparse.mm(parameters[i], h), biases, inputs, labels)
    elif variant == "csr-by-hand":
        patterns = [CsrPattern(weight, mask) for weight, mask in zip(weights, masks)]
        parameters = [pattern.values.requires_grad_() for pattern in patterns]
        loss = feature_major(lambda i, h: CsrProduct.apply(parameters[i], patterns[i], h), biases, inputs, labels)
    else:
        parameters = [weight.requires_grad_() for weight in weights]
        is_masked = [variant == "masked" and mask is not None for mask in masks]
        loss = batch_major(
            lambda i, h: F.linear(h, parameters[i] * masks[i] if is_masked[i] else parameters[i], biases[i]),
            len(biases), inputs, labels,
        )

    is_best = variant in ("gradient-mask", "compiled", "compiled-update", "csr-by-hand")
    optimizer = make_optimizer(problem, parameters + biases, fused=is_best and variant != "compiled-update")
    to_mask = [] if variant in ("masked", "csr", "csr-by-hand") else [
        (weight, mask) for weight, mask in zip(parameters, masks) if mask is not None
    ]

    def update() -> None:
        for weight, mask in to_mask:
            weight.grad.mul_(mask)
        optimizer.step()

    if variant in ("compiled", "compiled-update"):
        loss = torch.compile(loss)
    if variant == "compiled-update":
        update = torch.compile(update)

    def step() -> float:
        value = loss()
        optimizer.zero_grad(set_to_none=True)
        value.backward()
        update()
        return value.item()

    return step


def make_optimizer(problem: Problem, parameters: list[torch.Tensor], fused: bool) -> torch.optim.Optimizer:
    how = {"fused": True} if fused else {}
    own = problem.own
    match problem.optimizer:
        case "sgd":
            return torch.optim.SGD(parameters, lr=problem.rate, **how)
        case "momentum":
            return torch.optim.SGD(parameters, lr=problem.rate, momentum=own["momentum"], **how)
        case "adam":
            return torch.optim.Adam(parameters, lr=problem.rate, betas=(own["beta1"], own["beta2"]), eps=own["epsilon"], **how)
    raise ValueError(f"there is no {problem.optimizer} here")


def batch_major(layer: Layer, layers: int, inputs: torch.Tensor, labels: torch.Tensor) -> Callable[[], torch.Tensor]:
    """The loss with activations as [batch, units]; layer(i, h) is affine."""

    def loss() -> torch.Tensor:
        h = inputs
        for i in range(layers - 1):
            h = F.relu(layer(i, h))
        return F.cross_entropy(layer(layers - 1, h), labels)

    return loss


def feature_major(product: Layer, biases: list[torch.Tensor], inputs: torch.Tensor, labels: torch.Tensor) -> Callable[[], torch.Tensor]:
    """The loss with activations as [units, batch], as a product of a sparse and a dense matrix wants them."""
    transposed = inputs.t().contiguous()

    def loss() -> torch.Tensor:
        h = transposed
        for i, bias in enumerate(biases):
            h = product(i, h) + bias[:, None]
            if i < len(biases) - 1:
                h = F.relu(h)
        return F.cross_entropy(h.t(), labels)

    return loss
