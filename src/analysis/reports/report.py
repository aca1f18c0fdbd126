"""A report: one group, one language, one day; what all kinds of reports share."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Self

import pandas as pd

from analysis.api import PROVINCE, Plan, load
from analysis.charts import Chart
from analysis.charts.labels import given, label, target_text, value_text
from analysis.charts.rows import Row, absent, first, records
from analysis.errors import UserError
from analysis.reports import evidence, responsibility
from analysis.reports.finish import finish
from analysis.reports.prose import Prose
from analysis.reports.table import Cell, Table, cells
from analysis.words import LANGUAGES, Words


class ReportError(UserError):
    """A report is asked for something that does not exist."""


class Report:
    """Shared parts of a group's report.

    Parameters
    ----------
    plan
        The loaded package.
    group_id
        Indicator group, 1 to 11.
    language
        ``vi`` or ``en``.
    base_year
        The declared base year.
    as_of
        The day of assessment.
    results
        Folder for figures and result tables; without it nothing is written.
    """

    kind: ClassVar[str]
    resource: ClassVar[str]
    """The result table whose rows are published (:mod:`analysis.results.declared`)."""

    def __init__(
        self,
        plan: Plan,
        group_id: int,
        language: str,
        *,
        base_year: int = 2020,
        as_of: date | None = None,
        results: Path | None = None,
    ) -> None:
        self.plan = plan
        self.group_id = group_id
        self.base_year = base_year
        self.as_of = as_of or date.today()
        self.results = results
        self.words = Words(_known_language(language))
        self._files: list[Path] = []
        self._group = _known_group(plan, group_id)

    @classmethod
    def open(
        cls,
        group_id: int,
        language: str = "vi",
        *,
        base_year: int = 2020,
        as_of: str = "",
        data: str = "",
        results: str = "",
    ) -> Self:
        """Open a report from a notebook's parameters (empty text: the default).

        Raises
        ------
        ReportError
            If the group or language is unknown, or ``as_of`` is no ISO date.
        """
        return cls(
            load(data or None),
            group_id,
            language,
            base_year=base_year,
            as_of=_day(as_of) if as_of else None,
            results=Path(results) if results else None,
        )

    @property
    def language(self) -> str:
        """The language of the report."""
        return self.words.language

    @cached_property
    def view(self) -> pd.DataFrame:
        """The current view of the province for the series of this group."""
        view = self.whole_view
        mine = view["series_id"].isin(self.gap["series_id"]) & view["area_id"].eq(PROVINCE)
        rows = view[mine].reset_index(drop=True)
        named = rows["level_id"].map(self.level_names)
        return rows.assign(text=named.where(rows["level_id"].ne("none"), ""))

    @cached_property
    def whole_view(self) -> pd.DataFrame:
        """The current view of every series and area."""
        return self.plan.view(as_of=self.as_of)

    @cached_property
    def others(self) -> dict[str, str]:
        """What other sources say of the same period with the same standing, by chosen record."""
        columns = ["observation_id", "series_id", "period", "comparability", "value"]
        values = self.plan["observations"][columns]
        chosen = self.whole_view[["observation_id", "set_aside"]]
        aside = chosen.assign(other_id=chosen["set_aside"].str.split()).explode("other_id")
        pairs = aside.merge(values, on="observation_id").merge(
            values.add_prefix("other_"), left_on="other_id", right_on="other_observation_id"
        )
        alike = pairs["period"].eq(pairs["other_period"])
        alike &= pairs["comparability"].eq(pairs["other_comparability"])
        differ = pairs[alike & pairs["value"].ne(pairs["other_value"])]
        texts = differ[differ["other_value"].notna()].groupby("observation_id", sort=False)
        return {
            str(name): self.words.listing(
                map(self.words.number, dict.fromkeys(part["other_value"]))
            )
            for name, part in texts
        }

    @cached_property
    def level_names(self) -> dict[str, str]:
        """The names of the ordinal levels, in the report's language."""
        levels = self.plan["levels"]
        return dict(zip(levels["level_id"], levels[f"label_{self.language}"], strict=True))

    @cached_property
    def gap(self) -> pd.DataFrame:
        """The gap rows of this group, with the printed texts of value and target."""
        frame = self.plan.gap(group=self.group_id, base_year=self.base_year, as_of=self.as_of)
        lines = self.plan["series"].set_index("series_id")["source_line"]
        return frame.assign(
            source_line=frame["series_id"].map(lines),
            broken_from=frame["series_id"].map(self.last_breaks).fillna(""),
            others_shown=frame["value_observation_id"].map(self.others).fillna(""),
            value_shown=[self.value(row) for row in records(frame)],
            target_shown=[target_text(row, self.words) for row in records(frame)],
        )

    @cached_property
    def facts(self) -> dict[str, Row]:
        """One gap row for each series: its names, unit and line."""
        return {row["series_id"]: row for row in records(self.gap)}

    @cached_property
    def trend(self) -> pd.DataFrame:
        """The trend rows of this group."""
        return self.plan.trend(group=self.group_id, as_of=self.as_of)

    @cached_property
    def breaks(self) -> pd.DataFrame:
        """The declared breaks of this group's series."""
        rows = self.plan["breaks"]
        mine = rows["series_id"].isin(self.gap["series_id"]) & rows["area_id"].eq(PROVINCE)
        return rows[mine]

    @cached_property
    def last_breaks(self) -> dict[str, str]:
        """The last declared break of every series that was broken since the base year."""
        rows = self.plan["breaks"]
        since = rows["from_period"].astype(str).str[:4].astype(int).gt(self.base_year)
        rows = rows[rows["area_id"].eq(PROVINCE) & since]
        rows = rows.sort_values("from_period", kind="stable")
        return dict(zip(rows["series_id"], rows["from_period"].astype(str), strict=True))

    def value(self, row: Row) -> str:
        """Return the judged value of a gap row as text; a level is named, not numbered."""
        return self.printed(row, row["judged_value"])

    def printed(self, row: Row, value: float, text: object = "") -> str:
        """Return a value of a series as text."""
        if row["scale"] != "none" and not given(text) and not absent(value):
            text = self._level_name(row["scale"], int(value))
        return value_text(row, value, self.words, text if row["scale"] != "none" else "")

    def _level_name(self, scale: str, ordinal: int) -> str:
        levels = self.plan["levels"]
        known = levels[levels["scale"].eq(scale) & levels["ordinal"].eq(ordinal)]
        return self.level_names[first(known)["level_id"]]

    def label(self, row: Row) -> str:
        """Return number and short name of the row's series."""
        return label(row, self.words)

    def title(self) -> Prose:
        """Return the title, with the plan, the day and the version of the data."""
        words = self.words
        name = self._group[f"name_{self.language}"]
        heading = words(
            "report.title", group=self.group_id, name=name, kind=words(f"report.{self.kind}")
        )
        line = words(
            "report.plan_line",
            as_of=words.date(self.as_of.isoformat()),
            base_year=self.base_year,
            version=self.plan.tables.version,
        )
        return Prose((line,), heading, level=1)

    def heading(self, key: str, *notes: str) -> Prose:
        """Return a section heading with notes below it."""
        return Prose(tuple(notes), self.words(f"report.{key}"))

    def table(self, key: str, names: tuple[str, ...], body: list[tuple[Cell, ...]]) -> Table:
        """Return a table with the caption and column names of the catalogue."""
        columns = tuple(self.words(f"column.{name}") for name in names)
        return Table(self.words(f"caption.{key}"), columns, tuple(body))

    def break_table(self) -> Table | Prose:
        """Return the declared breaks with their reasons."""
        if self.breaks.empty:
            return Prose((self.words("note.breaks_none"),))
        body = [
            cells(
                [
                    self.label(self.facts[row["series_id"]]),
                    self.words.period(str(row["from_period"])),
                    row[f"reason_{self.language}"],
                ]
            )
            for row in records(self.breaks)
        ]
        return self.table("breaks", ("series", "from", "reason"), body)

    def who(self) -> Table:
        """Return who is named in the plan, and who answers today."""
        return responsibility.who_table(self)

    def where(self) -> Table | Prose:
        """Return the values that the verdicts rest on, with their sources."""
        return evidence.used_table(self)

    def missing(self) -> Table | Prose:
        """Return the targets that cannot be assessed, why, and who owes the numbers."""
        return evidence.missing_table(self)

    def method(self) -> Prose:
        """Return how the verdicts are made, and what is unofficial."""
        notes = [self.words("note.method"), self.words("note.source_line")]
        if self.language == "en":
            notes.append(self.words("note.unofficial"))
        return self.heading("method", *notes)

    def keep(self, chart: Chart, name: str) -> Chart:
        """Save a chart into the results folder, if there is one, and return it."""
        if self.results is not None:
            path = chart.save(self.results / "figures" / f"{name}.png")
            self._files += [path, path.with_suffix(".txt")]
        return chart

    def result_rows(self) -> pd.DataFrame:
        """Return the rows that are published as this report's result table."""
        raise NotImplementedError

    def summary(self) -> dict[str, object]:
        """Return what an index page says of this report, in both languages."""
        raise NotImplementedError

    def finish(self) -> None:
        """Write the result table and, last of all, the completion marker."""
        if self.results is not None:
            finish(self, self.results, self._files)


def in_both(sentences: Any) -> dict[str, str]:
    """Return ``sentences(words)`` in every language."""
    return {language: " ".join(sentences(Words(language))) for language in LANGUAGES}


def _known_language(language: str) -> str:
    if language not in LANGUAGES:
        raise ReportError(
            what=f"unknown language {language!r}",
            where="parameter language",
            mend=f"choose one of {', '.join(LANGUAGES)}",
        )
    return language


def _known_group(plan: Plan, group_id: int) -> Row:
    groups = plan["indicator_groups"]
    rows = groups[groups["group_id"] == group_id]
    if rows.empty:
        known = ", ".join(str(number) for number in groups["group_id"])
        raise ReportError(
            what=f"unknown indicator group {group_id!r}",
            where="parameter group_id",
            mend=f"choose one of {known}",
        )
    return first(rows)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ReportError(
            what=f"{text!r} is not a date",
            where="parameter as_of",
            mend="write it as YYYY-MM-DD, or leave it empty for today",
        ) from None
