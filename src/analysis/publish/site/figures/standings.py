"""How the standing of a task is shown: in the colour of a verdict, and by a sign."""

from __future__ import annotations

from typing import Final

from analysis.publish.site.figures import marks, tokens

_SIGNS: Final = {
    "done": marks.CIRCLE,
    "done_late": marks.DIAMOND,
    "done_after": marks.DIAMOND,
    "under_way": marks.UP,
    "not_started": marks.SQUARE,
    "overdue": marks.DOWN,
    "past_unclear": marks.DOWN,
    "dropped": marks.CROSS,
    "conflicting": marks.NOT_EQUAL,
    "past_unreported": marks.CIRCLE,
    "unreported": marks.DASH,
}
_OPEN: Final = ("done_after", "past_unclear", "past_unreported")


def shape_of(standing: str) -> tuple[str, bool]:
    """Return the sign of a standing, and whether it is open."""
    return _SIGNS[standing], standing in _OPEN


def ground(standing: str) -> tuple[str, str, str]:
    """Return ground, border and sign of the bar of a standing, or of a year to come (empty).

    Only the bar of a task of which something is reported is filled
    (:data:`analysis.charts.task_gantt.LOOKS`).
    """
    from analysis.charts.task_gantt import LOOKS

    if not standing:
        return tokens.PAPER, tokens.RULE, tokens.RULE
    look = LOOKS[standing]
    colour = tokens.verdict(look.verdict)
    if look.filled:
        return colour, colour, tokens.on_verdict(look.verdict)
    return tokens.PAPER, colour, tokens.QUIET
