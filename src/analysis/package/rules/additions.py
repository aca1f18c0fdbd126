"""Rules on how the rows came in: additions in order, withdrawals and revisions that make sense."""

from __future__ import annotations

from itertools import count

from analysis.package.raw import RawPackage, Row
from analysis.package.rules.rule import Outcomes, Problem, rule

SAME_IN_REVISIONS = ("series_id", "measure", "area_id", "period")
"""What an observation has in common with the one that it replaces."""


@rule(
    "additions-in-order",
    vi="Các lần ghi đánh số liên tục, ngày ghi không lùi",
    en="Additions are numbered without gaps, and their days never go back",
)
def additions_in_order(raw: RawPackage) -> Outcomes:
    """Look at every addition."""
    latest = ""
    for row, position in zip(raw.rows("additions"), count(1), strict=False):
        expected = f"add-{position:04}"
        if row["addition_id"] != expected:
            what = f"{row['addition_id']!r} where {expected!r} follows"
            yield Problem(row.at("addition_id"), what, "restore the order of entry")
        elif row["recorded_on"] < latest:
            what = f"recorded on {row['recorded_on']}, after an addition of {latest}"
            yield Problem(row.at("recorded_on"), what, "add rows at the end only")
        else:
            yield None
        latest = max(latest, row["recorded_on"])


@rule(
    "rows-of-additions",
    vi="Các dòng nằm theo thứ tự lần ghi và mang ngày của lần ghi ấy",
    en="Rows stand in the order of their additions and have the day of it",
)
def rows_of_additions(raw: RawPackage) -> Outcomes:
    """Look at every observation and task update."""
    days = {row["addition_id"]: row["recorded_on"] for row in raw.rows("additions")}
    for table in ("observations", "task_updates"):
        latest = ""
        for row in raw.rows(table):
            own = row["addition_id"]
            if _number(own) < _number(latest):
                what = f"of {own}, after a row of {latest}"
                yield Problem(row.at("addition_id"), what, "add rows at the end only")
            elif row["recorded_on"] and own in days and row["recorded_on"] != days[own]:
                what = f"recorded on {row['recorded_on']}, but {own} is of {days[own]}"
                yield Problem(row.at("recorded_on"), what, "write the day of the addition")
            else:
                yield None
            latest = own


@rule(
    "withdrawals-after-additions",
    vi="Không lần ghi nào được rút lại trước khi được ghi",
    en="Nothing is withdrawn before it was added",
)
def withdrawals_after_additions(raw: RawPackage) -> Outcomes:
    """Look at every withdrawal."""
    days = {row["addition_id"]: row["recorded_on"] for row in raw.rows("additions")}
    for row in raw.rows("withdrawals"):
        added = days.get(row["addition_id"], "")
        what = f"withdrawn on {row['withdrawn_on']}, but added on {added}"
        bad = row["withdrawn_on"] < added
        yield Problem(row.at("withdrawn_on"), what, "correct the day") if bad else None


@rule(
    "revisions-of-the-same",
    vi="Số đính chính nói về cùng dòng chỉ tiêu, địa bàn, kỳ với số được thay, do cùng nơi công bố",
    en="A revision has series, area, period and publisher of what it replaces, and came later",
)
def revisions_of_the_same(raw: RawPackage) -> Outcomes:
    """Look at every revision whose observations are there (whether they are, the keys say)."""
    observations = raw.by("observations", "observation_id")
    publishers = {row["source_id"]: row["publisher"] for row in raw.rows("sources")}
    withdrawn = {row["addition_id"] for row in raw.rows("withdrawals")}
    replaced: dict[str, str] = {}
    for row in raw.rows("revisions"):
        new, old = (observations.get(row[name]) for name in ("observation_id", "revises_id"))
        if new is None or old is None:
            continue
        void = new["addition_id"] in withdrawn
        said = [publishers.get(one["source_id"]) for one in (new, old)]
        yield _unlike(row, new, old, said) or _replaced_twice(row, replaced, void=void)


def _unlike(row: Row, new: Row, old: Row, publishers: list[str | None]) -> Problem | None:
    differing = [name for name in SAME_IN_REVISIONS if new[name] != old[name]]
    if len(set(publishers)) > 1:  # another source says something else: both stand
        differing.append("publisher")
    if differing:
        what = f"{new['observation_id']} and {old['observation_id']} differ in {differing[0]}"
        return Problem(row.at("revises_id"), what, "name the row that is really replaced")
    if _number(new["addition_id"]) <= _number(old["addition_id"]):
        what = f"{new['observation_id']} did not come after {old['observation_id']}"
        return Problem(row.at("revises_id"), what, "only a later addition can replace a row")
    return None


def _replaced_twice(row: Row, replaced: dict[str, str], *, void: bool) -> Problem | None:
    """Tell whether a row that stands replaces what another such row replaces."""
    if void:
        return None
    old, new = row["revises_id"], row["observation_id"]
    other = replaced.setdefault(old, new)
    what = f"{old} is replaced by {other} and by {new}"
    mend = "let the later one replace the earlier one"
    return None if other == new else Problem(row.at("revises_id"), what, mend)


def _number(addition_id: str) -> int:
    number = addition_id.rpartition("-")[2]
    return int(number) if number.isdigit() else 0


RULES = (
    additions_in_order,
    rows_of_additions,
    withdrawals_after_additions,
    revisions_of_the_same,
)
