"""Targets of other documents: whether they ask for more than the plan, and whether they are met."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts.labels import given, recorded, target_text
from analysis.charts.rows import Row, absent, records
from analysis.reports.evidence import WRAP, source_lines
from analysis.reports.notes import note_cell, verbatim
from analysis.reports.prose import Prose
from analysis.reports.table import Cell, Table, cells
from analysis.results import AMBITIONS, OUTCOMES
from analysis.words import Words

if TYPE_CHECKING:
    from analysis.reports.gap import GapReport

_JUDGED = ("met", "not_met", "not_yet", "not_assessable")


def target_sentences(targets: pd.DataFrame, words: Words) -> tuple[str, ...]:
    """Return how many targets others set, how they compare with the plan, how the province stands.

    Parameters
    ----------
    targets
        Rows of the document frame of one group (:func:`analysis.results.document_frame`).
    """
    if targets.empty:
        return (words("others.none"),)
    sentences = [
        words(
            "others.counts",
            n=len(targets),
            documents=targets["framework"].nunique(),
            ambitions=_counted(targets, "ambition", AMBITIONS, words),
        )
    ]
    judged = targets[targets["outcome"].isin(_JUDGED)]
    if len(judged):
        counts = _counted(judged, "outcome", OUTCOMES, words)
        key = "judged" if len(targets) > 1 else "judged_only"
        sentences.append(words(f"others.{key}", n=len(judged), outcomes=counts))
    return tuple(sentences)


def _counted(rows: pd.DataFrame, column: str, codes: tuple[str, ...], words: Words) -> str:
    counts = rows[column].value_counts()
    said = (
        words(f"others.{column}.{code}", n=counts[code] if len(rows) > 1 else "").strip()
        for code in codes
        if code in counts
    )
    return ", ".join(said)


def targets_table(report: GapReport) -> Table | Prose:
    """Return one row for each target of another document."""
    rows = report.other_targets
    if rows.empty:
        return Prose(())
    sources = report.plan["sources"].add_prefix("target_")
    rows = rows.merge(sources, on="target_source_id", how="left")
    body = [_row(report, row) for row in records(rows)]
    names = ("series", "document", "its_target", "plan_target", "ambition", "outcome", "note")
    return report.table("other_targets", names, body)


def _row(report: GapReport, row: Row) -> tuple[Cell, ...]:
    words = report.words
    source = {name.removeprefix("target_"): cell for name, cell in row.items()}
    period = row["period"]
    year = words.period(period) if period != "not_stated" else words("cell.no_year")
    area = words("cell.national" if row["is_national"] else "cell.provincial")
    why = row["ambition_reason"]
    return cells(
        [
            report.label(row),
            document(row["framework"], words),
            Cell(
                other_target(row, words, report.unit_symbols),
                (f"{year} · {area}", *source_lines(source, words)),
                href=given(source["url"]),
                kind=WRAP,
            ),
            Cell(plan_target(row, words), kind=WRAP),
            Cell(
                words(f"ambition.{row['ambition']}"),
                (words(f"ambition_reason.{why}"),) if why else (),
            ),
            Cell(words(f"outcome.{row['outcome']}"), _outcome_details(report, row)),
            note_cell(row["note"], words),
        ]
    )


def document(name: str, words: Words) -> Cell:
    """Return a document's name in this language; one without wording is shown as recorded."""
    shown = recorded(name, words)
    if words.has(f"recorded.{name}"):
        return Cell(shown)
    return replace(verbatim(shown, words), detail=(words("cell.as_recorded"),))


def other_target(row: Row, words: Words, symbols: dict[str, str]) -> str:
    """Return the other document's target; as it is printed where it cannot be read as a number.

    Parameters
    ----------
    row
        A row of the document frame.
    words
        The language.
    symbols
        The unit as it is written after a number, by ``unit_id``.
    """
    if row["target_unit_id"] != row["unit_id"] or row["kind"] in ("text", "level"):
        unit = symbols.get(row["target_unit_id"], "")
        return f"{row['text_source']}\u00a0{unit}".strip()
    return target_text({**row, "target_status": "stated", "text_en": ""}, words)


def plan_target(row: Row, words: Words) -> str:
    """Return what the plan states for the same year."""
    if absent(row["target_year"]):
        return words("dash")
    if absent(row["plan_kind"]):
        return words("target.not_stated")
    bounds = {name: row[f"plan_{name}"] for name in ("kind", "low", "high", "text_source")}
    return target_text({**row, **bounds, "target_status": "stated", "text_en": ""}, words)


def _outcome_details(report: GapReport, row: Row) -> tuple[str, ...]:
    """Return the value judged and, for a year to come, the verdict; or why there is none."""
    words = report.words
    details = []
    if not absent(row["judged_value"]):
        value = report.printed(row, row["judged_value"], row["value_text"])
        details.append(f"{value} ({words.period(row['value_period'])})")
    if row["outcome"] == "not_yet":
        details.append(words(f"verdict.{row['verdict']}"))
    if row["outcome"] == "not_assessable":
        untold = f"untold.{row['reason']}"
        details.append(words(untold if words.has(untold) else f"reason.{row['reason']}"))
    return tuple(details)
