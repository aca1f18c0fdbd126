"""A choice: what is looked at, and by which base year, data and method it is judged."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from analysis.api import DEFAULT_BASE_YEAR
from analysis.errors import UserError, raise_all
from analysis.results import ASKED
from analysis.words import LANGUAGES

if TYPE_CHECKING:
    from analysis.api import Plan

BASE_YEARS: Final = range(2010, 2026)
"""The base years that can be chosen, as for the reports."""

OWN: Final = "own"
"""The method of this project."""

METHOD_NAMES: Final = (OWN, *ASKED)
"""The methods that can be chosen; the others of ``analysis.measures.METHODS`` ask for more than a
plan has."""

CHARTS: Final = ("gap", "trend")


@dataclass(frozen=True)
class Choice:
    """What is chosen; every field has the default that the reports have.

    Attributes
    ----------
    as_of
        The day of assessment.
    group_id
        Indicator group, 1 to 11.
    series_id
        One series of the group; empty for all of them.
    base_year
        The declared base year, one of :data:`BASE_YEARS`.
    include_proxy
        Admit proxies in the series' own unit.
    method
        One of :data:`METHOD_NAMES`.
    chart
        ``gap`` (distance to the targets) or ``trend`` (values by year).
    language
        ``vi`` or ``en``.
    """

    as_of: date
    group_id: int = 5
    series_id: str = ""
    base_year: int = DEFAULT_BASE_YEAR
    include_proxy: bool = False
    method: str = OWN
    chart: str = "gap"
    language: str = "vi"

    @property
    def is_default(self) -> bool:
        """Whether base year, data and method are those of the reports."""
        return (self.base_year, self.include_proxy, self.method) == (DEFAULT_BASE_YEAR, False, OWN)


def choose(plan: Plan, *, as_of: date | str = "", **options: Any) -> Choice:
    """Return a checked choice.

    Parameters
    ----------
    plan
        Says which groups and series there are.
    as_of
        The day of assessment, as a date or as text (``2026-11-25``); empty for today.
    **options
        The other fields of :class:`Choice`. A series decides its group.

    Raises
    ------
    analysis.errors.UserErrors
        All unknown options and names together.
    """
    named = {name: value for name, value in options.items() if name in Choice.__annotations__}
    day = _day(as_of)
    choice = Choice(as_of=day or date.min, **named)
    faults = [*_unknown_options(options), *_faults(plan, choice)]
    if day is None:
        mend = "write it as YYYY-MM-DD, or leave it empty for today"
        faults.append(UserError(f"{as_of!r} is not a date", "as_of", mend))
    raise_all(faults)
    return in_its_group(plan, choice)


def in_its_group(plan: Plan, choice: Choice) -> Choice:
    """Return the choice with the group of its series."""
    if not choice.series_id:
        return choice
    return replace(choice, group_id=groups_of_series(plan)[choice.series_id])


def groups_of_series(plan: Plan) -> dict[str, int]:
    """Return series → group, in the order of the plan."""
    rows = plan["series"].merge(plan["indicators"], on="indicator_id", suffixes=("", "_indicator"))
    rows = rows.sort_values("position")
    return dict(zip(rows["series_id"], rows["group_id"].astype(int).tolist(), strict=True))


def _day(as_of: date | str) -> date | None:
    if isinstance(as_of, date):
        return as_of
    try:
        return date.fromisoformat(as_of) if as_of else date.today()
    except ValueError:
        return None


def _unknown_options(options: dict[str, Any]) -> Iterator[UserError]:
    names = tuple(Choice.__annotations__)
    for name in options:
        if name not in names:
            yield UserError(f"unknown option {name!r}", "the choice", _mend(name, names))


def _faults(plan: Plan, choice: Choice) -> Iterator[UserError]:
    allowed: dict[str, Collection[Any]] = {
        "group_id": plan["indicator_groups"]["group_id"].tolist(),
        "series_id": ("", *plan["series"]["series_id"]),
        "base_year": BASE_YEARS,
        "include_proxy": (False, True),
        "method": METHOD_NAMES,
        "chart": CHARTS,
        "language": LANGUAGES,
    }
    for name, values in allowed.items():
        value = getattr(choice, name)
        if value not in values:
            yield UserError(f"unknown {name} {value!r}", name, _mend(str(value), values))


def _mend(name: str, values: Collection[Any]) -> str:
    named = [value for value in values if isinstance(value, str)]
    near = [one for one in named if one.startswith(f"{name}-")] or get_close_matches(name, named)
    if near:
        return f"did you mean {', '.join(near)}?"
    if len(named) > len(BASE_YEARS):
        return "see plan['series']"
    return f"choose one of {', '.join(map(str, values))}"
