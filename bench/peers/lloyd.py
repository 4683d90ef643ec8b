"""One Lloyd iteration from given centres: scikit-learn's, as its KMeans runs it."""
import warnings

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning

from rounds import serve

warnings.simplefilter("ignore", ConvergenceWarning)


def prepare(ask, arrays):
    rows, centres = arrays["rows"], arrays["centres"]
    if ask["single"]:
        rows, centres = rows.astype(np.float32), centres.astype(np.float32)

    def fit(iterations):
        return KMeans(n_clusters=len(centres), init=centres, n_init=1, max_iter=iterations, tol=0, algorithm="lloyd", copy_x=False).fit(rows)

    def work():
        fit(ask["iterations"])

    return f"scikit-learn {sklearn.__version__}", work


serve(prepare)
