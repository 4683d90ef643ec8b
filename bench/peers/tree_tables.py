"""The tables that trees are judged on, and what scikit-learn's and XGBoost's make of them in five folds (row i is tested in fold i mod 5).

stdin: one JSON line for each table, {"table", "data", "peers": [names], settings}; "shuffle": s > 0 puts rows and columns in another order first (and so makes
other folds). stdout, for each: one JSON line with the table's shape, its kinds of columns and for every peer the
test and training losses of the five folds (or of the first "folds"); then the rows and the target as little-endian doubles. Categories are codes 0 … in the order of their names; NaN is missing.
"""
import json
import os
import sys

import numpy as np
import pandas as pd
import sklearn
import xgboost
from sklearn import datasets
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor, RandomForestClassifier, RandomForestRegressor

# file: (target, left out, missing marks, loss)
FILES = {
    "abalone": ("abalone.csv", "Rings", [], "", "squared"),
    "adult": ("adult_train.csv.gz", "income", [], "?", "logistic"),
    "bank": ("bank_marketing_full.csv.gz", "y", [], "unknown", "logistic"),
    "bike": ("bike_sharing_hour.csv.gz", "cnt", ["instant", "dteday", "casual", "registered"], "", "squared"),
    "california": ("california_housing.csv.gz", "median_house_value", [], "", "squared"),
    "diamonds": ("diamonds.csv.gz", "price", [], "", "squared"),
    "shoppers": ("online_shoppers_intention.csv.gz", "Revenue", [], "", "logistic"),
    "telco": ("telco_churn.csv.gz", "Churn", ["customerID"], " ", "logistic"),
    "red": ("winequality_red.csv", "quality", [], "", "squared"),
    "white": ("winequality_white.csv", "quality", [], "", "squared"),
}


def friedman(n=5000):
    a = np.array([.7548776662466927, .5698402909980532, .8191725133961645, .6710436067037893, .5497004779019703])
    u = (np.arange(1, n + 1)[:, None] * a) % 1
    return u, 10 * np.sin(np.pi * u[:, 0] * u[:, 1]) + 20 * (u[:, 2] - .5) ** 2 + 10 * u[:, 3] + 5 * u[:, 4]


def counts(n=1500):
    """Purchases of a season: rare, many zeros, five columns of which three matter."""
    random = np.random.default_rng(4)
    u = random.uniform(size=(n, 5))
    return u, random.poisson(.2 * np.exp(2 * u[:, 0]) * (1 + 3 * (u[:, 1] > .6) * u[:, 2])).astype(float)


def load(name, folder):
    """→ rows, target, categorical columns, loss (after a colon: another loss than the table's own)."""
    name, _, loss = name.partition(":")
    if name in FILES:
        file, target, drop, missing, own = FILES[name]
        frame = pd.read_csv(os.path.join(folder, "tables", file), keep_default_na=False, na_values=[""] + [missing], skipinitialspace=False)
        frame = frame.drop(columns=drop)
        y = frame.pop(target)
        y = pd.factorize(y, sort=True)[0].astype(float) if own == "logistic" else y.to_numpy(float)
        categorical = [j for j, column in enumerate(frame) if not pd.api.types.is_numeric_dtype(frame[column]) or frame[column].dtype == bool]
        for j in categorical:
            codes = pd.factorize(frame.iloc[:, j], sort=True)[0].astype(float)
            frame[frame.columns[j]] = np.where(codes < 0, np.nan, codes)
        x = frame.to_numpy(float)
    elif name == "friedman":
        (x, y), categorical, own = friedman(), [], "squared"
    elif name == "counts":
        (x, y), categorical, own = counts(), [], "poisson"
    elif name == "diabetes":
        (x, y), categorical, own = datasets.load_diabetes(return_X_y=True, scaled=False), [], "squared"
    else:
        (x, y), categorical = getattr(datasets, "load_" + name)(return_X_y=True), []
        own = "logistic" if name == "breast_cancer" else "softmax"
    return np.ascontiguousarray(x, float), np.asarray(y, float), categorical, loss or own


def measure(loss, y, p):
    kind, _, parameter = loss.partition("=")
    if kind == "squared":
        return float(np.sqrt(np.mean((y - p) ** 2)))
    if kind == "pinball":
        return float(np.mean(np.where(y >= p, float(parameter), float(parameter) - 1) * (y - p)))
    if kind == "tweedie":
        q = float(parameter)
        return float(np.mean(2 * (np.power(y, 2 - q) / ((1 - q) * (2 - q)) - y * np.power(p, 1 - q) / (1 - q) + np.power(p, 2 - q) / (2 - q))))
    if kind == "poisson":
        return float(np.mean(2 * (np.where(y > 0, y * np.log(np.where(y > 0, y, 1) / p), 0) - y + p)))
    if kind == "gamma":
        return float(np.mean(2 * (np.log(p / y) + y / p - 1)))
    eps = 1e-15 if kind != "brier" else 0
    if p.ndim == 1:
        p = np.column_stack([1 - p, p])
    if kind == "brier":
        return float(np.mean(((p - np.eye(p.shape[1])[y.astype(int)]) ** 2).sum(axis=1)))
    return float(-np.mean(np.log(np.clip(p[np.arange(len(y)), y.astype(int)], eps, 1))))


def histgb(x, y, test, categorical, loss, rounds, rate, leaves, **_):
    kind, _, parameter = loss.partition("=")
    settings = dict(max_iter=rounds, learning_rate=rate, max_leaf_nodes=leaves, early_stopping=False, categorical_features=categorical or None, random_state=0)
    if kind in ("logistic", "softmax"):
        p = HistGradientBoostingClassifier(**settings).fit(x, y).predict_proba(test)
        return p[:, 1] if kind == "logistic" else p
    if kind in ("tweedie", "gamma"):
        return None
    names = {"squared": "squared_error", "pinball": "quantile", "poisson": "poisson"}
    return HistGradientBoostingRegressor(loss=names[kind], quantile=float(parameter) if kind == "pinball" else None, **settings).fit(x, y).predict(test)


def xgb(x, y, test, categorical, loss, rounds, rate, depth, **_):
    kind, _, parameter = loss.partition("=")
    if kind == "pinball":
        return None
    objective = {"squared": "reg:squarederror", "logistic": "binary:logistic", "softmax": "multi:softprob", "poisson": "count:poisson",
                 "tweedie": "reg:tweedie", "gamma": "reg:gamma"}[kind]
    settings = dict(objective=objective, tree_method="hist", max_depth=depth, eta=rate, max_bin=256, min_child_weight=1, reg_lambda=1, verbosity=0)
    settings["base_score"] = .5 if kind in ("logistic", "softmax") else float(np.mean(y))
    if kind == "tweedie":
        settings["tweedie_variance_power"] = float(parameter)
    if kind == "softmax":
        settings["num_class"] = int(y.max()) + 1
    kinds = ["c" if j in categorical else "q" for j in range(x.shape[1])]
    train = xgboost.DMatrix(x, y, feature_types=kinds, enable_categorical=True)
    return xgboost.train(settings, train, rounds).predict(xgboost.DMatrix(test, feature_types=kinds, enable_categorical=True))


def forest(x, y, test, categorical, loss, trees, leaf=1, seed=0, **_):
    # It knows no missing values: they get a value of their own below all others.
    x, test = np.where(np.isnan(x), -1e9, x), np.where(np.isnan(test), -1e9, test)
    if loss in ("brier", "logistic", "softmax"):
        p = RandomForestClassifier(trees, random_state=seed, n_jobs=-1).fit(x, y).predict_proba(test)
        return p[:, 1] if p.shape[1] == 2 else p
    criterion = "poisson" if loss == "poisson" else "squared_error"
    return RandomForestRegressor(trees, criterion=criterion, min_samples_leaf=leaf, random_state=seed, n_jobs=-1).fit(x, y).predict(test)


PEERS = {"histgb": histgb, "xgboost": xgb, "forest": forest}


def answer(ask):
    x, y, categorical, loss = load(ask["table"], ask["data"])
    if ask.get("shuffle", 0):
        random = np.random.default_rng(ask["shuffle"])
        order, columns = random.permutation(len(y)), random.permutation(x.shape[1])
        x, y, categorical = np.ascontiguousarray(x[order][:, columns]), y[order], [j for j, column in enumerate(columns) if column in categorical]
    settings = {"rounds": ask.get("rounds", 100), "rate": ask.get("rate", .1), "leaves": ask.get("leaves", 31), "depth": ask.get("depth", 6), "trees": ask.get("trees", 300 if len(y) < 5000 else 100), "leaf": ask.get("leaf", 1)}
    folds = np.arange(len(y)) % 5
    head = {"version": f"scikit-learn {sklearn.__version__}, XGBoost {xgboost.__version__}", "rows": x.shape[0], "columns": x.shape[1], "categorical": categorical, "loss": loss, "losses": {}, "train": {}}
    for peer in ask.get("peers", []):
        losses, train = [], []
        for f in range(ask.get("folds", 5)):
            p = PEERS[peer](x[folds != f], y[folds != f], x, categorical, loss, **settings)
            for part, into in ((folds == f, losses), (folds != f, train)):
                into.append(None if p is None else measure(loss, y[part], np.asarray(p, float)[part]))
        head["losses"][peer], head["train"][peer] = losses, train
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + x.astype("<f8").tobytes() + y.astype("<f8").tobytes())
    sys.stdout.buffer.flush()


for line in sys.stdin.buffer:
    answer(json.loads(line))
