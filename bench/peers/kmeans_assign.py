"""What scikit-learn's users write for the nearest centre, its distance and the second nearest: KMeans.transform and a choice of the two least."""
import numpy as np
import sklearn
from sklearn.cluster import KMeans

from rounds import serve


def prepare(ask, arrays):
    rows, centres = arrays["rows"], arrays["centres"]
    if ask["single"]:
        rows, centres = rows.astype(np.float32), centres.astype(np.float32)
    model = KMeans(n_clusters=len(centres), init=centres, n_init=1, max_iter=1, tol=0).fit(rows[: 10 * len(centres)])
    model.cluster_centers_ = centres

    def work():
        distances = model.transform(rows)
        two = np.argpartition(distances, 1, axis=1)[:, :2]
        near = np.take_along_axis(distances, two, axis=1)
        order = near.argsort(axis=1)
        np.take_along_axis(two, order, axis=1)
        near.min(axis=1)

    return f"scikit-learn {sklearn.__version__}" + (" float32" if ask["single"] else " float64"), work


serve(prepare)
