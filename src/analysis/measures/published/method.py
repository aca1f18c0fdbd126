"""What a published method is: its words, its sources, what it needs, and what it returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from analysis.measures.arrays import Bools, Floats
from analysis.measures.arrays import words as spelled

Mark = Literal["S", "T", "R"]
Classes = NDArray[np.object_]

# The answer that every method has where its rule gives none.
NOT_AVAILABLE = "not_available"


@dataclass(frozen=True)
class Category:
    """One class of a method.

    Attributes
    ----------
    code
        What :func:`analysis.measures.published.compare` writes.
    vi, en
        The wording. English follows the publisher's, shortened where it explains itself, and is
        this project's where the publisher names no class (status index, grey classes); Vietnamese
        is this project's translation and not official.
    """

    code: str
    vi: str
    en: str


@dataclass(frozen=True)
class Outcome:
    """What a method says of N rows, (N,) each.

    Attributes
    ----------
    value
        The method's own number; NaN where a row is classed without one.
    category
        Codes of the method's categories.
    score
        The method's score; NaN where it has none.
    """

    value: Floats
    category: Classes
    score: Floats

    @classmethod
    def unscored(cls, value: Floats, category: Classes) -> Outcome:
        """Return the outcome of a method that gives no score."""
        return cls(value, category, np.full(len(value), np.nan))


@dataclass(frozen=True)
class Method:
    """A published method.

    Attributes
    ----------
    name
        The name by which it is asked for.
    title_vi, title_en
        Who published it, what it is, which edition.
    value_vi, value_en
        What the column ``value`` holds.
    categories
        The classes in order, best first, those that are no judgement last.
    sources
        Addresses of the rule.
    mark
        How the rule is known: ``S`` read in the publisher's own text, ``T`` in another public
        body's transcription or implementation, ``R`` recalled and to be checked before it is
        quoted in public. The weakest mark of what decides a class.
    needs
        Columns without which it cannot be asked.
    run
        The rule itself: takes the inputs, and the options by name.
    extras
        Columns that it looks at if they are there; ``years`` stands for the columns named by a
        year.
    options
        Options of the rule with their defaults.
    """

    name: str
    title_vi: str
    title_en: str
    value_vi: str
    value_en: str
    categories: tuple[Category, ...]
    sources: tuple[str, ...]
    mark: Mark
    needs: tuple[str, ...]
    run: Callable[..., Outcome] = field(repr=False, compare=False)
    extras: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


def listed(*rows: tuple[str, str, str]) -> tuple[Category, ...]:
    """Return categories from rows of code, Vietnamese and English."""
    return tuple(Category(*row) for row in rows)


def classed(steps: Sequence[tuple[Bools, str]], otherwise: str = NOT_AVAILABLE) -> Classes:
    """Give every row the name of the first condition that holds."""
    names = [name for _, name in steps]
    codes = np.select([condition for condition, _ in steps], list(range(len(steps))), len(steps))
    return spelled([*names, otherwise], codes)
