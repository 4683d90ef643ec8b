"""Scores of scikit-learn's isolation forests over several seeds, for the tests to compare with.

stdin:  JSON {"rows": [[...], ...], "seeds": number, "share": contamination}
stdout: JSON {"scores": [[score of every row, higher = more unusual], ...] a list per seed, "average_path": {"2": ..., ...},
        "threshold", "aside": of the first seed, the score above which rows are outliers, and their number}
"""
import json
import sys

import numpy as np
from sklearn.ensemble import IsolationForest
from sklearn.ensemble._iforest import _average_path_length


def main():
    ask = json.load(sys.stdin)
    rows = np.array(ask["rows"])
    sizes = [1, 2, 3, 10, 100, 256, 1000, 100000]
    forest = IsolationForest(random_state=0, contamination=ask["share"]).fit(rows)
    json.dump({
        "threshold": -float(forest.offset_),
        "aside": int((forest.predict(rows) == -1).sum()),
        "scores": [(-IsolationForest(random_state=seed).fit(rows).score_samples(rows)).tolist() for seed in range(ask["seeds"])],
        "average_path": dict(zip(map(str, sizes), _average_path_length(np.array(sizes)).tolist())),
    }, sys.stdout)


main()
