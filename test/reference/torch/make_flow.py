"""What `resources/pytorch/egf.py` answers for small networks, for `npm test` to hold our numbers against.

    python test/reference/torch/make_flow.py [flow.json]     # beside this file if not named

`npm run test:torch` runs it, and holds what it says now against the same numbers; --write keeps it.
"""

import copy
import importlib.util
import json
import sys
import tempfile
from pathlib import Path

import torch

here = Path(__file__).resolve().parent
spec = importlib.util.spec_from_file_location("egf", here.parents[2] / "resources" / "pytorch" / "egf.py")
egf = importlib.util.module_from_spec(spec)
spec.loader.exec_module(egf)

torch.use_deterministic_algorithms(True)

MEAN, DEVIATION = 100, 64

CASES = [
    dict(name="dense, one chunk", sizes=[6, 5, 4, 3], density=None, batch_norm=False, examples=20, batch=32),
    dict(name="dense, several chunks, the last one short", sizes=[6, 7, 3], density=None, batch_norm=False, examples=23, batch=5),
    dict(name="masked, several chunks", sizes=[6, 9, 8, 3], density=0.4, batch_norm=False, examples=24, batch=8),
    dict(name="masked, BatchNorm, several chunks, the last one short", sizes=[6, 9, 8, 3], density=0.5, batch_norm=True, examples=27, batch=8),
    dict(name="masked, BatchNorm, a last example that joins the chunk before", sizes=[5, 8, 8, 8, 8, 3], density=0.6, batch_norm=True, examples=25, batch=8),
    dict(name="dense, BatchNorm, one chunk", sizes=[6, 7, 4], density=None, batch_norm=True, examples=16, batch=16),
    dict(name="masked, nearly empty", sizes=[7, 12, 12, 5], density=0.1, batch_norm=False, examples=30, batch=7),
]


class Network(torch.nn.Module):
    """Linear, BatchNorm, ReLU, dropout; the names of the product's MLP."""

    def __init__(self, sizes, batch_norm, generator):
        super().__init__()
        pairs = list(zip(sizes, sizes[1:]))
        self.layers = torch.nn.ModuleList(torch.nn.Linear(a, b, bias=not (batch_norm and i < len(pairs) - 1)) for i, (a, b) in enumerate(pairs))
        self.norms = torch.nn.ModuleList(torch.nn.BatchNorm1d(b) for _, b in pairs[:-1]) if batch_norm else None
        self.dropout = torch.nn.Dropout(0.5)
        with torch.no_grad():
            for name, parameter in self.named_parameters():
                noise = torch.randn(parameter.shape, generator=generator)
                if name.startswith("norms") and name.endswith("weight"):
                    parameter.copy_(1 + 0.1 * noise)
                elif parameter.dim() == 2:
                    parameter.copy_(noise * (2 / parameter.shape[1]) ** 0.5)
                else:
                    parameter.copy_(0.1 * noise)

    def forward(self, x):
        for i, layer in enumerate(self.layers[:-1]):
            x = layer(x)
            x = self.dropout(torch.relu(self.norms[i](x) if self.norms else x))
        return self.layers[-1](x)


def numbers(tensor):
    return tensor.detach().flatten().tolist()


def run(case, seed):
    generator = torch.Generator().manual_seed(seed)
    sizes = case["sizes"]
    # Values that a float32 holds: engines start from the very same.
    network = Network(sizes, case["batch_norm"], generator).double()
    weights = {name: p for name, p in network.named_parameters() if name.startswith("layers") and name.endswith("weight")}
    masks = {name: None if case["density"] is None else torch.rand(w.shape, generator=generator) < case["density"] for name, w in weights.items()}
    with torch.no_grad():
        for name, weight in weights.items():
            if masks[name] is not None:
                weight.mul_(masks[name])
    pixels = torch.randint(0, 256, (case["examples"], sizes[0]), generator=generator)
    x = (pixels.double() - MEAN) / DEVIATION
    y = torch.randint(0, sizes[-1], (case["examples"],), generator=generator)
    before = copy.deepcopy(network.state_dict())
    flow = egf.gradient_flow(network, masks, x, y, case["batch"])
    # What it measures it leaves as it was: weights, running statistics, gradients, modes.
    assert all(torch.equal(value, before[name]) for name, value in network.state_dict().items())
    assert all(p.grad is None for p in network.parameters()) and all(m.training for m in network.modules())
    assert all(norm.track_running_stats for norm in network.norms or [])
    return {
        **case,
        "masks": {name: [int(v) for v in numbers(m)] for name, m in masks.items() if m is not None},
        "parameters": {name: numbers(p) for name, p in network.named_parameters()},
        "pixels": numbers(pixels),
        "y": y.tolist(),
        "flow": flow,
        "float32": egf.gradient_flow(copy.deepcopy(network).float(), masks, x.float(), y, case["batch"]),
    }


def refuses_multipliers():
    """A model that multiplies by its masks has no gradients of masked entries: that must not pass for a measurement."""
    class Masked(torch.nn.Linear):
        def forward(self, x):
            return torch.nn.functional.linear(x, self.weight * mask, self.bias)

    mask = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    try:
        egf.gradient_flow(Masked(2, 2), {"weight": mask}, torch.ones(2, 2), torch.tensor([0, 1]), 2)
    except ValueError as error:
        return str(error)


def rows_written():
    """A file as the helper writes it: the second run leaves out what it has not."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "results.csv"
        row = {"pair": "a, or so", "capacity": 79, "seed": 1, "training.optimizer": "adam"}
        egf.append_row(path, {**row, "side": "dense", "state": "done", "test.accuracy.correct": 9312, "test.accuracy.total": 10000, "egf2": 1 / 3})
        egf.append_row(path, {**row, "side": "sparse", "state": "diverged"})
        return path.read_bytes().decode()


answers = {
    "torch": torch.__version__,
    "standardisation": {"mean": MEAN, "deviation": DEVIATION},
    "cases": [run(case, 300 + i) for i, case in enumerate(CASES)],
    "elevenEpochs": {epochs: egf.eleven_epochs(epochs) for epochs in (1, 3, 11, 12, 50, 100, 1000)},
    "multiplier": refuses_multipliers(),
    "csv": rows_written(),
}
path = Path(sys.argv[1]) if len(sys.argv) > 1 else here / "flow.json"
path.write_text(json.dumps(answers, separators=(",", ":")) + "\n")
print(f"{path}: {path.stat().st_size} bytes, torch {torch.__version__}")
