"""The contest of lifetime models as pandas and scikit-learn do it: snapshots of an order table at rolling cut-offs, the same kinds of features, the same
cut-offs and contenders (constant, past spend, past rate, ridge, forest, boosting), all fitted at every cut-off and for today, every customer scored.
usage: lifetime_contest.py ORDERS_CSV CUTOFF,... TODAY HORIZON_DAYS"""
import json
import sys

import numpy
import pandas
from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestRegressor
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

WINDOWS = (30, 90, 180, 365)


def days_bought(path):
    lines = pandas.read_csv(path, dtype={"customer": str}, parse_dates=["day"])
    return lines.groupby(["customer", "day"], as_index=False).agg(orders=("invoice", "nunique"), spend=("amount", "sum"))


def snapshot(days, cutoff, until):
    known = days[days.day < cutoff]
    age = (cutoff - known.day).dt.days
    by = known.assign(age=age, month=known.day.dt.to_period("M").astype("int64")).groupby("customer")
    table = by.agg(recency=("age", "min"), tenure=("age", "max"), orders=("orders", "sum"), days=("day", "count"), months=("month", "nunique"),
                   spend=("spend", "sum"), largest=("spend", "max"))
    table["gap"] = numpy.where(table.days > 1, (table.tenure - table.recency) / (table.days - 1).clip(lower=1), table.tenure)
    table["hiatus"] = table.recency / table.gap
    table["average"] = table.spend / table.orders
    for window in WINDOWS:
        late = known[age <= window].groupby("customer").agg(orders=("orders", "sum"), spend=("spend", "sum"))
        table[f"orders_{window}"] = late.orders.reindex(table.index).fillna(0)
        table[f"spend_{window}"] = late.spend.reindex(table.index).fillna(0)
    after = days[(days.day >= cutoff) & (days.day < until)].groupby("customer").spend.sum()
    return table, after.reindex(table.index).fillna(0)


def contenders():
    return {
        "ridge": make_pipeline(StandardScaler(), Ridge()),
        "forest": RandomForestRegressor(100, min_samples_leaf=5, n_jobs=-1, random_state=42),
        "boosting": HistGradientBoostingRegressor(random_state=42),
    }


def main(path, cutoffs, today, horizon):
    days = days_bought(path)
    window = pandas.Timedelta(days=int(horizon))
    moments = [pandas.Timestamp(cutoff) for cutoff in cutoffs.split(",")] + [pandas.Timestamp(today)]
    shots = {moment: snapshot(days, moment, moment + window) for moment in moments}
    errors = {}
    scored = 0
    for now in moments:
        past = [moment for moment in moments if moment + window <= now]
        if not past:
            continue
        rows, target = pandas.concat([shots[moment][0] for moment in past]), pandas.concat([shots[moment][1] for moment in past])
        table, actual = shots[now]
        said = {"constant": numpy.full(len(table), target.mean()), "past spend": table.spend, "past rate": table.spend * int(horizon) / table.tenure.clip(lower=30)}
        for name, model in contenders().items():
            said[name] = model.fit(rows, target).predict(table)
        for name, values in said.items():
            if now != moments[-1]:
                errors.setdefault(name, []).append(float(numpy.sqrt(((actual - values) ** 2).mean())))
        scored = len(table)
    print(json.dumps({"customers": scored, "rmse": {name: sum(each) / len(each) for name, each in errors.items()}}))


if __name__ == "__main__":
    main(*sys.argv[1:])
