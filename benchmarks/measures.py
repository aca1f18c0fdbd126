"""Time the measures on a million random series against loops over other libraries, in one run.

Run with ``python benchmarks/measures.py [series]`` after ``pip install -e '.[bench]'``. It prints
ratios, since the machine decides the seconds, and the peak memory of the process. All sides see
the same series; the loops see a sample of them. The slopes of the sample are compared as well.
"""

from __future__ import annotations

import gc
import resource
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

import numpy as np
from scipy.stats import kendalltau, theilslopes

from analysis.measures import assess, targets_from_plan, trend
from analysis.measures.arrays import Bools, Floats, Ints, chunks
from analysis.measures.kendall import mann_kendall
from analysis.measures.slope import theil_sen
from analysis.measures.targets import Targets

YEARS = np.arange(2015, 2027)
SERIES = 1_000_000
SAMPLE = 1_500
ROUNDS = 3


def random_values(series: int, generator: np.random.Generator) -> Floats:
    """Return random walks on one decimal; each series has 10 to 100 % of its years."""
    steps = generator.normal(0.8, 1.5, (series, len(YEARS)))
    values = np.round(np.cumsum(steps, axis=1) + generator.uniform(20, 80, (series, 1)), 1)
    known = generator.random(values.shape) < generator.uniform(0.1, 1.0, (series, 1))
    return np.where(known, np.clip(values, 0, 100), np.nan)


def random_targets(series: int, generator: np.random.Generator) -> Targets:
    """Return targets of all modes but ordinal ones, for both target years."""
    mode = generator.choice(["up", "down", "band"], series)
    low = np.round(generator.uniform(0, 90, series), 1)
    return targets_from_plan(
        kind=np.where(mode == "band", "between", "exact"),
        mode=mode,
        low=low,
        high=np.where(mode == "band", low + 5, low),
        level=np.nan,
        decimals=1,
        natural_min=0,
        natural_max=100,
        year=generator.choice([2025, 2030], series),
        base_year=2020,
    )


def seconds(job: Callable[[], object], rounds: int = 1) -> float:
    """Return the median time of a job."""
    times = []
    for _ in range(rounds):
        gc.collect()
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def slopes_of(values: Floats) -> Floats:
    """Return all Theil-Sen slopes, chunk by chunk."""
    cut = chunks(len(values), len(YEARS))
    return np.concatenate([theil_sen(YEARS, values[rows]) for rows in cut])


def looped(values: Floats, years: Ints = YEARS) -> Floats:
    """Return the slopes of a loop over scipy; NaN below two values."""
    found = np.full(len(values), np.nan)
    for row, series in enumerate(values):
        known: Bools = ~np.isnan(series)
        if known.sum() > 1:
            found[row] = theilslopes(series[known], years[known])[0]
    return found


def mann_kendall_of(values: Floats) -> Floats:
    """Return slope and exact Mann-Kendall p of every series, chunk by chunk."""
    cut = chunks(len(values), len(YEARS))
    parts = [np.column_stack((theil_sen(YEARS, values[rows]), mann_kendall(values[rows])[1]))
             for rows in cut]  # fmt: skip
    return np.concatenate(parts)


def each(values: Floats, least: int, job: Callable[[Floats, Ints], object]) -> None:
    """Call a job for every series that has enough values."""
    for series in values:
        known = ~np.isnan(series)
        if known.sum() >= least:
            job(series[known], YEARS[known])


def loops() -> dict[str, Callable[[Floats], None]]:
    """Return a loop for every library that is compared."""
    import pymannkendall
    import statsmodels.api as sm

    def predicted(y: Floats, x: Ints) -> None:
        fit = sm.OLS(y, sm.add_constant(x.astype(float))).fit()
        fit.get_prediction([[1.0, 2030.0]]).summary_frame(alpha=0.2)

    return {
        "scipy theilslopes": lambda rows: each(rows, 2, theilslopes),
        "scipy kendalltau, exact": lambda rows: each(
            rows,
            4,
            lambda y, x: kendalltau(x, y, method="exact" if len(set(y)) == len(y) else "auto"),
        ),
        "pymannkendall original_test": lambda rows: each(
            rows, 4, lambda y, _: pymannkendall.original_test(y)
        ),
        "statsmodels OLS, 80 % interval": lambda rows: each(rows, 3, predicted),
    }


def main() -> None:
    """Run all comparisons and print them."""
    series = int(sys.argv[1]) if len(sys.argv) > 1 else SERIES
    generator = np.random.default_rng(155)
    values, targets = random_values(series, generator), random_targets(series, generator)
    sample = values[:SAMPLE]
    others = {
        name: seconds(partial(job, sample), ROUNDS) / len(sample) for name, job in loops().items()
    }
    jobs = {
        "slope": lambda: slopes_of(values),
        "slope + exact MK": lambda: mann_kendall_of(values),
        "assess": lambda: assess(YEARS, values, targets, 2026),
        "trend": lambda: trend(YEARS, values, as_of_year=2026, step=0.1),
    }
    taken = {name: seconds(job) / series for name, job in jobs.items()}
    taken["assess + trend"] = taken["assess"] + taken["trend"]
    difference = np.nanmax(np.abs(slopes_of(sample) - looped(sample)))
    print(f"{series:,} series of up to {len(YEARS)} values; times as fast as a loop over:")
    for name, each_taken in taken.items():
        print(f"{name:17} {1 / each_taken:>12,.0f} series/s")
        for other, time_of in others.items():
            print(f"{'':17} {time_of / each_taken:>12,.0f} x {other} ({1 / time_of:,.0f}/s)")
    print(f"largest difference of the slopes from scipy: {difference:g}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the process: {peak:,.0f} MB; input {values.nbytes / 2**20:,.0f} MB")


if __name__ == "__main__":
    main()
