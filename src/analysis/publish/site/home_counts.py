"""How many targets stand where, of the whole plan or a group, as bars and numbers show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from analysis.charts.style import CLASSES as DRAWN_ALIKE
from analysis.publish.site.page import Link
from analysis.publish.site.writer import Writer
from analysis.reports.evidence import UNASSESSED
from analysis.reports.overview_counts import BEHIND, MET
from analysis.results import CLASSES

if TYPE_CHECKING:
    from analysis.charts.rows import Row

STANDINGS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "met": tuple(name.upper() for name in MET),
        "not_met": ("NOT_MET",),
        "on_track": ("ON_TRACK",),
        "behind": tuple(name.upper() for name in BEHIND),
        "unassessed": tuple(reversed(UNASSESSED)),
    }
)
"""Verdicts that are counted together, in the order in which they are told."""

TOGETHER: Final = tuple(name for name, codes in STANDINGS.items() if len(codes) > 1)
"""Those of them that are several verdicts: the list of indicators can be asked for each."""

_OF_DUE: Final = ("met", "not_met", "unassessed")
_OF_OPEN: Final = ("met", "on_track", "behind", "unassessed")


@dataclass(frozen=True)
class Segment:
    """A part of a bar whose whole length is 100: how many targets have verdicts drawn alike."""

    code: str
    n: int
    x: float
    width: float


@dataclass(frozen=True)
class Standing:
    """How many targets stand alike.

    Attributes
    ----------
    name
        One of :data:`STANDINGS`.
    code
        A verdict among them, for mark and colour.
    n
        How many targets.
    link
        The list of these targets; its text says what they are.
    """

    name: str
    code: str
    n: int
    link: Link


@dataclass(frozen=True)
class YearCounts:
    """The targets of one year, of the plan or a part of it.

    Attributes
    ----------
    row
        A row of the roll-up frame (:func:`analysis.results.rollup_frame`), in series.
    writer
        What texts and links are made with.
    group_id
        The group that is counted; 0: the whole plan.
    """

    row: Row
    writer: Writer
    group_id: int = 0

    @property
    def year(self) -> int:
        """The target year."""
        return int(self.row["target_year"])

    @property
    def due(self) -> bool:
        """Whether the year is over, so that its targets are met or not met."""
        return bool(self.row["due"])

    @property
    def stated(self) -> int:
        """How many targets the plan states for the year."""
        return int(self.row["n_stated"])

    @property
    def assessable(self) -> int:
        """How many of them have a verdict."""
        return int(self.row["n_assessable"])

    @property
    def not_stated(self) -> int:
        """How many series have no target for the year."""
        return int(self.row["n"]) - self.stated

    def count(self, *codes: str) -> int:
        """Return how many targets have one of some verdicts."""
        return sum(int(self.row[f"n_{code.lower()}"]) for code in codes)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The bar of all stated targets, the best verdicts first; those drawn alike are one."""
        found: list[Segment] = []
        done = 0
        for codes in DRAWN_ALIKE.values():
            counted = [code for code in codes if code in CLASSES and code != "NO_TARGET"]
            n = self.count(*counted)
            if n:
                start, end = (round(100 * part / self.stated, 2) for part in (done, done + n))
                found.append(Segment(counted[0], n, start, round(end - start, 2)))
                done += n
        return tuple(found)

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """The numbers that are told of the year; together they are all stated targets."""
        names = _OF_DUE if self.due else _OF_OPEN
        return tuple(self._standing(name) for name in names)

    def _standing(self, name: str) -> Standing:
        codes = STANDINGS[name]
        group = f"group={self.group_id}&" if self.group_id else ""
        asked = name if name in TOGETHER else codes[0]
        path = f"indicators.html?{group}verdict={asked}&year={self.year}"
        text = self.writer.say(f"home.standing.{name}")
        return Standing(name, codes[0], self.count(*codes), Link(path, text))

    @property
    def text(self) -> str:
        """The numbers in words, without those that are none."""
        if not self.stated:
            return self.writer.say("home.none_stated")
        told = [one for one in self.standings if one.n]
        return self.writer.words.listing(
            self.writer.say(f"home.counted.{one.name}", n=one.n) for one in told
        )


def year_counts(writer: Writer, by: str = "plan") -> dict[int, tuple[YearCounts, ...]]:
    """Count the targets of every year.

    Parameters
    ----------
    writer
        What the pages are written with.
    by
        ``plan`` or ``group``.

    Returns
    -------
    dict of int to tuple of YearCounts
        By ``group_id`` (0: the whole plan), the earliest year first.
    """
    from analysis.charts.rows import records
    from analysis.results import rollup_frame

    edition = writer.edition
    found: dict[int, tuple[YearCounts, ...]] = {}
    for row in records(rollup_frame(edition.plan.tables, edition.gap, by=by)):
        group_id = int(row["group_id"]) if by == "group" else 0
        found[group_id] = (*found.get(group_id, ()), YearCounts(row, writer, group_id))
    return found
