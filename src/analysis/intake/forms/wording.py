"""Text in both languages, and how a cell of the form says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from analysis.words import Words

Look = Literal["vi", "strong", "en", "small"]
"""How a run of text is set: Vietnamese, Vietnamese in bold, English, Vietnamese remarks."""


@dataclass(frozen=True)
class Both:
    """A text in Vietnamese and English."""

    vi: str
    en: str


@dataclass(frozen=True)
class Run:
    """A piece of a cell's text in one look."""

    text: str
    look: Look = "vi"


Said = tuple[Run, ...]
"""The text of a cell, from left to right; a run may begin with a line end."""


@cache
def words(language: str) -> Words:
    """Return the speaker of a language."""
    return Words(language)


def both(key: str, **values: object) -> Both:
    """Return a text of the catalogue in both languages.

    Parameters
    ----------
    key
        Its key.
    **values
        What fills it; a :class:`Both` fills each language with its own text.
    """
    vi = {name: one.vi if isinstance(one, Both) else one for name, one in values.items()}
    en = {name: one.en if isinstance(one, Both) else one for name, one in values.items()}
    return Both(words("vi")(key, **vi), words("en")(key, **en))


def dated(day: str) -> Both:
    """Return a day, written ``2025-12-31``, as each language writes it."""
    return Both(words("vi").date(day), words("en").date(day))


def stacked(text: Both, look: Look = "vi") -> Said:
    """Say a text with the English on a line of its own below; once where both are the same."""
    return (Run(text.vi, look), *below(text))


def below(text: Both) -> Said:
    """Return the English line of a text; nothing if it says the same or there is none."""
    return (Run(f"\n{text.en}", "en"),) if text.en and text.en != text.vi else ()


def beside(text: Both, look: Look = "vi") -> Said:
    """Say a text with the English after it on the same line."""
    return (Run(text.vi, look), Run(f"   {text.en}", "en"))


def remark(text: Both) -> Said:
    """Say a text as a remark: both languages small, on lines of their own."""
    return (Run(f"\n{text.vi}", "small"), *below(text))


def plain(said: Said) -> str:
    """Return the text of a cell without its looks."""
    return "".join(run.text for run in said)


def texts(row: Mapping[str, object], *columns: str) -> list[str]:
    """Return cells of a row of the package as text; a missing one is empty."""
    return [one if isinstance(one := row[name], str) else "" for name in columns]


def pair(row: Mapping[str, object], column: str) -> Both:
    """Return the two columns of a bilingual text, such as ``name_vi`` and ``name_en``."""
    vi, en = texts(row, f"{column}_vi", f"{column}_en")
    return Both(vi, en)
