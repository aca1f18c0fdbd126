"""What must be known of a series to ask for its value, and to read the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from analysis.charts.rows import Row, absent, records
from analysis.intake.forms.wording import texts

Kind = Literal["number", "level", "words"]
"""What a value is: a number, a level of a scale, or words that no scale orders."""

PROVINCE: Final = "QN"
"""The area that a form asks for; what divides a series further stands in the series itself."""

_ORDINAL: Final = "level"
_RANK: Final = "rank"
_NO_SCALE: Final = "none"
_RATIOS: Final = frozenset({"percent", "persons-per-1000", "persons-per-10000", "beds-per-10000"})
"""Units of values that are a numerator divided by a denominator."""


@dataclass(frozen=True)
class Measured:
    """A series as the intake needs it.

    Attributes
    ----------
    part
        Its sub-row as the collected layout names it; empty for the whole indicator.
    unit_text
        A text that stands for its unit in the collected layout.
    scale
        The scale of its levels; ``none`` if it has none.
    whole
        Whether the values are whole numbers.
    low, high
        The natural limits, in the series' unit; ``None`` where there is none.
    """

    series_id: str
    indicator_id: str
    part: str
    unit_id: str
    unit_text: str
    scale: str
    kind: Kind
    whole: bool
    low: float | None
    high: float | None

    @property
    def is_ratio(self) -> bool:
        """Whether a numerator and a denominator can be given beside the value."""
        return self.unit_id in _RATIOS


def measured(tables: Mapping[str, pd.DataFrame]) -> dict[str, Measured]:
    """Return what is known of every series, by its id, in plan order.

    Parameters
    ----------
    tables
        The package's frames: ``series, units, unit_aliases`` are used.
    """
    aliases = [texts(row, "unit_id", "unit_text") for row in records(tables["unit_aliases"])]
    symbols = dict(texts(row, "unit_id", "symbol_vi") for row in records(tables["units"]))
    rows = sorted(records(tables["series"]), key=lambda row: int(row["position"]))
    return {row["series_id"]: _measured(row, aliases, symbols) for row in rows}


def _measured(row: Row, aliases: Iterable[list[str]], symbols: Mapping[str, str]) -> Measured:
    ordinal = row["mode"] == _ORDINAL and row["unit_id"] != _RANK
    leveled = row["scale"] != _NO_SCALE
    return Measured(
        series_id=row["series_id"],
        indicator_id=row["indicator_id"],
        part=texts(row, "part_vi")[0],
        unit_id=row["unit_id"],
        unit_text=_unit_text(row, aliases, symbols, _ORDINAL if ordinal else row["unit_id"]),
        scale=row["scale"],
        kind="level" if leveled else "words" if ordinal else "number",
        whole=int(row["decimals"]) == 0,
        low=_limit(row["natural_min"]),
        high=_limit(row["natural_max"]),
    )


def _unit_text(
    row: Row, aliases: Iterable[list[str]], symbols: Mapping[str, str], unit_id: str
) -> str:
    """Return the unit as printed if it is known as written, else the first way that is known.

    An ordinal unit is written as the one that names no scale: on an ordinal series it is that
    series' own. Without any way that is known, the unit's own symbol says what is meant.
    """
    known = [text for unit, text in aliases if unit == unit_id]
    printed = texts(row, "unit_source")[0]
    return printed if printed in known else (known or [symbols.get(unit_id, "")])[0]


def _limit(value: float) -> float | None:
    return None if absent(value) else float(value)
