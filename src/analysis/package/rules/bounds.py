"""Rules on targets: bounds, kinds, years, levels."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.package.raw import RawPackage, Row
from analysis.package.rules.rule import Outcomes, Problem, rule

TARGET_YEARS = ("2025", "2030")

FILLED = {
    "exact": ("low", "high"),
    "at_least": ("low",),
    "more_than": ("low",),
    "at_most": ("high",),
    "less_than": ("high",),
    "between": ("low", "high"),
    "level": ("level_id",),
    "text": (),
    "none": (),
}
"""Which of ``low``, ``high`` and ``level_id`` each kind of target fills."""

KINDS_OF_MODE = {
    "up": ("exact", "at_least", "more_than", "between"),
    "down": ("exact", "at_most", "less_than", "between"),
    "band": ("exact", "between"),
    "level": ("level", "text"),
}
"""Which kinds of target a series can have: no ceiling where more is better, and so on."""

KINDS_OF_RANK = ("exact", "at_most", "less_than")

_TABLES = ("targets", "comparison_targets")


def bounded(raw: RawPackage) -> Iterator[Row]:
    """Yield the rows of both tables that hold targets."""
    for name in _TABLES:
        yield from raw.rows(name)


@rule(
    "bounds-ordered",
    vi="Cận dưới của mục tiêu không lớn hơn cận trên",
    en="The low bound of a target is not above its high bound",
)
def bounds_ordered(raw: RawPackage) -> Outcomes:
    """Look at every target that has both bounds."""
    for row in bounded(raw):
        low, high = number(row["low"]), number(row["high"])
        if low is None or high is None:
            continue
        what = f"low {row['low']} is above high {row['high']}"
        yield Problem(row.at("low"), what, "exchange or correct the bounds") if low > high else None


@rule(
    "target-years",
    vi="Mỗi dòng chỉ tiêu có mục tiêu (kể cả không nêu) cho 2025 và 2030, không năm nào khác",
    en="Every series has a target, stated or not, for 2025 and 2030 and no other year",
)
def target_years(raw: RawPackage) -> Outcomes:
    """Look at every target's year, then at every series and target year."""
    there = {(row["series_id"], row["year"]) for row in raw.rows("targets")}
    for row in raw.rows("targets"):
        what = f"{row['year']!r} is no target year of the plan"
        known = row["year"] in TARGET_YEARS
        yield None if known else Problem(row.at("year"), what, "write 2025 or 2030")
    for row in raw.rows("series"):
        for year in TARGET_YEARS:
            what = f"series {row['series_id']} has no row for {year} in table targets"
            mend = "add the row; where the plan states nothing, status is not_stated, kind none"
            found = (row["series_id"], year) in there
            yield None if found else Problem(row.at("series_id"), what, mend)


@rule(
    "kind-fits-bounds",
    vi="Kiểu mục tiêu khớp với các cận và mức được ghi",
    en="The kind of a target fits the bounds and level it gives",
)
def kind_fits_bounds(raw: RawPackage) -> Outcomes:
    """Look at every target whose kind is known."""
    for row in bounded(raw):
        if row["kind"] in FILLED:
            yield _unfit_bounds(row) or _unfit_status(row)


def _unfit_bounds(row: Row) -> Problem | None:
    wanted = FILLED[row["kind"]]
    given = tuple(
        column for column in ("low", "high", "level_id") if row[column] not in {"", "none"}
    )
    if given != wanted:
        what = f"kind {row['kind']} gives {_listed(given)} instead of {_listed(wanted)}"
        return Problem(row.at("kind"), what, "correct the kind, or fill just these columns")
    if row["kind"] == "exact" and number(row["low"]) != number(row["high"]):
        what = f"kind exact with low {row['low']} and high {row['high']}"
        return Problem(row.at("kind"), what, "give both the same value, or write kind between")
    return None


def _unfit_status(row: Row) -> Problem | None:
    if row["status"] and (row["status"] == "not_stated") != (row["kind"] == "none"):
        what = f"status {row['status']} with kind {row['kind']}"
        return Problem(row.at("status"), what, "not_stated goes with kind none, and only with it")
    return None


def _listed(columns: tuple[str, ...]) -> str:
    return " and ".join(columns) or "no bound"


@rule(
    "mode-fits-bounds",
    vi="Chiều mong muốn của dòng chỉ tiêu khớp với kiểu mục tiêu",
    en="The wanted direction of a series fits the kind of its targets",
)
def mode_fits_bounds(raw: RawPackage) -> Outcomes:
    """Look at every target that states something, of a series whose mode is known."""
    series = raw.by("series", "series_id")
    for row in bounded(raw):
        of = series.get(row["series_id"])
        if of is None or of["mode"] not in KINDS_OF_MODE or row["kind"] in {"none", ""}:
            continue
        ranked = of["mode"] == "level" and of["unit_id"] == "rank"
        kinds = KINDS_OF_RANK if ranked else KINDS_OF_MODE[of["mode"]]
        what = f"kind {row['kind']} on series {row['series_id']}, whose mode is {of['mode']}"
        mend = f"with this mode a target is {', '.join(kinds)}; correct the mode or the kind"
        worded = row["kind"] == "text" and not row["status"]  # another document's words
        fits = worded or row["kind"] in kinds
        yield None if fits else Problem(row.at("kind"), what, mend)


@rule(
    "level-fits-scale",
    vi="Mã mức độ có trong danh mục và thuộc thang của dòng chỉ tiêu",
    en="Every level code is known and on the scale of its series",
)
def level_fits_scale(raw: RawPackage) -> Outcomes:
    """Look at every target and observation that gives a level."""
    series, levels = raw.by("series", "series_id"), raw.by("levels", "level_id")
    for row in (*bounded(raw), *raw.rows("observations")):
        if row["level_id"] in {"none", ""}:
            continue
        scale = series[row["series_id"]]["scale"] if row["series_id"] in series else ""
        level = levels.get(row["level_id"])
        if level is None:
            what = f"{row['level_id']!r} is no level"
        elif level["scale"] != scale:
            what = f"level {row['level_id']} is on scale {level['scale']}, its series on {scale}"
        else:
            yield None
            continue
        yield Problem(row.at("level_id"), what, "choose a level of the series' scale, or none")


def number(text: str) -> float | None:
    """Return the number that a cell holds, or ``None`` if it holds none."""
    try:
        return float(text)
    except ValueError:
        return None


RULES = (
    bounds_ordered,
    target_years,
    kind_fits_bounds,
    mode_fits_bounds,
    level_fits_scale,
)
