"""SciPy's two-sample Kolmogorov–Smirnov test and Wasserstein distance of one pair."""
import warnings

import scipy
from scipy import stats

from rounds import serve

warnings.simplefilter("ignore", RuntimeWarning)


def prepare(ask, arrays):
    a, b = arrays["reference"].ravel(), arrays["current"].ravel()
    test = stats.ks_2samp if ask["statistic"] == "kolmogorov" else stats.wasserstein_distance

    def work():
        test(a, b)

    return f"SciPy {scipy.__version__}", work


serve(prepare)
