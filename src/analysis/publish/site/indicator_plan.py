"""What the plan says of a series: its row word for word, its targets, and why they are read so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from analysis.charts.labels import given
from analysis.charts.rows import Row
from analysis.publish.site.indicator_report import SeriesGap, Whole
from analysis.publish.site.writer import Writer
from analysis.runs.places import SOURCE

TEXT = f"/{SOURCE.as_posix()}"
"""Where the text of the plan lies in the site."""

_STARTS = ("indicator_groups", "indicators", "series", "task_groups")
"""The tables whose rows begin a row of an appendix."""

_NONE = "none"


@dataclass(frozen=True)
class Line:
    """A line of the text: its number, from 1, and its words."""

    number: int
    text: str


@dataclass(frozen=True)
class Target:
    """A target as printed and as read.

    Parameters
    ----------
    year
        The target year.
    printed
        The cell, word for word; empty where nothing is printed.
    read
        How it is read.
    translated
        The English text of a target put in words, on English pages.
    line
        The line of the cell; 0 where nothing is printed.
    shared
        Whether one cell holds for both years.
    """

    year: int
    printed: str
    read: str
    translated: str
    line: int
    shared: bool


@dataclass(frozen=True)
class Reading:
    """A reading with its reason."""

    reading_id: str
    reason: str


@dataclass(frozen=True)
class Passage:
    """All that the plan says of a series.

    Parameters
    ----------
    targets
        Its targets, one a year.
    facts
        Its name, unit and direction.
    readings
        Why it is read so.
    row
        The cells of its row, word for word.
    """

    targets: tuple[Target, ...]
    facts: tuple[Fact, ...]
    readings: tuple[Reading, ...]
    row: tuple[Line, ...]


@dataclass(frozen=True)
class Fact:
    """A term, its text with second lines, and what is printed in the plan on which line."""

    term: str
    text: str
    details: tuple[str, ...] = ()
    printed: str = ""
    line: int = 0


class PlanText:
    """The text of the plan, and what was read from it.

    Parameters
    ----------
    writer
        The language.
    whole
        What the pages of all series share.
    """

    def __init__(self, writer: Writer, whole: Whole) -> None:
        self.writer, self.whole, self.words = writer, whole, writer.words

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of the text."""
        path = self.writer.edition.root / SOURCE
        return tuple(path.read_text(encoding="utf-8").split("\n"))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The lines on which rows of the appendices begin."""
        found = {int(row["source_line"]) for name in _STARTS for row in self.whole.rows(name)}
        return tuple(sorted(found))

    def row_at(self, start: int) -> tuple[Line, ...]:
        """Return the cells of the row that begins on a line."""
        end = next((line for line in self.starts if line > start), start + 1)
        cells = (Line(number, self.lines[number - 1].strip()) for number in range(start, end))
        return tuple(cell for cell in cells if cell.text)

    def passage(self, report: SeriesGap) -> Passage:
        """Return what the plan says of a series."""
        series = self.whole.row("series", "series_id", report.series_id)
        row = self.row_at(int(series["source_line"]))
        targets = self._targets(report, row)
        indicator = self.whole.row("indicators", "indicator_id", str(series["indicator_id"]))
        own = () if series["source_line"] == indicator["source_line"] else row
        return Passage(
            targets=targets,
            facts=tuple(self._facts(series, indicator)),
            readings=self._readings(report),
            row=(*(self.row_at(int(indicator["source_line"])) if own else ()), *row),
        )

    # Targets

    def _targets(self, report: SeriesGap, row: tuple[Line, ...]) -> tuple[Target, ...]:
        mine = [one for one in self.whole.rows("targets") if one["series_id"] == report.series_id]
        read = {int(one["target_year"]): self._read(one) for one in report.targets}
        texts = [given(one["text_source"]) for one in mine]
        places = located(row, texts)
        return tuple(
            Target(
                year=int(one["year"]),
                printed=text,
                read=read[int(one["year"])],
                translated=self._translated(one, text),
                line=row[place].number if place >= 0 else 0,
                shared=place >= 0 and places.count(place) > 1,
            )
            for one, text, place in zip(mine, texts, places, strict=True)
        )

    def _read(self, row: Row) -> str:
        """Return how a target is read: its bounds, its level, or that it cannot be measured."""
        if row["kind"] == "level":
            return self.whole.level_names[row["level_id"]]
        if row["kind"] == "text":
            return self._say("words_only")
        return str(row["target_shown"])

    def _translated(self, target: Row, text: str) -> str:
        """Return the English words of a target; of a number there are none."""
        english = given(target["text_en"])
        wordy = any(letter.isalpha() for letter in text)
        return english if wordy and self.words.language == "en" else ""

    # Facts

    def _facts(self, series: Row, indicator: Row) -> list[Fact]:
        say = self._say
        name, part = given(indicator["name_source"]), given(series["part_source"])
        unit = self.whole.row("units", "unit_id", str(series["unit_id"]))
        printed = given(series["unit_source"])
        facts = [Fact(say("name"), "", printed=name, line=self._line(indicator, name))]
        if part:
            facts.append(Fact(say("part"), "", printed=part, line=self._line(series, part)))
        facts.append(
            Fact(
                say("unit"),
                self.writer.name(unit, "label"),
                (self.writer.name(unit, "description"),),
                printed,
                self._line(series, printed),
            )
        )
        facts.append(Fact(say("direction"), self._mode(str(series["mode"]))))
        if series["scale"] != _NONE:
            levels = " < ".join(self._levels(str(series["scale"])))
            facts.append(Fact(say("scale"), levels))
        return facts

    def _say(self, key: str) -> str:
        return self.writer.say(f"indicator.plan.{key}")

    def _line(self, owner: Row, text: str) -> int:
        """Return the line of a cell in the row of an indicator or series; 0 if there is none."""
        row = self.row_at(int(owner["source_line"]))
        return next((line.number for line in row if line.text == text), 0)

    def _levels(self, scale: str) -> list[str]:
        rows = [row for row in self.whole.rows("levels") if row["scale"] == scale]
        ordered = sorted(rows, key=lambda row: int(row["ordinal"]))
        return [self.writer.name(row, "label") for row in ordered]

    def _mode(self, mode: str) -> str:
        """Return which direction is progress, as the descriptor names it."""
        resources = self.writer.edition.descriptor["resources"]
        series = next(one for one in resources if one["name"] == "series")
        fields = series["schema"]["fields"]
        labels = next(one["enumLabels"] for one in fields if one["name"] == "mode")
        return str(labels[mode][self.words.language])

    # Readings

    def _readings(self, report: SeriesGap) -> tuple[Reading, ...]:
        """Return the readings of the row: of its cells, its name and its targets."""
        places = {report.series_id, str(report.row["indicator_id"])}
        rows = self.whole.rows("targets")
        named = {row["reading_id"] for row in rows if row["series_id"] == report.series_id}
        agencies = {row["reading_id"] for row in self.whole.rows("indicator_agencies")}
        placed = {
            row["reading_id"]
            for row in self.whole.rows("readings")
            if places & set(given(row["place"]).split())
        }
        return self.told(named | (placed - agencies))

    def told(self, reading_ids: Iterable[str]) -> tuple[Reading, ...]:
        """Return readings with their reasons, in the order of their numbers."""
        wanted = set(reading_ids) - {_NONE}
        return tuple(
            Reading(row["reading_id"], self.writer.name(row, "reason"))
            for row in self.whole.rows("readings")
            if row["reading_id"] in wanted
        )


def located(row: Sequence[Line], texts: Sequence[str]) -> list[int]:
    """Return where the cells of a row's targets stand, in the order of their years.

    The first cell of a row is its code or dash and no target. Cells of two years stand one after
    the other; if the second text is not there, one cell holds for both.

    Parameters
    ----------
    row
        The cells of the row.
    texts
        The targets word for word; empty where none is printed.

    Returns
    -------
    list of int
        Positions in ``row``; -1 where nothing is printed.
    """
    places: list[int] = []
    after = 1
    for text in texts:
        found = [at for at, line in enumerate(row) if at >= after and line.text == text]
        place = found[0] if text and found else -1
        if text and not found and places:
            place = places[-1]
        places.append(place)
        after = max(after, place + 1)
    return places
