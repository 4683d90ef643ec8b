"""An isolation forest fitted and every row scored by scikit-learn, with its defaults: 100 trees of 256 rows."""
import sklearn
from sklearn.ensemble import IsolationForest

from rounds import serve


def prepare(ask, arrays):
    rows = arrays["rows"]

    def work():
        IsolationForest(n_estimators=ask["trees"], max_samples=ask["sample"], random_state=0, n_jobs=-1).fit(rows).score_samples(rows)

    return f"scikit-learn {sklearn.__version__}", work


serve(prepare)
