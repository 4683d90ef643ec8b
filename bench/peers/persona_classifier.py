"""How well the planted personas can be told from the features at all: a classifier that was told the truth.

usage: persona_classifier.py SEGMENTS_CSV TRUTH_CSV COLUMN [COLUMN …]

Gradient boosting on the given feature columns, five-fold out-of-fold predictions.
stdout: {"adjusted_rand": of the predictions to the truth, "segments": adjusted Rand index of the segments to the truth, "customers": n}
"""
import json
import os
import sys

# Small tables: on a busy machine waiting threads cost more than they bring.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import adjusted_rand_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict


def main():
    segments, truth, columns = pd.read_csv(sys.argv[1], dtype={"customer": str}), pd.read_csv(sys.argv[2], dtype={"customer": str}), sys.argv[3:]
    table = segments.merge(truth[["customer", "persona"]].rename(columns={"persona": "truth"}), on="customer", validate="one_to_one")
    folds = StratifiedKFold(n_splits=5, shuffle=True, random_state=0)
    told = cross_val_predict(HistGradientBoostingClassifier(random_state=0), table[columns].to_numpy(float), table["truth"], cv=folds)
    json.dump({
        "adjusted_rand": adjusted_rand_score(table["truth"], told),
        "segments": adjusted_rand_score(table["truth"], table["segment"]),
        "customers": len(table),
    }, sys.stdout)


main()
