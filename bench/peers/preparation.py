"""scikit-learn's and NumPy's preparation of a table, for the tests to compare with.

stdin:  JSON {"rows": [[...], ...], "fresh": [[...], ...], "wide": [[...], ...], "kept": k, "text": [[...] a row, ...]}
stdout: JSON, a name for every outcome: tables as lists of rows, transforms of "fresh" by states fitted on "rows"
"""
import json
import sys
import warnings

import numpy as np
from sklearn.decomposition import PCA
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, PowerTransformer, QuantileTransformer, RobustScaler, StandardScaler

warnings.simplefilter("ignore")


def main():
    ask = json.load(sys.stdin)
    rows, fresh, wide = np.array(ask["rows"]), np.array(ask["fresh"]), np.array(ask["wide"])
    text = np.array(ask["text"], dtype=object)
    out = {}
    for name, transform in {
        "standard": StandardScaler(),
        "robust": RobustScaler(),
        "power": PowerTransformer(standardize=False),
        "uniform": QuantileTransformer(n_quantiles=40),
        "uniform_all": QuantileTransformer(n_quantiles=len(rows)),
        "normal": QuantileTransformer(n_quantiles=40, output_distribution="normal"),
        "components": PCA(n_components=2, svd_solver="full"),
    }.items():
        transform.fit(rows)
        out[name] = transform.transform(fresh).tolist()
        if name in ("uniform", "normal", "components", "power"):
            out[name + "_back"] = transform.inverse_transform(transform.transform(fresh)).tolist()
        if name == "power":
            out["lambdas"] = transform.lambdas_.tolist()
    out["clipped"] = np.clip(fresh, np.percentile(rows, 5, axis=0), np.percentile(rows, 90, axis=0)).tolist()
    full = PCA(n_components=ask["kept"], svd_solver="full").fit(wide)
    quick = PCA(n_components=ask["kept"], svd_solver="randomized", iterated_power=7, random_state=0).fit(wide)
    out["wide_variances"], out["wide_shares"] = full.explained_variance_.tolist(), full.explained_variance_ratio_.tolist()
    out["wide_quick_variances"] = quick.explained_variance_.tolist()
    out["ordinal"] = OrdinalEncoder().fit_transform(text).tolist()
    out["one_hot"] = OneHotEncoder().fit_transform(text).toarray().tolist()
    json.dump(out, sys.stdout)


main()
