"""The rows of the list of all indicators, with what they are filtered and sorted by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from analysis.charts.rows import Row, absent, records
from analysis.publish.site.groups_rows import by_series, whole_name
from analysis.publish.site.listing_agencies import Lead, lead_agencies
from analysis.publish.site.page import Link
from analysis.publish.site.writer import Writer
from analysis.reports.distance import glance_table, province_view
from analysis.reports.evidence import reason_text
from analysis.results import CLASSES
from analysis.words.collation import collation

if TYPE_CHECKING:
    from analysis.reports import OverviewReport
    from analysis.reports.table import Cell

VERDICTS: Final = tuple(name for name in CLASSES if name not in ("MIXED", "PARTLY_ASSESSABLE"))
"""The verdicts that a target can have, in the order in which they are sorted."""


_BETWEEN_WORDS: Final = re.compile(r"[^\w.]+")


@dataclass(frozen=True)
class ListedTarget:
    """A target of a series.

    Attributes
    ----------
    year
        The target year.
    target
        The target as text; a dash where none is stated.
    code, label
        The verdict.
    reason
        Why there is none; empty where there is one, or none can be expected.
    """

    year: int
    target: str
    code: str
    label: str
    reason: str

    @property
    def rank(self) -> int:
        """What the verdict is sorted by, the best first."""
        return VERDICTS.index(self.code)


@dataclass(frozen=True)
class ListedSeries:
    """A row of the list.

    Attributes
    ----------
    series_id, indicator_id, group_id
        What it is.
    position
        Its place in the plan.
    link
        The page of its indicator, with its whole name.
    group
        The page of its group, with a short name.
    latest, period, notes
        The latest value, its period, and what to note of it; empty where there is none.
    latest_year
        What the period is sorted by.
    targets
        One a year.
    leads
        Its lead agencies.
    name_rank, lead_rank
        The places of name and agency in the order of the language.
    text
        What a search looks through (:func:`folded`).
    """

    series_id: str
    indicator_id: str
    group_id: int
    position: int
    link: Link
    group: Link
    latest: str
    period: str
    notes: tuple[str, ...]
    latest_year: int | None
    targets: tuple[ListedTarget, ...]
    leads: tuple[Lead, ...]
    name_rank: int
    lead_rank: int
    text: str

    @property
    def agencies(self) -> tuple[str, ...]:
        """The ids of all agencies by which the row is found."""
        return tuple(dict.fromkeys(name for lead in self.leads for name in lead.ids))


def folded(text: str) -> str:
    """Return the words of a text without marks and capitals, as a search compares them.

    Of ``Đào tạo (3-5 tuổi)`` that is ``dao tao 3 5 tuoi``; ``assets/filter.js`` does the same
    with what is typed.
    """
    apart = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _BETWEEN_WORDS.sub(" ", bare).strip()


def breakable(text: str) -> str:
    """Return a value whose unit may stand in a second line: the columns are narrow."""
    return text.replace("\u00a0", " ")


def listed_series(report: OverviewReport, writer: Writer) -> list[ListedSeries]:
    """Return a row for every series of the plan, in plan order."""
    lister = _Lister(report, writer)
    table = glance_table(report, report.whole_gap)
    return [
        lister.row(part, value)
        for part, (_, value, *_) in zip(lister.parts, table.rows, strict=True)
    ]


def ranks(names: Iterable[str]) -> dict[str, int]:
    """Return the place of every name in the order of the alphabet."""
    return {name: place for place, name in enumerate(sorted(set(names), key=collation))}


class _Lister:
    """Makes the rows: what a row needs to know of all others is here.

    Parameters
    ----------
    report
        The report on the whole plan.
    writer
        What the page is written with.
    """

    def __init__(self, report: OverviewReport, writer: Writer) -> None:
        self.report, self.writer = report, writer
        self.parts = list(by_series(report.whole_gap).values())
        self.leads = lead_agencies(writer)
        self.names = ranks(whole_name(part[0], writer) for part in self.parts)
        self.agencies = ranks(map(_foremost, self.leads.values()))

    @cached_property
    def periods(self) -> dict[tuple[str, int], str]:
        """The period of every value of the province, by series and year."""
        view = province_view(self.report, self.report.whole_gap["series_id"])
        return {(row["series_id"], int(row["year"])): row["period"] for row in records(view)}

    def row(self, part: list[Row], value: Cell) -> ListedSeries:
        """Return a row from the gap rows of a series and the cell of its latest value."""
        facts, writer = part[0], self.writer
        name, leads = whole_name(facts, writer), self.leads.get(facts["series_id"], ())
        year = None if absent(facts["latest_year"]) else int(facts["latest_year"])
        group_id = int(facts["group_id"])
        group = Link(f"groups/{group_id}.html", writer.words(f"group_short.{group_id}"))
        return ListedSeries(
            series_id=facts["series_id"],
            indicator_id=facts["indicator_id"],
            group_id=group_id,
            position=int(facts["position"]),
            link=Link(f"indicators/{facts['indicator_id']}.html", name),
            group=group,
            latest=breakable(value.text),
            period=self._period(facts, year),
            notes=value.detail[1:],
            latest_year=year,
            targets=tuple(self._target(row) for row in part),
            leads=leads,
            name_rank=self.names[name],
            lead_rank=self.agencies[_foremost(leads)],
            text=folded(" ".join(self._searched(facts, name, group.text, leads))),
        )

    def _period(self, facts: Row, year: int | None) -> str:
        if year is None:
            return ""
        return self.writer.words.period(self.periods[facts["series_id"], year])

    def _searched(self, facts: Row, name: str, group: str, leads: Iterable[Lead]) -> Iterator[str]:
        """Give what a search looks through: code, names, group, agencies."""
        yield from (facts["indicator_id"], name, facts[f"label_{self.writer.language}"], group)
        for lead in leads:
            yield from dict.fromkeys(one.text for one in (lead.named, *lead.today))

    def _target(self, row: Row) -> ListedTarget:
        words, code = self.writer.words, row["verdict"]
        stated = code != "NO_TARGET"
        return ListedTarget(
            year=int(row["target_year"]),
            target=breakable(row["target_shown"]) if stated else words("dash"),
            code=code,
            label=words(f"verdict_short.{code}") if stated else words("dash"),
            reason=reason_text(row, words) if code == "NOT_ASSESSABLE" else "",
        )


def _foremost(leads: Sequence[Lead]) -> str:
    """Return the name by which a row is sorted by its agency."""
    return leads[0].today[0].text if leads else ""
