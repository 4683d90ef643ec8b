"""Forty digits of the buy-till-you-die functions, by mpmath.

Served by rounds.py: {"points": [[model, [parameters], x, t_x, T, t, rate], ...]}, numbers as they are in binary; a round answers
{"values": [[P(alive), E[Y(t)], DERT or null], ...]} as strings of 20 digits.
"""
import mpmath
from mpmath import mp, mpf

from rounds import serve

mp.dps = 60


def hyp(a, b, c, z):
    """2F1 for 0 <= z < 1 and positive a, b, c, digits enough for what is subtracted from it."""
    return mpmath.hyp2f1(a, b, c, z, maxterms=10**7, maxprec=10**5)


def expected(shape, rate, a, b, t):
    """C/(a-1)·[1 − (1−z)^R 2F1(R, b; a+b−1; z)] of one alive, p ~ Beta(a, b); where C or a−1 is 0, from two sides."""
    z, c = t / (rate + t), a + b - 1
    if a == 1 or c == 0:
        e = mpf(10) ** -25
        return (expected(shape, rate, a + e, b, t) + expected(shape, rate, a - e, b, t)) / 2
    # Euler: (1−z)^R 2F1(R, b; c; z) = (1−z)^(a−1) 2F1(c−R, a−1; c; z): mostly the shorter series.
    return c / (a - 1) * (1 - (1 - z) ** (a - 1) * hyp(c - shape, a - 1, c, z))


def coin(parameters, x, tx, T, t, rate, first):
    r, alpha, a, b = parameters
    coins = x + first
    alive = mpf(1) if coins == 0 else 1 / (1 + a / (b + coins - 1) * ((alpha + T) / (alpha + tx)) ** (r + x))
    return alive, alive * expected(r + x, alpha + T, a, b + coins, t), None


def tail(shape, s, alpha, beta, t):
    """∫ from t of (α+τ)^(−R) s (β+τ)^(−s−1) dτ."""
    if alpha >= beta:
        f = hyp(1, shape, shape + s + 1, (alpha - beta) / (alpha + t))
    else:
        f = (alpha + t) / (beta + t) * hyp(1, s + 1, shape + s + 1, (beta - alpha) / (beta + t))
    return s / (shape + s) * (alpha + t) ** -shape * (beta + t) ** -s * f


def pareto(parameters, x, tx, T, t, rate):
    r, alpha, s, beta = parameters
    shape = r + x
    left = tail(shape, s, alpha, beta, tx) - tail(shape, s, alpha, beta, T)
    alive = 1 / (1 + left * (alpha + T) ** shape * (beta + T) ** s)
    u = mpmath.log((beta + T + t) / (beta + T))
    kappa = u if s == 1 else (1 - mpmath.exp((1 - s) * u)) / (s - 1)
    w = rate * (beta + T)
    mean = shape * (beta + T) / (alpha + T)
    return alive, alive * mean * kappa, alive * mean * mpmath.exp(w) * mpmath.expint(s, w)


def point(model, parameters, x, tx, T, t, rate):
    numbers = [mpf(p) for p in parameters], x, mpf(tx), mpf(T), mpf(t), mpf(rate)
    values = coin(*numbers, 0) if model == "bg" else coin(*numbers, 1) if model == "mbg" else pareto(*numbers)
    return [None if v is None else mpmath.nstr(v, 20) for v in values]


def prepare(ask, arrays):
    return "mpmath " + mpmath.__version__, lambda: {"values": [point(*p) for p in ask["points"]]}


serve(prepare)
