"""Declared facts: what series.yaml says of each series, and the levels it refers to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from analysis.plan.errors import Problems

FILE = "series.yaml"
MODES = ("up", "down", "band", "level")
DIMENSIONS = ("none", "area", "profession", "locality")
NO_LEVEL = "none"
_FIELDS = frozenset({"mode", "unit", "scale", "part", "dimension", "decimals", "why"})
_RULES = frozenset({"decimals", "natural_min", "natural_max"})


@dataclass(frozen=True)
class Facts:
    """The declared facts of one series.

    Parameters
    ----------
    decimals
        The fewest decimals with which its values are written.
    natural_min, natural_max
        Limits that no value can pass, in the unit of the series; none where there is none.
    """

    mode: str
    unit: str
    scale: str
    part: str
    dimension: str
    decimals: int
    natural_min: Decimal | None
    natural_max: Decimal | None


@dataclass(frozen=True)
class Declared:
    """All of series.yaml: ``{series_id: facts}``, the meaning of unit cells, the total."""

    series: Mapping[str, Facts]
    unit_cells: Mapping[str, str]
    total: int

    @property
    def part_ids(self) -> dict[tuple[str, str], str]:
        """Ids of sub-rows: ``{(indicator_id, printed part): series_id}``."""
        parts = ((id_, facts.part) for id_, facts in self.series.items() if facts.part)
        return {(id_.partition("-")[0], part): id_ for id_, part in parts}


class Levels:
    """The ordinal levels by id, and by scale and order."""

    def __init__(self, entries: Sequence[Mapping[str, Any]]) -> None:
        self._scales = {entry["id"]: entry["scale"] for entry in entries}
        self._ordered = {(entry["scale"], str(entry["ordinal"])): entry["id"] for entry in entries}

    def resolve(self, level: str, scale: str) -> str:
        """Return the id of a level given by id or printed number; empty if the scale lacks it."""
        if self._scales.get(level) == scale and scale != NO_LEVEL:
            return level
        return str(self._ordered.get((scale, level), "")) if scale != NO_LEVEL else ""

    def has_scale(self, scale: str) -> bool:
        """Say whether any level is on this scale."""
        return scale in self._scales.values()


def load_facts(
    declared: Mapping[str, Any], units: set[str], levels: Levels, problems: Problems
) -> Declared:
    """Read series.yaml; what it states for a unit holds for every series in that unit."""
    series = {}
    for series_id, entry in declared["series"].items():
        rule = declared["unit_rules"].get(entry.get("unit"))
        fault = _fault(series_id, entry, rule, units, levels)
        if fault:
            problems.add(f"series {series_id}: {fault}", FILE, "write it like the other entries")
        else:
            series[series_id] = _facts(entry, rule)
    return Declared(series, declared["unit_cells"], declared["total"])


def _fault(
    series_id: object, entry: Mapping[str, Any], rule: object, units: set[str], levels: Levels
) -> str:
    checks = {
        "the id must be quoted text": isinstance(series_id, str),
        f"the fields are not among {sorted(_FIELDS)}": set(entry) <= _FIELDS,
        f"the mode is not one of {', '.join(MODES)}": entry.get("mode") in MODES,
        "the unit is not in units.yaml": entry.get("unit") in units,
        "its unit has no complete rule in unit_rules": isinstance(rule, Mapping)
        and set(rule) == _RULES,
        "the scale is not in levels.yaml": levels.has_scale(entry.get("scale", NO_LEVEL)),
        "the dimension is unknown": entry.get("dimension", "none") in DIMENSIONS,
        "part and dimension go together": ("part" in entry) == ("dimension" in entry),
    }
    return "; ".join(fault for fault, holds in checks.items() if not holds)


def _facts(entry: Mapping[str, Any], rule: Mapping[str, Any]) -> Facts:
    return Facts(
        mode=entry["mode"],
        unit=entry["unit"],
        scale=entry.get("scale", NO_LEVEL),
        part=entry.get("part", ""),
        dimension=entry.get("dimension", "none"),
        decimals=entry.get("decimals", rule["decimals"]),
        natural_min=_limit(rule["natural_min"]),
        natural_max=_limit(rule["natural_max"]),
    )


def _limit(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
