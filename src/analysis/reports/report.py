"""A report: one subject, one language, one day; what all kinds of reports share."""

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
from analysis.reports.finish import finish
from analysis.reports.prose import Prose
from analysis.reports.table import Cell, Table
from analysis.results.validity import next_change
from analysis.words import LANGUAGES, Words


class ReportError(UserError):
    """A report is asked for something that does not exist."""


class Report:
    """Shared parts of every kind of report.

    Parameters
    ----------
    plan
        The loaded package.
    language
        ``vi`` or ``en``.
    base_year
        The declared base year.
    as_of
        The day of assessment.
    results
        Folder for figures and result tables; without it nothing is written.

    Raises
    ------
    ReportError
        If the language is unknown.
    """

    kind: ClassVar[str]
    resource: ClassVar[str]
    """The result table whose rows are published (:mod:`analysis.results.declared`)."""

    subject_name: ClassVar[str] = ""
    """The notebook parameter that says what the report is about; empty: the whole plan."""

    def __init__(
        self,
        plan: Plan,
        language: str = "vi",
        *,
        base_year: int = 2020,
        as_of: date | None = None,
        results: Path | None = None,
    ) -> None:
        self.plan = plan
        self.base_year = base_year
        self.as_of = as_of or date.today()
        self.results = results
        self.words = Words(_known_language(language))
        self._files: list[Path] = []

    @classmethod
    def _opened(
        cls,
        *subject_and_language: Any,
        base_year: int,
        as_of: str,
        data: str,
        results: str,
    ) -> Self:
        """Open a report from a notebook's parameters; each kind has its own typed ``open``."""
        return cls(
            load(data or None),
            *subject_and_language,
            base_year=base_year,
            as_of=_day(as_of) if as_of else None,
            results=Path(results) if results else None,
        )

    @property
    def language(self) -> str:
        """The language of the report."""
        return self.words.language

    @cached_property
    def whole_view(self) -> pd.DataFrame:
        """The current view of every series and area."""
        return self.plan.view(as_of=self.as_of)

    @cached_property
    def others(self) -> dict[str, str]:
        """What other sources say of the same period with the same standing, by chosen record."""
        texts = self.differing.groupby("observation_id", sort=False)
        return {
            str(name): self.words.listing(
                map(self.words.number, dict.fromkeys(part["other_value"]))
            )
            for name, part in texts
        }

    @cached_property
    def differing(self) -> pd.DataFrame:
        """Each chosen record beside those of its period and standing that give another number.

        One row a pair: ``observation_id, series_id, period, comparability, value``, and the same of
        the other record with the prefix ``other_``.
        """
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
        return differ[differ["other_value"].notna()]

    @cached_property
    def whole_gap(self) -> pd.DataFrame:
        """The gap rows of the whole plan, with the printed texts of value and target."""
        frame = self.plan.gap(base_year=self.base_year, as_of=self.as_of)
        lines = self.plan["series"].set_index("series_id")["source_line"]
        return frame.assign(
            source_line=frame["series_id"].map(lines),
            broken_from=[self.last_breaks.get(one, "") for one in frame["series_id"]],
            others_shown=[self.others.get(one, "") for one in frame["value_observation_id"]],
            value_shown=[self.value(row) for row in records(frame)],
            target_shown=[target_text(row, self.words) for row in records(frame)],
        )

    @cached_property
    def level_names(self) -> dict[str, str]:
        """The names of the ordinal levels, in the report's language."""
        levels = self.plan["levels"]
        return dict(zip(levels["level_id"], levels[f"label_{self.language}"], strict=True))

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

    @property
    def subject(self) -> str:
        """What the report is about, as its folder says it; empty: the whole plan."""
        return ""

    @property
    def title_text(self) -> str:
        """The title in words."""
        return self.words(f"report.{self.kind}")

    def title(self) -> Prose:
        """Return the title, with the plan, the day and the version of the data."""
        line = self.words(
            "report.plan_line",
            as_of=self.words.date(self.as_of.isoformat()),
            base_year=self.base_year,
            version=self.plan.tables.version,
        )
        return Prose((line,), self.title_text, level=1)

    def heading(self, key: str, *notes: str) -> Prose:
        """Return a section heading with notes below it."""
        return Prose(tuple(notes), self.words(f"report.{key}"))

    def table(self, key: str, names: tuple[str, ...], body: list[tuple[Cell, ...]]) -> Table:
        """Return a table with the caption and column names of the catalogue."""
        columns = tuple(self.words(f"column.{name}") for name in names)
        return Table(self.words(f"caption.{key}"), columns, tuple(body), self.language)

    def method(self) -> Prose:
        """Return how the verdicts are made, and what is unofficial."""
        notes = [self.words("note.method"), self.words("note.source_line")]
        if self.language == "en":
            notes.append(self.words("note.unofficial"))
        return self.heading("method", *notes)

    def keep(self, chart: Chart, name: str) -> Chart:
        """Save a chart into the results folder, if there is one, and return it."""
        if self.results is not None:
            self._files += chart.save(self.results / "figures" / name)
        return chart

    def result_rows(self) -> pd.DataFrame:
        """Return the rows that are published as this report's result table."""
        raise NotImplementedError

    def summary(self) -> dict[str, object]:
        """Return what an index page says of this report, in both languages."""
        raise NotImplementedError

    @property
    def next_change(self) -> date:
        """The first day on which this report would say something else, with the same data."""
        return next_change(self.plan.tables, as_of=self.as_of)

    def finish(self) -> None:
        """Write the result table and, last of all, the completion marker."""
        if self.results is not None:
            finish(self, self.results, self._files)


class PlanReport(Report):
    """A report on the whole plan."""

    @classmethod
    def open(
        cls,
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
            If the language is unknown, or ``as_of`` is no ISO date.
        """
        return cls._opened(language, base_year=base_year, as_of=as_of, data=data, results=results)


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


def known_subject(rows: pd.DataFrame, name: str, subject: str | int) -> Row:
    """Return the row of a report's subject.

    Parameters
    ----------
    rows
        The table of all subjects, with a column ``name``.
    name
        The notebook parameter and column: ``group_id``, ``task_group_id``, ``agency_id``.
    subject
        What was asked for.

    Raises
    ------
    ReportError
        If there is no such row; the message names those that there are.
    """
    found = rows[rows[name].eq(subject)]
    if found.empty:
        raise ReportError(
            what=f"unknown {name} {subject!r}",
            where=f"parameter {name}",
            mend=f"choose one of {', '.join(rows[name].astype(str))}",
        )
    return first(found)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ReportError(
            what=f"{text!r} is not a date",
            where="parameter as_of",
            mend="write it as YYYY-MM-DD, or leave it empty for today",
        ) from None
