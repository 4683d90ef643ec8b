"""A fit of BG/NBD or Pareto/NBD and its predictions as one writes them in NumPy: the likelihood vectorised over all customers, maximised by SciPy's
L-BFGS-B in logarithms of the parameters with its own numerical gradient; then P(alive) and E[Y(t)] of everybody."""
import numpy as np
import scipy
from scipy.optimize import minimize
from scipy.special import betaln, gammaln, hyp2f1

from rounds import serve


def bg_likelihood(logs, x, tx, T):
    r, alpha, a, b = np.exp(logs)
    first = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + betaln(a, b + x) - betaln(a, b)
    stayed = -(r + x) * np.log(alpha + T)
    left = np.where(x > 0, np.log(a) - np.log(np.maximum(b + x - 1, 1e-300)) - (r + x) * np.log(alpha + tx), -np.inf)
    return np.sum(first + np.logaddexp(stayed, left))


def bg_predict(logs, x, tx, T, t):
    r, alpha, a, b = np.exp(logs)
    odds = np.log(a) - np.log(np.maximum(b + x - 1, 1e-300)) + (r + x) * (np.log(alpha + T) - np.log(alpha + tx))
    alive = np.where(x > 0, 1 / (1 + np.exp(odds)), 1)
    z = t / (alpha + T + t)
    future = (a + b + x - 1) / (a - 1) * (1 - (1 - z) ** (r + x) * hyp2f1(r + x, b + x, a + b + x - 1, z))
    return alive, alive * future


def pareto_log_a0(logs, x, tx, T):
    r, alpha, s, beta = np.exp(logs)
    big, b = (alpha, s + 1) if alpha >= beta else (beta, r + x)
    gap = abs(alpha - beta)

    def term(t):
        return hyp2f1(r + s + x, b, r + s + x + 1, gap / (big + t)) * (big + t) ** -(r + s + x)

    return np.log(np.maximum(term(tx) - term(T), 1e-300))


def pareto_likelihood(logs, x, tx, T):
    r, alpha, s, beta = np.exp(logs)
    first = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
    stayed = -(r + x) * np.log(alpha + T) - s * np.log(beta + T)
    return np.sum(first + np.logaddexp(stayed, np.log(s) - np.log(r + s + x) + pareto_log_a0(logs, x, tx, T)))


def pareto_predict(logs, x, tx, T, t):
    r, alpha, s, beta = np.exp(logs)
    odds = np.log(s) - np.log(r + s + x) + pareto_log_a0(logs, x, tx, T) + (r + x) * np.log(alpha + T) + s * np.log(beta + T)
    alive = 1 / (1 + np.exp(odds))
    return alive, alive * (r + x) * (beta + T) / (alpha + T) * (1 - ((beta + T) / (beta + T + t)) ** (s - 1)) / (s - 1)


def prepare(ask, arrays):
    x, tx, T = (np.ascontiguousarray(column) for column in arrays["histories"].T)
    likelihood, predict = (bg_likelihood, bg_predict) if ask["model"] == "bg" else (pareto_likelihood, pareto_predict)

    def work():
        fit = minimize(lambda logs: -likelihood(logs, x, tx, T) / len(x), np.log(ask["start"]), method="L-BFGS-B", options={"ftol": 1e-12, "gtol": 1e-7})
        alive, expected = predict(fit.x, x, tx, T, ask["horizon"])
        return {"log_likelihood": -fit.fun * len(x), "evaluations": fit.nfev, "expected": float(expected.sum()), "parameters": np.exp(fit.x).tolist()}

    return f"SciPy {scipy.__version__}", work


serve(prepare)
