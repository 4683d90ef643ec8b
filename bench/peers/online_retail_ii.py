"""The whole job in pandas and scikit-learn: Online Retail II, from the file to segments, k studied over 2 … 10.

usage: online_retail_ii.py FILE(.csv, .csv.gz or .xlsx) [OUT_FOLDER]

The same steps as Clientele's plain study: cleaning of the preset `online-retail`, the features of `retail_15`, isolation forest 5 %,
Yeo–Johnson, z-score, PCA of at least 80 % of variance, k-means with ten starts and three indices for every k, the k of the best silhouette.
stdout: one JSON object: seconds of every stage, rows of every rule, figures of every k, peak memory of this process in MB.
"""
import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.ensemble import IsolationForest
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_score
from sklearn.preprocessing import PowerTransformer

COLUMNS = ["invoice", "product", "description", "quantity", "ordered_at", "price", "customer", "country"]
CLUSTERED = [
    "recency", "invoices", "spend", "average_order_value", "distinct_products", "units", "cancellation_rate",
    "monthly_mean", "monthly_sd", "trend",
]
NO_PRODUCTS = ["NEXT DAY CARRIAGE", "HIGH RESOLUTION IMAGE"]


def read(path):
    if path.suffix == ".xlsx":
        sheets = pd.read_excel(path, sheet_name=None, engine="openpyxl", dtype={"Invoice": str, "StockCode": str, "Description": str})
        orders = pd.concat(sheets.values(), ignore_index=True)
    else:
        orders = pd.read_csv(path, dtype={"Invoice": str, "StockCode": str, "Description": str, "Country": "category"})
        orders["InvoiceDate"] = pd.to_datetime(orders["InvoiceDate"], format="%Y-%m-%d %H:%M:%S")
    orders.columns = COLUMNS
    return orders


def overlap(orders):
    """Second halves of invoices that were exported twice, at least 1,000 lines apart."""
    position = np.arange(len(orders))
    by_invoice = orders.groupby("invoice", sort=False)
    place, size = by_invoice.cumcount().to_numpy(), by_invoice["invoice"].transform("size").to_numpy()
    second = (2 * place >= size) & (size % 2 == 0)
    edge = pd.DataFrame({
        "invoice": orders["invoice"],
        "last_of_first": np.where(2 * place == size - 2, position, 0),
        "first_of_second": np.where(2 * place == size, position, 0),
    }).groupby("invoice", sort=False).max()
    far = edge.index[edge["first_of_second"] - edge["last_of_first"] > 1000]
    candidates = orders["invoice"].isin(far) & (size % 2 == 0)
    lines = pd.util.hash_pandas_object(orders.loc[candidates], index=False).to_numpy()
    # A multiset is compared by its sorted hashes.
    halves = pd.DataFrame({"invoice": orders.loc[candidates, "invoice"], "second": second[candidates], "line": lines})
    halves = halves.sort_values(["invoice", "second", "line"])
    halves["place"] = halves.groupby(["invoice", "second"]).cumcount()
    pairs = halves.pivot(index=["invoice", "place"], columns="second", values="line")
    equal = (pairs[False] == pairs[True]).groupby("invoice").all()
    return second & orders["invoice"].isin(equal.index[equal]).to_numpy()


def clean(orders):
    removed = {}

    def keep(rule, mask):
        nonlocal orders
        removed[rule] = int((~mask).sum())
        orders = orders[mask]

    keep("overlap", ~overlap(orders))
    keep("missing", orders["customer"].notna() & orders["description"].notna())
    keep("duplicates", ~orders.duplicated(["invoice", "product", "description", "customer", "quantity"]))
    codes = pd.Series(orders["product"].unique())
    keep("product_codes", orders["product"].isin(codes[codes.str.count(r"\d") >= 2]))
    names = pd.Series(orders["description"].unique())
    keep("descriptions", ~orders["description"].isin(names[names.str.upper().isin(NO_PRODUCTS)]))
    keep("price", orders["price"] > 0)
    return orders, removed


def mode_of_first(counts, keys):
    """The most frequent value of every customer; of equally frequent ones the smallest."""
    return counts.sort_values(["customer", "n", keys], ascending=[True, False, True]).drop_duplicates("customer").set_index("customer")[keys]


def features(orders):
    orders = orders.assign(
        amount=orders["quantity"] * orders["price"],
        day=orders["ordered_at"].dt.normalize(),
        month=orders["ordered_at"].dt.year * 12 + orders["ordered_at"].dt.month,
        cancelled=orders["invoice"].str.startswith("C"),
    )
    by_customer = orders.groupby("customer")
    table = pd.DataFrame({
        "recency": (orders["day"].max() - by_customer["day"].max()).dt.days,
        "invoices": by_customer["invoice"].nunique(),
        "spend": by_customer["amount"].sum(),
        "distinct_products": by_customer["product"].nunique(),
        "units": by_customer["quantity"].sum(),
    })
    table["average_order_value"] = table["spend"] / table["invoices"]

    invoices = orders.drop_duplicates(["customer", "invoice"])
    table["cancelled_invoices"] = invoices.groupby("customer")["cancelled"].sum()
    table["cancellation_rate"] = table["cancelled_invoices"] / table["invoices"]
    for name, values in (("weekday", invoices["ordered_at"].dt.weekday), ("hour", invoices["ordered_at"].dt.hour)):
        counts = invoices.assign(**{name: values}).groupby(["customer", name]).size().rename("n").reset_index()
        table[name] = mode_of_first(counts, name)
    countries = orders.groupby(["customer", "country"], observed=True).size().rename("n").reset_index()
    table["is_home_country"] = (mode_of_first(countries.astype({"country": str}), "country") == "United Kingdom").astype(int)

    days = orders.drop_duplicates(["customer", "day"])[["customer", "day"]].sort_values(["customer", "day"])
    table["gap_days"] = days.groupby("customer")["day"].diff().dt.days.groupby(days["customer"]).mean().fillna(0)

    months = orders.groupby(["customer", "month"])["amount"].sum().reset_index()
    months["i"] = months.groupby("customer").cumcount()
    months["i_amount"] = months["i"] * months["amount"]
    by_month = months.groupby("customer")
    table["monthly_mean"] = by_month["amount"].mean()
    table["monthly_sd"] = by_month["amount"].std().fillna(0)
    n, sums = by_month.size(), by_month[["amount", "i_amount"]].sum()
    i_sum, ii_sum = n * (n - 1) / 2, (n - 1) * n * (2 * n - 1) / 6
    spread = n * ii_sum - i_sum**2
    table["trend"] = ((n * sums["i_amount"] - i_sum * sums["amount"]) / spread.where(spread > 0)).fillna(0)
    return table


def main():
    path, out = Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None
    started = last = time.perf_counter()
    seconds = {}

    def done(stage):
        nonlocal last
        now = time.perf_counter()
        seconds[stage], last = round(now - last, 3), now

    orders = read(path)
    rows_read = len(orders)
    done("read")
    orders, removed = clean(orders)
    kept = len(orders)
    done("clean")
    table = features(orders)
    done("features")
    rows = table[CLUSTERED].to_numpy(float)
    usual = IsolationForest(contamination=0.05, random_state=42).fit_predict(rows) == 1
    bend = PowerTransformer(method="yeo-johnson", standardize=True).fit(rows[usual])
    bent = bend.transform(rows)
    rotate = PCA(n_components=0.8, svd_solver="full").fit(bent[usual])
    points = rotate.transform(bent)
    done("prepare")

    study, models = [], {}
    for k in range(2, 11):
        model = models[k] = KMeans(n_clusters=k, n_init=10, random_state=42).fit(points[usual])
        study.append({
            "k": k,
            "inertia": float(model.inertia_),
            "silhouette": float(silhouette_score(points[usual], model.labels_)),
            "davies_bouldin": float(davies_bouldin_score(points[usual], model.labels_)),
            "calinski_harabasz": float(calinski_harabasz_score(points[usual], model.labels_)),
        })
    done("study")
    best = max(study, key=lambda row: row["silhouette"])["k"]
    table["segment"] = models[best].predict(points) + 1
    table["outlier"] = ~usual
    profile = table.groupby("segment").agg(["mean", "count"])
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        table.to_csv(out / "segments.csv")
        profile.to_csv(out / "profile.csv")
    done("segments")
    json.dump({
        "peer": f"pandas {pd.__version__} + scikit-learn {sklearn.__version__}",
        "seconds": {**seconds, "total": round(time.perf_counter() - started, 3)},
        "read": rows_read, "kept": kept, "removed": removed, "customers": len(table), "dimensions": int(points.shape[1]),
        "clusters": best, "study": study,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
