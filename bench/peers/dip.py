"""The dip of small samples by its definition: the linear programme over all distributions of one mode, for every mode.

stdin:  JSON [[value, ...], ...]; stdout: JSON [dip, ...]
"""
import json
import sys

import numpy as np
from scipy.optimize import linprog


def dip(values):
    x, n = np.sort(np.array(values, float)), len(values)
    return min(distance(x, n, mode) for mode in range(n))


def distance(x, n, mode):
    """Unknown: the curve just before and just after every value (they differ at the mode only), and the distance d, which is made least."""
    rows, limits = [], []

    def at_most(terms, limit):
        row = np.zeros(2 * n + 1)
        for place, factor in terms:
            row[place] += factor
        rows.append(row)
        limits.append(limit)

    before, after, d = (lambda i: 2 * i), (lambda i: 2 * i + 1), 2 * n
    for i in range(n):
        for place, height in ((before(i), i / n), (after(i), (i + 1) / n)):
            at_most([(place, 1), (d, -1)], height)
            at_most([(place, -1), (d, -1)], -height)
        at_most([(before(i), 1), (after(i), -1)], 0)
        if i != mode:
            at_most([(after(i), 1), (before(i), -1)], 0)
    for i in range(n - 1):
        at_most([(after(i), 1), (before(i + 1), -1)], 0)
    for i in range(n - 2):
        one, two = x[i + 1] - x[i], x[i + 2] - x[i + 1]
        # Slopes rise up to the mode and fall after it.
        slopes = [(before(i + 1), 1 / one), (after(i), -1 / one), (before(i + 2), -1 / two), (after(i + 1), 1 / two)]
        if i + 2 <= mode:
            at_most(slopes, 0)
        if i >= mode:
            at_most([(place, -factor) for place, factor in slopes], 0)
    cost = np.zeros(2 * n + 1)
    cost[d] = 1
    return linprog(cost, A_ub=np.array(rows), b_ub=limits, bounds=[(0, 1)] * (2 * n) + [(0, None)], method="highs").fun


json.dump([dip(values) for values in json.load(sys.stdin)], sys.stdout)
