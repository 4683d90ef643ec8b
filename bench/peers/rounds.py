"""How a peer is timed in turns with ours: every answer is one round of its work.

A script calls `serve(work)`. stdin: one JSON line of settings with {"arrays": [[name, type, shape], ...]}, then the arrays, little-endian, in that
order; after that a line for each round. stdout: one JSON line when ready, {"version"}; one for each round, {"seconds", ...what work returned}.
"""
import json
import sys
import time

import numpy as np


def serve(prepare):
    """prepare(ask, arrays) → (version, work); work() is timed and may return a dict of figures."""
    ask = json.loads(sys.stdin.buffer.readline())
    arrays = {}
    for name, kind, shape in ask.get("arrays", []):
        count = int(np.prod(shape))
        data = sys.stdin.buffer.read(count * np.dtype(kind).itemsize)
        arrays[name] = np.frombuffer(data, dtype=kind).reshape(shape).copy()
    version, work = prepare(ask, arrays)
    print(json.dumps({"version": version}), flush=True)
    while sys.stdin.buffer.readline():
        start = time.perf_counter()
        figures = work() or {}
        print(json.dumps({"seconds": time.perf_counter() - start, **figures}), flush=True)
