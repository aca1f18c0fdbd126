"""Tables of an agency's report: roles, tasks, what is owed, lines of the plan, successions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts.labels import given
from analysis.charts.rows import Row, absent, first, records
from analysis.reports.agency_opening import owed
from analysis.reports.evidence import reason_text, source_cell
from analysis.reports.notes import note_cell
from analysis.reports.opening import series_names, verdict_counts
from analysis.reports.prose import sentence_case
from analysis.reports.ranges import ranges
from analysis.reports.responsibility import lead_names, since
from analysis.reports.table import Cell, Table, cells
from analysis.reports.task_tables import time_cell
from analysis.words import Words

if TYPE_CHECKING:
    from analysis.reports.agency import AgencyReport

_LONG = "note"  # a cell of several lines, which the page keeps wide enough to be read

_NO_ROW = "NO_DATA"
"""What stands in place of a reason where a series has no value at all."""


def support_table(report: AgencyReport, gap: pd.DataFrame, work: pd.DataFrame) -> Table:
    """Return one row for each role and indicator group: its series, leads and verdicts.

    Parameters
    ----------
    report
        The report.
    gap
        Gap rows of the series, two a series.
    work
        Rows of :func:`analysis.results.agency_work` of item ``indicator``.
    """
    words = report.words
    years = sorted(int(year) for year in gap["target_year"].unique())
    body = []
    for place, role, named, part in _grouped(report, gap, work):
        leads = (
            name
            for series in part["series_id"].unique()
            for name in lead_names(report.plan, str(series), report.language)
        )
        row = (_place(report, place, role, named), _series(part, report), _names(leads))
        body.append(cells([*row, *(_verdicts(part, year, words) for year in years)]))
    names = ("agency_group", "agency_covers", "agency_lead")
    judged = tuple(f"verdict_{year}" for year in years)
    return report.table("agency_support", (*names, *judged), body)


def perhaps_table(report: AgencyReport, gap: pd.DataFrame, work: pd.DataFrame) -> Table:
    """Return one row for each role and group of indicators or tasks of predecessors.

    Parameters
    ----------
    report
        The report.
    gap
        Gap rows of the series, two a series.
    work
        Rows of :func:`analysis.results.agency_work`, of both items.
    """
    series, tasks = (work[work["item"].eq(item)] for item in ("indicator", "task"))
    parts = [
        (place, role, named, _series(part, report))
        for place, role, named, part in _grouped(report, gap, series)
    ]
    several = work["named_id"].nunique() > 1  # one predecessor is named above the table
    body: list[tuple[Cell, ...]] = [
        (_place(report, place, role, named if several else report.agency_id), covers)
        for place, role, named, covers in [*parts, *_task_groups(report, tasks)]
    ]
    return report.table("agency_perhaps", ("agency_group", "agency_covers"), body)


def _task_groups(report: AgencyReport, work: pd.DataFrame) -> Iterable[tuple[str, str, str, Cell]]:
    words = report.words
    groups = report.plan["task_groups"].set_index("task_group_id")[f"name_{report.language}"]
    rows = work.assign(group=[report.task_facts[id_]["task_group_id"] for id_ in work["item_id"]])
    for (named, role, group), part in rows.groupby(["named_id", "role", "group"], sort=False):
        place = words("page.subject.task_group_id", n=group, name=groups[str(group)])
        names = tuple(_task_name(report.task_facts[id_], words) for id_ in part["item_id"])
        yield (
            place,
            str(role),
            str(named),
            Cell(words("agency.count.task", n=len(names)), names, kind=_LONG),
        )


def _task_name(task: Row, words: Words) -> str:
    return f"{task['task_id']} {task[f'name_{words.language}']}"


def _grouped(
    report: AgencyReport, gap: pd.DataFrame, work: pd.DataFrame
) -> Iterable[tuple[str, str, str, pd.DataFrame]]:
    """Yield group name, role, agency named and gap rows, in the order of the work."""
    groups = report.plan["indicator_groups"].set_index("group_id")[f"name_{report.language}"]
    given_work = work[["item_id", "role", "named_id"]].rename(columns={"item_id": "series_id"})
    rows = given_work.merge(gap, on="series_id", how="left")
    keys = ["named_id", "role", "group_id"]
    for (named, role, group), part in rows.groupby(keys, sort=False):
        number = int(str(group))
        place = report.words("page.subject.group_id", n=number, name=groups[number])
        yield place, str(role), str(named), part


def _place(report: AgencyReport, group: str, role: str, named_id: str) -> Cell:
    return Cell(group, (report.words(f"role.{role}"), *report.given_to(named_id)))


def _names(names: Iterable[str]) -> str:
    """Join names of agencies, many of which have an "and" of their own."""
    return "; ".join(dict.fromkeys(names))


def _role(report: AgencyReport, role: str, named_id: str) -> Cell:
    return Cell(report.words(f"role.{role}"), report.given_to(named_id))


def _series(gap: pd.DataFrame, report: AgencyReport) -> Cell:
    rows = gap.drop_duplicates("series_id")
    count = report.words("agency.count.series", n=len(rows))
    return Cell(count, ("; ".join(report.label(row) for row in records(rows)),), kind=_LONG)


def _verdicts(gap: pd.DataFrame, year: int, words: Words) -> Cell:
    """Return how many targets of a year have which verdict, one a line."""
    lines = [
        words("agency.verdict_line", verdict=words(f"verdict_short.{code}"), n=n)
        for code, n in verdict_counts(gap, year).items()
    ]
    if not lines:
        return Cell(words("dash"), kind="quiet")
    return Cell(lines[0], tuple(lines[1:]))


def task_table(report: AgencyReport, work: pd.DataFrame) -> Table:
    """Return one row a task and role: time, phase, reported status, lead.

    Parameters
    ----------
    report
        The report.
    work
        Rows of :func:`analysis.results.agency_work` of item ``task``.
    """
    tasks = report.task_facts
    rows = ((tasks[row["item_id"]], row["role"], row["named_id"]) for row in records(work))
    body = [_task_row(report, *row) for row in rows]
    supports = work["role"].ne("lead").any()
    names = ["agency_task", "role", "task_time", "agency_phase", "agency_status"]
    if supports:
        return report.table("agency_tasks", (*names, "agency_lead"), body)
    return report.table("agency_tasks", tuple(names), [row[:-1] for row in body])


def _task_row(report: AgencyReport, task: Row, role: str, named_id: str) -> tuple[Cell, ...]:
    words = report.words
    line = f"{words('column.line')} {task['source_line']}"
    return cells(
        [
            Cell(_task_name(task, words), (line,)),
            _role(report, role, named_id),
            time_cell(task, words),
            _phase(task, words),
            _status(task, words),
            _names(report.agency_name(name) for name in task["lead_ids"].split()),
        ]
    )


def _phase(task: Row, words: Words) -> Cell:
    phase = words(f"task.phase.{task['phase']}")
    if not absent(task["cycle"]):
        return Cell(phase, (words("agency.cycle", year=task["cycle"]),))
    if absent(task["due_on"]):
        return Cell(phase)
    end = _day(task["due_on"], words)
    if absent(task["start"]):
        return Cell(phase, (words("agency.until", end=end),))
    return Cell(phase, (words("agency.period", start=_day(task["start"], words), end=end),))


def _day(moment: pd.Timestamp, words: Words) -> str:
    return words.date(moment.date().isoformat())


def _status(task: Row, words: Words) -> Cell:
    status = words(f"task.status.{task['status']}")
    if absent(task["status_date"]):
        return Cell(status, kind="quiet")
    return Cell(status, (_day(task["status_date"], words),))


def owed_table(report: AgencyReport, gap: pd.DataFrame) -> Table:
    """Return one row for each reason, the most frequent first: targets, series, what would help.

    Parameters
    ----------
    report
        The report.
    gap
        Gap rows of which at least one has a stated target that cannot be assessed.
    """
    words = report.words
    rows = owed(gap)
    why = rows["reason"].where(rows["verdict"].ne(_NO_ROW), _NO_ROW)
    body: list[tuple[Cell, ...]] = []
    for reason in why.value_counts().index:
        part = rows[why.eq(reason)]
        series = part["series_id"].nunique()
        targets = tuple(_targets(report, part))
        covers = Cell(words("agency.count.series", n=series), targets, kind=_LONG)
        count = Cell(str(len(part)), kind="number")
        body.append((_reason(str(reason), first(part), words), count, covers))
    return report.table("agency_owed", ("reason", "agency_targets", "agency_covers"), body)


def _reason(reason: str, row: Row, words: Words) -> Cell:
    """Return why targets cannot be assessed, and what would help."""
    text = reason_text(row, words)
    needed = words("agency.needed_line", needed=words(f"agency.needed.{reason}"))
    return Cell(sentence_case(text), (needed,))


def _targets(report: AgencyReport, gap: pd.DataFrame) -> Iterable[str]:
    for _, part in gap.groupby("series_id", sort=False):
        years = report.words.listing(str(year) for year in part["target_year"])
        line = {"n": len(part), "label": report.label(first(part)), "years": years}
        yield report.words("agency.target_line", **line)


def lines_table(report: AgencyReport, work: pd.DataFrame) -> Table:
    """Return the lines of the plan that name the agency, apart by role and by merged cells."""
    words = report.words
    body = []
    for (named, item, role, merged), part in work.groupby(
        ["named_id", "item", "role", "inherited"], sort=False
    ):
        what = words(f"agency.what.{item}_{role}")
        lines = ", ".join(str(line) for line in sorted(set(part["text_line"])))
        body.append(
            cells(
                [
                    Cell(what, report.given_to(str(named))),
                    _numbers(report, str(item), part["item_id"]),
                    Cell(lines, kind="number wrap"),
                    words("agency.merged" if merged else "agency.printed"),
                ]
            )
        )
    return report.table("agency_lines", ("agency_what", "agency_items", "line", "agency_how"), body)


def _numbers(report: AgencyReport, item: str, ids: pd.Series[str]) -> str:
    """Return the numbers of tasks, or of indicators with their parts where only some are meant."""
    if item == "task":
        return ", ".join(ids)
    every = report.whole_gap.drop_duplicates("series_id")
    return ", ".join(ranges(series_names(every[every["series_id"].isin(ids)], every, report.words)))


def succession_table(report: AgencyReport) -> Table:
    """Return one row for each succession to or from the agency, with its source."""
    words = report.words
    sources = report.plan["sources"].set_index("source_id")
    body = []
    for row in records(report.successions):
        way, other = _way(row, report.agency_id)
        source = {**sources.loc[row["source_id"]], "source_id": row["source_id"]}
        body.append(
            cells(
                [
                    report.agency_name(other),
                    words(f"agency.{way}"),
                    since(row, words),
                    scope(row, words),
                    words(f"confidence.{row['confidence']}"),
                    source_cell(source, words),
                    note_cell(row["note"], words),
                ]
            )
        )
    names = (
        "agency_other", "agency_way", "from", "agency_scope", "agency_sure", "source", "note",
    )  # fmt: skip
    return report.table("agency_now", names, body)


def _way(row: Row, agency_id: str) -> tuple[str, str]:
    """Return how an agency is related to the other of a succession, and which one that is."""
    if row["predecessor_id"] == row["successor_id"]:
        return "stayed", agency_id
    if row["successor_id"] == agency_id:
        return "came_from", str(row["predecessor_id"])
    return "to", str(row["successor_id"])


def scope(row: Row, words: Words) -> str:
    """Return which functions a succession is of; where none are named, all of them."""
    return given(row[f"scope_{words.language}"]) or words("agency.all_work")
