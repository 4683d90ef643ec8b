"""A table that scikit-learn ships and the shared data set lacks.

stdin:  one JSON line {"table": "diabetes"}
stdout: JSON {"rows": [[...], ...], "targets": [...]}; diabetes in its raw units.
"""
import json
import sys

from sklearn.datasets import load_diabetes


def main():
    name = json.loads(sys.stdin.readline())["table"]
    if name != "diabetes":
        raise SystemExit(f"no table {name!r}")
    table = load_diabetes(scaled=False)
    json.dump({"rows": table.data.tolist(), "targets": table.target.tolist()}, sys.stdout)


main()
