"""The exact mean silhouette of given labels: scikit-learn's."""
import sklearn
from sklearn.metrics import silhouette_score

from rounds import serve


def prepare(ask, arrays):
    rows, labels = arrays["rows"], arrays["labels"].ravel().astype(int)
    return f"scikit-learn {sklearn.__version__}", lambda: {"mean": float(silhouette_score(rows, labels))}


serve(prepare)
