"""Tables of a task report: at a glance, what is reported, who answers, details, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts.labels import given, recorded
from analysis.charts.rows import Row, absent, first, records
from analysis.charts.task_gantt import LOOKS, due_text, time_text
from analysis.reports.evidence import source_cell
from analysis.reports.notes import note_cell
from analysis.reports.prose import Prose
from analysis.reports.responsibility import successors
from analysis.reports.table import Cell, Table, cells
from analysis.reports.task_opening import UNREPORTED, agency_names, now_text, past_cycles
from analysis.words import Words

if TYPE_CHECKING:
    from analysis.reports.tasks import TasksReport

ROLES = ("lead", "coordinating")
_LONG = "note"  # a cell of several lines, which the page keeps wide enough to be read
_SAYS_ALL = ("open_ended", "at_reviews")  # phases whose name says that there is no day
COLLECTOR = "so-lao-dong-thuong-binh-va-xa-hoi"
"""The agency to which the plan has all others report (sections VI.1 and VI.2)."""


def glance_table(report: TasksReport) -> Table:
    """Return one row a task: its time, where the day lies in it, what was last reported."""
    body = [_glance_row(report, row) for row in records(report.frame)]
    names = ("task_label", "task_text", "task_time", "task_phase", "task_standing")
    return report.table("task_glance", names, body)


def _glance_row(report: TasksReport, row: Row) -> tuple[Cell, ...]:
    words = report.words
    line = f"{words('column.line')} {row['source_line']}"
    due = "" if row["phase"] in _SAYS_ALL else due_text(row, words)
    return cells(
        [
            row["task_id"],
            Cell(_name(report, row), (*_subgroup(report, row), line), kind=_LONG),
            time_cell(row, words),
            Cell(words(f"task.phase.{row['phase']}"), (due,) if due else ()),
            standing_cell(report, row),
        ]
    )


def _name(report: TasksReport, row: Row) -> str:
    return str(row[f"name_{report.language}"])


def _subgroup(report: TasksReport, row: Row) -> tuple[str, ...]:
    name = given(row[f"subgroup_{report.language}"])
    return (f"{row['subgroup']}. {name}",) if name else ()


def time_cell(row: Row, words: Words) -> Cell:
    """Return the time of a task; in English with what the plan prints, and if it is merged."""
    printed = given(row["time_source"])
    details = []
    if printed and words.language != "vi":
        details.append(words("cell.task_as_printed", text=printed))
    if row["time_inherited"]:
        details.append(words("cell.task_time_inherited"))
    return Cell(time_text(row, words), tuple(details), kind="" if printed else "quiet")


def standing_cell(report: TasksReport, row: Row) -> Cell:
    """Return what time and reports say of a task, with day and link of the report."""
    words, standing = report.words, row["standing"]
    found = _sources_of(report, row)
    return Cell(
        words(f"task.standing.{standing}"),
        (*_told(report, row), *_earlier(report, row)),
        href=given(first(found)["url"]) if len(found) else "",
        kind=f"verdict verdict-{LOOKS[standing].verdict}",
    )


def _told(report: TasksReport, row: Row) -> list[str]:
    """Return the last report in words; where sources of its day differ, each of them."""
    words = report.words
    if absent(row["status_date"]):
        return []
    day = words.date(str(row["status_date"]))
    head = words("cell.task_told", status=words(f"task.status.{row['status']}"), day=day)
    if row["status"] != "conflicting":
        return [head, *(recorded(name, words) for name in _sources_of(report, row)["publisher"])]
    return [head] + [
        words(
            "cell.task_told_by",
            status=words(f"task.status.{told['status']}"),
            publisher=recorded(told["publisher"], words),
        )
        for told in records(_sources_of(report, row))
    ]


def _sources_of(report: TasksReport, row: Row) -> pd.DataFrame:
    rows = report.updates
    return rows[rows["task_id"].eq(row["task_id"]) & rows["date"].eq(row["status_date"])]


def _earlier(report: TasksReport, row: Row) -> list[str]:
    """Return the standings of the years that are over, those with the same one together."""
    words = report.words
    by_standing: dict[str, list[str]] = {}
    for year, standing in past_cycles(row).items():
        if year != row["cycle"]:
            by_standing.setdefault(standing, []).append(str(year))
    return [
        words("chart.gantt_cycle", year=words.listing(years), state=words(f"task.short.{standing}"))
        for standing, years in by_standing.items()
    ]


def reports_table(report: TasksReport) -> Table | Prose:
    """Return everything reported of the tasks by the day, with its source."""
    words = report.words
    if report.updates.empty:
        return Prose((words("note.task_silence"),))
    body = [
        cells(
            [
                row["task_id"],
                words.date(str(row["date"])),
                words(f"task.status.{row['status']}"),
                source_cell(row, words),
                note_cell(row["note"], words),
            ]
        )
        for row in records(report.updates)
    ]
    names = ("task_label", "task_day", "task_standing", "source", "note")
    return report.table("task_reports", names, body)


def who_table(report: TasksReport) -> Table:
    """Return one row for each agency and role: its tasks, and who has taken over from it."""
    words, rows = report.words, report.agencies
    body = []
    for role in ROLES:
        of_role = rows[rows["role"].eq(role)]
        for agency, part in of_role.groupby("agency_id", sort=False):
            name = agency_names([str(agency)], report.plan.tables, words)[0]
            lines = sorted(set(part["text_line"]))
            body.append(
                cells(
                    [
                        name,
                        words(f"role.{role}"),
                        _covers(report, part),
                        successors(report.plan, str(agency), words),
                        Cell(", ".join(map(str, lines)), kind="number wrap"),
                    ]
                )
            )
    return report.table("task_who", ("agency", "role", "task_covers", "now", "line"), body)


def _covers(report: TasksReport, part: pd.DataFrame) -> Cell:
    words, ids = report.words, list(part["task_id"])
    every = len(ids) == len(report.frame) > 1
    inherited = list(part.loc[part["inherited"].astype(bool), "task_id"])
    note = words("cell.task_inherited", list=", ".join(inherited))
    text = words("cell.all_tasks") if every else ", ".join(ids)
    return Cell(text, (note,) if inherited else ())


def detail_table(report: TasksReport) -> Table:
    """Return the whole text of every task, its number as printed, and what was read where."""
    body = [_detail_row(report, row) for row in records(report.frame)]
    printed = () if report.language == "vi" else ("task_printed",)
    names = ("task_label", "task_text", *printed, "task_number", "task_notes")
    return report.table("task_detail", names, body)


def _detail_row(report: TasksReport, row: Row) -> tuple[Cell, ...]:
    words, printed = report.words, row["name_source"]
    text = Cell(_name(report, row))
    texts = [text, Cell(printed, lang="vi")]
    if report.language == "vi":
        differs = printed != row["name_vi"]
        note = words("cell.task_as_printed", text=printed)
        texts = [Cell(text.text, (note,) if differs else ())]
    head, *rest = _notes(report, row) or [words("dash")]
    return cells([row["task_id"], *texts, row["source_number"], Cell(head, tuple(rest))])


def _notes(report: TasksReport, row: Row) -> list[str]:
    """Return which cells of a task are merged with a row above, and by which readings."""
    words = report.words
    notes = [words("cell.task_time_from")] if row["time_inherited"] else []
    mine = report.agencies[report.agencies["task_id"].eq(row["task_id"])]
    for role in ROLES:
        merged = mine[mine["role"].eq(role) & mine["inherited"].astype(bool)]
        if len(merged):
            line = first(merged)["text_line"]
            notes.append(words(f"cell.task_{role}_from", line=line))
    ids = _readings_of(row, mine)
    return [*notes, words("cell.task_readings", list=", ".join(ids))] if ids else notes


def _readings_of(row: Row, assigned: pd.DataFrame) -> list[str]:
    ids = dict.fromkeys([row["reading_id"], *assigned["reading_id"]])
    return sorted(name for name in ids if name != "none")


def reading_notes(report: TasksReport) -> Prose:
    """Return the readings that the details name, with their reasons."""
    ids = {
        name
        for row in records(report.frame)
        for name in _readings_of(
            row, report.agencies[report.agencies["task_id"].eq(row["task_id"])]
        )
    }
    readings = report.plan["readings"]
    rows = records(readings[readings["reading_id"].isin(ids)])
    return Prose(
        tuple(
            report.words(
                "note.task_reading", id=row["reading_id"], reason=row[f"reason_{report.language}"]
            )
            for row in rows
        )
    )


def missing_table(report: TasksReport) -> Table | Prose:
    """Return what is not known of each task, and which agency could tell."""
    words = report.words
    body = [
        cells(
            [
                row["task_id"],
                Cell(lacks[0], tuple(lacks[1:])),
                _could_report(report, row),
                Cell(str(row["source_line"]), kind="number"),
            ]
        )
        for row in records(report.frame)
        if (lacks := _lacks(report, row))
    ]
    if not body:
        return Prose((words("note.task_missing_none"),))
    names = ("task_label", "task_lacks", "task_could_report", "line")
    return report.table("task_missing", names, body)


def _lacks(report: TasksReport, row: Row) -> list[str]:
    words, lacks = report.words, []
    if row["schedule"] == "not_stated":
        lacks.append(words("cell.task_no_time"))
    if row["schedule"] == "milestone":
        lacks.append(words("cell.task_no_date"))
    years = {**past_cycles(row), row["cycle"]: row["standing"]}
    silent = [str(year) for year, standing in years.items() if standing in UNREPORTED]
    if row["schedule"] == "yearly" and silent:
        lacks.append(words("cell.task_no_status_years", list=words.listing(silent)))
    elif row["standing"] in UNREPORTED:
        lacks.append(words("cell.task_no_status"))
    if row["standing"] == "past_unclear":
        lacks.append(words("cell.task_no_later_status", day=words.date(str(row["status_date"]))))
    return lacks


def _could_report(report: TasksReport, row: Row) -> Cell:
    words, tables = report.words, report.plan.tables
    leads = row["lead_ids"].split()
    now = now_text(leads, tables, row["as_of"], words)
    return Cell("; ".join(agency_names(leads, tables, words)), (now,) if now else ())


def reporting_note(report: TasksReport) -> str:
    """Return by which sections of the plan the agencies report, and to whom."""
    words, tables = report.words, report.plan.tables
    lines = report.plan["sections"].set_index("section_id")["source_line"]
    now = now_text([COLLECTOR], tables, pd.Timestamp(report.as_of), words)
    return words(
        "note.task_reporting",
        line=lines["VI.2-p2"],
        collects=lines["VI.1-p1"],
        collector=agency_names([COLLECTOR], tables, words)[0],
        now=words("opening.task_now", text=now) if now else "",
    )
