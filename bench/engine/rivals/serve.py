"""serve.py torch|jax VARIANT THREADS: loads problems and takes steps, as lines of JSON on stdin ask (bench/engine/contestant.ts).

{"load": PATH}   {"loaded": true}
{"steps": N}     {"milliseconds": [...], "losses": [...]}
"""

import gc
import importlib
import json
import sys
import time
from collections.abc import Callable

from problem import read_problem


def reply(**fields: object) -> None:
    print(json.dumps(fields), flush=True)


def take(step: Callable[[], float], count: int) -> tuple[list[float], list[float]]:
    milliseconds, losses = [], []
    for _ in range(count):
        start = time.perf_counter()
        losses.append(step())
        milliseconds.append(1e3 * (time.perf_counter() - start))
    return milliseconds, losses


def main() -> None:
    framework, variant, threads = sys.argv[1:]
    module = importlib.import_module(f"{framework}_step")
    reply(versions=module.versions())
    step: Callable[[], float] | None = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if "load" in request:
                step = None
                gc.collect()
                step = module.build(read_problem(request["load"]), variant, int(threads))
                reply(loaded=True)
            elif step is not None:
                milliseconds, losses = take(step, request["steps"])
                reply(milliseconds=milliseconds, losses=losses)
        except Exception as error:  # Told to whoever measures, who reports it.
            reply(error=f"{type(error).__name__}: {error}")


main()
