"""What the ingestion knows: the plan's series, and the readings declared as data.

Nothing here is written in code: units, areas, agencies, publishers, levels, ranks, languages and
documents stand in ``data/``, where a person who collects values can mend them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from analysis.observe.rows import Row, read_rows


@dataclass(frozen=True)
class SeriesFact:
    """What is needed of a series: its place, how its sub-row is written, what it is counted in."""

    series_id: str
    parts: frozenset[str]
    unit_id: str
    scale: str


@dataclass(frozen=True)
class Publisher:
    """How far a publisher carries, and the language that its name states (or ``""``)."""

    tier: str
    language: str


@dataclass(frozen=True)
class Facts:
    """Everything declared that turns collected cells into the package's terms.

    Attributes
    ----------
    series
        Indicator code → its series, in plan order.
    units
        Unit as written → unit id.
    level_texts
        ``(scale, text)`` → level id.
    yearly_counts
        ``(series, value)`` of counts of one year where the series is a running total.
    rank_text, top_text
        Patterns with one group, the number of a rank.
    copies
        Host → tier of everything read there.
    documents
        ``(title, note)`` → the document that sets a target; note ``""`` stands for any.
    scopes
        English scope of a succession → Vietnamese.
    """

    series: Mapping[str, tuple[SeriesFact, ...]]
    units: Mapping[str, str]
    ordinal_units: frozenset[str]
    areas: frozenset[str]
    agencies: Mapping[str, str]
    level_texts: Mapping[tuple[str, str], str]
    yearly_counts: frozenset[tuple[str, str]]
    rank_unit: str
    rank_text: re.Pattern[str]
    top_text: re.Pattern[str]
    publishers: Mapping[str, Publisher]
    copies: Mapping[str, str]
    languages: Mapping[str, str]
    address_languages: Mapping[str, str]
    documents: Mapping[tuple[str, str], str]
    scopes: Mapping[str, str]
    recorded_on: date

    def unit_of(self, text: str, series: SeriesFact) -> str:
        """Return the unit id of a unit as written; ``""`` if it is not declared.

        A text that names an ordinal unit but no scale is the ordinal unit of the series.
        """
        unit = self.units.get(text, "")
        both = {unit, series.unit_id} <= self.ordinal_units
        return series.unit_id if both else unit

    def takes_text(self, unit_text: str) -> bool:
        """Return whether a value with this unit may be words: a level or a rank."""
        unit = self.units.get(unit_text, "")
        return unit in self.ordinal_units or unit == self.rank_unit

    def document(self, title: str, note: str) -> str:
        """Return the document that sets a target; ``""`` if none is declared."""
        return self.documents.get((title, note)) or self.documents.get((title, ""), "")


def read_facts(data_dir: Path) -> Facts:
    """Read what is declared under ``data/``.

    Parameters
    ----------
    data_dir
        The folder ``data``: ``plan/series.csv``, ``plan/agencies.csv``,
        ``plan/levels.csv``, ``reference/unit_aliases.csv``, ``reference/areas.csv``,
        ``source/publishers.yaml`` and ``source/collected.yaml`` are read.

    Raises
    ------
    FileNotFoundError
        If one of them is missing.
    """
    declared = _yaml(data_dir / "source" / "collected.yaml")
    publishers = _yaml(data_dir / "source" / "publishers.yaml")
    reference, plan = data_dir / "reference", data_dir / "plan"
    aliases = _rows(reference / "unit_aliases.csv")
    agencies = _rows(plan / "agencies.csv")
    return Facts(
        series=_series(_rows(plan / "series.csv"), declared["parts"]),
        units={row["unit_text"]: row["unit_id"] for row in aliases},
        ordinal_units=frozenset(declared["ordinal_units"]),
        areas=frozenset(row["area_id"] for row in _rows(reference / "areas.csv")),
        agencies={row["name_vi"]: row["agency_id"] for row in agencies},
        yearly_counts=frozenset(
            (x["series_id"], value) for x in declared["yearly_counts"] for value in x["values"]
        ),
        level_texts=_level_names(_rows(plan / "levels.csv"))
        | {(x["scale"], x["text"]): x["level_id"] for x in declared["level_texts"]},
        rank_unit=declared["rank_unit"],
        rank_text=_with_number(declared["rank_text"]),
        top_text=_with_number(declared["top_text"]),
        publishers=_agencies_publish(agencies) | _publishers(publishers["publishers"]),
        copies={x["host"]: x["tier"] for x in publishers["copies"]},
        languages=declared["languages"],
        address_languages=declared["address_languages"],
        documents=_documents(declared["target_documents"]),
        scopes={x["en"]: x["vi"] for x in declared["scopes"]},
        recorded_on=declared["recorded_on"],
    )


def _rows(path: Path) -> list[Row]:
    return read_rows(path)[1]


def _yaml(path: Path) -> dict[str, Any]:
    import yaml

    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def _series(
    rows: list[Row], declared_parts: list[dict[str, str]]
) -> dict[str, tuple[SeriesFact, ...]]:
    series: dict[str, tuple[SeriesFact, ...]] = {}
    for row in sorted(rows, key=lambda row: int(row["position"])):
        others = {x["text"] for x in declared_parts if x["series_id"] == row["series_id"]}
        parts = frozenset({row["part_vi"], row["part_source"], *others})
        fact = SeriesFact(row["series_id"], parts, row["unit_id"], row["scale"])
        series[row["indicator_id"]] = (*series.get(row["indicator_id"], ()), fact)
    return series


def _publishers(entries: list[dict[str, str]]) -> dict[str, Publisher]:
    return {x["publisher"]: Publisher(x["tier"], x.get("language", "")) for x in entries}


def _agencies_publish(agencies: list[Row]) -> dict[str, Publisher]:
    """Return the agencies as publishers of their own reports."""
    return {row["name_vi"]: Publisher("official", "") for row in agencies}


def _level_names(levels: list[Row]) -> dict[tuple[str, str], str]:
    """Return every way in which a level is named in its table."""
    names = ("level_id", "label_vi", "label_en")
    return {(row["scale"], row[name]): row["level_id"] for row in levels for name in names}


def _documents(entries: list[dict[str, str]]) -> dict[tuple[str, str], str]:
    return {(x["title"], x.get("note", "")): x["framework"] for x in entries}


def _with_number(text: str) -> re.Pattern[str]:
    """Return the pattern of a text in which ``{rank}`` stands for a whole number."""
    before, _, after = text.partition("{rank}")
    return re.compile(rf"{re.escape(before)}([0-9]+){re.escape(after)}")
