"""What the intake shows at the terminal and hands to programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from analysis.intake.preview import Line, Preview, TaskLine

if TYPE_CHECKING:
    from rich.table import Table

    from analysis.intake.vintages import Vintage

_COLOURS: Final = {"new": "green", "revision": "yellow", "conflict": "magenta", "same": "dim"}


def preview_table(shown: Preview) -> Table:
    """Return what a preview would record as a table for the terminal."""
    from rich.table import Table

    table = Table(box=None, header_style="bold")
    for name in ("", "series", "area", "period", "value", "unit", "beside", "where"):
        table.add_column(name, overflow="fold")
    for line in shown.taken:
        said = line.said
        cells = (said["series_id"], said["area_id"], said["period"], _value(said), said["unit_id"])
        _row(table, line.kind, *cells, _against(line), str(line.entry.at("value")))
    for task in shown.tasks_taken:
        row = task.entry.row
        told = (row["task_id"], "", row["date"], row["status"], "", "")
        _row(table, task.kind, *told, str(task.entry.at("status")))
    return table


def _row(table: Table, kind: str, *texts: str) -> None:
    """Add a row; nothing in a text is taken for a mark-up of the terminal."""
    from rich.text import Text

    table.add_row(Text(kind, _COLOURS[kind]), *map(Text, texts))


def _value(row: Any) -> str:
    return str(row["value"] or row["text"] or row["level_id"])


def _against(line: Line) -> str:
    return "; ".join(f"{_value(row)} ({row['observation_id']})" for row in line.against)


def preview_as_dict(shown: Preview) -> dict[str, Any]:
    """Return a preview for a program: ``counts, values, tasks, findings``."""
    return {
        "counts": shown.counts,
        "values": [_line_as_dict(line) for line in shown.lines],
        "tasks": [_task_as_dict(task) for task in shown.tasks],
        "findings": [
            {
                "code": one.code,
                "severity": one.severity,
                "what": one.what,
                "where": str(one.place),
                "mend": one.mend,
                "either": list(one.either),
            }
            for one in shown.findings
        ],
    }


def _line_as_dict(line: Line) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "where": str(line.entry.at("value")),
        **line.said,
        "publisher": line.origin.publisher,
        "against": [row["observation_id"] for row in line.against],
    }


def _task_as_dict(task: TaskLine) -> dict[str, Any]:
    return {"kind": task.kind, "where": str(task.entry.at("status")), **task.entry.row}


def vintages_table(series_id: str, found: Sequence[Vintage]) -> Table:
    """Return the vintages of a series as a table for the terminal."""
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=Text(f"series {series_id}"), box=None, header_style="bold", title_justify="left"
    )
    for name in ("period", "area", "value", "recorded", "by", "source", "state"):
        table.add_column(name, overflow="fold")
    for one in found:
        row = one.row
        value = f"{_value(row)} {row['unit_id']}" + (
            f" ({row['measure']})" if row["measure"] else ""
        )
        told = (row["period"], row["area_id"], value, row["recorded_on"], row["addition_id"])
        state = Text(one.state, "green" if one.stands else "dim")
        table.add_row(*map(Text, (*told, one.source["publisher"])), state)
    return table
