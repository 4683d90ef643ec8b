"""Evidence for a number of clusters, written from its definitions around scikit-learn's k-means, for the tests.

stdin:  one JSON line {"what", "rows", "columns", "most", ...}, then the rows as little-endian doubles, row-major.
        what = "gap": "references", lists of row-major values (Tibshirani, Walther & Hastie 2001).
        what = "strength": "left" and "right", rows of both halves (Tibshirani & Walther 2005).
stdout: {"gaps", "errors", "pick"} from k = 1 on, or a list of [left foretells right, right foretells left] from k = 2 on.
"""
import json
import sys

import numpy as np
from sklearn.cluster import KMeans


def fit(rows, k):
    return KMeans(n_clusters=k, n_init=60, tol=0, random_state=0).fit(rows)


def gap(ask, rows):
    ks = range(1, ask["most"] + 1)
    own = np.log([fit(rows, k).inertia_ for k in ks])
    logs = np.log([[fit(np.reshape(reference, rows.shape), k).inertia_ for k in ks] for reference in ask["references"]])
    gaps, errors = logs.mean(axis=0) - own, logs.std(axis=0) * np.sqrt(1 + 1 / len(logs))
    pick = next((k for k in range(len(gaps) - 1) if gaps[k] >= gaps[k + 1] - errors[k + 1]), len(gaps) - 1) + 1
    return {"gaps": gaps.tolist(), "errors": errors.tolist(), "pick": pick}


def strength(ask, rows):
    left, right = rows[ask["left"]], rows[ask["right"]]

    def told(by, of):
        together = np.equal.outer(by.predict(of[0]), by.predict(of[0]))
        shares = []
        for c in range(by.n_clusters):
            members = np.flatnonzero(of[1].labels_ == c)
            pairs = together[np.ix_(members, members)]
            shares.append((pairs.sum() - len(members)) / (len(members) * (len(members) - 1)) if len(members) > 1 else 0)
        return float(min(shares))

    answers = []
    for k in range(2, ask["most"] + 1):
        a, b = fit(left, k), fit(right, k)
        answers.append([told(a, (right, b)), told(b, (left, a))])
    return answers


def main():
    ask = json.loads(sys.stdin.buffer.readline())
    rows = np.frombuffer(sys.stdin.buffer.read(), dtype="<f8").reshape(ask["rows"], ask["columns"])
    json.dump({"gap": gap, "strength": strength}[ask["what"]](ask, rows), sys.stdout)


main()
