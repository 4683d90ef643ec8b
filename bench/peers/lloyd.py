"""One Lloyd iteration from given centres: scikit-learn's, as its KMeans runs it; what a fit costs beside its iterations is not counted."""
import time
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

    def seconds(iterations):
        start = time.perf_counter()
        KMeans(n_clusters=len(centres), init=centres, n_init=1, max_iter=iterations, tol=0, algorithm="lloyd", copy_x=False).fit(rows)
        return time.perf_counter() - start

    def work():
        few, many = ask["few"], ask["many"]
        return {"seconds": (seconds(many) - seconds(few)) / (many - few)}

    return f"scikit-learn {sklearn.__version__}" + (" float32" if ask["single"] else " float64"), work


serve(prepare)
