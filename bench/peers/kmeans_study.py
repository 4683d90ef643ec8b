"""The peer's k-means and indices: scikit-learn, for the tests and the bench to compare with.

stdin:  one JSON line {"rows", "columns", "clusters": [k, ...], "restarts", "seed"}, then the rows as little-endian doubles, row-major.
stdout: JSON {"version", "fits": [{"clusters", "labels", "inertia", "silhouette", "davies_bouldin", "calinski_harabasz"}, ...]}
"""
import json
import sys

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_score


def main():
    ask = json.loads(sys.stdin.buffer.readline())
    rows = np.frombuffer(sys.stdin.buffer.read(), dtype="<f8").reshape(ask["rows"], ask["columns"])
    fits = []
    for k in ask["clusters"]:
        model = KMeans(n_clusters=k, n_init=ask["restarts"], random_state=ask["seed"]).fit(rows)
        fits.append({
            "clusters": k,
            "labels": model.labels_.tolist(),
            "inertia": float(model.inertia_),
            "silhouette": float(silhouette_score(rows, model.labels_)),
            "davies_bouldin": float(davies_bouldin_score(rows, model.labels_)),
            "calinski_harabasz": float(calinski_harabasz_score(rows, model.labels_)),
        })
    json.dump({"version": sklearn.__version__, "fits": fits}, sys.stdout)


main()
