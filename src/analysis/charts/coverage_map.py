"""Coverage map: what is there of every series in every year, group by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.charts import style
from analysis.charts.chart import Chart
from analysis.charts.labels import label
from analysis.charts.rows import Row, records
from analysis.words import Words

KINDS: Final = ("exact", "close", "part_year", "before_break", "context")
"""What a cell can hold, best first; the first three count for verdicts."""

USED: Final = KINDS[:3]

_MARKERS = dict(zip(KINDS, ("o", "D", "s", "X", "."), strict=True))
_STEPS = {kind: len(KINDS) - place for place, kind in enumerate(KINDS)}  # 0 is for nothing
_FIRST_YEAR = 2010

# The layout in inches: the labels beside the cells, a row, what stands above each group.
_LABELS, _MARGIN, _ROW, _GROUP_TITLE, _YEARS, _SPACE = 3.75, 0.15, 0.185, 0.3, 0.22, 0.16
_LEGEND_ROW, _LEGEND_COLUMNS, _SWATCH = 0.24, 3, (0.3, 0.16)
_EDGE = 0.9 / 72  # from the border of a cell to the frame, half on the paper and half on the cell


def coverage_cells(view: pd.DataFrame, context: pd.DataFrame) -> pd.DataFrame:
    """Say what is there of every series and year.

    Parameters
    ----------
    view
        The current view of one area (``series_id, year, comparability, status, part_year,
        is_current_segment``).
    context
        Proxies recorded for that area (``series_id, period``). One that spans several years is
        there in each of them.

    Returns
    -------
    pandas.DataFrame
        One row a series and year that has anything, in the order of both: ``series_id, year,
        kind`` (one of :data:`KINDS`), ``unsure`` (the value is preliminary or an estimate).
        A value before a declared break is ``before_break`` whatever else it is, and a proxy shows
        only where there is no value.
    """
    own = view[["series_id", "year"]].assign(kind=_kinds(view), unsure=view["status"].ne("actual"))
    proxies = _years(context).assign(kind="context", unsure=False)
    cells = pd.concat([own, proxies], ignore_index=True)
    cells = cells.drop_duplicates(["series_id", "year"]).sort_values(["series_id", "year"])
    return cells.astype({"year": "int64", "unsure": "bool"}).reset_index(drop=True)


def _kinds(view: pd.DataFrame) -> Any:
    conditions = [
        view["comparability"].eq("proxy"),
        ~view["is_current_segment"].astype(bool),
        view["part_year"].astype(bool),
        view["comparability"].eq("close"),
    ]
    return np.select(conditions, ["context", "before_break", "part_year", "close"], "exact")


def _years(context: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each year that a period (``2024``, ``2024-06``, ``2016-2018``) touches."""
    periods = context["period"].astype("str")
    first = periods.str[:4].astype("int64")
    last = periods.str.extract(r"^(?:\d{4}-)?(\d{4})$")[0].fillna(periods.str[:4]).astype("int64")
    spans = [list(range(a, b + 1)) for a, b in zip(first, last, strict=True)]
    rows = pd.DataFrame({"series_id": context["series_id"], "year": spans})
    return rows.explode("year", ignore_index=True)


def cell_counts(cells: pd.DataFrame, gap: pd.DataFrame) -> pd.DataFrame:
    """Count the cells of every group.

    Parameters
    ----------
    cells
        As from :func:`coverage_cells`.
    gap
        Rows with ``series_id, group_id``; several for one series are one.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``group_id``, in its order: ``n_series``; ``n_with_value`` (series with a cell
        of :data:`USED`), ``n_nothing`` (series without any cell); then the number of cells of
        each of :data:`KINDS`.
    """
    series = gap[["series_id", "group_id"]].drop_duplicates()
    rows = series.merge(cells, on="series_id")
    kinds = rows.groupby(["group_id", "kind"]).size().unstack(fill_value=0)
    used = rows[rows["kind"].isin(USED)].groupby("group_id")["series_id"].nunique()
    any_cell = rows.groupby("group_id")["series_id"].nunique()
    n = series.groupby("group_id").size()
    counts = pd.DataFrame({"n_series": n, "n_with_value": used, "n_nothing": n.sub(any_cell)})
    counts["n_nothing"] = counts["n_nothing"].fillna(counts["n_series"])
    counts = counts.join(kinds.reindex(columns=list(KINDS), fill_value=0))
    return counts.fillna(0).astype("int64")


def coverage_map(
    view: pd.DataFrame,
    context: pd.DataFrame,
    gap: pd.DataFrame,
    groups: pd.DataFrame,
    language: str = "vi",
    theme: str = "light",
    *,
    last_year: int | None = None,
) -> Chart:
    """Draw one row for each series and one column for each year, in a panel for each group.

    Parameters
    ----------
    view, context
        See :func:`coverage_cells`.
    gap
        Rows of the gap frame, one for each series and target year (``series_id, indicator_id,
        group_id, label_vi, label_en, target_year, target_status``), in the order of the rows.
    groups
        The groups (``group_id, name_vi, name_en``).
    language
        ``vi`` or ``en``.
    theme
        ``light`` or ``dark``.
    last_year
        The last year with a column of its own; target years after it stand apart. Without it,
        the last year that has a cell.

    Raises
    ------
    ValueError
        If there is no series.
    """
    if gap.empty:
        raise ValueError("no series: there is nothing to map")
    words = Words(language)
    cells = coverage_cells(view, context)
    cells = cells[cells["series_id"].isin(gap["series_id"])]
    grid = _grid(cells, gap, last_year)
    counts = cell_counts(grid.cells, gap).reset_index().merge(groups, on="group_id")
    parts = records(counts.assign(name=counts[f"name_{language}"]))
    with style.house_style(theme):
        figure = _draw(grid, parts, words)
    return Chart(figure, _alt(grid, parts, words))


@dataclass(frozen=True)
class _Grid:
    """What is drawn, and in which columns: earlier years together, years, then later targets."""

    cells: pd.DataFrame
    gap: pd.DataFrame
    years: tuple[int, ...]
    later: tuple[int, ...]

    @property
    def earlier(self) -> pd.DataFrame:
        """The cells before the first year with a column of its own."""
        return self.cells[self.cells["year"] < self.years[0]]

    @property
    def start(self) -> int:
        """The column of the first year: after the one of earlier years, if there are any."""
        return int(len(self.earlier) > 0)

    @property
    def width(self) -> int:
        """The number of columns; one is left empty before later target years."""
        return self.start + len(self.years) + (1 + len(self.later) if self.later else 0)

    def column(self, year: int) -> int:
        """Return the column in which a year stands."""
        if year in self.later:
            return self.width - len(self.later) + self.later.index(year)
        return self.start + year - self.years[0] if year >= self.years[0] else 0

    def of_group(self, group_id: int) -> pd.DataFrame:
        """Return the gap rows of a group."""
        return self.gap[self.gap["group_id"] == group_id]


def _grid(cells: pd.DataFrame, gap: pd.DataFrame, last_year: int | None) -> _Grid:
    targets = sorted(int(year) for year in gap["target_year"].unique())
    seen = int(cells["year"].max()) if len(cells) else targets[0]
    last = max(_FIRST_YEAR, seen if last_year is None else last_year)
    years = tuple(range(_FIRST_YEAR, last + 1))
    shown = cells[cells["year"] <= last].reset_index(drop=True)
    return _Grid(shown, gap, years, tuple(year for year in targets if year > last))


def _draw(grid: _Grid, groups: list[Row], words: Words) -> Figure:
    entries = _legend_entries(grid, words)
    top = _LEGEND_ROW * -(-len(entries) // _LEGEND_COLUMNS) + 2 * _MARGIN
    head = _GROUP_TITLE + _YEARS
    sizes = [group["n_series"] * _ROW for group in groups]
    height = top + sum(sizes) + len(sizes) * (head + _SPACE)
    figure = Figure(figsize=(style.WIDTH, height))
    _legend(_axes(figure, (_MARGIN, _MARGIN, style.WIDTH - 2 * _MARGIN, top - _MARGIN)), entries)
    place = top
    for group, size in zip(groups, sizes, strict=True):
        box = (_LABELS, place + head, style.WIDTH - _LABELS - _MARGIN, size)
        axes = _axes(figure, box)
        _panel(axes, grid, group["group_id"], words)
        _title(axes, group, size, words)
        place += head + size + _SPACE
    return figure


def _axes(figure: Figure, box: tuple[float, float, float, float]) -> Axes:
    """Add axes whose left, top, width and height are given in inches from the upper left."""
    left, top, width, height = box
    whole = figure.get_figheight()
    place = (left / style.WIDTH, 1 - (top + height) / whole, width / style.WIDTH, height / whole)
    return figure.add_axes(place)


def _title(axes: Axes, group: Row, height: float, words: Words) -> None:
    """Write the group above its years: its name over the labels, its share at the right."""
    at = 1 + (_YEARS + 0.06) / height
    left = (_MARGIN - _LABELS) / (style.WIDTH - _LABELS - _MARGIN)
    where: dict[str, Any] = {"transform": axes.transAxes, "va": "bottom"}
    name = f"{group['group_id']}. {group['name']}"
    share = words("chart.coverage_share", n=group["n_series"], valued=group["n_with_value"])
    axes.text(left, at, name, fontsize=style.TITLE, fontweight="bold", **where)
    axes.text(1, at, share, fontsize=style.TEXT, color=style.look().quiet, ha="right", **where)


def _panel(axes: Axes, grid: _Grid, group: int, words: Words) -> None:
    rows = records(grid.of_group(group).drop_duplicates("series_id"))
    order = {row["series_id"]: place for place, row in enumerate(rows)}
    cells = grid.cells[grid.cells["series_id"].isin(order)]
    _colours(axes, _matrix(cells, order, grid), [label(row, words) for row in rows])
    recent = cells[cells["year"] >= grid.years[0]]
    for (kind, unsure), part in recent.groupby(["kind", "unsure"]):
        xs = [grid.column(year) + 0.5 for year in part["year"]]
        ys = [order[name] + 0.5 for name in part["series_id"]]
        _mark(axes, xs, ys, str(kind), open_=bool(unsure))
    _mark_earlier(axes, cells[cells["year"] < grid.years[0]], order)
    _mark_targets(axes, grid, group, order)
    _name_years(axes, grid)


def _matrix(cells: pd.DataFrame, order: dict[str, int], grid: _Grid) -> Any:
    """Return the step of the ramp of every cell; NaN where a column is not for values."""
    steps = np.full((len(order), grid.width), np.nan)
    steps[:, : grid.start + len(grid.years)] = 0
    for row in records(cells):
        place = order[row["series_id"]], grid.column(row["year"])
        steps[place] = np.nanmax([steps[place], _STEPS[row["kind"]]])
    return steps


def _colours(axes: Axes, steps: Any, names: list[str]) -> None:
    import seaborn as sns
    from matplotlib.colors import ListedColormap

    look = style.look()
    sns.heatmap(
        steps,
        ax=axes,
        cmap=ListedColormap([look.none, *look.ramp]),
        vmin=-0.5,
        vmax=len(KINDS) + 0.5,
        cbar=False,
        linewidths=1.5,
        linecolor=look.paper,
        xticklabels=False,
        yticklabels=False,
    )
    axes.set_yticks(np.arange(len(names)) + 0.5, names, color=look.ink, fontsize=style.TEXT)
    axes.tick_params(length=0)


def _fill(kind: str) -> str:
    return style.look().ramp[_STEPS[kind] - 1]


def _mark(axes: Axes, xs: Sequence[float], ys: Sequence[float], kind: str, *, open_: bool) -> None:
    """Draw the mark of a kind of cell, open where the value is preliminary or an estimate."""
    ground = _fill(kind)
    ink = style.look().on(ground)
    axes.scatter(
        xs,
        ys,
        s=22 if kind != "context" else 14,
        marker=_MARKERS[kind],
        facecolor=ground if open_ else ink,
        edgecolor=ink,
        linewidth=1.0,
        zorder=3,
    )


def _mark_earlier(axes: Axes, cells: pd.DataFrame, order: dict[str, int]) -> None:
    """Mark the best of the years that share a column, and write how many they are."""
    for name, part in cells.groupby("series_id"):
        kind = max(part["kind"], key=_STEPS.__getitem__)
        y = order[str(name)] + 0.5
        _mark(axes, [0.3], [y], kind, open_=False)
        colour = style.look().on(_fill(kind))
        place: dict[str, Any] = {"ha": "center", "va": "center_baseline", "zorder": 3}
        axes.text(0.68, y, str(len(part)), color=colour, fontsize=style.SMALL, **place)


def _mark_targets(axes: Axes, grid: _Grid, group: int, order: dict[str, int]) -> None:
    """Frame the cells of the years for which the plan states a target."""
    rows = grid.of_group(group)
    edge = (_EDGE * grid.width / (style.WIDTH - _LABELS - _MARGIN), _EDGE / _ROW)
    for row in records(rows[rows["target_status"].eq("stated")]):
        corner = (grid.column(row["target_year"]), order[row["series_id"]])
        axes.add_patch(_frame(corner, (1, 1), edge))


def _frame(
    corner: tuple[float, float], size: tuple[float, float], edge: tuple[float, float]
) -> Rectangle:
    """Return the frame of a target, ``edge`` inside a cell of that size at that corner."""
    return Rectangle(
        (corner[0] + edge[0], corner[1] + edge[1]),
        size[0] - 2 * edge[0],
        size[1] - 2 * edge[1],
        fill=False,
        edgecolor=style.look().target,
        linewidth=style.LINE,
        zorder=2.5,
    )


def _name_years(axes: Axes, grid: _Grid) -> None:
    names = {grid.column(year): str(year) for year in (*grid.years, *grid.later)}
    if grid.start:
        names[0] = f"≤{grid.years[0] - 1}"
    axes.xaxis.tick_top()
    places = [column + 0.5 for column in names]
    axes.set_xticks(places, list(names.values()), fontsize=style.SMALL, rotation=0)
    axes.tick_params(axis="x", length=0, pad=2)
    targets = {str(year) for year in grid.gap["target_year"].unique()}
    for text in axes.get_xticklabels():
        if text.get_text() in targets:
            text.set(color=style.look().target, fontweight="bold")


def _legend_entries(grid: _Grid, words: Words) -> list[tuple[str, str]]:
    """Return kind and wording of what is drawn; ``unsure`` and ``target`` are kinds here too."""
    present = [kind for kind in KINDS if kind in set(grid.cells["kind"])]
    present += ["nothing"]
    if grid.cells["unsure"].any():
        present.append("unsure")
    present.append("target")
    if grid.start:
        present.append("earlier")
    return [(kind, words(f"chart.coverage_{kind}", year=grid.years[0])) for kind in present]


def _legend(axes: Axes, entries: list[tuple[str, str]]) -> None:
    width = (style.WIDTH - 2 * _MARGIN) / _LEGEND_COLUMNS
    rows = -(-len(entries) // _LEGEND_COLUMNS)
    axes.set_xlim(0, width * _LEGEND_COLUMNS)
    axes.set_ylim(rows * _LEGEND_ROW + _MARGIN, 0)
    axes.axis("off")
    for place, (kind, text) in enumerate(entries):
        x, y = width * (place // rows), _LEGEND_ROW * (place % rows + 0.5)
        _swatch(axes, kind, x, y)
        axes.text(x + _SWATCH[0] + 0.1, y, text, va="center_baseline", fontsize=style.TEXT)


def _swatch(axes: Axes, kind: str, x: float, y: float) -> None:
    """Draw a cell as it stands in the map."""
    wide, high = _SWATCH
    corner = (x, y - high / 2)
    centre = x + wide / 2
    if kind == "target":
        axes.add_patch(_frame(corner, _SWATCH, (0, 0)))
        return
    shown = {"unsure": "exact", "earlier": "exact"}.get(kind, kind)
    fill = style.look().none if kind == "nothing" else _fill(shown)
    axes.add_patch(Rectangle(corner, wide, high, facecolor=fill, edgecolor="none"))
    if kind == "earlier":
        number: dict[str, Any] = {"ha": "center", "va": "center_baseline"}
        axes.text(x + 0.68 * wide, y, "4", color=style.look().on(fill), fontsize=style.SMALL,
                  **number)  # fmt: skip
        centre = x + 0.3 * wide
    if kind != "nothing":
        _mark(axes, [centre], [y], shown, open_=kind == "unsure")


def _alt(grid: _Grid, groups: list[Row], words: Words) -> str:
    rows = [
        words(
            "chart.coverage_alt_group",
            group=group["group_id"],
            name=group["name"],
            valued=group["n_with_value"],
            n=group["n_series"],
            nothing=group["n_nothing"],
            cells=_counted(group, words),
        )
        for group in groups
    ]
    return words(
        "chart.coverage_alt",
        series=sum(group["n_series"] for group in groups),
        groups=len(groups),
        first=grid.years[0],
        last=grid.years[-1],
        rows=" ".join(rows),
    )


def _counted(group: Row, words: Words) -> str:
    parts = [words(f"chart.coverage_cells.{kind}", n=group[kind]) for kind in KINDS if group[kind]]
    return words.listing(parts) or words("chart.coverage_cells.none")
