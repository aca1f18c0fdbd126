"""The methods paper for one series in plain Python: slow, without arrays, written for reading.

It shares no code with the package. The vectorised measures are compared with it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations, pairwise, permutations
from statistics import NormalDist, median

from scipy.stats import kendalltau
from scipy.stats import t as student

NONE = float("nan")
CLOSE = 1e-9
GRADES = {0: "", 1: "D", 2: "C", 3: "B", 4: "B"}


@dataclass(frozen=True)
class Target:
    mode: str = "up"
    year: int = 2030
    lo: float = NONE
    hi: float = NONE
    lo_strict: bool = False
    hi_strict: bool = False
    step: float = NONE
    natural_min: float = NONE
    natural_max: float = NONE
    base_year: int = 2020
    clear: bool = True
    stated: bool = True

    def has(self, end: float) -> bool:
        return not math.isnan(end)

    def readable(self) -> bool:
        needed = {
            "up": self.has(self.lo),
            "down": self.has(self.hi),
            "band": self.has(self.lo) and self.has(self.hi),
            "level": self.has(self.lo) or self.has(self.hi),
        }
        return self.stated and self.clear and needed[self.mode]

    def slack(self, v: float) -> float:
        return CLOSE * max(abs(v), 0 if math.isnan(self.step) else self.step)

    def dist(self, v: float) -> float:
        below = self.lo - v if self.has(self.lo) else 0
        above = v - self.hi if self.has(self.hi) else 0
        gap = max(below, 0, above)
        return 0.0 if gap <= self.slack(v) else gap

    def met(self, v: float) -> bool:
        if self.lo_strict and abs(v - self.lo) <= self.slack(v):
            return False
        if self.hi_strict and abs(v - self.hi) <= self.slack(v):
            return False
        return self.dist(v) == 0

    def edge(self, v: float) -> float:
        if self.mode == "band":
            if self.dist(v) == 0:
                return NONE
            return self.lo if v < self.lo else self.hi
        if self.mode == "down" or (self.mode == "level" and not self.has(self.lo)):
            return self.hi
        return self.lo

    def side(self, v: float) -> int:
        if self.dist(v) == 0:
            return 0
        return -1 if self.has(self.lo) and v < self.lo else 1

    def clip(self, v: float) -> float:
        if self.has(self.natural_min):
            v = max(v, self.natural_min)
        return min(v, self.natural_max) if self.has(self.natural_max) else v


def theil_sen(series: dict[int, float]) -> float:
    slopes = [(b - a) / (y - x) for (x, a), (y, b) in combinations(sorted(series.items()), 2)]
    return median(slopes) if slopes else NONE


def class_of(ratio: float) -> str:
    if ratio >= 0.95 - CLOSE:
        return "ON_TRACK"
    if ratio >= 0.60 - CLOSE:
        return "NEEDS_ACCELERATION"
    return "OFF_TRACK" if ratio >= -CLOSE else "WORSENING"


def baseline(series: dict[int, float], declared: int) -> int | None:
    if declared in series:
        return declared
    near = [year for year in series if abs(year - declared) <= 2]
    if near:
        return min(near, key=lambda year: (abs(year - declared), year))
    return min((year for year in series if year > declared), default=None)


def standard_error(series: dict[int, float], unit: float, h: float) -> float:
    points = sorted(series.items())
    n, length = len(points), points[-1][0] - points[0][0]
    sb = (points[-1][1] - points[0][1]) / length
    q = sum((b - a - sb * (y - x)) ** 2 / (y - x) for (x, a), (y, b) in pairwise(points)) / (n - 2)
    if not math.isnan(unit):
        q = max(q, unit**2 / 6)
    return math.sqrt(q * (h + h**2 / length))


def other_scale(series: dict[int, float], target: Target, h: float) -> float | None:
    least, most = target.natural_min, target.natural_max

    def there(v: float) -> float:
        up = math.log(v - least) if target.has(least) else 0
        return up - (math.log(most - v) if target.has(most) else 0)

    def back(z: float) -> float:
        if target.has(least) and target.has(most):
            return least + (most - least) / (1 + math.exp(-z))
        return least + math.exp(z) if target.has(least) else most - math.exp(-z)

    if not (target.has(least) or target.has(most)):
        return None
    if any(v <= least or v >= most for v in series.values()):
        return None
    scaled = {year: there(v) for year, v in series.items()}
    return back(scaled[max(series)] + theil_sen(scaled) * h)


@dataclass(frozen=True)
class Case:
    """One series against one target."""

    observed: dict[int, float]
    target: Target
    as_of: int
    part: frozenset[int] = frozenset()
    before_break: bool = False

    @cached_property
    def series(self) -> dict[int, float]:
        known = {y: v for y, v in self.observed.items() if y <= self.as_of and math.isfinite(v)}
        return dict(sorted(known.items()))

    @cached_property
    def n(self) -> int:
        return len(self.series)

    @cached_property
    def latest(self) -> int:
        return max(self.series)

    @cached_property
    def past(self) -> bool:
        year = self.target.year
        return self.target.readable() and (year in self.series or self.as_of > year)

    @cached_property
    def due_year(self) -> int | None:
        """The year whose value decides a target year that is over."""
        year = self.target.year
        near = [each for each in (year, year - 1, year + 1) if each in self.series]
        return near[0] if self.past and near else None

    @cached_property
    def t(self) -> int:
        return self.latest if self.due_year is None else self.due_year

    @cached_property
    def c(self) -> float:
        return self.series[self.t]

    @cached_property
    def used(self) -> dict[int, float]:
        return {year: v for year, v in self.series.items() if year <= self.t}

    @cached_property
    def same_as_base(self) -> bool:
        return baseline(self.used, self.target.base_year) == self.t

    @cached_property
    def tb(self) -> int | None:
        return None if self.same_as_base else baseline(self.used, self.target.base_year)

    @cached_property
    def b(self) -> float:
        return NONE if self.tb is None else self.series[self.tb]

    @cached_property
    def met(self) -> bool:
        return self.target.met(self.c)

    @cached_property
    def base_met(self) -> bool:
        return self.tb is not None and self.target.met(self.b)

    @cached_property
    def gap(self) -> float:
        return self.target.dist(self.c)

    @cached_property
    def base_gap(self) -> float:
        return self.target.dist(self.b) if self.tb is not None else NONE

    @cached_property
    def edge(self) -> float:
        return self.target.edge(self.c)

    @cached_property
    def share(self) -> float | None:
        if self.tb is None or self.base_met or self.base_gap == 0:
            return None
        return 1 - self.gap / self.base_gap

    @cached_property
    def elapsed(self) -> float | None:
        if self.tb is None or self.base_met or self.target.year <= self.tb:
            return None
        return (self.t - self.tb) / (self.target.year - self.tb)

    @cached_property
    def pace(self) -> float | None:
        if self.share is None or self.elapsed is None or self.t - self.tb < 2:
            return None
        return self.share / self.elapsed

    @cached_property
    def slope(self) -> float | None:
        return None if self.target.mode == "level" else theil_sen(self.used)

    @cached_property
    def h(self) -> int | None:
        """Years ahead; None where nothing is continued."""
        if self.past or self.target.mode == "level":
            return None
        return self.target.year - self.t

    @cached_property
    def centre(self) -> float:
        return NONE if self.h is None or self.n < 2 else self.c + self.slope * self.h

    @cached_property
    def projection(self) -> float:
        return self.target.clip(self.centre) if self.centre == self.centre else NONE

    @cached_property
    def trend_ratio(self) -> float | None:
        if self.verdict[2] != "pace" or self.target.mode == "band" or self.base_gap == 0:
            return None
        return 1 - self.target.dist(self.projection) / self.base_gap

    @cached_property
    def verdict(self) -> tuple[str, str, str]:
        """Verdict, reason, and the step that gave it."""
        if not self.target.stated:
            return "NO_TARGET", "", "target"
        if not self.target.readable():
            return "NOT_ASSESSABLE", "TARGET_UNCLEAR", "target"
        if not self.n and self.before_break:
            return "NOT_ASSESSABLE", "ONLY_BEFORE_BREAK", "1"
        if not self.n:
            return "NO_DATA", "", "1"
        return self._final() if self.past else self._running()

    def _final(self) -> tuple[str, str, str]:
        if self.due_year is None:
            return "NOT_ASSESSABLE", "NO_VALUE_FOR_TARGET_YEAR", "2"
        return "MET" if self.met else "NOT_MET", "", "2"

    def _running(self) -> tuple[str, str, str]:
        if self.as_of - self.t > 5:
            return "NOT_ASSESSABLE", "STALE", "3"
        if self.tb is None:
            return self._without_base()
        if self.met:
            return "MAINTAINED" if self.base_met else "MET", "", "5"
        if self.base_met:
            return "LOST", "", "6"
        return self._on_the_way()

    def _without_base(self) -> tuple[str, str, str]:
        if self.met:
            return "MET", "", "4"
        if self.n == 1:
            return "NOT_ASSESSABLE", "ONE_POINT", "4"
        return "NOT_ASSESSABLE", "SPAN_TOO_SHORT" if self.same_as_base else "NO_BASELINE", "4"

    def _on_the_way(self) -> tuple[str, str, str]:
        if self.target.mode == "level":
            return level_class(self.base_gap - self.gap), "", "7"
        if self.t - self.tb < 2:
            return "NOT_ASSESSABLE", "SPAN_TOO_SHORT", "8"
        if self.base_gap == 0:
            return "OFF_TRACK" if self.gap == 0 else "WORSENING", "", "pace"
        return class_of(self.pace), "", "pace"

    def flags(self) -> list[str]:
        if not self.target.readable() or not self.n:
            return []
        raised = {
            "BASELINE_SHIFTED": self.tb is not None and self.tb != self.target.base_year,
            "LEVEL_ONLY": self.tb is None and self.met and not self.past,
            "METHOD_SENSITIVE": self._method_sensitive(),
            "OVERSHOOT_RISK": self._opposite(self.c if self.gap else self.b, self.projection),
            "OVERSHOT": self._opposite(self.b, self.c),
            "PART_YEAR": self.t in self.part or self.tb in self.part,
            "PROVISIONAL_YEAR": self.due_year not in {None, self.target.year},
            "SCALE_SENSITIVE": self._scale_sensitive(),
            "SMALL_GAP": self._small_gap(),
            "STALE": not self.past and self.as_of - self.t > 3,
        }
        return sorted(name for name, there in raised.items() if there)

    def _method_sensitive(self) -> bool:
        known = self.trend_ratio is not None
        return known and class_of(self.trend_ratio) != class_of(self.pace)

    def _opposite(self, one: float, other: float) -> bool:
        if self.target.mode != "band" or math.isnan(one) or math.isnan(other):
            return False
        return self.target.side(one) * self.target.side(other) == -1

    def _scale_sensitive(self) -> bool:
        if self.verdict[2] != "pace" or self.n < 4:
            return False
        other = other_scale(self.series, self.target, self.h)
        return other is not None and self.target.met(other) != self.target.met(self.projection)

    def _small_gap(self) -> bool:
        if self.pace is None or self.target.mode == "level":
            return False
        units = 0 if math.isnan(self.target.step) else 2 * self.target.step
        return self.base_gap <= max(units, 0.01 * abs(self.target.edge(self.b))) * (1 + CLOSE)

    def row(self) -> dict[str, object]:
        """Return the columns of ``assess`` that have something to say."""
        verdict, reason, _ = self.verdict
        graded = self.target.readable() and not self.past
        row = {"n": self.n, "verdict": verdict, "reason": reason, "attain_beyond": False}
        row |= {"grade": GRADES.get(self.n, "A") if graded else "", "flags": " ".join(self.flags())}
        if not self.n:
            return row
        row |= {"first_year": min(self.series), "latest_year": self.latest}
        row |= {"latest_value": self.series[self.latest], "slope": self.slope}
        row |= {"judged_year": self.t, "judged_value": self.c}
        if self.target.readable():
            row |= self._gap_columns() | self._outlook_columns()
        return row

    def _gap_columns(self) -> dict[str, object]:
        row = {"met": self.met, "gap": self.gap, "trend_ratio": self.trend_ratio}
        row |= {"share_covered": self.share, "elapsed": self.elapsed, "pace_ratio": self.pace}
        if self.tb is not None:
            shift = self.tb - self.target.base_year
            row |= {"base_year": self.tb, "base_value": self.b, "base_shift": shift}
        if self.target.mode == "band" and self.gap == 0:
            return row | {"signed_gap": 0.0, "relative_gap": 0.0}
        row["signed_gap"] = self.c - self.edge
        if abs(self.edge) > (0 if math.isnan(self.target.step) else self.target.step):
            row["relative_gap"] = self.gap / abs(self.edge)
        return row

    def _outlook_columns(self) -> dict[str, object]:
        row: dict[str, object] = {"projection": self.projection}
        if self.h is None:
            return row
        if not self.met:
            row["needed_per_year"] = (self.edge - self.c) / self.h
            row |= self._attainment(row["needed_per_year"])
        if self.n < 4:
            return row
        se = standard_error(self.series, self.target.step, self.h)
        half = float(student.ppf(0.90, self.n - 2)) * se
        row["projection_low"] = self.target.clip(self.centre - half)
        row["projection_high"] = self.target.clip(self.centre + half)
        if self.n >= 5:
            row["p_met"] = probability(self.target, self.centre, se, self.n - 2)
        return row

    def _attainment(self, needed: float) -> dict[str, object]:
        if self.n < 2 or not needed * self.slope > 0:
            return {}
        year = math.ceil(self.t + (self.edge - self.c) / self.slope - CLOSE)
        when = {"attain_beyond": True} if year > 2055 else {"attain_year": year}
        return {"acceleration": needed / self.slope, **when}


def level_class(steps: float) -> str:
    if steps >= 2:
        return "ON_TRACK"
    if steps >= 1:
        return "NEEDS_ACCELERATION"
    return "OFF_TRACK" if steps >= 0 else "WORSENING"


def probability(target: Target, centre: float, se: float, df: int) -> float:
    if se == 0:
        return 1.0 if target.met(centre) else 0.0
    above = float(student.cdf((target.hi - centre) / se, df)) if target.has(target.hi) else 1.0
    below = float(student.cdf((target.lo - centre) / se, df)) if target.has(target.lo) else 0.0
    return above - below


def score(values: tuple[float, ...]) -> int:
    return sum((b > a) - (b < a) for a, b in combinations(values, 2))


@cache
def permuted_p(values: tuple[float, ...], size: int) -> float:
    scores = [score(order) for order in permutations(values)]
    return min(1.0, 2 * sum(s >= size for s in scores) / len(scores))


def mann_kendall(values: tuple[float, ...]) -> tuple[int, float, str]:
    n, s = len(values), score(values)
    if len(set(values)) == n:
        p = kendalltau(range(n), values, method="exact").pvalue
        return s, float(p), "exact"
    if n <= 7:
        ranks = tuple(sorted(sorted(set(values)).index(v) for v in values))
        return s, permuted_p(ranks, abs(s)), "exact_ties"
    sizes = [values.count(v) for v in set(values)]
    variance = n * (n - 1) * (2 * n + 5) - sum(m * (m - 1) * (2 * m + 5) for m in sizes)
    if s == 0:
        return s, 1.0, "normal_ties"
    z = (abs(s) - 1) / math.sqrt(variance / 18)
    return s, 2 * NormalDist().cdf(-z), "normal_ties"


@dataclass(frozen=True)
class Movement:
    """One series, whatever its target."""

    observed: dict[int, float]
    as_of: int
    step: float
    mode: str
    lo: float = NONE
    hi: float = NONE

    @cached_property
    def series(self) -> dict[int, float]:
        known = {y: v for y, v in self.observed.items() if y <= self.as_of and math.isfinite(v)}
        return dict(sorted(known.items()))

    @cached_property
    def n(self) -> int:
        return len(self.series)

    @cached_property
    def slope(self) -> float:
        return NONE if self.mode == "level" else theil_sen(self.series)

    @cached_property
    def stability(self) -> float | None:
        if self.n < 3 or self.mode == "level":
            return None
        moved = abs(self.slope) * (max(self.series) - min(self.series))
        units = 0.0 if math.isnan(self.step) else 2 * self.step
        limit = max(units, 0.01 * abs(median(self.series.values())))
        if moved == 0:
            return 0.0
        return moved / limit if limit else math.inf

    @cached_property
    def direction(self) -> str:
        if self.n < 3:
            return "changed" if self.n == 2 else "none"
        if self.mode == "level":
            return "stable" if len(set(self.series.values())) == 1 else "changed"
        if self.stability < 1 - CLOSE:
            return "stable"
        return "increase" if self.slope > 0 else "decrease"

    @cached_property
    def movement(self) -> str:
        if self.n < 2 or self.direction == "stable":
            return "none"
        first, *_, last = self.series.values()
        better = {"up": self.slope, "down": -self.slope}.get(self.mode, 0.0)
        if self.mode == "band" and not math.isnan(self.lo):
            better = self.outside(first) - self.outside(last)
        return "none" if better == 0 else "improving" if better > 0 else "worsening"

    def outside(self, v: float) -> float:
        return max(self.lo - v, 0.0, v - self.hi)

    def row(self) -> dict[str, object]:
        """Return the columns of ``trend`` that have something to say."""
        row = {"n": self.n, "direction": self.direction, "movement": self.movement}
        row |= {"mk_method": "", "clear": False, "clear_at_5": False, "stability": self.stability}
        if self.n:
            (first, v), *_ = self.series.items()
            last, w = max(self.series), self.series[max(self.series)]
            row |= {"first_year": first, "first_value": v, "last_year": last, "last_value": w}
        if self.n >= 2:
            row |= {"change": w - v, "slope": self.slope}
        if self.n >= 3:
            s, p, method = mann_kendall(tuple(self.series.values()))
            row |= {"mk_s": s, "mk_p": p, "mk_method": method}
            row |= {"clear": p <= 0.10, "clear_at_5": p <= 0.05}
        recent = {year: u for year, u in self.series.items() if year > max(self.series) - 5}
        if self.n >= 5 and len(recent) >= 3 and self.mode != "level":
            row["recent_slope"] = theil_sen(recent)
        return row
