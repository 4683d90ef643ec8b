"""scikit-learn's prediction of many rows: bend, scale, nearest centre, and an isolation forest's verdict where it is asked for. With a file: pandas reads and writes."""
import os
import tempfile

import numpy as np
import pandas as pd
import sklearn
from sklearn.cluster import KMeans
from sklearn.ensemble import IsolationForest
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PowerTransformer

from rounds import serve


def prepare(ask, arrays):
    rows = arrays["rows"]
    some = rows[:10_000]
    nearest = make_pipeline(PowerTransformer(), KMeans(n_clusters=ask["clusters"], n_init=1, random_state=0)).fit(some)
    forest = IsolationForest(random_state=0, n_jobs=-1).fit(some) if ask["forest"] else None

    def predict(table):
        return nearest.predict(table), forest.predict(table) if forest else None

    def in_memory():
        predict(rows)

    def whole():
        table = pd.read_csv(ask["file"])
        segments, outliers = predict(table.iloc[:, 1:].to_numpy())
        with tempfile.TemporaryDirectory() as folder:
            pd.DataFrame({"id": table["id"], "segment": segments, "outlier": outliers < 0}).to_csv(os.path.join(folder, "result.csv"), index=False)

    return f"scikit-learn {sklearn.__version__}{f', pandas {pd.__version__}' if ask['file'] else ''}", whole if ask["file"] else in_memory


serve(prepare)
