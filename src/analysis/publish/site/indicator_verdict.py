"""Where a series stands: one card a target year, with the sentences that say why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.charts.labels import difference_symbol, gap_text
from analysis.charts.rows import Row, absent
from analysis.measures import constants as limits
from analysis.publish.site.indicator_report import SeriesGap
from analysis.publish.site.writer import Writer
from analysis.reports.evidence import UNASSESSED, reason_text, value_lines
from analysis.reports.prose import sentence_case
from analysis.reports.table import Cell, Table

_BY_PACE = ("ON_TRACK", "NEEDS_ACCELERATION", "OFF_TRACK", "WORSENING")
_SILENT = ("NO_TARGET", *UNASSESSED)


@dataclass(frozen=True)
class Card:
    """A verdict with its reasons.

    Parameters
    ----------
    year
        The target year.
    due
        Whether it is over.
    code, label
        The verdict and its words.
    facts
        What it rests on at a glance: term and text.
    sentences
        Why it is this verdict, how it may go on, how sure it is.
    notes
        Flags in words.
    """

    year: int
    due: bool
    code: str
    label: str
    facts: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...]
    notes: tuple[str, ...]


class Judgement:
    """Tells the verdicts of one series.

    Parameters
    ----------
    writer
        The language.
    report
        The gap report of the series.
    """

    def __init__(self, writer: Writer, report: SeriesGap) -> None:
        self.writer, self.report, self.words = writer, report, report.words

    def cards(self) -> tuple[Card, ...]:
        """Return one card a target year."""
        return tuple(self._card(row) for row in self.report.targets)

    def _say(self, key: str, **values: object) -> str:
        return self.writer.say(f"indicator.{key}", **values)

    def _card(self, row: Row) -> Card:
        code = str(row["verdict"])
        judged = code not in ("NO_TARGET", "NO_DATA") and not absent(row["judged_value"])
        return Card(
            year=int(row["target_year"]),
            due=bool(row["due"]),
            code=code,
            label=self.words(f"verdict.{code}"),
            facts=tuple(self._facts(row, judged=judged)),
            sentences=tuple(self._sentences(row)),
            notes=self._notes(row) if judged else (),
        )

    def _facts(self, row: Row, *, judged: bool) -> list[tuple[str, str]]:
        stated = row["target_status"] == "stated"
        facts = [("target", str(row["target_shown"]))] if stated else []
        if judged:
            facts.append(("value", self.value(row)))
            if not absent(row["gap"]):
                facts.append(("gap", gap_text(row, self.words)))
        return [(self._say(f"card.{name}"), text) for name, text in facts]

    def value(self, row: Row) -> str:
        """Return the value judged with its period and whatever is not usual about it."""
        return self._say("card.of", value=row["value_shown"], of=", ".join(self._of(row)))

    def _of(self, row: Row) -> list[str]:
        words = self.words
        parts = [words.period(row["value_period"])]
        for name, usual in (("status", "actual"), ("comparability", "exact")):
            if row[f"value_{name}"] != usual:
                parts.append(words(f"{name}.{row[f'value_{name}']}"))
        return parts

    def _notes(self, row: Row) -> tuple[str, ...]:
        notes = self.report.flag_notes(row)
        why = reason_text(row, self.words) if row["verdict"] in UNASSESSED else ""
        return tuple(sentence_case(note) for note in notes if note != why)

    # Why

    def _sentences(self, row: Row) -> list[str]:
        said = [self._why(row), *self._rule(row)]
        parts = [said]
        if row["verdict"] not in _SILENT and not row["due"]:
            parts += [self._outlook(row), self._evidence(row)]
        return [" ".join(part) for part in parts if part]

    def _why(self, row: Row) -> str:
        verdict = row["verdict"]
        if verdict in ("NO_TARGET", "NO_DATA"):
            return self._say(f"why.{verdict}", year=row["target_year"])
        if verdict == "NOT_ASSESSABLE":
            reason = sentence_case(reason_text(row, self.words))
            needed = self.words(f"agency.needed.{row['reason']}")
            line = self.words("agency.needed_line", needed=needed)
            return self._say("why.unassessed", reason=reason, needed=line)
        return self._say(f"why.{self._case(row)}", **self._parts(row))

    def _case(self, row: Row) -> str:
        """Return which of the steps of the method gave a verdict (see measures.verdict)."""
        verdict = row["verdict"]
        if row["due"]:
            return "due"
        if verdict == "MET":
            return "met_alone" if absent(row["base_value"]) else "met"
        if verdict not in _BY_PACE:
            return str(verdict).lower()
        if row["mode"] == "level":
            return "levels"
        return "still" if absent(row["pace_ratio"]) else "pace"

    def _parts(self, row: Row) -> dict[str, object]:
        parts: dict[str, object] = {
            "year": row["target_year"],
            "value": self.value(row),
            "target": self._target(row),
            "gap": gap_text(row, self.words),
        }
        if not absent(row["base_value"]):
            parts["base"] = self._base(row)
        if not absent(row["pace_ratio"]):
            parts["pace"] = self.words.number(row["pace_ratio"], 2)
            for name, column in (("share", "share_covered"), ("elapsed", "elapsed")):
                parts[name] = self.words.quantity(row[column] * 100, "%", 0)
        return parts

    def _target(self, row: Row) -> str:
        """Return the target for the middle of a sentence: one in words is quoted."""
        shown = str(row["target_shown"])
        return self._say("quoted", text=shown) if row["kind"] in ("level", "text") else shown

    def _base(self, row: Row) -> str:
        value = self.report.printed(row, row["base_value"])
        return self._say("base", value=value, year=int(row["base_year"]))

    def _rule(self, row: Row) -> list[str]:
        """Return the limits that gave a class of the pace, or of ordinal levels."""
        case = "" if row["verdict"] in _SILENT else self._case(row)
        words = self.words
        if case == "levels":
            levels = {
                "on_track": limits.LEVELS_ON_TRACK,
                "accelerate": limits.LEVELS_ACCELERATION,
            }
            return [self._say("rule.levels", **levels)]
        if case != "pace":
            return []
        on_track, accelerate = (
            words.number(limit, 2) for limit in (limits.ON_TRACK_FROM, limits.ACCELERATION_FROM)
        )
        return [self._say(f"rule.{row['verdict']}", on_track=on_track, accelerate=accelerate)]

    def _outlook(self, row: Row) -> list[str]:
        if absent(row["projection"]) or row["met"]:
            return []
        projection = self.report.projected(row).text
        said = [self._say("outlook", year=row["target_year"], projection=projection)]
        if not absent(row["p_met"]):
            said.append(self._say("chance", chance=self.report.chance(row)))
        return said

    def _evidence(self, row: Row) -> list[str]:
        grade = row["grade"]
        years = self.words("cell.years", n=row["n"])
        name = self.words(f"grade.{grade}")
        return [self._say("evidence", grade=grade, name=name, years=years)]

    # All the numbers

    def arithmetic(self) -> Table | None:
        """Return every measure behind the verdicts, one column a target year."""
        known = [row for row in self.report.targets if _counts(row)]
        if not known:
            return None
        dash = Cell(self.words("dash"), kind="quiet")
        body = []
        for name, cell in self._measures().items():
            shown = [cell(row) for row in known]
            if any(shown):
                term = Cell(self._term(name))
                body.append((term, *(one or dash for one in shown)))
        years = (self._say("year", year=row["target_year"]) for row in known)
        columns = (self._say("measure"), *years)
        return Table(self._say("arithmetic_caption"), columns, tuple(body), self.words.language)

    def _term(self, name: str) -> str:
        own = {"value": "card.value", "target": "card.target"}
        return self._say(own[name]) if name in own else self.words(f"column.{name}")

    def _measures(self) -> dict[str, Callable[[Row], Cell | None]]:
        """Return what is shown of a row, by the name of its column in the reports."""
        report = self.report
        return {
            "target": lambda row: Cell(row["target_shown"]),
            "value": self._judged,
            "base": lambda row: None if absent(row["base_value"]) else Cell(self._base(row)),
            "gap": lambda row: None if absent(row["gap"]) else Cell(gap_text(row, self.words)),
            "pace": report.pace,
            "observed": self._observed,
            "needed": report.needed,
            "factor": report.factor,
            "attain": report.attained,
            "projection": self._projection,
            "probability": self._probability,
            "grade": report.graded,
        }

    def _judged(self, row: Row) -> Cell:
        source = self.report.whole.sources[row["value_source_id"]]
        own = {name.removeprefix("value_"): cell for name, cell in row.items()}
        return Cell(str(row["value_shown"]), value_lines({**source, **own}, self.words))

    def _observed(self, row: Row) -> Cell | None:
        if row["due"] or row["verdict"] in UNASSESSED or absent(row["slope"]):
            return None
        unit, decimals = difference_symbol(row, self.words), min(int(row["decimals"]) + 1, 2)
        return Cell(self.words.quantity(row["slope"], unit, decimals, signed=True))

    def _projection(self, row: Row) -> Cell | None:
        told = row["verdict"] not in UNASSESSED and not absent(row["projection"])
        return self.report.projected(row) if told else None

    def _probability(self, row: Row) -> Cell | None:
        told = row["verdict"] not in UNASSESSED and not absent(row["p_met"])
        return Cell(self.report.chance(row)) if told else None


def _counts(row: Row) -> bool:
    """Tell whether there is anything to compute: a target that can be read, and a value."""
    return row["target_status"] == "stated" and not absent(row["gap"])
