"""Checks of collected rows: what cannot be read, where, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from analysis.errors import UserError
from analysis.observe.facts import Facts
from analysis.observe.layout import NATIONAL, OTHER, SUCCESSIONS, VALUES, Collected
from analysis.observe.origins import Origin, host_of, stated
from analysis.observe.periods import is_period
from analysis.observe.rows import Row
from analysis.observe.terms import COMPARABILITIES, CONFIDENCES, STATUSES

Fault: TypeAlias = tuple[str, str] | None
"""What is wrong and how to mend it; ``None`` if nothing is."""

Check: TypeAlias = Callable[[Row, Facts], Fault]

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")


def is_number(text: str) -> bool:
    """Return whether a text is a number as this layout writes it: ``95.76``, no separators."""
    return _NUMBER.fullmatch(text) is not None


def cell_faults(collected: Collected, facts: Facts) -> Iterator[UserError]:
    """Return one fault for each cell that cannot be read.

    Rows are counted as a spreadsheet does: row 2 is the first under the header.
    """
    for file, rows in collected.files():
        for number, row in enumerate(rows, 2):
            for column, (what, mend) in row_faults(file, row, facts):
                yield UserError(what, f"{file}, row {number}, column {column}", mend)


def row_faults(file: str, row: Row, facts: Facts) -> Iterator[tuple[str, tuple[str, str]]]:
    """Return column and fault for each cell of one row that cannot be read.

    Parameters
    ----------
    file
        Of which file of the layout the row is.
    row, facts
        The row, and what is declared.
    """
    for column, check in _CHECKS[file].items():
        if fault := check(row, facts):
            yield column, fault


def publisher_faults(
    collected: Collected, facts: Facts, resolved: Mapping[Origin, Origin]
) -> Iterator[UserError]:
    """Return one fault for each row whose publisher is not declared.

    Parameters
    ----------
    collected, facts
        The rows and what is declared.
    resolved
        Origin as stated → origin with its publisher.
    """
    for file, rows in collected.files():
        for number, row in enumerate(rows, 2):
            publisher = resolved[stated(row)].publisher
            if publisher and publisher not in facts.publishers:
                column = "publisher" if row.get("publisher") else "source_url"
                yield UserError(
                    f"the publisher {publisher!r} is not declared",
                    f"{file}, row {number}, column {column}",
                    "add it with its tier to data/source/publishers.yaml",
                )


def repeated(
    rows: Sequence[Row], columns: Sequence[str], written: Sequence[str]
) -> Iterator[UserError]:
    """Return one fault for each new row that repeats an earlier one in all of these columns.

    Parameters
    ----------
    rows
        The rows of a table that comes out; the new ones are the last.
    columns
        What must not be the same twice.
    written
        Where each of the new rows was collected.
    """
    seen = dict[tuple[str, ...], str]()
    places = ["a row recorded before"] * (len(rows) - len(written)) + list(written)
    for row, place in zip(rows, places, strict=True):
        key = tuple(row[name] for name in columns)
        if key in seen and place in written:
            said = ", ".join(f"{name} {row[name]!r}" for name in columns if row[name])
            yield UserError(
                f"repeats {seen[key]}: {said}",
                place,
                "delete one of the two, or mend the cell in which they should differ",
            )
        seen.setdefault(key, place)


def written_at(collected: Collected, *files: str) -> list[str]:
    """Return where each row of these files stands: ``observed_values.csv, row 2``."""
    rows = dict(collected.files())
    return [f"{file}, row {number}" for file in files for number in range(2, len(rows[file]) + 2)]


def _one_of(column: str, allowed: tuple[str, ...]) -> Check:
    def check(row: Row, _facts: Facts) -> Fault:
        if row[column] in allowed:
            return None
        return f"unknown {column} {row[column]!r}", f"write one of {', '.join(allowed)}"

    return check


def _indicator(row: Row, facts: Facts) -> Fault:
    if row["indicator_code"] in facts.series:
        return None
    return (
        f"the plan has no indicator {row['indicator_code']!r}",
        "write the code as in data/plan/indicators.csv",
    )


def _undivided(row: Row, facts: Facts) -> Fault:
    series = facts.series.get(row["indicator_code"], ())
    if not series or any("" in one.parts for one in series):
        return _indicator(row, facts)
    return (
        f"the plan measures {row['indicator_code']} by part only",
        "move the row to other_targets.csv and name the part",
    )


def _area(row: Row, facts: Facts) -> Fault:
    if row["area"] in facts.areas:
        return None
    return (
        f"unknown area {row['area']!r}",
        "write an area_id of data/reference/areas.csv, or add the area there",
    )


def _period(row: Row, _facts: Facts) -> Fault:
    if is_period(row["period"]):
        return None
    return (
        f"{row['period']!r} is no period",
        "write 2024, 2024-06, 2024-Q2, 2024-H1 or 2016-2020",
    )


def _target_period(row: Row, _facts: Facts) -> Fault:
    if re.fullmatch("([0-9]{4})?", row["period"]):
        return None
    return f"{row['period']!r} is no year", "write the target's year, or nothing if none is stated"


def _unit(row: Row, facts: Facts) -> Fault:
    if row["unit"] in facts.units:
        return None
    return (
        f"unknown unit {row['unit']!r}",
        "add the unit as written to data/reference/unit_aliases.csv",
    )


def _value(row: Row, facts: Facts) -> Fault:
    text = row["value"]
    if is_number(text) or (text and facts.takes_text(row["unit"])):
        return None
    return (
        f"the value {text!r} is no number in {row['unit']!r}",
        "write digits with a decimal point and nothing else (95.76, 8200)",
    )


def _target_text(column: str) -> Check:
    def check(row: Row, _facts: Facts) -> Fault:
        return None if row[column] else ("no target is given", "write the target as printed")

    return check


def _part(row: Row, facts: Facts) -> Fault:
    series = facts.series.get(row["indicator_code"], ())
    if not series or any(row["part"] in one.parts for one in series):
        return None
    written = ", ".join(sorted({repr(part) for one in series for part in one.parts}))
    return f"the plan has no part {row['part']!r} of it", f"write one of {written}"


def _address(row: Row, _facts: Facts) -> Fault:
    if host_of(row["source_url"]) or (not row["source_url"] and _cited(row)):
        return None
    mend = "write the page's address, with https://"
    if not row["source_url"] and "published" in row:
        return "no source", f"{mend}, or title, publisher and day of a document without one"
    return f"{row['source_url']!r} is no address", mend


def _cited(row: Row) -> bool:
    """Tell whether a source can be found without an address: a document of some day."""
    return all(row.get(name) for name in ("source_title", "publisher", "published"))


def _published(row: Row, _facts: Facts) -> Fault:
    if not row["published"] or _DATE.fullmatch(row["published"]):
        return None
    return f"{row['published']!r} is no date", "write 2024, 2024-06, 2024-06-19, or nothing"


def _effective(row: Row, _facts: Facts) -> Fault:
    if "-" in row["effective"] and _DATE.fullmatch(row["effective"]):
        return None
    return f"{row['effective']!r} is no month or day", "write 2025-03 or 2025-03-01"


def _agency(column: str) -> Check:
    def check(row: Row, facts: Facts) -> Fault:
        if row[column] in facts.agencies:
            return None
        return f"unknown agency {row[column]!r}", "add it to data/source/agencies.yaml and rebuild"

    return check


def _scope(row: Row, facts: Facts) -> Fault:
    if not row["scope"] or row["scope"] in facts.scopes:
        return None
    return (
        f"the scope {row['scope']!r} has no Vietnamese wording",
        "add it under `scopes` in data/source/collected.yaml",
    )


def _framework(row: Row, _facts: Facts) -> Fault:
    return None if row["framework"] else ("no document is named", "write the document's name")


def _document(row: Row, facts: Facts) -> Fault:
    if facts.document(row["source_title"], row["note"]):
        return None
    return (
        f"no document is declared for {row['source_title']!r}",
        "name the document under `target_documents` in data/source/collected.yaml",
    )


_CHECKS: Mapping[str, Mapping[str, Check]] = {
    VALUES: {
        "indicator_code": _indicator,
        "area": _area,
        "period": _period,
        "value": _value,
        "unit": _unit,
        "status": _one_of("status", STATUSES),
        "comparability": _one_of("comparability", COMPARABILITIES),
        "source_url": _address,
        "published": _published,
    },
    SUCCESSIONS: {
        "predecessor_vi": _agency("predecessor_vi"),
        "successor_vi": _agency("successor_vi"),
        "effective": _effective,
        "scope": _scope,
        "source_url": _address,
        "confidence": _one_of("confidence", CONFIDENCES),
    },
    NATIONAL: {
        "indicator_code": _undivided,
        "framework": _framework,
        "period": _target_period,
        "target_text": _target_text("target_text"),
        "source_url": _address,
    },
    OTHER: {
        "indicator_code": _indicator,
        "part": _part,
        "area": _area,
        "period": _target_period,
        "value": _target_text("value"),
        "unit": _unit,
        "source_url": _address,
        "source_title": _document,
    },
}
