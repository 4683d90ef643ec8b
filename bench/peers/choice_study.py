"""A study of k as scikit-learn's users make it: for every k ten starts of k-means, then the exact silhouette and the two other indices."""
import sklearn
from sklearn.cluster import KMeans
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_score

from rounds import serve


def prepare(ask, arrays):
    rows = arrays["rows"]

    def work():
        inertias, silhouettes = [], []
        for k in range(ask["least"], ask["most"] + 1):
            model = KMeans(n_clusters=k, n_init=ask["restarts"], random_state=0).fit(rows)
            inertias.append(float(model.inertia_))
            silhouettes.append(float(silhouette_score(rows, model.labels_)))
            davies_bouldin_score(rows, model.labels_)
            calinski_harabasz_score(rows, model.labels_)
        return {"inertias": inertias, "silhouettes": silhouettes}

    return f"scikit-learn {sklearn.__version__}", work


serve(prepare)
