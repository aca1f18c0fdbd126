"""Rules on what has been observed: periods, units, values, sources, breaks, order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from analysis.package.raw import RawPackage, Row
from analysis.package.report import Severity
from analysis.package.rules.bounds import bounded, number
from analysis.package.rules.rule import Outcomes, Problem, rule

_PERIOD = re.compile(r"(\d{4})(?:-(?:0[1-9]|1[0-2]|Q[1-4]|H[12]|(\d{4})))?")
_YEAR_OR_MONTH = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
_FULL_OR_PART_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_MONTH_OR_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?")

_USING_SOURCES = ("observations", "agency_successions", "comparison_targets", "task_updates")

PROXY_RULES = ("unit_not_convertible", "related_measure", "level_unreadable", "not_cumulative")
"""The rules of comparability that always make a proxy."""


def is_period(text: str) -> bool:
    """Return whether a text is a period; a span of years must end after it begins."""
    found = _PERIOD.fullmatch(text)
    return found is not None and (found[2] is None or found[2] > found[1])


@rule(
    "periods-well-formed",
    vi="Kỳ số liệu viết đúng dạng, khoảng năm không đảo ngược",
    en="Periods are well formed, and spans end after they begin",
)
def periods_well_formed(raw: RawPackage) -> Outcomes:
    """Look at every period and partial date of all tables."""
    for row in raw.rows("observations"):
        mend = "write 2024, 2024-06, 2024-Q2, 2024-H1 or 2016-2020"
        yield _ill_formed(row, "period", is_period(row["period"]), mend)
    for row in raw.rows("comparison_targets"):
        good = row["period"] == "not_stated" or is_period(row["period"])
        yield _ill_formed(row, "period", good, "write a year such as 2030, or not_stated")
    for table, column, pattern, mend in (
        ("breaks", "from_period", _YEAR_OR_MONTH, "write 2024 or 2024-06"),
        ("sources", "published", _FULL_OR_PART_DATE, "write 2024, 2024-06 or 2024-06-19"),
        ("agency_successions", "effective", _MONTH_OR_DATE, "write 2025-03 or 2025-07-01"),
    ):
        for row in raw.rows(table):
            if row[column]:
                yield _ill_formed(row, column, bool(pattern.fullmatch(row[column])), mend)


def _ill_formed(row: Row, column: str, good: bool, mend: str) -> Problem | None:
    return None if good else Problem(row.at(column), f"{row[column]!r} is not readable", mend)


@rule(
    "observation-says-something",
    vi="Mỗi số liệu thực hiện có giá trị, mức độ hoặc lời",
    en="Every observation has a value, a level or a text",
)
def observation_says_something(raw: RawPackage) -> Outcomes:
    """Look at every observation."""
    for row in raw.rows("observations"):
        said = row["value"] or row["text"] or row["level_id"] not in {"none", ""}
        what = "no value, no level, no text"
        yield None if said else Problem(row.at("value"), what, "fill one, or remove the row")


@rule(
    "unit-fits-series",
    vi="Đơn vị của số liệu trùng đơn vị của dòng chỉ tiêu, trừ số liệu tham khảo",
    en="An observation is in the unit of its series, unless it is a proxy",
)
def unit_fits_series(raw: RawPackage) -> Outcomes:
    """Look at every observation that is compared with a target (exact or close).

    No rule of conversion between units is declared, so the units must be the same. Several ways
    to write one unit are the business of table ``unit_aliases``.
    """
    series = raw.by("series", "series_id")
    for row in raw.rows("observations"):
        if row["comparability"] == "proxy" or row["series_id"] not in series:
            continue
        unit = series[row["series_id"]]["unit_id"]
        what = f"unit {row['unit_id']}, but series {row['series_id']} is in {unit}"
        mend = "add a unit alias, or make the row a proxy with rule unit_not_convertible"
        yield None if row["unit_id"] == unit else Problem(row.at("unit_id"), what, mend)


@rule(
    "comparability-fits-rule",
    vi="Mức so sánh được khớp với quy tắc đã dùng",
    en="Comparability fits the rule that is named for it",
)
def comparability_fits_rule(raw: RawPackage) -> Outcomes:
    """Look at every observation: these rules make a proxy, and another measure is always one."""
    for row in raw.rows("observations"):
        if row["comparability_rule"] in PROXY_RULES and row["comparability"] != "proxy":
            what = f"{row['comparability']} by rule {row['comparability_rule']}"
            yield Problem(row.at("comparability"), what, "write proxy, or correct the rule")
        elif bool(row["measure"]) != (row["comparability_rule"] == "related_measure"):
            what = f"measure {row['measure']!r} with rule {row['comparability_rule']}"
            mend = "a named measure goes with rule related_measure, and only with it"
            yield Problem(row.at("measure"), what, mend)
        else:
            yield None


@rule(
    "percent-in-range",
    vi="Tỷ lệ phần trăm nằm trong khoảng 0 đến 100",
    en="Percentages are between 0 and 100",
)
def percent_in_range(raw: RawPackage) -> Outcomes:
    """Look at every bound and value in per cent; a proxy outside is a warning only."""
    series = raw.by("series", "series_id")
    for row in bounded(raw):
        unit = row["unit_id"] or series.get(row["series_id"], row)["unit_id"]
        if unit == "percent":
            yield from _in_range(row, ("low", "high"), 0, 100, "error")
    for row in raw.rows("observations"):
        if row["unit_id"] == "percent":
            severity: Severity = "warning" if row["comparability"] == "proxy" else "error"
            yield from _in_range(row, ("value",), 0, 100, severity)


@rule(
    "natural-limits",
    vi="Số liệu nằm trong giới hạn tự nhiên của dòng chỉ tiêu",
    en="Observed values are within the natural limits of their series",
)
def natural_limits(raw: RawPackage) -> Outcomes:
    """Look at every value in its series' own unit, per cent apart (it has a rule of its own)."""
    series = raw.by("series", "series_id")
    for row in raw.rows("observations"):
        of = series.get(row["series_id"])
        if of is None or row["unit_id"] != of["unit_id"] or row["unit_id"] == "percent":
            continue
        low, high = number(of["natural_min"]), number(of["natural_max"])
        yield from _in_range(row, ("value",), low, high, "error")


def _in_range(
    row: Row, columns: tuple[str, ...], low: float | None, high: float | None, severity: Severity
) -> Outcomes:
    for column in columns:
        value = number(row[column])
        if value is None:
            continue
        outside = (low is not None and value < low) or (high is not None and value > high)
        what = f"{row[column]} is outside {low:g}..{high if high is not None else ''}"
        mend = "compare with the source; correct the value or its unit"
        yield Problem(row.at(column), what, mend, severity) if outside else None


@rule(
    "sources-used",
    vi="Mỗi dòng có nguồn, mỗi nguồn được dùng",
    en="Every row has a source, and every source is used",
)
def sources_used(raw: RawPackage) -> Outcomes:
    """Look at every row that needs a source, and at every source."""
    used = set()
    for table in _USING_SOURCES:
        for row in raw.rows(table):
            used.add(row["source_id"])
            mend = "name the source, and describe it in data/observed/sources.csv"
            yield None if row["source_id"] else Problem(row.at("source_id"), "no source", mend)
    for row in raw.rows("sources"):
        what = f"nothing comes from source {row['source_id']}"
        found = row["source_id"] in used
        yield None if found else Problem(row.at("source_id"), what, "remove the source")


@rule(
    "observations-in-order",
    vi="Mã số liệu tăng dần theo thứ tự ghi thêm, ngày ghi không lùi",
    en="Observations are numbered in the order of entry, and days of entry never go back",
)
def observations_in_order(raw: RawPackage) -> Outcomes:
    """Look at every observation: rows are only ever added at the end."""
    latest = ""
    for row, position in zip(raw.rows("observations"), count(1), strict=False):
        expected = f"obs-{position:04}"
        if row["observation_id"] != expected:
            what = f"{row['observation_id']!r} where {expected!r} follows"
            yield Problem(row.at("observation_id"), what, "restore the order of entry")
        elif row["recorded_on"] < latest:
            what = f"recorded on {row['recorded_on']}, after a row of {latest}"
            yield Problem(row.at("recorded_on"), what, "add rows at the end only")
        else:
            yield None
        latest = max(latest, row["recorded_on"])


@rule(
    "breaks-known",
    vi="Điểm gãy chuỗi chia được số liệu đã có",
    en="Every break divides periods that have been observed",
)
def breaks_known(raw: RawPackage) -> Outcomes:
    """Look at every break: its series has periods before it (else the break says nothing)."""
    starts: dict[str, str] = {}
    for row in raw.rows("observations"):
        starts[row["series_id"]] = min(row["period"], starts.get(row["series_id"], "9999"))
    for row in raw.rows("breaks"):
        first = starts.get(row["series_id"], "")
        what = f"series {row['series_id']} has no observation before {row['from_period']}"
        mend = "correct the period, or remove the break"
        divides = first != "" and first < row["from_period"]
        yield None if divides else Problem(row.at("from_period"), what, mend, "warning")


def _dates(raw: RawPackage) -> Iterator[tuple[Row, str, str]]:
    yield from ((row, "start", "end") for row in raw.rows("tasks"))
    yield from ((row, "valid_from", "valid_to") for row in raw.rows("areas"))


@rule(
    "dates-ordered",
    vi="Ngày bắt đầu không sau ngày kết thúc",
    en="No start is after its end",
)
def dates_ordered(raw: RawPackage) -> Outcomes:
    """Look at every task and area that gives both days."""
    for row, start, end in _dates(raw):
        if row[start] and row[end]:
            what = f"{start} {row[start]} is after {end} {row[end]}"
            bad = row[start] > row[end]
            yield Problem(row.at(start), what, "exchange or correct the days") if bad else None


RULES = (
    periods_well_formed,
    observation_says_something,
    unit_fits_series,
    comparability_fits_rule,
    percent_in_range,
    natural_limits,
    sources_used,
    observations_in_order,
    breaks_known,
    dates_ordered,
)
