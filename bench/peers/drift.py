"""Drift statistics of SciPy and NumPy, for the tests to compare with.

stdin:  JSON {"samples": [[a, b], ...], "counts": [[reference, current], ...], "laws": [[n, d], ...]}
stdout: JSON {"samples": [{...}, ...], "counts": [{...}, ...], "laws": [survival, ...]} in the same order.
"""
import json
import sys
import warnings

import numpy as np
from scipy import stats
from scipy.spatial.distance import jensenshannon

warnings.simplefilter("ignore", RuntimeWarning)


def of_samples(a, b):
    a, b = np.array(a), np.array(b)
    exact = stats.ks_2samp(a, b, method="auto")
    limit = stats.ks_2samp(a, b, method="asymp")
    distance = stats.wasserstein_distance(a, b)
    edges = np.histogram_bin_edges(np.concatenate([a, b]), bins="sturges")
    return {
        "distance": exact.statistic,
        "exact": exact.pvalue,
        "asymptotic": limit.pvalue,
        "wasserstein": distance,
        "normed": distance / max(np.std(a), 0.001),
        "bins": [np.histogram(a, edges)[0].tolist(), np.histogram(b, edges)[0].tolist()],
    }


def filled(counts):
    shares = counts / counts.sum()
    least = shares[shares > 0].min()
    shares[shares == 0] = least / 10**6 if least <= 0.0001 else 0.0001
    return shares


def of_counts(reference, current):
    reference, current = np.array(reference, float), np.array(current, float)
    chi = stats.chisquare(current, reference * current.sum() / reference.sum())
    n1, n2 = reference.sum(), current.sum()
    pooled = (reference[0] + current[0]) / (n1 + n2)
    z = (reference[0] / n1 - current[0] / n2) / np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    p, q = filled(reference), filled(current)
    return {
        "chi": chi.statistic,
        "chi_tail": chi.pvalue,
        "z": z,
        "z_tail": 2 * stats.norm.sf(abs(z)),
        "jensen_shannon": jensenshannon(reference, current),
        "stability": float(np.sum((q - p) * np.log(q / p))),
        "kullback_leibler": float(np.sum(p * np.log(p / q))),
        "hellinger": float(np.sqrt(np.sum((np.sqrt(reference / n1) - np.sqrt(current / n2)) ** 2) / 2)),
    }


def main():
    ask = json.load(sys.stdin)
    json.dump({
        "samples": [of_samples(a, b) for a, b in ask["samples"]],
        "counts": [of_counts(a, b) for a, b in ask["counts"]],
        "laws": [float(stats.kstwo.sf(d, n)) for n, d in ask["laws"]],
    }, sys.stdout)


main()
