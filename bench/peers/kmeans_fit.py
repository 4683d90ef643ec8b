"""scikit-learn's whole fit, k-means++ and restarts: its time, and the inertia of its labels in double precision. Every round has the next seed."""
import time

import numpy as np
import sklearn
from sklearn.cluster import KMeans

from rounds import serve


def prepare(ask, arrays):
    rows = arrays["rows"]
    given = rows.astype(np.float32) if ask["single"] else rows
    seeds = iter(range(ask["seed"], ask["seed"] + 1_000_000))

    def work():
        start = time.perf_counter()
        model = KMeans(n_clusters=ask["clusters"], n_init=ask["restarts"], random_state=next(seeds)).fit(given)
        seconds = time.perf_counter() - start
        labels = model.labels_
        means = np.array([rows[labels == c].mean(axis=0) for c in range(ask["clusters"])])
        figures = {"seconds": seconds, "inertia": float(((rows - means[labels]) ** 2).sum())}
        return figures | ({"labels": labels.tolist()} if ask.get("tell") else {})

    return f"scikit-learn {sklearn.__version__}" + (" float32" if ask["single"] else " float64"), work


serve(prepare)
