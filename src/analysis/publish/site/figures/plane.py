"""The plane of years and values: its scales and axes, for figures that follow a series in time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from analysis.publish.site.figures import tokens
from analysis.publish.site.figures.evidence import level_names
from analysis.publish.site.figures.size import Size
from analysis.publish.site.figures.spec import (
    Frame,
    Layer,
    Padding,
    constant,
    layer,
    plain,
    raw,
    texts,
)
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    from analysis.charts.rows import Row

FIRST_YEAR: Final = 2020
LAST_YEAR: Final = 2030

_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
_TICKS: Final = 4
_YEAR_WIDTH: Final = 34
"""Pixels that the name of a year needs."""


@dataclass(frozen=True)
class Plane:
    """A field of years (across) and values (upwards).

    Attributes
    ----------
    frame
        The picture and its field.
    years, values
        First and last of what is shown.
    ticks
        The values that have a line.
    levels
        The names of the levels by their number, where the values are levels.
    unit
        The unit, written above the axis of values.
    """

    frame: Frame
    years: tuple[float, float]
    values: tuple[float, float]
    ticks: Sequence[float]
    levels: Mapping[float, str]
    unit: str

    @property
    def year_width(self) -> float:
        """How many pixels a year has."""
        return self.frame.width / (self.years[1] - self.years[0])

    @property
    def rows(self) -> dict[str, Sequence[Mapping[str, Any]]]:
        """The rows of the names of the axes."""
        names = [{"value": value, "text": text} for value, text in self.levels.items()]
        return {"unit": [{"text": self.unit}] if self.unit else [], "levels": names}

    @property
    def layers(self) -> list[Layer]:
        """The unit and the names of the levels, to be drawn before marks and after lines."""
        small: Layer = {"fontSize": self.frame.size.small, "fill": tokens.QUIET}
        top = {"x": constant(-self.frame.padding.left), "y": constant(-14)}
        name = {"x": constant(2), "y": plain("value")}
        return [*texts("unit", top, **small), *texts("levels", name, halo=True, dy=-6, **small)]

    @property
    def encoding(self) -> Layer:
        """Scales and axes, which all layers share."""
        return {
            "x": {
                "field": "year",
                "type": "quantitative",
                "scale": {"domain": list(self.years), "nice": False, "zero": False},
                "axis": {"grid": False, "values": self._year_ticks(), "format": "d",
                         "labelPadding": 6},
            },
            "y": {
                "field": "value",
                "type": "quantitative",
                "scale": {"domain": list(self.values), "nice": False, "zero": False},
                "axis": {"values": list(self.ticks), "format": ",.6~f", "labelPadding": 6,
                         "labels": not self.levels},
            },
        }  # fmt: skip

    def _year_ticks(self) -> list[int]:
        first, last = math.ceil(self.years[0]), math.floor(self.years[1])
        step = 1 if self.year_width >= _YEAR_WIDTH else 5
        return [year for year in range(first, last + 1) if (LAST_YEAR - year) % step == 0]

    def up(self, pixels: float) -> float:
        """Return by how much a value that stands so many pixels higher is greater."""
        low, high = self.values
        return pixels * (high - low) / self.frame.height


def plane(
    writer: Writer, size: Size, facts: Row, years: Iterable[float], values: Iterable[float]
) -> Plane:
    """Return the plane that holds all years from 2020 to 2030 and everything that is given.

    Parameters
    ----------
    writer
        Who writes.
    size
        Width and type.
    facts
        What is the same in all rows of the series: ``mode, scale, natural_min, natural_max,
        symbol_vi, symbol_en``.
    years, values
        What has to find room; values that are missing (NaN) count for nothing.
    """
    from analysis.charts.labels import symbol

    levels = level_names(writer.edition, writer.language, facts["scale"])
    span = _span(facts, [value for value in values if not math.isnan(value)], levels)
    ticks = _ticks(facts, span) if not levels else list(levels)
    longest = max((len(writer.words.number(tick)) for tick in ticks), default=1)
    left = 8 if levels else 12 + 0.58 * size.small * longest
    height = 230 if size.is_narrow else 270
    unit = "" if levels else symbol(facts, writer.words)
    if facts["unit_id"] == "rank":
        unit = writer.say("figures.rank")
    frame = Frame(size, height, Padding(left, 16, 30 if unit else 8, 26), writer.language)
    start = min(FIRST_YEAR, *years) - 0.7
    return Plane(frame, (start, LAST_YEAR + 0.9), span, ticks, levels, unit)


def _span(facts: Row, values: Sequence[float], levels: Mapping[float, str]) -> tuple[float, float]:
    """Return the least and greatest value shown, with room for texts above and below."""
    if levels:
        return min(levels) - 0.5, max(levels) + 0.7
    low, high = min(values), max(values)
    pad = max(0.16 * (high - low), 0.01 * abs(high), 0.1)
    least = facts["natural_min"]
    bottom = low - pad if math.isnan(least) else max(low - pad, least - 0.5 * pad)
    return bottom, high + pad


def _ticks(facts: Row, span: tuple[float, float]) -> list[float]:
    """Return round values in the span that the series can have."""
    least, most = facts["natural_min"], facts["natural_max"]
    found = round_ticks(span, _TICKS, 10.0 ** -facts["decimals"])
    return [tick for tick in found if not (tick < least or tick > most)]


def round_ticks(span: tuple[float, float], n: int, least: float = 0.0) -> list[float]:
    """Return about ``n`` round values in a span, at least ``least`` apart."""
    low, high = span
    rough = (high - low) / n
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(step * power for step in _STEPS if step * power >= rough * 0.999)
    step = max(step, least)
    return [round(step * k, 6) for k in range(math.ceil(low / step), math.floor(high / step) + 1)]


def year_rule(data: str, **mark: Any) -> Layer:
    """Return a layer of upright lines at years, through the whole field."""
    across = {"x": {"field": "year", "type": "quantitative"}, "y": constant(0)}
    return layer(data, {"type": "rule", **mark}, {**across, "y2": {"value": {"expr": "height"}}})


def dots(data: str, size: float) -> Layer:
    """Return a layer of marks at year and value, in shape and colours of their own."""
    look = {name: raw(name) for name in ("shape", "fill", "stroke")}
    return layer(data, {"type": "point", "size": size, "strokeWidth": 1.8, "opacity": 1}, look)
