"""Ward's tree of all rows, as scipy grows it; scikit-learn's AgglomerativeClustering calls the same code."""
import scipy
from scipy.cluster.hierarchy import linkage

from rounds import serve


def prepare(ask, arrays):
    rows = arrays["rows"]

    def work():
        return {"height": float(linkage(rows, "ward")[-1, 2])}

    return f"scipy {scipy.__version__}", work


serve(prepare)
