"""Task timeline: when each task of a group is to be done, and what is reported of it.

A bar is the time that the plan states; a yearly task has a cell for every year. Nothing reported
is an empty bar, and a report fills it. What has no date stands in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.charts import style
from analysis.charts.chart import Chart
from analysis.charts.labels import given, wrapped
from analysis.charts.rows import Row, absent, first, records
from analysis.words import Words

FIRST_YEAR: Final = 2024
LAST_YEAR: Final = 2030
"""The years that the axis shows: those of the plan."""

# All lengths are in inches; the axes cover the figure, one unit an inch, and y grows downwards.
_MARGIN, _LEFT, _RIGHT = 0.1, 3.5, 2.8
_YEARS_HEIGHT, _FOOT, _LEGEND_LINE = 0.28, 0.34, 0.22
_LINE, _PADDING, _HEADER, _THICK = 0.155, 0.2, 0.34, 0.26
_NAME_WIDTH, _TEXT_WIDTH, _LEGEND_COLUMNS = 50, 40, 3
_BAR_END = style.WIDTH - _RIGHT
_YEAR = (_BAR_END - _LEFT) / (LAST_YEAR - FIRST_YEAR + 1)
_GAP = 0.03
_NARROW = 0.16  # a bar that has no room for its sign


@dataclass(frozen=True)
class Look:
    """How a standing is shown: in the colour of a class of verdicts, and as a character.

    Attributes
    ----------
    verdict
        The verdict code whose colour is taken.
    symbol
        A character that the house font has.
    filled
        Whether the bar is filled: something is reported.
    """

    verdict: str
    symbol: str
    filled: bool = True


LOOKS: Final = MappingProxyType(
    {
        "done": Look("MET", "●"),
        "done_late": Look("NEEDS_ACCELERATION", "◆"),
        "done_after": Look("NEEDS_ACCELERATION", "◇"),
        "under_way": Look("ON_TRACK", "▲"),
        "not_started": Look("OFF_TRACK", "■"),
        "overdue": Look("NOT_MET", "▼"),
        "past_unclear": Look("NOT_ASSESSABLE", "▽"),
        "dropped": Look("NOT_ASSESSABLE", "×"),
        "conflicting": Look("NEEDS_ACCELERATION", "≠"),
        "past_unreported": Look("NOT_ASSESSABLE", "○", filled=False),
        "unreported": Look("NO_DATA", "–", filled=False),
    }
)
"""The look of every standing of a task."""


@dataclass(frozen=True)
class _Place:
    """A row of the chart: a task, or the name of a sub-group (``row`` is then ``None``)."""

    row: Row | None
    top: float
    height: float
    names: tuple[str, ...]
    texts: tuple[str, ...] = ()

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def task_gantt(frame: pd.DataFrame, language: str = "vi", theme: str = "light") -> Chart:
    """Draw one row for every task: its time, and what is reported of it.

    Parameters
    ----------
    frame
        Rows of the task frame (:func:`analysis.results.task_frame`) of one group.
    language
        ``vi`` or ``en``.
    theme
        ``light`` or ``dark``.

    Raises
    ------
    ValueError
        If there are no rows.
    """
    if frame.empty:
        raise ValueError("no task: there is nothing to draw")
    words = Words(language)
    with style.house_style(theme):
        figure = _draw(frame, words)
    return Chart(figure, _alt(frame, words))


def time_text(row: Row, words: Words) -> str:
    """Return the time of a task: in Vietnamese as the plan prints it, in English what it says."""
    printed = given(row["time_source"])
    if words.language == "vi" and printed:
        return printed
    if row["schedule"] in ("once", "period"):
        return _span_text(row["start"], row["end"], words)
    dated = row["end"] if row["schedule"] == "until" else row["start"]
    return words(f"task.time.{row['schedule']}", year="" if absent(dated) else dated.year)


def _span_text(start: pd.Timestamp, end: pd.Timestamp, words: Words) -> str:
    """Return a span as a year, years, a quarter or a month if it is one, else as its two days."""
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    whole = start.day == 1 and end.is_month_end
    if whole and start.month == 1 and months % 12 == 0:
        return words.period(f"{start.year}-{end.year}" if months > 12 else str(start.year))
    if whole and months == 3 and start.month % 3 == 1:
        return words.period(f"{start.year}-Q{start.quarter}")
    if whole and months == 1:
        return words("task.time.month", month=words(f"month.{start.month}"), year=start.year)
    days = {"start": start, "end": end}
    return words("task.time.days", **{name: words.date(str(day)) for name, day in days.items()})


def due_text(row: Row, words: Words) -> str:
    """Return when the time of a task begins, ends or has ended; nothing if no time is stated."""
    phase = row["phase"]
    if phase == "no_time_stated":
        return ""
    if phase == "not_begun" and (absent(row["start"]) or row["start"] <= row["as_of"]):
        phase = "before_plan"
    days = {"start": row["start"], "end": row["due_on"]}
    shown = {name: "" if absent(day) else words.date(str(day)) for name, day in days.items()}
    text = words(f"task.due.{phase}", **shown)
    return text if absent(row["cycle"]) else words("task.due.cycle", year=row["cycle"], due=text)


def _draw(frame: pd.DataFrame, words: Words) -> Figure:
    places = list(_places(frame, words))
    foot = places[-1].top + places[-1].height
    entries = _legend_entries(frame, words)
    lines = -(-len(entries) // _LEGEND_COLUMNS)
    height = foot + _FOOT + _LEGEND_LINE * lines + _MARGIN
    height = round(height * style.DOTS_PER_INCH) / style.DOTS_PER_INCH  # no half pixel at the edge
    figure = Figure(figsize=(style.WIDTH, height))
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_xlim(0.0, style.WIDTH)
    axes.set_ylim(height, 0.0)
    axes.set_axis_off()
    _years(axes, foot)
    for place in places:
        _name(axes, place)
        if place.row is not None:
            _time(axes, place, place.row, words)
            _say(axes, place)
    _day(axes, first(frame)["as_of"], foot, words)
    _legend(axes, entries, foot + _FOOT)
    return figure


def _places(frame: pd.DataFrame, words: Words) -> Iterator[_Place]:
    top, last = _MARGIN + _YEARS_HEIGHT, ""
    for row in records(frame):
        header = given(row[f"subgroup_{words.language}"])
        if header and header != last:
            yield _Place(None, top, _HEADER, (f"{given(row['subgroup'])}. {header}",))
            top += _HEADER
        last = header
        names = wrapped(f"{row['task_id']} {row[f'name_{words.language}']}", _NAME_WIDTH)
        texts = _texts(row, words)
        height = _LINE * max(len(names), len(texts)) + _PADDING
        yield _Place(row, top, height, tuple(names), tuple(texts))
        top += height


def _texts(row: Row, words: Words) -> list[str]:
    """Return what stands beside the bar: the standing, then the time and its end."""
    standing = row["standing"]
    head = f"{LOOKS[standing].symbol} {words(f'task.short.{standing}')}"
    times = (time_text(row, words), due_text(row, words))
    return [head, *(line for text in times for line in wrapped(text, _TEXT_WIDTH))]


def _years(axes: Axes, foot: float) -> None:
    look = style.look()
    for year in range(FIRST_YEAR, LAST_YEAR + 2):
        place = _LEFT + _YEAR * (year - FIRST_YEAR)
        top = _MARGIN + _YEARS_HEIGHT
        axes.vlines(place, top, foot, color=look.rule, linewidth=style.HAIR, zorder=0)
        if year <= LAST_YEAR:
            spot = (place + _YEAR / 2, _MARGIN + 0.55 * _YEARS_HEIGHT)
            axes.text(*spot, str(year), ha="center", va="center", fontsize=style.LABEL)


def _name(axes: Axes, place: _Place) -> None:
    look = style.look()
    heads = place.row is None
    axes.hlines(
        place.top, _MARGIN, style.WIDTH - _MARGIN, color=look.rule, linewidth=style.HAIR, zorder=0
    )
    axes.text(
        _MARGIN,
        place.middle,
        "\n".join(place.names),
        va="center",
        fontsize=style.LABEL,
        fontweight="bold" if heads else "normal",
        color=look.quiet if heads else look.ink,
    )


def _say(axes: Axes, place: _Place) -> None:
    """Write lines beside a bar, the first one bold, all together centred on it."""
    for number, text in enumerate(place.texts):
        axes.text(
            _BAR_END + 0.22,
            place.middle + (number - (len(place.texts) - 1) / 2) * _LINE,
            text,
            va="center",
            fontsize=style.TEXT,
            fontweight="normal" if number else "bold",
            color=style.look().quiet if number else style.look().ink,
        )


def _time(axes: Axes, place: _Place, row: Row, words: Words) -> None:
    if row["schedule"] in ("milestone", "not_stated"):
        key = "chart.gantt_no_date" if row["schedule"] == "milestone" else "chart.gantt_no_time"
        text = "\n".join(wrapped(words(key, time=time_text(row, words)), _NAME_WIDTH))
        ground = {"facecolor": style.look().paper, "edgecolor": "none", "pad": 2.0}
        slanted: dict[str, Any] = {"fontsize": style.TEXT, "fontstyle": "italic", "bbox": ground}
        axes.text(_LEFT + 0.1, place.middle, text, va="center", zorder=5, **slanted)
    elif row["schedule"] == "yearly":
        _cells(axes, place, row["cycle_standings"].split())
    else:
        _bar(axes, place, row)


def _cells(axes: Axes, place: _Place, standings: list[str]) -> None:
    """Draw a cell for every year; those after the cycle are years to come."""
    for number in range(LAST_YEAR - FIRST_YEAR + 1):
        start = _LEFT + _YEAR * number
        standing = standings[number] if number < len(standings) else ""
        _box(axes, start + _GAP, start + _YEAR - _GAP, place.middle, standing)


def _bar(axes: Axes, place: _Place, row: Row) -> None:
    """Draw the time of a task; an arrow where no end is stated, a broken line where no start."""
    standing, schedule = row["standing"], row["schedule"]
    start = _LEFT if schedule == "until" else max(_LEFT, _day_place(row["start"]))
    end = _BAR_END
    if schedule != "open_ended":
        end = min(_BAR_END, _day_place(row["end"] + pd.Timedelta(days=1)))
    _box(axes, start, end, place.middle, standing, "--" if schedule == "until" else "-")
    if schedule == "open_ended":
        colour = style.look().verdicts[LOOKS[standing].verdict]
        spot = (_BAR_END + 0.06, place.middle)
        axes.plot(*spot, marker=">", markersize=style.MARK, color=colour, zorder=3)


def _box(
    axes: Axes,
    start: float,
    end: float,
    middle: float,
    standing: str,
    linestyle: str = "-",
    thick: float = _THICK,
) -> None:
    """Draw a bar or cell with the sign of its standing; without one it is a year to come."""
    theme = style.look()
    look = LOOKS.get(standing)
    colour = theme.verdicts[look.verdict] if look else theme.rule
    filled = look is not None and look.filled
    box = Rectangle(
        (start, middle - thick / 2),
        end - start,
        thick,
        facecolor=colour if filled else theme.paper,
        edgecolor=colour,
        linewidth=style.LINE if look else style.HAIR,
        linestyle=linestyle,
        zorder=2,
    )
    axes.add_patch(box)
    if look and end - start < _NARROW:
        _sign(axes, (end + _NARROW / 2, middle), look, colour)
    elif look:
        _sign(axes, ((start + end) / 2, middle), look, theme.on(colour) if filled else colour)


def _sign(axes: Axes, spot: tuple[float, float], look: Look, colour: str) -> None:
    centred: dict[str, Any] = {"ha": "center", "va": "center_baseline", "zorder": 4}
    axes.text(*spot, look.symbol, color=colour, fontsize=style.LABEL, **centred)


def _day(axes: Axes, day: pd.Timestamp, foot: float, words: Words) -> None:
    """Draw the day of assessment, if it lies in the years shown."""
    place = _day_place(day)
    if not _LEFT <= place <= _BAR_END:
        return
    look = style.look()
    axes.vlines(
        place, _MARGIN + _YEARS_HEIGHT, foot + 0.06, color=look.accent, linewidth=style.LINE
    )
    text = words("chart.gantt_day", as_of=words.date(str(day)))
    centred: dict[str, Any] = {"ha": "center", "va": "top"}
    axes.text(place, foot + 0.08, text, color=look.accent, fontsize=style.TEXT, **centred)


def _day_place(day: pd.Timestamp) -> float:
    """Return where the beginning of a day lies, each year being equally wide."""
    begins, ends = (pd.Timestamp(year, 1, 1) for year in (day.year, day.year + 1))
    return _LEFT + _YEAR * (day.year - FIRST_YEAR + (day - begins) / (ends - begins))


def _legend_entries(frame: pd.DataFrame, words: Words) -> list[tuple[str, str]]:
    """Return the looks that the chart has, in their order, as ``(name, text)``."""
    cycles = " ".join(frame["cycle_standings"]).split()
    drawn = ~frame["schedule"].isin(["milestone", "not_stated", "yearly"])
    shown = {*frame.loc[drawn, "standing"], *cycles}
    entries = [(name, words(f"task.short.{name}")) for name in LOOKS if name in shown]
    yearly = frame.loc[frame["schedule"].eq("yearly"), "cycle"]
    marks = {
        "to_come": bool(yearly.lt(LAST_YEAR).any()),
        "open_start": bool(frame["schedule"].eq("until").any()),
        "open_end": bool(frame["schedule"].eq("open_ended").any()),
    }
    return entries + [(name, words(f"chart.gantt_{name}")) for name, true in marks.items() if true]


def _legend(axes: Axes, entries: list[tuple[str, str]], top: float) -> None:
    width = (style.WIDTH - 2 * _MARGIN) / _LEGEND_COLUMNS
    for number, (name, text) in enumerate(entries):
        line, column = divmod(number, _LEGEND_COLUMNS)
        left, middle = _MARGIN + column * width, top + (line + 0.5) * _LEGEND_LINE
        _swatch(axes, name, left, middle)
        axes.text(left + 0.5, middle, text, va="center", fontsize=style.TEXT)


def _swatch(axes: Axes, name: str, left: float, middle: float) -> None:
    """Draw a small bar as it looks in the chart."""
    if name == "open_end":
        mark: dict[str, Any] = {"markersize": style.MARK, "color": style.look().quiet}
        axes.plot(left + 0.2, middle, marker=">", **mark)
        return
    dashed = name == "open_start"
    standing = "unreported" if dashed else "" if name == "to_come" else name
    _box(axes, left, left + 0.4, middle, standing, "--" if dashed else "-", 0.15)


def _alt(frame: pd.DataFrame, words: Words) -> str:
    rows = " ".join(
        words(
            "chart.gantt_row",
            id=row["task_id"],
            name=row[f"name_{words.language}"],
            time=time_text(row, words),
            state=_state(row, words),
        )
        for row in records(frame)
    )
    return words(
        "chart.gantt_alt",
        group=first(frame)["task_group_id"],
        first=FIRST_YEAR,
        last=LAST_YEAR,
        as_of=words.date(str(first(frame)["as_of"])),
        rows=rows,
    )


def _state(row: Row, words: Words) -> str:
    """Return what is reported, of a yearly task for every year until now."""
    if row["schedule"] != "yearly":
        due = due_text(row, words)
        return "; ".join(part for part in (due, words(f"task.short.{row['standing']}")) if part)
    return ", ".join(
        words("chart.gantt_cycle", year=year, state=words(f"task.short.{standing}"))
        for year, standing in enumerate(row["cycle_standings"].split(), start=FIRST_YEAR)
    )
