"""Boosted trees, a forest and contributions: scikit-learn's HistGradientBoosting and RandomForest, XGBoost's pred_contribs, all on both cores."""
import numpy as np
import sklearn
import xgboost
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor, RandomForestClassifier, RandomForestRegressor

from rounds import serve


def prepare(ask, arrays):
    x, y = arrays["rows"], arrays["target"].ravel()
    learn, classes = f"scikit-learn {sklearn.__version__}", ask.get("classes", 0)
    boosting = HistGradientBoostingClassifier if classes else HistGradientBoostingRegressor
    forest = RandomForestClassifier if classes else RandomForestRegressor

    def boost():
        return boosting(max_iter=100, learning_rate=.1, max_leaf_nodes=31, early_stopping=False).fit(x, y)

    if ask["work"] == "boosting-fit":
        return learn, lambda: boost() and None
    if ask["work"] == "boosting-predict":
        model = boost()
        predict = model.predict_proba if classes else model.predict
        return learn, lambda: predict(x) is None and None
    if ask["work"] == "forest-fit":
        return learn, lambda: forest(ask["trees"], n_jobs=-1, random_state=0).fit(x, y) and None
    # The same number of trees and leaves as ours, leaf by leaf.
    settings = dict(objective="reg:squarederror", tree_method="hist", grow_policy="lossguide", max_leaves=31, max_depth=0, eta=.1, reg_lambda=0, min_child_weight=20, verbosity=0)
    model = xgboost.train(settings, xgboost.DMatrix(x, y), 100)
    some = xgboost.DMatrix(x[:ask["explain"]])
    return f"XGBoost {xgboost.__version__}", lambda: model.predict(some, pred_contribs=True) is None and None


serve(prepare)
