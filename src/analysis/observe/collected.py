"""Ingestion of the collected layout: rows as people write them down, into rows of the package.

A folder holds up to four files: ``observed_values.csv``, ``agency_successions.csv``,
``national_targets.csv`` and ``other_targets.csv``. No value is changed: what is printed ``2.30``
stays ``2.30``, and every row of the input is a row of the output. What cannot be read is refused,
all of it at once, with the row, the column and how to mend it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analysis.errors import UserError
from analysis.observe.bounds import Bound, read_bound
from analysis.observe.checks import (
    cell_faults,
    is_number,
    publisher_faults,
    repeated,
    written_at,
)
from analysis.observe.facts import Facts, SeriesFact, read_facts
from analysis.observe.layout import (
    NATIONAL,
    OTHER,
    SUCCESSIONS,
    VALUES,
    Collected,
    CollectedError,
    Ingested,
    read_collected,
    read_tables,
    refuse,
    write,
)
from analysis.observe.origins import Origin, origin_of, resolve, source_rows, stated
from analysis.observe.rows import OBSERVATIONS, Row

__all__ = [
    "Collected",
    "CollectedError",
    "Ingested",
    "ingest",
    "ingest_rows",
    "read_collected",
    "read_tables",
    "write",
]

UNDIVIDED = "Chỉ tiêu chung, không chia địa bàn"
"""The measure of a row without part, where the plan measures the indicator by part only."""

NATIONAL_AREA = "VN"
NO_LEVEL = "none"
NOT_STATED = "not_stated"

_SAME_OBSERVATION = (
    "series_id",
    "measure",
    "area_id",
    "period",
    "value",
    "text",
    "unit_source",
    "source_id",
    "addition_id",
)
_SAME_TARGET = ("series_id", "framework", "area_id", "period", "text_source")
AS_ABOVE = "As above."

FIRST_ADDITION = "add-0001"
"""The first collection, which a collection belongs to unless it is said otherwise."""
_SAME_SUCCESSION = ("predecessor_id", "successor_id", "effective")


def ingest(
    folder: Path,
    data_dir: Path,
    *,
    recorded_on: date | None = None,
    addition_id: str = FIRST_ADDITION,
    onto: Ingested | None = None,
) -> Ingested:
    """Read a folder of collected rows.

    Parameters
    ----------
    folder
        Holds at least one of the files of :data:`analysis.observe.layout.LAYOUT`.
    data_dir
        The folder ``data``, for what is declared (see :func:`analysis.observe.facts.read_facts`).
    recorded_on
        The day of entry; by default that of the first collection, as declared.
    addition_id
        The addition to which the rows belong.
    onto
        What was recorded before (see :func:`analysis.observe.layout.read_tables`): its rows stay
        as they are and come first, new observations are numbered after them, and its sources keep
        their ids.

    Returns
    -------
    Ingested
        The rows recorded before, then one row for each collected row, in the order of the files.

    Raises
    ------
    CollectedError
        If a file, a column or a cell cannot be read, or a row repeats another.
    """
    collected, facts = read_collected(folder), read_facts(data_dir)
    return ingest_rows(
        collected, facts, recorded_on=recorded_on, addition_id=addition_id, onto=onto
    )


def ingest_rows(
    collected: Collected,
    facts: Facts,
    *,
    recorded_on: date | None = None,
    addition_id: str = FIRST_ADDITION,
    onto: Ingested | None = None,
) -> Ingested:
    """Turn collected rows into rows of the package; the pure part of :func:`ingest`.

    Raises
    ------
    CollectedError
        If a cell cannot be read, or a row repeats another.
    """
    before = onto or Ingested()
    said = (stated(row) for _, rows in collected.files() for row in rows)
    resolved = resolve(said, map(origin_of, before.sources))
    refuse([*cell_faults(collected, facts), *publisher_faults(collected, facts, resolved)])
    day = (recorded_on or facts.recorded_on).isoformat()
    sources = tuple(source_rows(resolved.values(), facts, before.sources))
    ids = {origin_of(row): row["source_id"] for row in sources}
    named = {one: ids[origin] for one, origin in resolved.items()}
    reader = _Reader(facts, sources, named, day, addition_id)
    first = len(before.observations) + 1
    targets = (*map(reader.national, collected.national), *map(reader.other, collected.other))
    done = Ingested(
        before.observations + tuple(map(reader.observation, _ids(first), collected.values)),
        reader.sources,
        before.comparison_targets + targets,
        before.agency_successions
        + tuple(map(reader.succession, spelled_out(collected.successions))),
    )
    refuse(_repetitions(done, collected))
    return done


def spelled_out(rows: Sequence[Row]) -> Iterator[Row]:
    """Give rows that refer to the note above them that note itself: a row is read alone."""
    above = ""
    for row in rows:
        above = above if row["note"] == AS_ABOVE else row["note"]
        yield {**row, "note": above}


def _ids(first: int) -> Iterator[str]:
    number = first
    while True:
        yield f"obs-{number:04}"
        number += 1


def _repetitions(done: Ingested, collected: Collected) -> Iterator[UserError]:
    values, successions = written_at(collected, VALUES), written_at(collected, SUCCESSIONS)
    targets = written_at(collected, NATIONAL, OTHER)
    yield from repeated(done.observations, _SAME_OBSERVATION, values)
    yield from repeated(done.comparison_targets, _SAME_TARGET, targets)
    yield from repeated(done.agency_successions, _SAME_SUCCESSION, successions)


@dataclass(frozen=True)
class _Reader:
    """Reads checked rows; holds what is the same for all of them."""

    facts: Facts
    sources: tuple[Row, ...]
    source_ids: Mapping[Origin, str]
    recorded_on: str
    addition_id: str

    def observation(self, observation_id: str, row: Row) -> Row:
        come_by = {
            "observation_id": observation_id,
            "source_id": self.source_ids[stated(row)],
            "recorded_on": self.recorded_on,
            "addition_id": self.addition_id,
        }
        said = {**observed(row, self.facts), **come_by}
        return {name: said[name] for name in OBSERVATIONS}

    def national(self, row: Row) -> Row:
        series, _ = place(row["indicator_code"], "", self.facts)
        bound = read_bound(row["target_text"], self.facts)
        said = {"area": NATIONAL_AREA, "value": row["target_text"], "unit": ""}
        return self._target({**row, **said}, series, row["framework"], bound)

    def other(self, row: Row) -> Row:
        series, _ = place(row["indicator_code"], row["part"], self.facts)
        framework = self.facts.document(row["source_title"], row["note"])
        same_unit = self.facts.unit_of(row["unit"], series) == series.unit_id
        bound = read_bound(row["value"], self.facts) if same_unit else Bound("text")
        return self._target(row, series, framework, bound)

    def _target(self, row: Row, series: SeriesFact, framework: str, bound: Bound) -> Row:
        return {
            "series_id": series.series_id,
            "framework": framework,
            "area_id": row["area"],
            "period": row["period"] or NOT_STATED,
            "text_source": row["value"],
            "kind": bound.kind,
            "low": bound.low,
            "high": bound.high,
            "level_id": NO_LEVEL,
            "unit_source": row["unit"],
            "unit_id": self.facts.unit_of(row["unit"], series) or series.unit_id,
            "source_id": self.source_ids[stated(row)],
            "note": row["note"],
        }

    def succession(self, row: Row) -> Row:
        return {
            "predecessor_id": self.facts.agencies[row["predecessor_vi"]],
            "successor_id": self.facts.agencies[row["successor_vi"]],
            "effective": row["effective"],
            "scope_vi": self.facts.scopes.get(row["scope"], ""),
            "scope_en": row["scope"],
            "source_id": self.source_ids[stated(row)],
            "confidence": row["confidence"],
            "note": row["note"],
        }


def observed(row: Row, facts: Facts) -> Row:
    """Return what a checked row says of the world: an observation without how it came in.

    Parameters
    ----------
    row
        A row of ``observed_values.csv``.
    facts
        What is declared.

    Returns
    -------
    Row
        The columns of ``observations`` but ``observation_id, source_id, recorded_on, addition_id``.
    """
    series, measure = place(row["indicator_code"], row["part"], facts)
    reading = read_value(row["value"], row["unit"], series, measure, facts)
    kept = reading.rule == "as_collected"
    return {
        "series_id": series.series_id,
        "measure": measure,
        "area_id": row["area"],
        "period": row["period"],
        "value": reading.value,
        "level_id": reading.level_id,
        "text": reading.text,
        "unit_source": row["unit"],
        "unit_id": reading.unit_id,
        "status": row["status"],
        "comparability": row["comparability"] if kept else "proxy",
        "comparability_rule": reading.rule,
        "note": row["note"],
    }


def place(code: str, part: str, facts: Facts) -> tuple[SeriesFact, str]:
    """Return the series to which a row belongs and the measure it gives of it.

    The measure is ``""`` for the series' own. A part that is no sub-row of the plan is a related
    measure of that name, and so is a row without part of an indicator measured by part only; both
    stand at the indicator's first series.
    """
    series = facts.series[code]
    own = [one for one in series if part in one.parts]
    return (own[0], "") if own else (series[0], part or UNDIVIDED)


@dataclass(frozen=True)
class Reading:
    """A value as read: a number as printed, a level, or only words."""

    value: str
    level_id: str
    text: str
    unit_id: str
    rule: str


def read_value(text: str, unit: str, series: SeriesFact, measure: str, facts: Facts) -> Reading:
    """Read a value, and say by which rule it is comparable with its series.

    Parameters
    ----------
    text, unit
        As collected.
    series, measure
        As :func:`place` gives them.
    facts
        Units, ranks and texts of levels.
    """
    unit_id = facts.unit_of(unit, series)
    number = text if is_number(text) else _rank(text, unit_id, facts)
    own = not measure and unit_id == series.unit_id
    level = facts.level_texts.get((series.scale, text), NO_LEVEL) if own else NO_LEVEL
    readable = level != NO_LEVEL or (bool(number) and series.scale == "none")
    rule = _rule(measure, same_unit=unit_id == series.unit_id, readable=readable)
    if rule == "as_collected" and (series.series_id, text) in facts.yearly_counts:
        rule = "not_cumulative"
    return Reading(number, level, "" if is_number(text) else text, unit_id, rule)


def _rank(text: str, unit_id: str, facts: Facts) -> str:
    found = facts.rank_text.fullmatch(text) if unit_id == facts.rank_unit else None
    return found[1] if found else ""


def _rule(measure: str, *, same_unit: bool, readable: bool) -> str:
    if measure:
        return "related_measure"
    if not same_unit:
        return "unit_not_convertible"
    return "as_collected" if readable else "level_unreadable"
