"""The zero-inflated lognormal loss of Wang, Liu & Miao (2019) with linear predictors, minimised by SciPy, for the tests to compare with.

stdin:  one JSON line {"rows", "columns", "penalty"}, then rows and targets as little-endian doubles.
stdout: JSON {"version", "loss", "purchase": [...], "location": [...], "spread": [...]}: the mean loss without its penalty, and coefficients (intercept first)
        in the units of the rows. The penalty is on coefficients of z-scores: of all rows for purchase, of the rows with spend for the rest.
"""
import json
import sys

import numpy as np
import scipy
from scipy.optimize import minimize
from scipy.special import expit


def softplus(x):
    return np.logaddexp(0, x)


def solve(value, start):
    """Quasi-Newton, then again from there, until nothing moves."""
    for _ in range(20):
        found = minimize(value, start, jac=True, method="BFGS", options={"gtol": 1e-10, "maxiter": 10_000})
        if np.allclose(found.x, start, rtol=0, atol=1e-10):
            break
        start = found.x
    return found.x


def design(rows):
    mean, scale = rows.mean(0), rows.std(0)
    return np.column_stack([np.ones(len(rows)), (rows - mean) / scale]), mean, scale


def plain(solved, mean, scale):
    slopes = solved[1:] / scale
    return [float(solved[0] - slopes @ mean), *slopes.tolist()]


def main():
    ask = json.loads(sys.stdin.buffer.readline())
    n, d, penalty = ask["rows"], ask["columns"], ask["penalty"]
    values = np.frombuffer(sys.stdin.buffer.read(), dtype="<f8")
    rows, targets = values[: n * d].reshape(n, d), values[n * d :]
    bought = targets > 0
    z, mean, scale = design(rows)

    def drawn(beta):
        return penalty / 2 * (beta[1:] @ beta[1:]), penalty * np.append(0, beta[1:])

    def purchase_loss(a):
        eta, (extra, slope) = z @ a, drawn(a)
        return np.sum(softplus(eta) - bought * eta) + extra, z.T @ (expit(eta) - bought) + slope

    zb, mean_b, scale_b = design(rows[bought])
    logs, q = np.log(targets[bought]), d + 1

    def amount_loss(bc):
        b, c = bc[:q], bc[q:]
        sigma, (extra_b, slope_b), (extra_c, slope_c) = softplus(zb @ c), drawn(b), drawn(c)
        gap = (logs - zb @ b) / sigma
        value = np.sum(logs + np.log(sigma) + 0.5 * np.log(2 * np.pi) + gap**2 / 2)
        gradient_c = zb.T @ (expit(zb @ c) / sigma * (1 - gap**2))
        return value + extra_b + extra_c, np.append(zb.T @ (-gap / sigma) + slope_b, gradient_c + slope_c)

    a = solve(purchase_loss, np.zeros(q))
    bc = solve(amount_loss, np.append(np.append(logs.mean(), np.zeros(d)), np.zeros(q)))
    b, c = bc[:q], bc[q:]
    loss = purchase_loss(a)[0] - drawn(a)[0] + amount_loss(bc)[0] - drawn(b)[0] - drawn(c)[0]
    json.dump({
        "version": scipy.__version__, "loss": float(loss / n), "purchase": plain(a, mean, scale), "location": plain(b, mean_b, scale_b),
        "spread": plain(c, mean_b, scale_b),
    }, sys.stdout)


main()
