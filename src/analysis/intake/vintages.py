"""Vintages: everything that was ever recorded for a series, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from analysis.errors import UserError
from analysis.intake.recorded import Recorded
from analysis.observe.rows import Row, read_rows
from analysis.package.changing import reading


@dataclass(frozen=True)
class Vintage:
    """One recorded observation.

    Parameters
    ----------
    row, source
        Rows of tables ``observations`` and ``sources``.
    stands
        Whether it was neither taken back nor replaced.
    state
        What became of it, in words.
    """

    row: Row
    source: Mapping[str, str]
    stands: bool
    state: str


def vintages(root: Path, series_id: str, area_id: str | None = None) -> tuple[Vintage, ...]:
    """Return all observations of a series by area, period and order of entry.

    Parameters
    ----------
    root
        The folder of the package.
    series_id
        The series; its related measures are included.
    area_id
        Only of this area.

    Raises
    ------
    UserError
        If the plan has no such series, or the package no such area.
    """
    with reading(root):
        recorded = Recorded.read(root)
        series, areas = (
            [row[name] for row in read_rows(root / path)[1]]
            for name, path in (
                ("series_id", "data/plan/series.csv"),
                ("area_id", "data/reference/areas.csv"),
            )
        )
    _known(series_id, series, "series")
    if area_id is not None:
        _known(area_id, areas, "area")
    rows = [
        row
        for row in recorded.rows["observations"]
        if row["series_id"] == series_id and area_id in (None, row["area_id"])
    ]
    rows.sort(key=lambda row: (areas.index(row["area_id"]), row["measure"], row["period"]))
    return tuple(
        Vintage(
            row, recorded.sources[row["source_id"]], recorded.stands(row), _state(row, recorded)
        )
        for row in rows
    )


def _known(name: str, names: list[str], kind: str) -> None:
    if name in names:
        return
    near = [one for one in names if one.startswith(f"{name}-")] or get_close_matches(name, names)
    mend = f"did you mean {', '.join(near)}?" if near else f"see the table of {kind}"
    raise UserError(f"there is no {kind} {name!r}", "plan155 history", mend)


def _state(row: Row, recorded: Recorded) -> str:
    withdrawal = recorded.withdrawn.get(row["addition_id"])
    if withdrawal is not None:
        reason = f": {withdrawal['reason']}" if withdrawal["reason"] else ""
        return f"taken back on {withdrawal['withdrawn_on']}{reason}"
    replaced = recorded.revised.get(row["observation_id"])
    return f"replaced by {replaced}" if replaced else "stands"


def as_dicts(found: Iterable[Vintage]) -> list[dict[str, Any]]:
    """Return vintages for a program: the observation, its source, ``stands`` and ``state``."""
    return [
        {**one.row, "source": dict(one.source), "stands": one.stands, "state": one.state}
        for one in found
    ]
