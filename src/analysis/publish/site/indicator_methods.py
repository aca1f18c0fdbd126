"""How far the verdicts of a series depend on the method: counts, and every scenario."""

from __future__ import annotations

from functools import cached_property

from analysis.charts.rows import Row, absent, records
from analysis.charts.sensitivity_matrix import cell_word, judged_somehow, scenario_name
from analysis.publish.site.indicator_report import SeriesGap
from analysis.publish.site.writer import Writer
from analysis.reports.table import Cell, Table

_OWN = "own"
_UNJUDGED = ("NOT_ASSESSABLE", "NO_DATA", "NO_TARGET", "")


class Scenarios:
    """Tells what every scenario says of one series.

    Parameters
    ----------
    writer
        The language.
    report
        The gap report of the series.
    """

    def __init__(self, writer: Writer, report: SeriesGap) -> None:
        self.writer, self.words = writer, report.words
        self.rows = judged_somehow(report.scenarios)

    def _say(self, key: str, **values: object) -> str:
        return self.writer.say(f"indicator.methods.{key}", **values)

    @cached_property
    def by_year(self) -> dict[int, list[Row]]:
        """The scenarios of each target year, in their order."""
        years: dict[int, list[Row]] = {}
        for row in records(self.rows):
            years.setdefault(int(row["target_year"]), []).append(row)
        return years

    def sentences(self) -> tuple[str, ...]:
        """Return for each target how many scenarios agree with the default."""
        if self.rows.empty:
            return (self._say("none"),)
        told = [self._agreement(rows) for rows in self.by_year.values()]
        published = self.rows["method"].ne(_OWN) & self.rows["default_verdict"].eq("NOT_MET")
        differs = self.rows["differs"].fillna(False).astype(bool)
        due = [self.words("scenarios.due")] if (published & differs).any() else []
        return (*told, *due)

    def _agreement(self, rows: list[Row]) -> str:
        default = rows[0]["default_verdict"]
        verdict = self.words(f"verdict_short.{default}")
        judged = [row for row in rows if row["placed"] not in _UNJUDGED]
        parts = {"year": rows[0]["target_year"], "verdict": verdict, "n": len(judged)}
        if default in _UNJUDGED:
            return self._say("unjudged", **parts)
        return self._say("agree", **parts, agree=sum(not row["differs"] for row in judged))

    def table(self) -> Table | None:
        """Return what every scenario says, one column a target year; nothing if none says it."""
        if self.rows.empty:
            return None
        scenarios = zip(*self.by_year.values(), strict=True)
        body = [(self._name(rows[0]), *map(self._cell, rows)) for rows in scenarios]
        heads = (f"{self.words('column.target')} {year}" for year in self.by_year)
        columns = (self._say("scenario"), *heads)
        return Table(self._say("caption"), columns, tuple(body), self.words.language)

    def _name(self, row: Row) -> Cell:
        name = scenario_name(row, self.words)
        if row["axis"] == "default":
            return Cell(self._say("base", name=name), (self._say("default"),), kind="default")
        return Cell(self._say("base", name=name) if row["method"] == _OWN else name)

    def _cell(self, row: Row) -> Cell:
        other = not absent(row["differs"]) and bool(row["differs"])
        details = (self._say("differs"),) if other else ()
        placed = row["placed"]
        kind = f"verdict verdict-{placed}" if placed else "quiet"
        return Cell(cell_word(row, self.words), details, kind=kind)
