"""Everything that the page of an indicator tells of one of its series."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.charts.labels import part_name
from analysis.charts.rows import Row, absent, first
from analysis.publish.site.figures import country_line, method_strip, trajectory
from analysis.publish.site.figures.figure import Figure
from analysis.publish.site.indicator_former import Fates, Former, FormerValues
from analysis.publish.site.indicator_methods import Scenarios
from analysis.publish.site.indicator_plan import Passage, PlanText
from analysis.publish.site.indicator_records import Records, Value
from analysis.publish.site.indicator_report import SeriesGap, SeriesTrend, Whole, own_table
from analysis.publish.site.indicator_verdict import Card, Judgement
from analysis.publish.site.indicator_who import Answering, Responsibility
from analysis.publish.site.writer import Writer
from analysis.reports.notes import languages_said
from analysis.reports.table import Table

_FOR_MOVEMENT = 2  # values that can be compared


@dataclass(frozen=True)
class Lack:
    """What is said of a series without any value of the province.

    Parameters
    ----------
    asks
        What the plan asks for.
    owing
        Who owes the number.
    needed
        What would help.
    n_context
        How many values for context there are.
    """

    asks: str
    owing: tuple[Answering, ...]
    needed: str
    n_context: int


@dataclass(frozen=True)
class Trend:
    """How a series has moved.

    Parameters
    ----------
    sentences
        What could be quoted.
    speed, breaks
        Tables; nothing where there is nothing to show.
    """

    sentences: tuple[str, ...]
    speed: Table | None
    breaks: Table | None


@dataclass(frozen=True)
class Told:
    """A section of sentences with a figure, a table, and tables that are folded away."""

    sentences: tuple[str, ...]
    figure: Figure | None
    table: Table | None
    details: tuple[Table, ...] = ()


@dataclass(frozen=True)
class SeriesPart:
    """All that is told of one series; see the modules that make the parts."""

    series_id: str
    name: str
    other_name: str
    row: Row
    cards: tuple[Card, ...]
    arithmetic: Table | None
    lack: Lack | None
    trajectory: Figure | None
    values: tuple[Value, ...]
    latest: Value | None
    history: Table | None
    former: tuple[Former, ...]
    notes: tuple[str, ...]
    trend: Trend | None
    plan: Passage
    methods: Told | None
    country: Told
    others: Told


class SeriesTeller:
    """Tells all of one series.

    Parameters
    ----------
    writer
        The language.
    whole, text
        What the pages of all series share.
    who
        Who answers for the indicator.
    series_id
        The series.
    """

    def __init__(
        self, writer: Writer, whole: Whole, text: PlanText, who: Responsibility, series_id: str
    ) -> None:
        self.writer, self.text, self.who, self.words = writer, text, who, writer.words
        self.series_id = series_id
        self.gap, self.trend = SeriesGap(whole, series_id), SeriesTrend(whole, series_id)
        self.records = Records(writer, self.gap, self.trend)

    def _say(self, key: str, **values: object) -> str:
        return self.writer.say(f"indicator.{key}", **values)

    def part(self, fates: Fates) -> SeriesPart:
        """Return all that is told of the series.

        Parameters
        ----------
        fates
            What became of the records that do not stand any more.
        """
        judgement = Judgement(self.writer, self.gap)
        values = self.records.values()
        row, other = self.gap.row, "en" if self.words.language == "vi" else "vi"
        return SeriesPart(
            series_id=self.series_id,
            name=self._name(row, self.words.language),
            other_name=self._name(row, other),
            row=row,
            cards=judgement.cards(),
            arithmetic=judgement.arithmetic(),
            lack=None if values else self._lack(),
            trajectory=trajectory(self.writer, self.series_id),
            values=values,
            latest=self._latest(values),
            history=self.records.history(),
            former=FormerValues(self.records, fates).told(),
            notes=languages_said((row["note"] for row in self.records.rows), self.words),
            trend=self._trend() if values else None,
            plan=self.text.passage(self.gap),
            methods=self._methods(),
            country=self._country(),
            others=self._others(),
        )

    def _name(self, row: Row, language: str) -> str:
        """Return the name of a part of the indicator; of a whole one its short label."""
        return part_name(row[f"part_{language}"]) or str(row[f"label_{language}"])

    def _latest(self, values: tuple[Value, ...]) -> Value | None:
        """Return the latest value that can be judged: none from before a break."""
        year = self.gap.row["latest_year"]
        return next((one for one in values if not absent(year) and one.year == year), None)

    def _lack(self) -> Lack:
        """Return what the plan asks for, and who owes it."""
        stated = self.gap.stated
        asked = [
            self._say("none.ask", year=row["target_year"], target=row["target_shown"])
            for row in stated
        ]
        code = str(stated[0]["reason"] or stated[0]["verdict"])
        return Lack(
            asks=self._say("none.asks", list=self.words.listing(asked)),
            owing=self.who.owing(self.series_id),
            needed=self._say("none.needed", needed=self.words(f"agency.needed.{code}")),
            n_context=self.records.n_context,
        )

    def _trend(self) -> Trend:
        report = self.trend
        return Trend(
            sentences=self._movement(),
            speed=own_table(report.speed(), self._say("trend.caption")),
            breaks=own_table(report.break_table()),
        )

    def _movement(self) -> tuple[str, ...]:
        """Return how the series has moved and over which years, or why that cannot be said."""
        years = str(first(self.trend.trend)["years"]).split()
        if len(years) < _FOR_MOVEMENT:
            return (self._say("trend.none", n=len(years)),)
        said = self.trend.opening().paragraphs[1:]  # the first one counts the series of a group
        return (*said, self._say("trend.years", list=self.words.listing(years)))

    def _methods(self) -> Told | None:
        """Return the verdicts in every scenario; nothing where the plan alone forbids any."""
        scenarios = Scenarios(self.writer, self.gap)
        table = scenarios.table()
        if table is None:
            return None
        figure = method_strip(self.writer, self.series_id)
        changes = own_table(self.gap.method_changes())
        details = (changes, table) if changes else (table,)
        return Told(scenarios.sentences(), figure, None, details)

    def _country(self) -> Told:
        if self.gap.areas.empty:
            return Told((self._say("country.none"),), None, None)
        figure = country_line(self.writer, self.series_id)
        return Told(self.gap.country_text(), figure, own_table(self.gap.country()))

    def _others(self) -> Told:
        if self.gap.other_targets.empty:
            return Told((self._say("others.none"),), None, None)
        return Told(self.gap.others_text(), None, own_table(self.gap.targets_of_others()))
