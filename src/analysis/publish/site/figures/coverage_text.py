"""What the map of the data says in words: text alternative, tooltips, legend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from analysis.publish.site.figures import keys as key
from analysis.publish.site.figures import marks, tokens
from analysis.publish.site.figures.keys import Key
from analysis.publish.site.figures.tips import tip
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    from analysis.charts.rows import Row
    from analysis.publish.site.figures.coverage import Grid


FIRST_YEAR: Final = 2010

SHAPES: Final = {
    "exact": marks.CIRCLE,
    "close": marks.DIAMOND,
    "part_year": marks.SQUARE,
    "before_break": marks.CROSS,
    "context": marks.DOT,
}
"""The mark of every kind of cell, best first; the best has the darkest ground."""

STEPS: Final = {kind: len(SHAPES) - place for place, kind in enumerate(SHAPES)}


def share(writer: Writer, grid: Grid, group_id: int) -> str:
    """Return how many series of a group have a value that is used."""
    row = grid.counts.loc[group_id]
    return writer.words("chart.coverage_share", n=row["n_series"], valued=row["n_with_value"])


def alt(writer: Writer, grid: Grid) -> str:
    """Return for every group how many of its series have values, and its cells by kind."""
    words, counts = writer.words, grid.counts
    said = []
    for group_id, row in counts.iterrows():
        parts = [words(f"chart.coverage_cells.{kind}", n=row[kind]) for kind in SHAPES if row[kind]]
        cells = words.listing(parts) or words("chart.coverage_cells.none")
        facts = {"n": row["n_series"], "valued": row["n_with_value"], "nothing": row["n_nothing"]}
        name = writer.group(int(str(group_id))).text.partition(". ")[2]
        said.append(
            words("chart.coverage_alt_group", group=group_id, name=name, cells=cells, **facts)
        )
    return words(
        "chart.coverage_alt",
        series=counts["n_series"].sum(),
        groups=len(counts),
        first=FIRST_YEAR,
        last=grid.last,
        rows=" ".join(said),
    )


def tip_of(writer: Writer, facts: Row, cell: Row) -> str:
    """Return what is there of a series in a year."""
    from analysis.charts.labels import label

    words = writer.words
    notes = [words(f"chart.coverage_{cell['kind']}")]
    if cell["unsure"]:
        notes.append(words("chart.unsure"))
    return tip(writer, label(facts, words), {"year": str(cell["year"]), "there": "; ".join(notes)})


def earlier_tip(writer: Writer, facts: Row, cells: Sequence[Row]) -> str:
    """Return what is there in the years that share a column."""
    from analysis.charts.labels import label

    words = writer.words
    kinds = dict.fromkeys(words(f"chart.coverage_{cell['kind']}") for cell in cells)
    years = words.listing(str(cell["year"]) for cell in cells)
    return tip(writer, label(facts, words), {"year": years, "there": "; ".join(kinds)})


def keys(writer: Writer, grid: Grid) -> tuple[Key, ...]:
    """Return an entry for every kind of cell that there is."""
    words, there = writer.words, set(grid.cells["kind"])
    found = [
        Key(words(f"chart.coverage_{kind}"), (
            key.box(tokens.step(STEPS[kind])),
            key.shape(SHAPES[kind], tokens.on_step(STEPS[kind]), scale=4.5),
        ))
        for kind in SHAPES if kind in there
    ]  # fmt: skip
    found.append(Key(words("chart.coverage_nothing"), (key.box(tokens.NONE),)))
    if grid.cells["unsure"].any():
        best = STEPS["exact"]
        open_ = {**key.shape(SHAPES["exact"], tokens.on_step(best), open_=True, scale=4.5)}
        parts = (key.box(tokens.step(best)), {**open_, "fill": tokens.step(best)})
        found.append(Key(words("chart.coverage_unsure"), parts))
    found.append(Key(words("chart.coverage_target"), (key.box("none", tokens.TARGET),)))
    if (grid.cells["year"] < FIRST_YEAR).any():
        found.append(Key(writer.say("figures.coverage.earlier", year=FIRST_YEAR), ()))
    return tuple(found)
