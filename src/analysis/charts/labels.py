"""Texts on charts: labels, values, targets and gaps of a result row, in one language."""

from __future__ import annotations

import math
import textwrap

from analysis.charts.rows import Row
from analysis.words import Words

_BOUND = {"at_least": "low", "more_than": "low", "at_most": "high", "less_than": "high"}


def label(row: Row, words: Words) -> str:
    """Return ``5.7 Người tham gia BHYT``: the indicator's number and the short label."""
    return f"{row['indicator_id']} {row[f'label_{words.language}']}"


def part_name(part: object) -> str:
    """Return the name of a part of an indicator as a list in parentheses can hold it.

    Of ``Nông thôn (tối thiểu 60 lít/người/ngày)`` it is ``Nông thôn``; of no part, nothing.
    """
    return given(part).partition(" (")[0]


def wrapped(text: str, width: int) -> list[str]:
    """Return a text in the fewest lines of at most ``width`` characters, evenly filled.

    A word is never broken, so a word longer than a line makes that line longer.
    """
    lines = _wrap(text, width)
    fair = max((len(text) + len(lines) - 1) // max(len(lines), 1), 1)
    fits = (even for even in range(fair, width) if len(_wrap(text, even)) <= len(lines))
    return _wrap(text, next(fits, width))


def _wrap(text: str, width: int) -> list[str]:
    # Only ordinary spaces part words: a number stays with its unit.
    return textwrap.wrap(text, width, break_on_hyphens=False, break_long_words=False)


def symbol(row: Row, words: Words) -> str:
    """Return the unit as it is written after a number."""
    return given(row[f"symbol_{words.language}"])


def difference_symbol(row: Row, words: Words, amount: float | None = None) -> str:
    """Return the unit of a difference: percentage points for percentages, one point for 1."""
    key = f"difference.{row['unit_id']}"
    return words(key, n=amount) if words.has(key) else symbol(row, words)


def value_text(row: Row, value: float, words: Words, text: object = "") -> str:
    """Return an observed value as the source gave it, with its unit."""
    if given(text):
        return given(text)
    if row["unit_id"] == "rank":
        return words("value.rank", value=words.number(value))
    if row["mode"] == "level":
        return words("value.level", value=words.number(value))
    return words.quantity(value, symbol(row, words))


def target_text(row: Row, words: Words) -> str:
    """Return the target of a gap row: ``≥ 95,75 %``, ``19.000–20.000 USD/người``."""
    if row["target_status"] != "stated":
        return words("target.not_stated")
    if row["kind"] in ("level", "text"):
        english = given(row["text_en"])
        printed = recorded(row["text_source"], words)
        return english if words.language == "en" and english else printed
    return _number_target(row, words)


def _number_target(row: Row, words: Words) -> str:
    unit = symbol(row, words)
    if row["unit_id"] == "rank":
        return words("target.rank", value=words.number(row["high"]))
    if row["kind"] == "between":
        high = words.quantity(row["high"], unit)
        return words("target.between", low=words.number(row["low"]), high=high)
    if row["mode"] == "band":
        return _band(row, words)
    bound = row[_BOUND.get(row["kind"], "low")]
    return words(f"target.{row['kind']}", value=words.quantity(bound, unit))


def _band(row: Row, words: Words) -> str:
    """Return a value to be kept, with the values that print as it."""
    half, decimals = 0.5 * 10.0 ** -row["decimals"], int(row["decimals"]) + 1
    return words(
        "target.kept",
        value=words.quantity(row["low"], symbol(row, words)),
        low=words.number(row["low"] - half, decimals),
        high=words.number(row["high"] + half, decimals),
    )


def gap_text(row: Row, words: Words) -> str:
    """Return the gap in words: ``còn thiếu 1,24 điểm %``, or that the target is met."""
    if row["met"] is True or row["met"] == True:  # noqa: E712
        return words("gap.none")
    if math.isclose(row["gap"], 0.0, abs_tol=1e-12):
        return words("gap.on_bound")
    side = {"down": "over", "band": "outside"}.get(row["mode"], "short")
    if row["mode"] == "level" and row["signed_gap"] > 0:
        side = "over"
    if row["unit_id"] == "rank":  # a greater number is a lower place
        side = "behind"
    amount = _shown(printed_gap(row))
    unit = difference_symbol(row, words, amount)
    return words(f"gap.{side}", gap=words.quantity(amount, unit))


def outcome(row: Row, words: Words) -> str:
    """Return the verdict, and the gap where the target is not met."""
    verdict = words(f"verdict_short.{row['verdict']}")
    return verdict if row["met"] else f"{verdict}, {gap_text(row, words)}"


def printed_gap(row: Row) -> float:
    """Return the gap to the bound as the plan prints it.

    The measured gap of a target of 0 % or 100 % ends half a displayed unit before it (such a
    target is met when it prints as met); a reader subtracts the printed numbers.
    """
    if row["mode"] == "up":
        return float(row["low"] - row["judged_value"])
    if row["mode"] == "down":
        return float(row["judged_value"] - row["high"])
    return float(row["gap"])


def _shown(value: float) -> float:
    """Drop the dust of binary subtraction, never a digit that was given."""
    return round(value, 6)


def given(text: object) -> str:
    """Return a text cell, or nothing where the cell is empty."""
    return text if isinstance(text, str) else ""


def recorded(text: object, words: Words) -> str:
    """Return a name of the data as this language shows it; as recorded where it has no wording."""
    name = given(text)
    key = f"recorded.{name}"
    return words.text(key) if name and words.has(key) else name
