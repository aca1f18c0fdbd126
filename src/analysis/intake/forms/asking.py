"""What is asked in a cell: the drop-down, the rule that warns, the hint beside the cell.

All cells to fill in are of format text: a spreadsheet set to American habits would else turn
``8,5`` into 85, ``6/2025`` into the first of June and ``3/4/2026`` into the fourth of March. The
rules warn and do not forbid, since a pasted cell passes them by anyway.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import pandas as pd

from analysis.charts.rows import records
from analysis.intake.forms.answering import COLLECTIVE
from analysis.intake.forms.content import labels
from analysis.intake.forms.measured import Measured
from analysis.intake.forms.wording import Both, both, pair, words

STATUS, COMPARABILITY, TASK_STATUS, ISSUERS = "status", "comparability", "task_status", "issuers"
"""Names of lists; a scale's list has the name of the scale."""

PROMPT_LENGTH: Final = 255
"""Most characters of a hint in a spreadsheet."""

_COLUMNS: Final = {
    STATUS: ("observations", "status"),
    COMPARABILITY: ("observations", "comparability"),
    TASK_STATUS: ("task_updates", "status"),
}


@dataclass(frozen=True)
class Ask:
    """What a cell asks for.

    Attributes
    ----------
    hint
        Shown when the cell is chosen; without it nothing is.
    choices
        The name of a list; empty if anything may be typed.
    is_number
        Whether a number is expected, of which ``low`` and ``high`` are the limits.
    """

    hint: Both | None = None
    choices: str = ""
    is_number: bool = False
    low: float | None = None
    high: float | None = None


def lists(tables: Mapping[str, pd.DataFrame]) -> dict[str, tuple[str, ...]]:
    """Return what can be chosen in the form, Vietnamese, by the name of the list."""
    chosen = {name: tuple(one.vi for one in labels(*at).values()) for name, at in _COLUMNS.items()}
    agencies = [row for row in records(tables["agencies"]) if row["kind"] != COLLECTIVE]
    scales: dict[str, tuple[str, ...]] = {}
    for row in records(tables["levels"]):
        if row["scale"] != "none":
            scales[row["scale"]] = (*scales.get(row["scale"], ()), pair(row, "label").vi)
    return {**chosen, ISSUERS: tuple(pair(row, "name").vi for row in agencies), **scales}


def meanings() -> dict[str, Sequence[Both]]:
    """Return the choices that the guide explains, by the name of the list."""
    return {name: tuple(labels(*at).values()) for name, at in _COLUMNS.items()}


def asked_of_series(series: Measured, year: int) -> dict[str, Ask | None]:
    """Return what a row of the values asks, by column; ``None`` where it takes nothing."""
    share = Ask(is_number=True, low=0) if series.is_ratio else None
    return {
        "period": Ask(both("form.ask.period", year=year)),
        "value": _value(series),
        "numerator": share,
        "denominator": share,
        "status": Ask(choices=STATUS),
        "comparability": Ask(both("form.ask.comparability"), COMPARABILITY),
        "note": Ask(),
        **_source(year),
    }


def asked_of_task(year: int) -> dict[str, Ask | None]:
    """Return what a row of the tasks asks, by column."""
    return {
        "status": Ask(choices=TASK_STATUS),
        "date": Ask(both("form.ask.date", year=year)),
        "note": Ask(),
        **_source(year),
    }


@cache
def _source(year: int) -> dict[str, Ask | None]:
    return {
        "title": Ask(),
        "issuer": Ask(both("form.ask.issuer"), ISSUERS),
        "published": Ask(both("form.ask.date", year=year)),
        "address": Ask(),
    }


def _value(series: Measured) -> Ask:
    if series.kind == "level":
        return Ask(both("form.ask.level"), series.scale)
    if series.kind == "words":
        return Ask(both("form.ask.words"))
    hint = [both("form.ask.number"), *_limits(series)]
    joined = Both(" ".join(one.vi for one in hint), " ".join(one.en for one in hint))
    return Ask(joined, is_number=True, low=series.low, high=series.high)


def _limits(series: Measured) -> list[Both]:
    if series.low is None:
        return []
    low = Both(*(words(one).number(series.low) for one in ("vi", "en")))
    if series.high is None:
        return [both("form.ask.at_least", low=low)]
    high = Both(*(words(one).number(series.high) for one in ("vi", "en")))
    return [both("form.ask.within", low=low, high=high)]


def formula(cell: str, ask: Ask) -> str:
    """Return the rule that a number typed as text in Vietnamese habit is within its limits.

    Parameters
    ----------
    cell
        The cell's name, such as ``I6``.
    ask
        The limits; without any, that it is a number at all.

    Notes
    -----
    A number below a high limit has no thousands to part, so that a dot in it is taken for a
    decimal point as well.
    """
    typed = f'SUBSTITUTE({cell},".",",")' if ask.high is not None else cell
    number = f'IF(ISNUMBER({cell}),{cell},_xlfn.NUMBERVALUE({typed},",","."))'
    low = [] if ask.low is None else [f"{number}>={ask.low:g}"]
    high = [] if ask.high is None else [f"{number}<={ask.high:g}"]
    return f"=AND({','.join([*low, *high] or [f'ISNUMBER({number})'])})"
