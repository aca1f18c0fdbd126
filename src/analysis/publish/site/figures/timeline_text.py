"""What the timeline of the tasks says in words: beside the bars, tooltips, alternative, legend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analysis.publish.site.figures import keys as key
from analysis.publish.site.figures import marks, tokens
from analysis.publish.site.figures.keys import Key
from analysis.publish.site.figures.standings import ground, shape_of
from analysis.publish.site.figures.tips import tip
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    import pandas as pd

    from analysis.charts.rows import Row


FIRST_YEAR: Final = 2024
LAST_YEAR: Final = 2030
"""The years that the axis shows: those of the plan."""


def beside(writer: Writer, row: Row, width: int, *, brief: bool) -> tuple[list[str], list[str]]:
    """Return what stands beside a bar: the standing, and unless it is brief the time and its end.

    Both in lines of at most so many letters.
    """
    from analysis.charts.labels import wrapped
    from analysis.charts.task_gantt import due_text, time_text
    from analysis.reports.prose import sentence_case

    words = writer.words
    standing = wrapped(sentence_case(words(f"task.short.{row['standing']}")), width)
    times = () if brief else dict.fromkeys((time_text(row, words), due_text(row, words)))
    return standing, [line for text in times if text for line in wrapped(text, width)]


def dateless(writer: Writer, row: Row) -> str:
    """Return why a task has no bar."""
    milestone = row["schedule"] == "milestone"
    return writer.words("task.due.at_reviews" if milestone else "task.time.not_stated")


def tip_of(writer: Writer, row: Row) -> str:
    """Return a task with its time, and what is reported of it."""
    from analysis.charts.task_gantt import due_text, time_text

    words = writer.words
    return tip(
        writer,
        f"{row['task_id']} {row[f'name_{writer.language}']}",
        {
            "time": time_text(row, words),
            "due": due_text(row, words),
            "standing": _state(writer, row),
        },
    )


def _state(writer: Writer, row: Row) -> str:
    """Return what is reported, of a yearly task for every year until now."""
    words = writer.words
    if row["schedule"] != "yearly":
        return words(f"task.short.{row['standing']}")
    return ", ".join(
        words("chart.gantt_cycle", year=year, state=words(f"task.short.{standing}"))
        for year, standing in enumerate(row["cycle_standings"].split(), start=FIRST_YEAR)
    )


def alt(writer: Writer, tasks: pd.DataFrame) -> str:
    """Return every task with its time and its standing."""
    from analysis.charts.rows import first, records
    from analysis.charts.task_gantt import time_text

    words = writer.words
    said = [
        words(
            "chart.gantt_row",
            id=row["task_id"],
            name=row[f"name_{writer.language}"],
            time=time_text(row, words),
            state=_state(writer, row),
        )
        for row in records(tasks)
    ]
    facts = {"first": FIRST_YEAR, "last": LAST_YEAR, "as_of": writer.as_of, "rows": " ".join(said)}
    if tasks["task_group_id"].nunique() > 1:
        return writer.say("figures.tasks.alt", n=len(tasks), **facts)
    return words("chart.gantt_alt", group=first(tasks)["task_group_id"], **facts)


def keys(writer: Writer, tasks: pd.DataFrame) -> tuple[Key, ...]:
    """Return an entry for every look that a bar has."""
    from analysis.charts.task_gantt import LOOKS

    words = writer.words
    cycles = " ".join(tasks["cycle_standings"]).split()
    drawn = ~tasks["schedule"].isin(["milestone", "not_stated", "yearly"])
    there = {*tasks.loc[drawn, "standing"], *cycles}
    found = [Key(words(f"task.short.{name}"), _bar(name)) for name in LOOKS if name in there]
    yearly = tasks.loc[tasks["schedule"].eq("yearly"), "cycle"]
    plain = ground("")
    marks_ = {
        "to_come": (bool(yearly.lt(LAST_YEAR).any()), key.box(plain[0], plain[1])),
        "open_start": (bool(tasks["schedule"].eq("until").any()),
                       key.box(tokens.PAPER, tokens.QUIET, "4 3")),
        "open_end": (bool(tasks["schedule"].eq("open_ended").any()),
                     key.shape(marks.RIGHT, tokens.QUIET)),
    }  # fmt: skip
    return (*found, *(Key(words(f"chart.gantt_{name}"), (part,))
                      for name, (true, part) in marks_.items() if true))  # fmt: skip


def _bar(standing: str) -> tuple[key.Part, ...]:
    fill, edge, ink = ground(standing)
    path, open_ = shape_of(standing)
    sign = key.shape(path, ink, scale=4.5, open_=open_)
    return key.box(fill, edge), {**sign, "fill": "none"} if open_ else sign
