"""Opening sentences of a trend report: which series move, how surely, and which cannot be told."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.charts.labels import difference_symbol, label, symbol, value_text
from analysis.charts.rows import Row, first, records
from analysis.reports.opening import series_list
from analysis.reports.recent import pace, speed_step
from analysis.words import Words

_MOST_MOVED = 3
_FOR_TEST = 4  # below, no exact test can be significant at 10 %
_FEWEST = 3  # sentences


def trend_sentences(
    trend: pd.DataFrame, words: Words, steps: pd.DataFrame | None = None
) -> list[str]:
    """Return the opening of a trend report.

    Parameters
    ----------
    trend
        Trend rows of one group.
    words
        The language.
    steps
        The last change of its series (:func:`analysis.reports.recent.last_steps`), told where
        there is little else to say.

    Returns
    -------
    list of str
        Three to six sentences; fewer where ``steps`` is not given.
    """
    moving = trend[trend["n"] >= 2]
    if moving.empty and trend["n"].eq(0).all():
        return [
            _counts(trend, words),
            words("opening.trend_nothing"),
            words("opening.trend_report"),
        ]
    told = moving.sort_values("n", ascending=False, kind="stable").head(_MOST_MOVED).sort_index()
    sentences = [_counts(trend, words), *(_moved(row, words) for row in records(told))]
    rest = moving.drop(told.index)
    if len(rest):
        names = series_list(rest, trend, words)
        sentences.append(words("opening.moved_rest", n=len(rest), list=names))
    sentences += _still(trend, words)
    if steps is not None and len(sentences) < _FEWEST and len(steps):
        sentences.append(_last_step(first(steps), words))
    return sentences


def _counts(trend: pd.DataFrame, words: Words) -> str:
    multi, single, none = (
        int(mask.sum()) for mask in (trend["n"] >= 2, trend["n"].eq(1), trend["n"].eq(0))
    )
    state = "multi" if multi else "single" if single else "none"
    return words(
        "opening.trend_counts",
        n=len(trend),
        multi=multi,
        single=single,
        none=none,
        state=words(f"opening.state_{state}"),
    )


def _still(trend: pd.DataFrame, words: Words) -> list[str]:
    """Return of which series no direction can be told, and why."""
    parts = {"single": trend[trend["n"].eq(1)], "none": trend[trend["n"].eq(0)]}
    names = {
        name: series_list(part, trend, words) for name, part in parts.items() if not part.empty
    }
    if not names:
        return []
    key = "both" if len(names) > 1 else next(iter(names))
    return [words(f"opening.still.{key}", **names)]


def _moved(row: Row, words: Words) -> str:
    values = {
        "label": label(row, words),
        "first": value_text(row, row["first_value"], words),
        "first_year": row["first_year"],
        "last": value_text(row, row["last_value"], words),
        "last_year": row["last_year"],
        "sure": _certainty(row, words),
    }
    if np.isclose(row["change"], 0.0):
        return words("opening.unchanged", **values)
    way = "up" if row["change"] > 0 else "down"
    return words(
        "opening.moved",
        verb=words(f"opening.{way}_verb"),
        to=words(f"opening.{way}_to"),
        pace=_pace(row, words) if row["n"] > 2 and row["mode"] != "level" else "",
        **values,
    )


def _pace(row: Row, words: Words) -> str:
    unit = difference_symbol(row, words) or symbol(row, words)
    decimals = min(int(row["decimals"]) + 1, 2)
    return words("opening.pace", slope=words.quantity(row["slope"], unit, decimals, signed=True))


def _certainty(row: Row, words: Words) -> str:
    """Return how far a movement can be relied on."""
    if row["n"] == 2:
        unchanged = np.isclose(row["change"], 0.0)
        return words("opening.sure.two_unchanged" if unchanged else "opening.sure.two")
    if row["mode"] == "level":
        return ""
    if row.get("direction") == "stable":
        return words("opening.sure.stable") if not np.isclose(row["change"], 0.0) else ""
    if row["n"] < _FOR_TEST:
        return words("opening.sure.few", n=row["n"])
    return words("opening.sure.clear" if row["clear"] else "opening.sure.unclear")


def _last_step(row: Row, words: Words) -> str:
    unit = difference_symbol(row, words, abs(row["step"]))
    beside = ""
    if row["n"] > 2 and row["mode"] != "level":
        kind = pace(row["step_per_year"], row["slope"], speed_step(row))
        beside = words("opening.beside", reading=words(f"recent.step_{kind}"))
    return words(
        "opening.last_step",
        first=value_text(row, row["from_value"], words),
        first_year=row["from_year"],
        last=value_text(row, row["to_value"], words),
        last_year=row["to_year"],
        step=words.quantity(row["step"], unit, signed=True),
        beside=beside,
    )
