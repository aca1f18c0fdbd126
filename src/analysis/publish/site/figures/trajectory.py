"""The trajectory of a series: what is observed, its targets, the way to them, and the outlook."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from analysis.api import PROVINCE
from analysis.publish.site.figures import history, tokens, trajectory_text
from analysis.publish.site.figures.evidence import targets_by_series
from analysis.publish.site.figures.figure import Figure
from analysis.publish.site.figures.plane import Plane, dots, plane, year_rule
from analysis.publish.site.figures.size import NARROW, PLANE, Size
from analysis.publish.site.figures.spec import Layer, constant, layer, plain, pointed, texts
from analysis.publish.site.figures.targets import (
    bound,
    target_hits,
    target_layers,
    target_marks,
    target_rows,
)
from analysis.publish.site.figures.tips import tip
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    from analysis.charts.rows import Row
    from analysis.charts.trajectory import Panel

PATH_DASH: Final = [5, 4]
AHEAD_DASH: Final = [1.5, 3.5]
BREAK_DASH: Final = [2, 3]

_NEAR = 44
"""Within so many pixels a text below or above a value meets that of a target."""

Rows = dict[str, Sequence[Mapping[str, Any]]]


def trajectory(writer: Writer, series_id: str) -> Figure | None:
    """Return how a series has moved, with its targets; nothing where nothing is observed.

    It shows what :func:`analysis.charts.trajectories` does, and proxies as marks of their own.
    A line joins values of one measure only, and is thin across years without a value.

    Parameters
    ----------
    writer
        Who writes, and about which edition.
    series_id
        The series.
    """
    story = Story(writer, series_id)
    if not story.values and not story.context:
        return None
    wide, narrow = (_spec(story, size) for size in (PLANE, NARROW))
    return Figure(
        f"trajectory-{series_id.replace('.', '-')}",
        wide,
        narrow,
        trajectory_text.alt(writer, story),
        trajectory_text.caption(writer, story),
        trajectory_text.keys(writer, story),
    )


@dataclass(frozen=True)
class Story:
    """What is known of a series.

    Attributes
    ----------
    writer
        Who writes.
    series_id
        The series.
    """

    writer: Writer
    series_id: str

    @cached_property
    def values(self) -> list[Row]:
        """The observed values by year, those before a break too."""
        return history.observed(self.writer, self.series_id, PROVINCE)

    @cached_property
    def context(self) -> list[Row]:
        """Proxies of years without a better value."""
        return history.context(self.writer, self.series_id, PROVINCE)

    @cached_property
    def current(self) -> list[Row]:
        """The values that are used."""
        return [row for row in self.values if row["is_current_segment"]]

    @cached_property
    def all_targets(self) -> list[Row]:
        """The gap rows of the series."""
        return targets_by_series(self.writer.edition)[self.series_id]

    @cached_property
    def targets(self) -> list[Row]:
        """The targets that can be drawn."""
        return [row for row in self.all_targets if not math.isnan(bound(row))]

    @property
    def facts(self) -> Row:
        """What is the same in all rows of the series."""
        return self.all_targets[0]

    @property
    def is_level(self) -> bool:
        """Whether the values are levels of a scale."""
        return bool(self.facts["mode"] == "level" and self.facts["scale"] != "none")

    @property
    def last(self) -> Row | None:
        """The last value that is used, else the last one of all."""
        values = self.current or self.values
        return values[-1] if values else None

    @cached_property
    def panel(self) -> Panel:
        """Breaks, path and outlook."""
        from analysis.charts.trajectory import panel_of

        edition = self.writer.edition
        view, gap, breaks = edition.view, edition.gap, edition.plan["breaks"]
        return panel_of(
            self.series_id,
            view[view["area_id"].eq(PROVINCE)],
            gap,
            breaks[breaks["area_id"].eq(PROVINCE)],
            self.writer.words,
        )


def _spec(story: Story, size: Size) -> dict[str, Any]:
    field = _plane(story, size)
    rows: Rows = {
        **field.rows,
        "breaks": _break_rows(story),
        "interval": _interval_rows(story),
        "path": _path_rows(story),
        "projection": _projection_rows(story),
        "targets": target_rows(story.writer, story.targets, field, story.last),
        "target_marks": target_marks(story.targets),
        "links": history.links(story.values, steps=story.is_level),
        "context": history.points(story.writer, story.facts, story.context),
        "observed": history.points(story.writer, story.facts, story.values),
        "last": _last_rows(story, field),
    }
    ahead = rows["projection"][-1:]
    return field.frame.spec(_layers(field), {**rows, "ahead": ahead}, field.encoding)


def _layers(field: Plane) -> list[Layer]:
    size = field.frame.size
    small = {"fontSize": size.small, "fill": tokens.QUIET}
    line = {"type": "line", "strokeJoin": "round"}
    ends = {"x": plain("year"), "y": plain("low"), "y2": {"field": "high"}}
    high = {"x": plain("year"), "y": constant(2)}
    named_breaks = texts("breaks", high, halo=True, dx=5, baseline="top", **small)
    bold = {"fontWeight": "bold", "fill": tokens.ACCENT, "align": "right", "dx": -3}
    return [
        layer("interval", {"type": "area", "fill": tokens.BAND, "opacity": 0.55}, ends),
        year_rule("breaks", stroke=tokens.QUIET, strokeWidth=1.5, strokeDash=BREAK_DASH),
        *(() if size.is_narrow else named_breaks),
        layer("path", {**line, "stroke": tokens.QUIET, "strokeWidth": 1.5,
                       "strokeDash": PATH_DASH}, {}),
        layer("projection", {**line, "stroke": tokens.ACCENT, "strokeWidth": 2,
                             "strokeDash": AHEAD_DASH, "strokeCap": "round"}, {}),
        *target_layers(size),
        history.link_layer("links"),
        *field.layers,
        dots("context", history.DOT),
        dots("observed", history.DOT),
        *texts("last", {"y": plain("place")}, halo=True, baseline="middle", **bold),
        target_hits(),
        *(pointed(name, history.HIT, {}) for name in ("ahead", "context", "observed")),
    ]  # fmt: skip


def _plane(story: Story, size: Size) -> Plane:
    ahead, seen = story.panel.ahead, [*story.values, *story.context]
    values = [
        *(row["value"] for row in seen),
        *(row[end] for row in story.targets for end in ("low", "high") if row["kind"] != "level"),
        *(value for column in ("centre", "low", "high") for value in ahead[column]),
    ]
    years = [row["year"] for row in seen]
    return plane(story.writer, size, story.facts, years, map(float, values))


def _last_rows(story: Story, field: Plane) -> list[dict[str, Any]]:
    """Return the text of the last value: above it, unless the line or a target is there."""
    last = story.last
    if last is None or story.is_level:
        return []
    value, year = float(last["value"]), int(last["year"])
    before = [row["value"] for row in story.current[-2:-1]]
    above = all(one <= value for one in before)
    for row in story.targets:
        distance = bound(row) - value
        if row["target_year"] == year and abs(distance) < field.up(_NEAR):
            above = distance <= 0
    text = story.writer.words.number(value)
    place = value + field.up(13 if above else -13)
    return [{"year": year, "value": value, "place": place, "text": text}]


def _break_rows(story: Story) -> list[dict[str, Any]]:
    text = story.writer.words("chart.break")
    return [{"year": place, "text": text} for place in story.panel.breaks]


def _path_rows(story: Story) -> list[dict[str, Any]]:
    return [{"year": float(year), "value": float(value)} for year, value in story.panel.path]


def _interval_rows(story: Story) -> list[dict[str, Any]]:
    ahead = story.panel.ahead.dropna(subset=["low", "high"])
    columns = (ahead["year"], ahead["low"], ahead["high"])
    return [
        {"year": _short(year), "low": _short(low), "high": _short(high)}
        for year, low, high in zip(*columns, strict=True)
    ]


def _projection_rows(story: Story) -> list[dict[str, Any]]:
    """Return the continued trend; its end tells what it comes to."""
    ahead = story.panel.ahead
    rows: list[dict[str, Any]] = [
        {"year": _short(year), "value": _short(value)}
        for year, value in zip(ahead["year"], ahead["centre"], strict=True)
    ]
    if rows:
        rows[-1]["tip"] = _ahead_tip(story)
    return rows


def _ahead_tip(story: Story) -> str:
    words, row = story.writer.words, story.panel.opened
    assert row is not None  # there is an outlook only towards an open target
    title = f"{row['target_year']}{words('colon')}{words('chart.projection')}"
    value, interval = trajectory_text.outlook_texts(story)
    return tip(story.writer, title, {"value": value, "interval": interval})


def _short(value: float) -> float:
    """Drop digits that no screen shows."""
    return round(float(value), 4)
