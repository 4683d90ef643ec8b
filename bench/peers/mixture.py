"""Expectation and maximisation from a given start, as scikit-learn's GaussianMixture runs it; and its whole fit.

"iterations" steps from the means that are given, equal weights and unit covariances; 0: a whole fit by the peer's own defaults.
"""
import warnings

import numpy as np
import sklearn
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture

from rounds import serve

warnings.simplefilter("ignore", ConvergenceWarning)


def prepare(ask, arrays):
    rows, means, kind = arrays["rows"], arrays["means"], ask["kind"]
    k, d = means.shape
    ones = np.ones((k, d)) if kind == "diag" else np.tile(np.eye(d), (k, 1, 1)) if kind == "full" else np.eye(d)
    if ask["iterations"] == 0:
        def work():
            model = GaussianMixture(k, covariance_type=kind, random_state=0, max_iter=200, tol=1e-4).fit(rows)
            return {"iterations": int(model.n_iter_)}

        return f"scikit-learn {sklearn.__version__}", work

    # A warm start skips the peer's initialisation: what is timed are steps, and the last expectation that both of us end with.
    model = GaussianMixture(k, covariance_type=kind, tol=0, max_iter=ask["iterations"], warm_start=True)

    def work():
        model.weights_, model.means_ = np.full(k, 1 / k), means.copy()
        model.covariances_, model.precisions_cholesky_ = ones.copy(), ones.copy()
        model.lower_bound_, model.converged_ = -np.inf, False
        model.fit(rows)
        return {"mean_log_likelihood": float(model.lower_bound_), "weights": model.weights_.tolist()}

    return f"scikit-learn {sklearn.__version__}", work


serve(prepare)
