"""The problem that all contestants train, as bench/engine/problem.ts writes it."""

import json
from dataclasses import dataclass

import numpy as np
from safetensors import safe_open


@dataclass(frozen=True)
class Problem:
    weights: list[np.ndarray]
    """[outputs, inputs] by layer; masked entries are zero."""
    biases: list[np.ndarray]
    masks: list[np.ndarray | None]
    """Ones and zeros; None where the layer is dense."""
    inputs: np.ndarray
    """[examples, inputs]"""
    labels: np.ndarray
    optimizer: str
    own: dict[str, float]
    """The optimizer's parameters by the product's names."""
    rate: float


def read_problem(path: str) -> Problem:
    with safe_open(path, framework="np") as file:
        about = json.loads(file.metadata()["problem"])
        names = set(file.keys())
        layers = [layer["name"] for layer in about["layers"]]
        mean, deviation = (np.float32(about["standardisation"][name]) for name in ("mean", "deviation"))
        masks = [f"mask.{layer}.weight" for layer in layers]
        return Problem(
            weights=[file.get_tensor(f"{layer}.weight") for layer in layers],
            biases=[file.get_tensor(f"{layer}.bias") for layer in layers],
            masks=[file.get_tensor(mask).astype(np.float32) if mask in names else None for mask in masks],
            inputs=(file.get_tensor("images").astype(np.float32) - mean) / deviation,
            labels=file.get_tensor("labels").astype(np.int64),
            optimizer=about["optimizer"],
            own=about["own"],
            rate=about["rate"],
        )
