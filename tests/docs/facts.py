"""What a computed fragment can ask for, told in one language.

================================  ================================================================
fragment                          says
================================  ================================================================
``gap 5.7 2030 pace_ratio``       a column of the gap frame
``hand 5.7 2030 base_gap``        a step on the way there, by :mod:`tests.measures.reference`
``values 5.7 2030``               all values used, each with its period
``verdict 5.7 2030``              verdict and reason in words, and their codes
``flags 5.7 2030``                the codes of the flags
``interval 5.7 2030``             the interval that the target stands for
``target 5.7 2030 text_source``   a column of the table of targets
``view 5.7 2025 value``           a column of the current view of the province
``known 4.3``                     how many years have a value, before a break or after
``trend 5.7 slope``               a column of the trend frame
``label 5.7``                     the short label of a series
``said 5.7 2030 value_status``    a code in the gap frame, in words: ``verdict_short``, ``reason``,
                                  ``grade``, ``flags``, ``flags_short``, ``value_status``,
                                  ``value_comparability``, ``value_period``
``carriers flags STALE``          the first series whose ``reason`` or ``flags`` have a code
``source 5.7 2030 publisher``     a column of the source of the value judged
``count 2030 assessed``           how many targets of a year are ``stated``, ``assessed``,
                                  ``unassessed``, or have a verdict such as ``MET``
``rows tasks``                    how many rows a table of the package has
``task II.5 standing``            a column of the task frame; its codes in words
``tasks past_end``                how many tasks are in a phase
``sign verdict MET``              the sign of a ``verdict`` or ``standing`` in the figures
``limit ON_TRACK_FROM``           a constant of :mod:`analysis.measures.constants`
``kendall 5 10``                  p of the Mann-Kendall test for n and S, counted over all orders
``sen 5 rank``                    ``rank``, ``upper``, ``pairs`` or ``confidence`` of Sen limits
``quantile 5``                    t(0.90, n - 2)
``published unsd_2022 1 2030``    ``value`` or ``category`` of a published method for a row
``method unsd_2022 title``        ``title`` or ``mark`` of a published method
``word verdict.MET``              a text of the catalogue; what it leaves open is shown as …
``day``, ``version``              the day of assessment, the version of the data package
``base_year``                     the base year
================================  ================================================================

How numbers are written: ``:.2`` two decimals, ``:+.2`` with a sign, ``:0%`` as a percentage,
``:d`` a whole number without marks for thousands (years), ``:.1y`` the same with a decimal,
``:n`` all digits that were given.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import combinations, pairwise, permutations
from pathlib import Path
from typing import Any

import pandas as pd
from scipy.stats import t as student

from analysis.api import DEFAULT_BASE_YEAR, Plan
from analysis.charts.task_gantt import LOOKS
from analysis.charts.verdict_matrix import SIGNS
from analysis.measures import VERDICTS, constants
from analysis.measures.published import METHODS, compare
from analysis.measures.slope import sen_rank
from analysis.results.targets import plan_targets
from analysis.words import Words
from tests.measures.reference import Case, Target, other_scale, standard_error, theil_sen

UNASSESSED = ("NO_TARGET", "NO_DATA", "NOT_ASSESSABLE")
MOST = 4
# Columns of codes of the gap frame, and the branch of the catalogue that has their words.
SAID = {
    "value_comparability": "comparability",
    "value_status": "status",
    "verdict_short": "verdict_short",
    **{name: name for name in ("grade", "reason", "verdict")},
}


@dataclass(frozen=True)
class Book:
    """All frames on one day, and every row of the gap frame as a case to be worked by hand."""

    plan: Plan
    day: date
    root: Path

    @cached_property
    def gap(self) -> pd.DataFrame:
        return self.plan.gap(as_of=self.day).set_index(["series_id", "target_year"])

    @cached_property
    def trend(self) -> pd.DataFrame:
        return self.plan.trend(as_of=self.day).set_index("series_id")

    @cached_property
    def view(self) -> pd.DataFrame:
        view = self.plan.view(as_of=self.day)
        return view[view["area_id"] == "QN"].set_index(["series_id", "year"]).sort_index()

    @cached_property
    def tasks(self) -> pd.DataFrame:
        return self.plan.task_status(as_of=self.day).set_index("task_id")

    @cached_property
    def targets(self) -> pd.DataFrame:
        return self.plan["targets"].set_index(["series_id", "year"])

    @cached_property
    def cases(self) -> dict[tuple[str, int], Case]:
        rows = self.gap.reset_index()
        arrays = plan_targets(rows, DEFAULT_BASE_YEAR)
        keys = zip(rows["series_id"], rows["target_year"], strict=True)
        return {key: self._case(key[0], row_of(arrays, row)) for row, key in enumerate(keys)}

    def _case(self, series_id: str, target: Target) -> Case:
        rows = self.observed(series_id)
        used = rows[rows["is_current_segment"]]
        parts = frozenset(used.index[used["part_year"]])
        broken = len(rows) > 0 and used.empty
        return Case(used["value"].to_dict(), target, self.day.year, parts, broken)

    def observed(self, series_id: str) -> pd.DataFrame:
        """Return the current view of one series by year, values before a break included."""
        if series_id not in self.view.index:
            return self.view.iloc[:0].droplevel("series_id")
        return self.view.loc[series_id]


def row_of(arrays: Any, row: int) -> Target:
    return Target(**{name: getattr(arrays, name)[row].item() for name in Target.__annotations__})


def residuals(case: Case) -> list[float]:
    """Return the squared steps about the mean step, each divided by its years."""
    points, mean = sorted(case.series.items()), mean_step(case)
    return [(b - a - mean * (y - x)) ** 2 / (y - x) for (x, a), (y, b) in pairwise(points)]


def mean_step(case: Case) -> float:
    first, last = min(case.series), max(case.series)
    return (case.series[last] - case.series[first]) / (last - first)


def spread(case: Case) -> float:
    return standard_error(case.series, case.target.step, case.h)


def half_width(case: Case) -> float:
    return float(student.ppf(constants.UPPER_QUANTILE, case.n - 2)) * spread(case)


def slopes(case: Case) -> list[float]:
    points = sorted(case.used.items())
    return sorted((b - a) / (y - x) for (x, a), (y, b) in combinations(points, 2))


def step(case: Case) -> int:
    """Return the step of the verdict, as the page numbers them."""
    label = case.verdict[2]
    return {"target": 0, "pace": 9}[label] if label.isalpha() else int(label)


HAND: Mapping[str, Callable[[Case], Any]] = {
    "step": step,
    "year": lambda case: case.target.year,
    "as_of": lambda case: case.as_of,
    "base_gap": lambda case: case.base_gap,
    "edge": lambda case: case.edge,
    "unit": lambda case: case.target.step,
    "lo": lambda case: case.target.lo,
    "hi": lambda case: case.target.hi,
    "age": lambda case: case.as_of - case.t,
    "moved": lambda case: case.base_gap - case.gap,
    "speed": lambda case: abs(theil_sen(case.used)),
    "slopes": slopes,
    "pairs": lambda case: len(slopes(case)),
    "ahead": lambda case: case.h,
    "centre": lambda case: case.centre,
    "wait": lambda case: case.t + case.gap / abs(case.slope),
    "length": lambda case: max(case.series) - min(case.series),
    "mean_step": mean_step,
    "steps": lambda case: [b - a for a, b in pairwise(v for _, v in sorted(case.series.items()))],
    "step_years": lambda case: [y - x for x, y in pairwise(sorted(case.series))],
    "residuals": residuals,
    "squares": lambda case: sum(residuals(case)),
    "freedom": lambda case: case.n - 2,
    "q": lambda case: max(sum(residuals(case)) / (case.n - 2), case.target.step**2 / 6),
    "floor": lambda case: case.target.step**2 / 6,
    "se": spread,
    "half": half_width,
    "low": lambda case: case.centre - half_width(case),
    "high": lambda case: case.centre + half_width(case),
    "errors": lambda case: (case.centre - case.edge) / spread(case),
    "other_scale": lambda case: other_scale(case.series, case.target, case.h),
}


@cache
def tail_counts(n: int) -> tuple[dict[int, int], int]:
    """Count the orders of n values by S, by trying them all."""
    counts: dict[int, int] = {}
    for order in permutations(range(n)):
        s = sum(1 if b > a else -1 for a, b in combinations(order, 2))
        counts[s] = counts.get(s, 0) + 1
    return counts, math.factorial(n)


def exact_p(n: int, s: int) -> float:
    counts, total = tail_counts(n)
    return min(1.0, 2 * sum(count for at, count in counts.items() if at >= abs(s)) / total)


def sen_limits(n: int) -> dict[str, float]:
    rank, confidence = sen_rank(n, constants.SEN_NOMINAL)
    pairs = n * (n - 1) // 2
    return {"rank": rank, "upper": pairs + 1 - rank, "pairs": pairs, "confidence": confidence}


class Teller:
    """Tells what a fragment asks for, in one language.

    Raises
    ------
    ValueError
        If there is nothing to tell, or the fragment cannot be read; the message quotes it.
    """

    def __init__(self, book: Book, language: str) -> None:
        self.book, self.words = book, Words(language)

    def __call__(self, spec: str) -> str:
        asked, _, style = spec.partition(" :")
        name, *arguments = asked.split(" ")
        try:
            answer = getattr(self, f"_{name}")(*arguments)
        except (AttributeError, KeyError, TypeError) as fault:
            raise ValueError(f"fragment {spec!r}: nothing to look up ({fault!r})") from fault
        return self._styled(answer, style, spec)

    def _styled(self, answer: Any, style: str, spec: str) -> str:
        if isinstance(answer, list):
            return "; ".join(self._styled(each, style, spec) for each in answer)
        if answer is None or pd.isna(answer) or answer == "":
            raise ValueError(f"fragment {spec!r}: there is no such value")
        if isinstance(answer, str):
            return answer
        found = re.fullmatch(r"(?P<sign>\+?)\.?(?P<places>\d?)(?P<kind>[dny%]?)", style)
        if not style or not found:
            raise ValueError(f"fragment {spec!r}: say how the number is written, such as :.2")
        return self._number(float(answer), **found.groupdict())

    def _number(self, value: float, sign: str, places: str, kind: str) -> str:
        if kind in {"d", "y"}:
            return f"{value:.{int(places or 0)}f}".replace(".", self.words.number(0.5)[1])
        if kind == "%":
            return self.words.quantity(100 * value, "%", int(places))
        decimals = None if kind == "n" else int(places)
        return self.words.number(value, decimals, signed=bool(sign))

    def _gap(self, series: str, year: str, column: str) -> Any:
        answer = self.book.gap.at[(series, int(year)), column]
        return self.words(f"verdict.{answer}") if column == "verdict" else answer

    def _hand(self, series: str, year: str, name: str) -> Any:
        return HAND[name](self.book.cases[series, int(year)])

    def _values(self, series: str, year: str) -> list[str]:
        rows = self.book.observed(series).loc[list(self.book.cases[series, int(year)].used)]
        told = zip(rows["value"], rows["period"], strict=True)
        return [f"{self.words.number(v)} ({self.words.period(p)})" for v, p in told]

    def _said(self, series: str, year: str, column: str) -> str | list[str]:
        row = self.book.gap.loc[(series, int(year))]
        if column in ("flags", "flags_short"):
            branch = column.replace("flags", "flag")
            return [self._word(f"{branch}.{flag}") for flag in row["flags"].split()]
        if column == "value_period":
            return self.words.period(row[column])
        return self.words(f"{SAID[column]}.{row[column.removesuffix('_short')]}")

    def _carriers(self, column: str, code: str) -> str:
        rows = self.book.gap.reset_index()
        found = rows.loc[[code in codes.split() for codes in rows[column]], "series_id"]
        return self.words.listing(dict.fromkeys(found), most=MOST) or self.words("dash")

    def _source(self, series: str, year: str, column: str) -> Any:
        sources = self.book.plan["sources"].set_index("source_id")
        answer = sources.at[self.book.gap.at[(series, int(year)), "value_source_id"], column]
        if column != "published" or pd.isna(answer):
            return answer
        return self.words.date(answer) if answer.count("-") == 2 else self.words.period(answer)

    def _verdict(self, series: str, year: str) -> str:
        row = self.book.gap.loc[(series, int(year))]
        text, codes = self.words(f"verdict.{row['verdict']}"), f"`{row['verdict']}`"
        if row["reason"]:
            text = f"{text}: {self.words('reason.' + row['reason'])}"
            codes = f"{codes}, `{row['reason']}`"
        return f"**{text}** ({codes})"

    def _flags(self, series: str, year: str) -> str:
        return ", ".join(f"`{flag}`" for flag in self._gap(series, year, "flags").split())

    def _interval(self, series: str, year: str) -> str:
        target = self.book.cases[series, int(year)].target
        if not target.readable():
            raise ValueError(f"the target {series} of {year} is no interval")
        if target.has(target.lo) and target.has(target.hi):
            return self._between(target)
        sign = ("≥", ">")[target.lo_strict] if target.has(target.lo) else "≤<"[target.hi_strict]
        return f"{sign} {self.words.number(target.lo if target.has(target.lo) else target.hi)}"

    def _between(self, target: Target) -> str:
        low, high = self.words.number(target.lo), self.words.number(target.hi)
        return self.words("target.between", low=low, high=high)

    def _target(self, series: str, year: str, column: str) -> Any:
        return self.book.targets.at[(series, int(year)), column]

    def _view(self, series: str, year: str, column: str) -> Any:
        answer = self.book.view.at[(series, int(year)), column]
        if column in {"decided_by", "status", "comparability"}:
            return self.words(f"{column}.{answer}")
        return self.words.period(answer) if column == "period" else answer

    def _known(self, series: str) -> int:
        return len(self.book.observed(series))

    def _trend(self, series: str, column: str) -> Any:
        answer = self.book.trend.at[series, column]
        words = {"direction", "movement"}
        return self.words(f"{column}.{answer}") if column in words else answer

    def _label(self, series: str) -> str:
        return str(self.book.trend.at[series, f"label_{self.words.language}"])

    def _count(self, year: str, what: str) -> int:
        rows = self.book.gap.xs(int(year), level="target_year")
        stated = rows["target_status"].eq("stated")
        without = rows["verdict"].isin(UNASSESSED)
        kept = {"stated": stated, "assessed": stated & ~without, "unassessed": stated & without}
        kept |= {verdict: rows["verdict"].eq(verdict) for verdict in VERDICTS}
        return int(kept[what].sum())

    def _rows(self, table: str) -> int:
        return len(self.book.plan[table])

    def _task(self, task: str, column: str) -> str:
        answer = self.book.tasks.at[task, column]
        codes = {"schedule", "phase", "status", "standing"}
        return self.words(f"task.{column}.{answer}") if column in codes else str(answer)

    def _tasks(self, phase: str) -> int:
        return int(self.book.tasks["phase"].eq(phase).sum())

    def _sign(self, kind: str, code: str) -> str:
        signs = {"verdict": SIGNS, "standing": {name: look.symbol for name, look in LOOKS.items()}}
        return signs[kind][code]

    def _limit(self, name: str) -> float:
        return float(getattr(constants, name))

    def _kendall(self, n: str, s: str) -> float:
        return exact_p(int(n), int(s))

    def _sen(self, n: str, name: str) -> float:
        return sen_limits(int(n))[name]

    def _quantile(self, n: str) -> float:
        return float(student.ppf(constants.UPPER_QUANTILE, int(n) - 2))

    def _published(self, method: str, series: str, year: str, column: str) -> Any:
        answer = compare(self._inputs(series, year), method)[column].item()
        if column == "value":
            return answer
        categories = {each.code: each for each in METHODS[method].categories}
        return getattr(categories[answer], self.words.language)

    def _inputs(self, series: str, year: str) -> pd.DataFrame:
        """Lay one row of mode up or down out as the published methods ask for it."""
        row, case = self.book.gap.loc[(series, int(year))], self.book.cases[series, int(year)]
        up = {"up": True, "down": False}[row["mode"]]
        given = {
            "base": case.b, "base_year": case.tb, "current": case.c, "current_year": case.t,
            "target": row["low"] if up else row["high"], "target_year": case.target.year,
            "direction": 1 if up else -1,
            "limit": case.target.natural_max if up else case.target.natural_min,
            "percent": row["unit_id"] == "percent",
        }  # fmt: skip
        return pd.DataFrame([given | {str(at): value for at, value in case.used.items()}])

    def _method(self, name: str, what: str) -> str:
        method = METHODS[name]
        return method.mark if what == "mark" else getattr(method, f"{what}_{self.words.language}")

    def _word(self, key: str) -> str:
        return re.sub(r"\{[^}]*\}", "…", self.words.text(key))

    def _base_year(self) -> int:
        return DEFAULT_BASE_YEAR

    def _day(self) -> str:
        return self.words.date(self.book.day.isoformat())

    def _version(self) -> str:
        path = self.book.root / "datapackage.json"
        return str(json.loads(path.read_text(encoding="utf-8"))["version"])
