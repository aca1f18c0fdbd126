"""One panel of the small multiples: a series with its targets, required path and outlook."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, MultipleLocator

from analysis.charts import style
from analysis.charts.labels import label, target_text, wrapped
from analysis.charts.outlook import outlook
from analysis.charts.rows import Row, absent, first, records
from analysis.words import Words

_NAME_WIDTH = 54
_LINE_WIDTH = 72
_FIRST_YEAR, _LAST_YEAR = 2020, 2030
_HALF_TARGET = 0.45  # years to the left and right of a target's year
_CARETS = {"at_least": "^", "more_than": "^", "at_most": "v", "less_than": "v"}
_UP_DOWN = {"up": "^", "down": "v"}
PATH_DASHES: tuple[float, tuple[float, float]] = (0, (4, 3))
BREAK_DASHES: tuple[float, tuple[float, float]] = (0, (1, 2))
_NO_MARK = "_"


@dataclass(frozen=True)
class Panel:
    """What one panel draws.

    Attributes
    ----------
    values
        Observed values of the series by year, those before a break too.
    targets
        Its gap rows, one a target year.
    breaks
        Places on the axis of years where the measure changed.
    words
        The language.
    """

    values: pd.DataFrame
    targets: pd.DataFrame
    breaks: list[float]
    words: Words

    @property
    def facts(self) -> Row:
        """What is the same in all gap rows: names, unit, limits."""
        return first(self.targets)

    @property
    def current(self) -> pd.DataFrame:
        """The values that are used."""
        return self.values[self.values["is_current_segment"].astype(bool)]

    @property
    def earlier(self) -> pd.DataFrame:
        """The values from before the last break."""
        return self.values[~self.values["is_current_segment"].astype(bool)]

    @property
    def start(self) -> int:
        """The first year shown; most panels then share their years."""
        return min(int(self.values["year"].min()), _FIRST_YEAR)

    @cached_property
    def opened(self) -> Row | None:
        """The last target that is still ahead and can be reached step by step."""
        rows = self.targets[~self.targets["due"].astype(bool)]
        rows = rows[rows["target_status"].eq("stated") & rows["mode"].ne("level")]
        rows = rows[rows["reason"].ne("STALE")]  # nothing is carried on from too old a value
        return None if rows.empty else records(rows)[-1]

    @property
    def path(self) -> list[tuple[float, float]]:
        """The two ends of the required path; none from a base that had met the target."""
        row = self.opened
        if row is None or absent(row["share_covered"]) or absent(_edge(row)):
            return []
        return [(row["base_year"], row["base_value"]), (row["target_year"], _edge(row))]

    @cached_property
    def ahead(self) -> pd.DataFrame:
        """Continued trend and interval; no row where nothing is projected."""
        row = self.opened
        return outlook(row if row is not None else {"projection": np.nan}, self.current)


def panel_of(
    name: str, values: pd.DataFrame, gap: pd.DataFrame, breaks: pd.DataFrame, words: Words
) -> Panel:
    """Return the panel of one series, from the frames of :func:`analysis.charts.trajectories`."""
    own = values[(values["series_id"] == name) & values["value"].notna()]
    starts = breaks.loc[breaks["series_id"] == name, "from_period"]
    years = [int(str(period)[:4]) for period in starts]
    return Panel(
        own.sort_values("year").reset_index(drop=True),
        gap[gap["series_id"] == name].reset_index(drop=True),
        [year - 0.5 for year in years if year >= own["year"].min()],
        words,
    )


def fill(axes: Axes, panel: Panel) -> None:
    """Draw a panel into its axes."""
    _frame(axes, panel)
    _ticks(axes, panel)
    _breaks(axes, panel)
    _ahead(axes, panel)
    _path(axes, panel)
    _targets(axes, panel)
    _observed(axes, panel)
    _last_value(axes, panel)


def _frame(axes: Axes, panel: Panel) -> None:
    title = "\n".join(wrapped(label(panel.facts, panel.words), _NAME_WIDTH))
    axes.set_title(f"{title}\n", fontsize=style.TITLE - 1)
    axes.annotate(
        _targets_line(panel),
        xy=(0, 1),
        xytext=(0, 5),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=style.TEXT,
        color=style.look().target,
    )
    axes.set_xlim(panel.start - 0.7, _LAST_YEAR + 0.9)
    axes.set_ylim(*_value_range(panel))
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)


def _ticks(axes: Axes, panel: Panel) -> None:
    words, facts = panel.words, panel.facts
    level = facts["mode"] == "level"
    steps = MultipleLocator(1) if level else MaxNLocator(5, steps=[1, 2, 2.5, 5, 10])
    beyond = (facts["natural_min"], facts["natural_max"])  # NaN, with which nothing compares: none
    ticks = [
        tick
        for tick in steps.tick_values(*axes.get_ylim())
        if not (tick < beyond[0] or tick > beyond[1])
    ]
    axes.yaxis.set_major_locator(FixedLocator(ticks))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: words.number(round(value, 6))))
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: str(int(value))))


def _value_range(panel: Panel) -> tuple[float, float]:
    levels = panel.targets["target_level"].where(panel.targets["kind"].eq("level"))
    columns = ["low", "high"]
    shown = [panel.values["value"], levels, *(panel.targets[name] for name in columns)]
    shown += [panel.ahead[name] for name in ("centre", *columns)]
    numbers = pd.concat([part.astype(float) for part in shown]).dropna()
    low, high = float(numbers.min()), float(numbers.max())
    if panel.facts["mode"] == "level":
        return low - 0.6, high + 0.6
    pad = max(0.12 * (high - low), 0.01 * abs(high), 0.1)
    least = panel.facts["natural_min"]
    return low - pad if absent(least) else max(low - pad, least - 0.5 * pad), high + 1.6 * pad


def _breaks(axes: Axes, panel: Panel) -> None:
    look = style.look()
    for place in panel.breaks:
        axes.axvline(place, color=look.quiet, ls=BREAK_DASHES, linewidth=style.LINE, label="break")


def _ahead(axes: Axes, panel: Panel) -> None:
    look, ahead = style.look(), panel.ahead
    if len(ahead):
        years, centre = ahead["year"], ahead["centre"]
        axes.plot(years, centre, color=look.accent, ls=":", zorder=2.6, label="projection")
    if ahead["low"].notna().any():
        axes.fill_between(
            ahead["year"],
            ahead["low"],
            ahead["high"],
            facecolor=look.accent_soft,
            edgecolor=look.accent,
            linewidth=style.HAIR,
            label="interval",
        )


def _path(axes: Axes, panel: Panel) -> None:
    if panel.path:
        years, values = zip(*panel.path, strict=True)
        quiet = style.look().quiet
        axes.plot(years, values, color=quiet, ls=PATH_DASHES, lw=style.LINE, label="path")


def _edge(row: Row) -> float:
    edge = row["high"] if row["mode"] == "down" else row["low"]
    return float("nan") if absent(edge) else float(edge)


def _observed(axes: Axes, panel: Panel) -> None:
    look = style.look()
    for _, part in panel.earlier.groupby("segment"):
        axes.plot(part["year"], part["value"], color=look.earlier, lw=style.LINE, label="earlier")
        axes.scatter(part["year"], part["value"], s=16, color=look.earlier, zorder=3)
    current = panel.current
    # A level holds until the next one is reached; there is nothing between two levels.
    steps = "steps-post" if panel.facts["mode"] == "level" else "default"
    axes.plot(
        current["year"],
        current["value"],
        color=look.accent,
        linewidth=style.BOLD,
        drawstyle=steps,
        zorder=3,
        label="observed",
    )
    sure = current["status"].eq("actual")
    for (part_year, known), points in current.groupby([current["part_year"].astype(bool), sure]):
        axes.scatter(
            points["year"],
            points["value"],
            s=26,
            marker="s" if part_year else "o",
            facecolor=look.accent if known else look.paper,
            edgecolor=look.accent,
            linewidth=1.3,
            zorder=4,
        )


def _targets(axes: Axes, panel: Panel) -> None:
    for row in records(panel.targets):
        if row["target_status"] == "stated":
            _target(axes, row)


def _target(axes: Axes, row: Row) -> None:
    """Draw a range as a block, another target as a bar whose mark says which side is right."""
    colour, year = style.look().target, row["target_year"]
    years = [year - _HALF_TARGET, year + _HALF_TARGET]
    if row["kind"] == "between":
        axes.fill_between(
            years, row["low"], row["high"], color=colour, alpha=0.75, lw=0, label="target_range"
        )
        return
    bound = row["target_level"] if row["kind"] == "level" else _bound(row)
    if not absent(bound):
        axes.plot(years, [bound, bound], color=colour, linewidth=2, zorder=3.4)
        axes.plot(
            year,
            bound,
            marker=mark_of(row),
            markersize=style.MARK,
            color=colour,
            zorder=3.5,
            label="target",
        )


def mark_of(row: Row) -> str:
    """Return the mark of a target: pointing to the side on which it is met, or none."""
    return _CARETS.get(row["kind"], _UP_DOWN.get(row["mode"], _NO_MARK))


def _bound(row: Row) -> float:
    return float(row["low"]) if not absent(row["low"]) else float(row["high"])


def _last_value(axes: Axes, panel: Panel) -> None:
    """Write the last value where the line does not come from: above it unless it falls."""
    look, values = style.look(), panel.current if len(panel.current) else panel.values
    last = records(values)[-1]
    falls = len(values) > 1 and last["value"] < values["value"].iloc[-2]
    axes.annotate(
        panel.words.number(last["value"]),
        xy=(last["year"], last["value"]),
        xytext=(-4, -7 if falls else 7),
        textcoords="offset points",
        ha="right",
        va="top" if falls else "bottom",
        fontsize=style.LABEL,
        fontweight="bold",
        color=look.accent,
        bbox={"facecolor": look.paper, "edgecolor": "none", "alpha": 0.8, "pad": 0.6},
        zorder=6,
    )


def _targets_line(panel: Panel) -> str:
    words = panel.words
    years: dict[str, list[str]] = {}
    for row in records(panel.targets):
        years.setdefault(target_text(row, words), []).append(str(row["target_year"]))
    parts = [
        words("chart.targets_part", year=words.listing(same), target=target)
        for target, same in years.items()
    ]
    line = words("chart.targets_line", parts=" · ".join(parts))
    return textwrap.shorten(line, _LINE_WIDTH, placeholder=" …")
