"""Normal and chi-square tails to 40 digits by mpmath, for the tests to compare with.

stdin:  JSON {"z": [...], "p": [...], "gamma": [[a, x], ...]}
stdout: JSON {"upper": [...], "quantile": [...], "gamma": [[P, Q], ...]}
"""
import json
import sys

from mpmath import mp, mpf, erfc, erfinv, gammainc, sqrt

mp.dps = 40


def quantile(p):
    with mp.workdps(40 if p > 1e-20 else 340):      # 2p − 1 keeps a p of 1e-300 only so
        return float(sqrt(2) * erfinv(2 * mpf(p) - 1))


def main():
    ask = json.load(sys.stdin)
    json.dump({
        "upper": [float(erfc(mpf(z) / sqrt(2)) / 2) for z in ask["z"]],
        "quantile": [quantile(p) for p in ask["p"]],
        "gamma": [[float(gammainc(a, 0, x, regularized=True)), float(gammainc(a, x, regularized=True))] for a, x in ask["gamma"]],
    }, sys.stdout)


main()
