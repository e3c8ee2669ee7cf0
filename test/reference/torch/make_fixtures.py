"""PyTorch's answers, in float64, for the networks that test/reference holds itself against.

    python3 -m venv .venv && .venv/bin/pip install torch numpy
    .venv/bin/python test/reference/torch/make_fixtures.py     # writes fixtures.json beside this file

Masks are applied as the design says: weights start masked, gradients are taken at the masked weights
without a multiplier, and only masked gradients reach torch's own optimizers.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.use_deterministic_algorithms(True)

CASES = [
    dict(name="dense, SGD", sizes=[6, 5, 4, 3], density=None, batch_norm=False, affine=True, bias=True, optimizer="sgd", rate=0.3, l2=0.0),
    dict(name="masked, momentum, L2", sizes=[6, 9, 8, 3], density=0.4, batch_norm=False, affine=True, bias=True, optimizer="momentum", rate=0.1, l2=0.05),
    dict(name="masked, BatchNorm, Adam", sizes=[6, 9, 8, 3], density=0.5, batch_norm=True, affine=True, bias=True, optimizer="adam", rate=0.02, l2=0.0),
    dict(name="dense, plain BatchNorm, no bias, one hidden layer", sizes=[6, 7, 4], density=None, batch_norm=True, affine=False, bias=False, optimizer="sgd", rate=0.2, l2=0.0),
    dict(name="masked, four hidden layers, BatchNorm, L2, Adam", sizes=[5, 8, 8, 8, 8, 3], density=0.6, batch_norm=True, affine=True, bias=True, optimizer="adam", rate=0.01, l2=0.01),
]

EXAMPLES = 25
BATCH = 8  # 25 = 8 + 8 + 8 + 1: the last chunk of the probe joins the one before
STEPS = 6


class Network(torch.nn.Module):
    def __init__(self, case, generator):
        super().__init__()
        sizes = case["sizes"]
        last = len(sizes) - 2
        self.layers = torch.nn.ModuleList()
        self.norms = torch.nn.ModuleList()
        for i, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
            normed = case["batch_norm"] and i < last
            layer = torch.nn.Linear(inputs, outputs, bias=case["bias"] and not normed)
            with torch.no_grad():
                layer.weight.copy_(torch.randn(outputs, inputs, generator=generator) * (2 / inputs) ** 0.5)
                if layer.bias is not None:
                    layer.bias.copy_(torch.randn(outputs, generator=generator) * 0.1)
            self.layers.append(layer)
            if normed:
                norm = torch.nn.BatchNorm1d(outputs, affine=case["affine"])
                if case["affine"]:
                    with torch.no_grad():
                        norm.weight.copy_(1 + 0.1 * torch.randn(outputs, generator=generator))
                        norm.bias.copy_(0.1 * torch.randn(outputs, generator=generator))
                self.norms.append(norm)

    def forward(self, x):
        for i, layer in enumerate(self.layers[:-1]):
            x = layer(x)
            if len(self.norms):
                x = self.norms[i](x)
            x = torch.relu(x)
        return self.layers[-1](x)

    def probe(self, x):
        """As in training, running statistics untouched."""
        for i, layer in enumerate(self.layers[:-1]):
            x = layer(x)
            if len(self.norms):
                norm = self.norms[i]
                x = F.batch_norm(x, None, None, norm.weight, norm.bias, training=True, eps=norm.eps)
            x = torch.relu(x)
        return self.layers[-1](x)


def numbers(tensor):
    return tensor.detach().flatten().tolist()


def tensors(named):
    return {name: numbers(tensor) for name, tensor in named}


def make_optimizer(case, network):
    weights = [layer.weight for layer in network.layers]
    others = [p for p in network.parameters() if all(p is not w for w in weights)]
    groups = [dict(params=weights, weight_decay=case["l2"])] + ([dict(params=others, weight_decay=0.0)] if others else [])
    if case["optimizer"] == "adam":
        return torch.optim.Adam(groups, lr=case["rate"])
    return torch.optim.SGD(groups, lr=case["rate"], momentum=0.9 if case["optimizer"] == "momentum" else 0.0)


def chunks(n, size):
    starts = list(range(0, n, size))
    bounds = [(s, min(s + size, n)) for s in starts]
    if len(bounds) > 1 and bounds[-1][1] - bounds[-1][0] < 2:
        bounds[-2:] = [(bounds[-2][0], n)]
    return bounds


def run(case, seed):
    generator = torch.Generator().manual_seed(seed)
    network = Network(case, generator)
    sizes = case["sizes"]
    masks = {}
    if case["density"] is not None:
        for i, layer in enumerate(network.layers):
            mask = (torch.rand(layer.weight.shape, generator=generator) < case["density"]).to(torch.get_default_dtype())
            masks[f"layers.{i}.weight"] = mask
            with torch.no_grad():
                layer.weight.mul_(mask)
    x = torch.randn(EXAMPLES, sizes[0], generator=generator)
    y = torch.randint(0, sizes[-1], (EXAMPLES,), generator=generator)
    initial = tensors(network.named_parameters())

    loss = sum((b - a) / EXAMPLES * F.cross_entropy(network.probe(x[a:b]), y[a:b]) for a, b in chunks(EXAMPLES, BATCH))
    weights = [layer.weight for layer in network.layers]
    gradients = torch.autograd.grad(loss, weights)
    norms = []
    for i, (w, g) in enumerate(zip(weights, gradients)):
        m = masks.get(f"layers.{i}.weight", torch.ones_like(w))
        penalised = g + case["l2"] * w
        norms.append({
            "gradient": [g.norm(1).item(), g.norm(2).item()],
            "activeGradient": [(g * m).norm(1).item(), (g * m).norm(2).item()],
            "penalisedGradient": [penalised.norm(1).item(), penalised.norm(2).item()],
            "penalisedActiveGradient": [(penalised * m).norm(1).item(), (penalised * m).norm(2).item()],
            "weights": w.norm(2).item(),
        })

    optimizer = make_optimizer(case, network)
    losses = []
    network.train()
    batches = [torch.randperm(EXAMPLES, generator=generator)[: BATCH if step < STEPS - 1 else 3] for step in range(STEPS)]
    first = None
    for batch in batches:
        optimizer.zero_grad()
        loss = F.cross_entropy(network(x[batch]), y[batch])
        loss.backward()
        if first is None:
            first = {name: numbers(p.grad) for name, p in network.named_parameters()}
        for name, p in network.named_parameters():
            if name in masks:
                p.grad.mul_(masks[name])
        optimizer.step()
        losses.append(loss.item())
    network.eval()
    logits = network(x)
    slots = {}
    for name, p in network.named_parameters():
        for slot in ("momentum_buffer", "exp_avg", "exp_avg_sq"):
            if slot in optimizer.state.get(p, {}):
                slots.setdefault(slot, {})[name] = numbers(optimizer.state[p][slot])
    return {
        **case,
        "x": numbers(x),
        "y": y.tolist(),
        "batchSize": BATCH,
        "masks": {name: [int(v) for v in numbers(m)] for name, m in masks.items()},
        "initial": initial,
        "batches": [b.tolist() for b in batches],
        "probeNorms": norms,
        "firstGradients": first,
        "losses": losses,
        "final": tensors(network.named_parameters()),
        "buffers": tensors((n, b) for n, b in network.named_buffers() if "num_batches" not in n),
        "slots": slots,
        "evaluation": {
            "lossSum": F.cross_entropy(logits, y, reduction="sum").item(),
            "correct": int((logits.argmax(1) == y).sum()),
        },
    }


fixtures = {"torch": torch.__version__, "cases": [run(case, 100 + i) for i, case in enumerate(CASES)]}
path = Path(__file__).with_name("fixtures.json")
path.write_text(json.dumps(fixtures, indent=None, separators=(",", ":")) + "\n")
print(f"{path}: {path.stat().st_size} bytes, torch {torch.__version__}")
