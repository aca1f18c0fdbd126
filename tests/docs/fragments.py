"""Computed fragments of the pages in ``docs``: where they are and what they should say.

A fragment is written ``<!-- gap 5.7 2030 pace_ratio :.2 -->0.76<!--/-->``: the comment says what
stands there (see :mod:`tests.docs.facts`) and, after the colon, how it is written. Comments are not
shown where the page is read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

FRAGMENT = re.compile(r"<!-- (?P<spec>[^<>]+?) -->(?P<text>.*?)<!--/-->")
OPENING, CLOSING = re.compile(r"<!-- "), re.compile(r"<!--/-->")

_MARKS = {"en": (",", "."), "vi": (".", ",")}
_OPERATORS = str.maketrans({"−": "-", "×": "*", "÷": "/"})
_NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
_TERM = rf"[(√]*−?{_NUMBER}²?\)*"
_CALCULATION = re.compile(rf"(?P<terms>{_TERM}(?: [+−×÷] {_TERM})+) = (?P<result>−?{_NUMBER})")

Tell = Callable[[str], str]


@dataclass(frozen=True)
class Fragment:
    """One fragment: what it asks for, what it says, and the line that it stands in."""

    spec: str
    text: str
    line: int


def fragments(page: str) -> list[Fragment]:
    """Return the fragments of a page in order."""
    return [
        Fragment(found["spec"], found["text"], number)
        for number, line in enumerate(page.split("\n"), start=1)
        for found in FRAGMENT.finditer(line)
    ]


def stale(page: str, tell: Tell) -> list[str]:
    """Return one message for each fragment that does not say what is computed."""
    return [
        f"line {each.line}: {each.spec}: write {told!r} in place of {each.text!r}"
        for each in fragments(page)
        if (told := tell(each.spec)) != each.text
    ]


def filled(page: str, tell: Tell) -> str:
    """Return the page with every fragment computed anew."""
    return FRAGMENT.sub(
        lambda found: f"<!-- {found['spec']} -->{tell(found['spec'])}<!--/-->", page
    )


def shown(page: str) -> str:
    """Return the page as it is read, without the comments of its fragments."""
    return FRAGMENT.sub(lambda found: found["text"], page)


def typed(page: str) -> str:
    """Return what somebody typed: the page without fragments, code, links, headings, and labels."""
    bare = FRAGMENT.sub("", page)
    bare = re.sub(r"`[^`]*`|\]\([^)]*\)|\*\*[^*]*\*\*", "", bare)
    return re.sub(r"^#.*$", "", bare, flags=re.MULTILINE)


def wrong_sums(page: str, language: str) -> list[str]:
    """Return the written calculations whose result is not the rounded one."""
    return [each.group() for each in _calculations(page) if not _holds(each, language)]


def sums(page: str) -> int:
    """Count the written calculations."""
    return len(_calculations(page))


def _calculations(page: str) -> list[re.Match[str]]:
    return list(_CALCULATION.finditer(re.sub(r"\s+", " ", shown(page))))


def _holds(found: re.Match[str], language: str) -> bool:
    thousands, point = _MARKS[language]
    terms, result = (
        part.replace(thousands, "").replace(point, ".").translate(_OPERATORS)
        for part in (found["terms"], found["result"])
    )
    terms = terms.replace("√", "sqrt").replace("²", "**2")
    # A calculation in brackets: the closing one stands after the result.
    terms = terms[terms.count("(") - terms.count(")") :]
    # Only digits, marks and operators are left: nothing that could be a name.
    value = eval(terms, {"__builtins__": {}, "sqrt": math.sqrt})
    decimals = len(result.partition(".")[2])
    return math.isclose(value, float(result), rel_tol=0, abs_tol=0.51 * 10.0**-decimals)
