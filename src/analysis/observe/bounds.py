"""Targets of other documents: a short text read as a bound."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.observe.facts import Facts

_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_BOUND = re.compile(rf"(?P<sign>>=|<=|>|<)? ?(?P<number>{_NUMBER})")
_RANGE = re.compile(rf"(?P<low>{_NUMBER})-(?P<high>{_NUMBER})")

_KINDS = {">=": "at_least", ">": "more_than", "<=": "at_most", "<": "less_than"}


@dataclass(frozen=True)
class Bound:
    """A target as a bound; numbers as printed, ``""`` for an open end."""

    kind: str
    low: str = ""
    high: str = ""


def read_bound(text: str, facts: Facts) -> Bound:
    """Read a target's text; what is no bound stays text.

    Parameters
    ----------
    text
        ``"95"``, ``">=95"``, ``"<2"``, ``"85-90"`` or words for a rank among the first.
    facts
        Holds the words for a rank.
    """
    if top := facts.top_text.fullmatch(text):
        return Bound("at_most", high=top[1])
    if span := _RANGE.fullmatch(text):
        return Bound("between", span["low"], span["high"])
    if bound := _BOUND.fullmatch(text):
        return _bounded(bound["sign"] or "", bound["number"])
    return Bound("text")


def _bounded(sign: str, number: str) -> Bound:
    if not sign:
        return Bound("exact", number, number)
    return Bound(_KINDS[sign], number) if ">" in sign else Bound(_KINDS[sign], high=number)
