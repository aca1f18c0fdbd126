"""Which agency is asked for what: today's agencies, and what they answer for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final

import pandas as pd

from analysis.charts.rows import Row, records
from analysis.errors import UserError
from analysis.intake.forms.wording import Both, both, pair
from analysis.results.agencies import agency_work, whole

ALL: Final = "all"
"""Asks for the forms of all agencies."""

ANSWERING: Final = ("lead", "statistics")
"""The roles in which an agency answers for figures and tasks."""

COLLECTIVE: Final = "collective"
_EVERYBODY: Final = "make the forms of all agencies with `--agency all`"


@dataclass(frozen=True)
class Duty:
    """A series or task for which an agency answers, or may answer.

    Attributes
    ----------
    item, item_id
        ``indicator`` and a series' id, or ``task`` and a task's.
    named_id
        The agency that the plan names.
    standing, role
        As in :func:`analysis.results.agencies.agency_work`.
    """

    item: str
    item_id: str
    named_id: str
    standing: str
    role: str


@dataclass(frozen=True)
class Answering:
    """An agency that exists, and what it is asked for, in the order of its work."""

    agency_id: str
    name: Both
    is_collective: bool
    duties: tuple[Duty, ...]

    def of(self, item: str) -> tuple[Duty, ...]:
        """Return what it answers for of one kind, each item once."""
        return tuple(one for one in self.duties if one.item == item)


def answering(
    tables: Mapping[str, pd.DataFrame], agency_id: str, *, as_of: date
) -> tuple[Answering, ...]:
    """Return the agencies that are asked, with what they answer for.

    Parameters
    ----------
    tables
        The package's frames: ``agencies, series, tasks, indicator_agencies, task_agencies,
        agency_successions``.
    agency_id
        An agency, or :data:`ALL`: all that exist on the day and answer for something.
    as_of
        The day; successions that take effect later are not known yet.

    Raises
    ------
    UserError
        If the agency is unknown, has ended, or answers for nothing.
    """
    then = _on(tables, as_of)
    agencies = {str(row["agency_id"]): row for row in records(tables["agencies"])}
    ended = _successors(then["agency_successions"])
    if agency_id != ALL:
        _refuse(agency_id, agencies, ended)
    asked = [name for name in agencies if name not in ended] if agency_id == ALL else [agency_id]
    found = [_answering(then, agencies[name]) for name in asked]
    some = tuple(one for one in found if one.duties)
    if not some:
        raise UserError(f"agency {agency_id!r} leads nothing and collects nothing", "", _EVERYBODY)
    return some


def _on(tables: Mapping[str, pd.DataFrame], day: date) -> dict[str, pd.DataFrame]:
    """Return the frames with the successions that have taken effect."""
    rows = tables["agency_successions"]
    known = [day.isoformat()[: len(text)] >= text for text in rows["effective"].astype("str")]
    return {**tables, "agency_successions": rows[known].reset_index(drop=True)}


def _successors(successions: pd.DataFrame) -> dict[str, list[str]]:
    """Return the agencies that ended, each with those that took over from it."""
    found: dict[str, list[str]] = {}
    for row in records(successions):
        found.setdefault(row["predecessor_id"], []).append(row["successor_id"])
    return {name: heirs for name, heirs in found.items() if name not in heirs}


def _refuse(agency_id: str, agencies: Mapping[str, Row], ended: Mapping[str, list[str]]) -> None:
    if agency_id not in agencies:
        near = get_close_matches(agency_id, agencies, n=3, cutoff=0.5)
        hint = f"write {' or '.join(near)}" if near else "write an agency_id of table agencies"
        raise UserError(f"there is no agency {agency_id!r}", "", f"{hint}; or {_EVERYBODY}")
    if agency_id in ended:
        heirs = ", ".join(ended[agency_id])
        raise UserError(
            f"agency {agency_id!r} no longer exists: its work passed to {heirs}",
            "table agency_successions",
            "make the form of a successor",
        )


def _answering(tables: Mapping[str, pd.DataFrame], agency: Row) -> Answering:
    work = agency_work(tables, str(agency["agency_id"]))
    mine = work[work["role"].isin(list(ANSWERING))].drop_duplicates(["item", "item_id"])
    duties = (
        Duty(row["item"], row["item_id"], row["named_id"], row["standing"], row["role"])
        for row in records(mine)
    )
    collective = agency["kind"] == COLLECTIVE
    return Answering(str(agency["agency_id"]), pair(agency, "name"), collective, tuple(duties))


def why_uncertain(
    tables: Mapping[str, pd.DataFrame], named_id: str, agency_id: str
) -> tuple[Both, ...]:
    """Return why it is uncertain whether an agency took over from another.

    Parameters
    ----------
    tables
        The package's frames: ``agencies, agency_successions``.
    named_id, agency_id
        The agency that the plan names, and the one that may have taken over.
    """
    rows = tables["agency_successions"]
    rows = rows[rows["predecessor_id"].eq(named_id) & rows["successor_id"].eq(agency_id)]
    names = {row["agency_id"]: pair(row, "name") for row in records(tables["agencies"])}
    return tuple(
        both(f"note.agency.{_kind(row)}", name=names[named_id], scope=_scope(row))
        for row in records(rows[~whole(rows)])
    )


def _kind(row: Row) -> str:
    return "part" if row["confidence"] == "reported" else "perhaps"


def _scope(row: Row) -> Both:
    scope = pair(row, "scope")
    return scope if scope.vi else both("agency.all_work")
