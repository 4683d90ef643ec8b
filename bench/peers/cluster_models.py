"""The peers' mixtures, trees and assignments: scikit-learn and scipy, for the tests to compare with.

stdin:  one JSON line {"what": "mixtures" | "ward" | "assignment", "rows", "columns", ...}, then the rows as little-endian doubles, row-major.
stdout: one JSON line.
"""
import json
import sys
import warnings

import numpy as np
from scipy.cluster.hierarchy import linkage
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import AgglomerativeClustering
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture

warnings.simplefilter("ignore", ConvergenceWarning)


def mixtures(ask, rows):
    return [mixture(start, rows) for start in ask["starts"]]


def mixture(ask, rows):
    """From the start that was given: weights, means, covariances as the peer keeps them, and kind."""
    covariances = np.array(ask["covariances"])
    precisions = 1 / covariances if ask["kind"] == "diag" else np.linalg.inv(covariances)
    model = GaussianMixture(
        len(ask["weights"]), covariance_type=ask["kind"], tol=ask["tolerance"], max_iter=ask["iterations"], reg_covar=1e-6, init_params="random",
        weights_init=ask["weights"], means_init=np.array(ask["means"]), precisions_init=precisions, random_state=0).fit(rows)
    return {
        "weights": model.weights_.tolist(),
        "means": model.means_.ravel().tolist(),
        "covariances": model.covariances_.ravel().tolist(),
        "log_likelihood": float(model.score_samples(rows).sum()),
        "bic": float(model.bic(rows)),
        "aic": float(model.aic(rows)),
        "iterations": int(model.n_iter_),
        "converged": bool(model.converged_),
        "memberships": model.predict_proba(rows).ravel().tolist(),
        "labels": model.predict(rows).tolist(),
    }


def ward(ask, rows):
    return {
        "heights": linkage(rows, "ward")[:, 2].tolist(),
        "cuts": [AgglomerativeClustering(k, linkage="ward").fit(rows).labels_.tolist() for k in ask["clusters"]],
    }


def assignment(ask, rows):
    own, other = linear_sum_assignment(rows)
    return {"cost": float(rows[own, other].sum())}


def main():
    ask = json.loads(sys.stdin.buffer.readline())
    rows = np.frombuffer(sys.stdin.buffer.read(), dtype="<f8").reshape(ask["rows"], ask["columns"])
    json.dump({"mixtures": mixtures, "ward": ward, "assignment": assignment}[ask["what"]](ask, rows), sys.stdout)


main()
