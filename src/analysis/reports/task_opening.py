"""Opening sentences of a task report: how many tasks, where in their time, what is reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.charts.labels import given
from analysis.charts.rows import Row, first, records
from analysis.charts.task_gantt import LOOKS
from analysis.words import Words

_SCHEDULES = ("yearly", "once", "period", "until", "open_ended", "milestone", "not_stated")
_PHASES = (
    "past_end", "due", "running", "open_ended", "not_begun", "at_reviews", "no_time_stated",
)  # fmt: skip
UNREPORTED = ("past_unreported", "unreported")
_SETTLED = ("done", "done_late", "done_after", "dropped")


def task_sentences(
    frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame], words: Words
) -> list[str]:
    """Return the opening of a task report.

    Parameters
    ----------
    frame
        Rows of the task frame (:func:`analysis.results.task_frame`) of one group.
    tables
        The package's frames: ``agencies, agency_successions``.
    words
        The wording.
    """
    return [
        _size(frame, words),
        _phases(frame, words),
        _due(frame, words),
        _reported(frame, words),
        *_cycles(frame, words),
        _lead(frame, tables, words),
    ]


def short_sentences(frame: pd.DataFrame, words: Words) -> list[str]:
    """Return what an index page says: the tasks by schedule, by phase and by what is reported."""
    return [_size(frame, words), _phases(frame, words), _reported(frame, words)]


def standing_counts(frame: pd.DataFrame) -> dict[str, int]:
    """Count the tasks of every standing that occurs, what is reported first."""
    counts = frame["standing"].value_counts()
    return {name: int(counts[name]) for name in LOOKS if name in counts}


def _counted(frame: pd.DataFrame, column: str, codes: Iterable[str], words: Words) -> str:
    """Return how many rows have each code, with their tasks, as a list in words."""
    parts = ((code, frame.loc[frame[column].eq(code), "task_id"]) for code in codes)
    return words.listing(
        words(f"task.{column}_count.{code}", n=_share(ids, frame, words), list=words.listing(ids))
        for code, ids in parts
        if len(ids)
    )


def _share(some: pd.Series[str], every: pd.DataFrame, words: Words) -> str:
    return words("task.all") if 1 < len(some) == len(every) else str(len(some))


def _size(frame: pd.DataFrame, words: Words) -> str:
    listed = _counted(frame, "schedule", _SCHEDULES, words)
    group = first(frame)["task_group_id"]
    return words("opening.task_size", group=group, n=len(frame), list=listed)


def _phases(frame: pd.DataFrame, words: Words) -> str:
    cycles = frame["cycle"].dropna()
    return words(
        "opening.task_phases",
        as_of=words.date(str(first(frame)["as_of"])),
        list=_counted(frame, "phase", _PHASES, words),
        cycle=words("opening.task_cycle", year=cycles.iloc[0]) if len(cycles) else "",
    )


def _reported(frame: pd.DataFrame, words: Words) -> str:
    told = frame[~frame["standing"].isin(UNREPORTED)]
    rest = len(frame) - len(told)
    if told.empty and _told_before(frame):
        return words("opening.task_silent_now", year=frame["cycle"].dropna().iloc[0])
    if told.empty:
        return words("opening.task_silent", n=len(frame))
    return words(
        "opening.task_told",
        n=len(frame),
        told=len(told),
        list=_counted(told, "standing", LOOKS, words),
        rest=words("opening.task_rest", n=rest) if rest else "",
    )


def _told_before(frame: pd.DataFrame) -> bool:
    """Tell whether anything is reported of a year of a yearly task that is over."""
    over = {standing for row in records(frame) for standing in past_cycles(row).values()}
    return bool(over.difference(UNREPORTED))


def _cycles(frame: pd.DataFrame, words: Words) -> list[str]:
    """Say what is reported of the years of yearly tasks that are over."""
    over = [standing for row in records(frame) for standing in past_cycles(row).values()]
    if not over:
        return []
    years = sorted({year for row in records(frame) for year in past_cycles(row)})
    told = pd.Series([name for name in over if name not in UNREPORTED], dtype="str").value_counts()
    listed = words.listing(
        words("task.cycle_count", n=told[name], state=words(f"task.short.{name}"))
        for name in LOOKS
        if name in told
    )
    span = f"{years[0]}-{years[-1]}" if len(years) > 1 else str(years[0])
    rest = len(over) - int(told.sum())
    key = "opening.task_cycles_silent" if told.empty else "opening.task_cycles_told"
    return [
        words(
            key,
            n=len(over),
            years=words.period(span),
            list=listed,
            rest=words("opening.task_cycles_rest", n=rest) if rest else "",
        )
    ]


def past_cycles(row: Row) -> dict[int, str]:
    """Return the standings of the years of a yearly task that are over, by year."""
    standings = row["cycle_standings"].split()
    if not standings:
        return {}
    first_year = int(row["cycle"]) - len(standings) + 1
    by_year = dict(enumerate(standings, start=first_year))
    return {
        year: name for year, name in by_year.items() if pd.Timestamp(year, 12, 31) < row["as_of"]
    }


def _due(frame: pd.DataFrame, words: Words) -> str:
    """Say which tasks fall due next; those reported done or dropped no longer do."""
    ahead = frame[frame["due_on"].ge(frame["as_of"]) & ~frame["standing"].isin(_SETTLED)]
    if ahead.empty:
        return words("opening.task_due_none")
    day = ahead["due_on"].min()
    listed = words.listing(ahead.loc[ahead["due_on"].eq(day), "task_id"])
    return words("opening.task_due", day=words.date(str(day)), list=listed)


def _lead(frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame], words: Words) -> str:
    """Say who leads most of the tasks, and who took over from it."""
    leads = frame["lead_ids"].str.split().explode()
    counts = leads.groupby(leads, sort=False).size()
    most = int(counts.max())
    foremost = [str(name) for name in counts.index[counts.eq(most)]]
    values = {"n": len(frame), "most": most}
    if len(foremost) > 1:
        named = "; ".join(agency_names(foremost, tables, words))  # names have commas
        return words("opening.task_lead_tie", list=named, **values)
    now = now_text(foremost, tables, first(frame)["as_of"], words)
    return words(
        f"opening.task_lead_{'all' if most == len(frame) else 'most'}",
        name=agency_names(foremost, tables, words)[0],
        now=words("opening.task_now", text=now) if now else "",
        **values,
    )


def agency_names(
    agency_ids: Iterable[str], tables: Mapping[str, pd.DataFrame], words: Words
) -> list[str]:
    """Return the names of agencies in the language of the wording."""
    names = tables["agencies"].set_index("agency_id")[f"name_{words.language}"]
    return [str(names[agency]) for agency in agency_ids]


def now_text(
    agency_ids: Iterable[str],
    tables: Mapping[str, pd.DataFrame],
    as_of: pd.Timestamp,
    words: Words,
) -> str:
    """Return who had taken over functions of agencies by a day, reported apart from inferred.

    Nothing where no one had, or where an agency kept its name and others were merged into it.
    """
    rows = tables["agency_successions"]
    rows = rows[rows["predecessor_id"].isin(list(agency_ids))]
    rows = rows[rows["successor_id"].ne(rows["predecessor_id"])]
    rows = rows[rows["effective"].astype("str").le(as_of.date().isoformat())]
    texts = []
    for confidence in ("reported", "inferred"):
        found = rows[rows["confidence"].eq(confidence)]
        if len(found):
            part = confidence == "reported" and bool(found["scope_vi"].map(given).ne("").all())
            named = words.listing(
                agency_names(found["successor_id"].drop_duplicates(), tables, words)
            )
            key = f"cell.task_now_{confidence}{'_part' if part else ''}"
            texts.append(words(key, list=named))
    return ", ".join(texts)
