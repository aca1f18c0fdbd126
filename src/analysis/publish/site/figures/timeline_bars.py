"""The bars of the tasks: when each is to be done, in the look of its standing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from analysis.publish.site.figures import timeline_text, tokens
from analysis.publish.site.figures.standings import ground, shape_of
from analysis.publish.site.figures.timeline_text import FIRST_YEAR, LAST_YEAR
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    import pandas as pd

    from analysis.charts.rows import Row

TO_COME: Final = ""
"""The standing of a year that has not come."""

_GAP = 0.04  # years between the cells of yearly tasks
_SHORT = 0.35  # years: a bar that has no room for its sign

Data = dict[str, list[dict[str, Any]]]


def add_time(writer: Writer, row: Row, edges: dict[str, float], data: Data) -> None:
    """Add the bar of a task, the cells of a yearly one, or why there is none."""
    schedule, standing = row["schedule"], row["standing"]
    if schedule in ("milestone", "not_stated"):
        text = timeline_text.dateless(writer, row)
        data["dateless"].append({"y": edges["ym"] + 4, "text": text})
        return
    data["bands"].append(edges)
    if schedule == "yearly":
        known = row["cycle_standings"].split()
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            place = year - FIRST_YEAR
            one = known[place] if place < len(known) else TO_COME
            span = {"start": year + _GAP, "end": year + 1 - _GAP}
            _box(row, one, {**edges, **span}, data["bars"], data)
        return
    start = float(FIRST_YEAR) if schedule == "until" else max(year_of(row["start"]), FIRST_YEAR)
    end = LAST_YEAR + 1.0 if schedule == "open_ended" else year_of(row["end"], after=1)
    span = {"start": round(start, 3), "end": round(min(end, LAST_YEAR + 1.0), 3)}
    bars = data["broken"] if schedule == "until" else data["bars"]
    _box(row, standing, {**edges, **span}, bars, data)
    if schedule == "open_ended":
        data["arrows"].append({**edges, "year": LAST_YEAR + 1, "fill": ground(standing)[1]})


def _box(
    row: Row, standing: str, box: dict[str, float], bars: list[dict[str, Any]], data: Data
) -> None:
    """Add a bar or cell with the sign of its standing; without one it is a year to come."""
    fill, edge, ink = ground(standing)
    bars.append({**box, "task_id": row["task_id"], "standing": standing, "fill": fill,
                 "stroke": edge})  # fmt: skip
    if standing == TO_COME:
        return
    short = box["end"] - box["start"] < _SHORT
    shape, open_ = shape_of(standing)
    ink = edge if short else ink
    data["signs"].append({
        "year": box["end"] + 0.2 if short else round((box["start"] + box["end"]) / 2, 3),
        "ym": box["ym"], "shape": shape, "fill": tokens.CLEAR if open_ else ink, "stroke": ink,
    })  # fmt: skip


def year_of(day: pd.Timestamp, after: int = 0) -> float:
    """Return a day, or so many days after it, as a year with its fraction."""
    import pandas as pd

    moment = day + pd.Timedelta(days=after)
    begins, ends = (pd.Timestamp(year, 1, 1) for year in (moment.year, moment.year + 1))
    return float(moment.year + (moment - begins) / (ends - begins))
