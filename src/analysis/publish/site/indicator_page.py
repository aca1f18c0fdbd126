"""The page of one indicator: where it stands, why, on which figures, and who answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from analysis.charts.rows import Row
from analysis.publish.site.indicator_former import Fates
from analysis.publish.site.indicator_plan import PlanText
from analysis.publish.site.indicator_report import Whole
from analysis.publish.site.indicator_series import SeriesPart, SeriesTeller
from analysis.publish.site.indicator_who import Responsibility
from analysis.publish.site.page import Link, SitePage
from analysis.publish.site.writer import Writer
from analysis.runs.history import History
from analysis.runs.job import Job

_HISTORY = "changes/history.json"
_SECTIONS = ("values", "trend", "plan", "who", "methods", "compare", "changes", "links")


@dataclass(frozen=True)
class Change:
    """A recorded change: its day, title and lines."""

    day: str
    title: str
    lines: tuple[str, ...]


class IndicatorPages:
    """Writes the pages of all indicators in one language.

    Parameters
    ----------
    writer
        The language.
    """

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.whole = Whole(writer.edition, writer.language)
        self.text = PlanText(writer, self.whole)
        self.fates = Fates(self.whole)

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of all indicators in plan order."""
        return tuple(str(row["indicator_id"]) for row in self.whole.rows("indicators"))

    def pages(self) -> Iterator[SitePage]:
        """Give the pages in plan order."""
        return map(self.page, self.numbers)

    def _say(self, key: str, **values: object) -> str:
        return self.writer.say(f"indicator.{key}", **values)

    def page(self, indicator_id: str) -> SitePage:
        """Return the page of an indicator."""
        row = self.whole.row("indicators", "indicator_id", indicator_id)
        name = self.writer.name(row)
        series = [row for row in self.whole.rows("series") if row["indicator_id"] == indicator_id]
        who = Responsibility(self.writer, self.whole, series)
        parts = tuple(self._part(one["series_id"], who) for one in series)
        return SitePage(
            path=f"indicators/{indicator_id}.html",
            template="indicator.html.j2",
            title=f"{indicator_id}. {name}",
            description=self._description(indicator_id, name, parts),
            section="indicators",
            content={
                "indicator": row,
                "name": name,
                "other": self._other(row),
                "group": self.writer.group(int(row["group_id"])),
                "parts": parts,
                "sections": self._sections(parts[0], indicator_id),
                "leads": who.leads(),
                "who": who.answering(),
                "who_readings": self.text.told(who.reading_ids()),
                "changes": self._changes(indicator_id),
                "history_began": self._began,
                "reports": self._reports(int(row["group_id"])),
                "neighbours": self._neighbours(indicator_id),
            },
        )

    def _neighbours(self, indicator_id: str) -> tuple[Link | None, ...]:
        """Return the indicators before and after; nothing at either end."""
        place = self.numbers.index(indicator_id)
        around = (self.numbers[max(place - 1, 0) : place], self.numbers[place + 1 : place + 2])
        return tuple(self.writer.indicator(one[0]) if one else None for one in around)

    def _part(self, series_id: str, who: Responsibility) -> SeriesPart:
        return SeriesTeller(self.writer, self.whole, self.text, who, series_id).part(self.fates)

    def _other(self, row: Row) -> tuple[str, str]:
        """Return the other language and the name in it."""
        language = "en" if self.writer.language == "vi" else "vi"
        return language, str(row[f"name_{language}"])

    def _description(self, indicator_id: str, name: str, parts: tuple[SeriesPart, ...]) -> str:
        said = [
            self._say("verdict_line", year=card.year, verdict=card.label)
            for part in parts[:1]
            for card in part.cards
        ]
        verdicts = " ".join(said)
        return self._say("description", id=indicator_id, name=name, verdicts=verdicts)

    def _sections(self, part: SeriesPart, indicator_id: str) -> list[str]:
        """Return the sections below the verdicts of an indicator with one series."""
        there = {
            "values": bool(part.values or part.history),
            "trend": part.trend is not None,
            "methods": part.methods is not None,
            "changes": bool(self._changes(indicator_id) or part.former),
        }
        return [name for name in _SECTIONS if there.get(name, True)]

    # What has changed

    @cached_property
    def _history(self) -> History | None:
        path = self.writer.edition.outputs.root / _HISTORY
        if not path.is_file():
            return None
        return History.read(json.loads(path.read_text(encoding="utf-8")))

    @property
    def _began(self) -> str:
        return self.writer.date(self._history.began) if self._history else ""

    def _changes(self, indicator_id: str) -> tuple[Change, ...]:
        """Return the recorded changes of the indicator, the latest first."""
        entries = self._history.entries if self._history else ()
        mine = [one for one in entries if one["subject"].get("indicator_id") == indicator_id]
        return tuple(self._change(entry) for entry in reversed(mine))

    def _change(self, entry: Mapping[str, Any]) -> Change:
        told = entry["texts"][self.writer.language]
        return Change(self.writer.date(entry["at"]), told["title"], tuple(told["lines"]))

    # Where to go on

    def _reports(self, group_id: int) -> tuple[Link, ...]:
        """Return links to those reports of the group that there are."""
        outputs = self.writer.edition.outputs
        jobs = [Job(kind, str(group_id), self.writer.language) for kind in ("gap", "trend")]
        return tuple(
            Link(f"/reports/{job.folder}/report.html", self._say(f"links.{job.kind}"))
            for job in jobs
            if (outputs.place(job) / "report.html").is_file()
        )
