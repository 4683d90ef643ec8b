"""The peer's linear models: scikit-learn, solved to the last digits, for the tests to compare with.

stdin:  one JSON line {"rows", "columns", "labels": [...], "fits": [{"model", ...}, ...]}, then rows, targets and weights as little-endian doubles.
        model: "logistic" {penalty}, "tweedie" {power, penalty}, "ridge" {penalty}, "elastic_net" {penalty, share}, "least_squares".
stdout: JSON {"version", "fits": [{"intercept": [...], "coefficients": [...], "errors": [...]}, ...]}: coefficients of weighted z-scores, row after row;
        errors (intercept first) of least squares and of unpenalised Tweedie, in the units of the rows.
"""
import json
import sys
import warnings

import numpy as np
import sklearn
from sklearn.linear_model import ElasticNet, LinearRegression, LogisticRegression, Ridge, TweedieRegressor

warnings.simplefilter("ignore")


def model_of(ask):
    kind = ask["model"]
    if kind == "logistic":
        return LogisticRegression(C=1 / ask["penalty"], solver="newton-cg", tol=1e-12, max_iter=10_000)
    if kind == "tweedie":
        return TweedieRegressor(power=ask["power"], alpha=ask["penalty"], link="log", solver="newton-cholesky", tol=1e-12, max_iter=1_000)
    if kind == "ridge":
        return Ridge(alpha=ask["penalty"], solver="cholesky")
    if kind == "elastic_net":
        return ElasticNet(alpha=ask["penalty"], l1_ratio=ask["share"], tol=1e-14, max_iter=1_000_000)
    return LinearRegression()


def errors_of(ask, model, rows, z, targets, weights):
    """The textbook formula, on the plain rows."""
    x = np.column_stack([np.ones(len(rows)), rows])
    freedom = weights.sum() - x.shape[1]
    if ask["model"] == "least_squares":
        dispersion = (weights * (targets - model.predict(z)) ** 2).sum() / freedom
        information = x.T @ (weights[:, None] * x)
    elif ask["model"] == "tweedie" and ask["penalty"] == 0:
        power, mean = ask["power"], model.predict(z)
        dispersion = 1 if power == 1 else (weights * (targets - mean) ** 2 / mean**power).sum() / freedom
        information = x.T @ ((weights * mean ** (2 - power))[:, None] * x)
    else:
        return []
    return np.sqrt(dispersion * np.diag(np.linalg.inv(information))).tolist()


def main():
    ask = json.loads(sys.stdin.buffer.readline())
    n, d = ask["rows"], ask["columns"]
    values = np.frombuffer(sys.stdin.buffer.read(), dtype="<f8")
    rows, targets, weights = values[: n * d].reshape(n, d), values[n * d : n * d + n], values[n * d + n :]
    mean = np.average(rows, axis=0, weights=weights)
    z = (rows - mean) / np.sqrt(np.average((rows - mean) ** 2, axis=0, weights=weights))
    fits = []
    for fit in ask["fits"]:
        model = model_of(fit)
        model.fit(z, ask["labels"] if fit["model"] == "logistic" else targets, sample_weight=weights)
        fits.append({
            "intercept": np.atleast_1d(model.intercept_).tolist(),
            "coefficients": np.ravel(model.coef_).tolist(),
            "errors": errors_of(fit, model, rows, z, targets, weights),
        })
    json.dump({"version": sklearn.__version__, "fits": fits}, sys.stdout)


main()
