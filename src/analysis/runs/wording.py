"""The wording of the pages around the reports: the texts ``page.…`` of :mod:`analysis.words`."""

from __future__ import annotations

from analysis.words import Words


def say(key: str, language: str, **values: object) -> str:
    """Return a text in ``vi`` or ``en``, with ``{names}`` filled in.

    Raises
    ------
    analysis.words.WordingError
        If there is no such text, or it lacks a value.
    """
    return Words(language)(f"page.{key}", **values)


def text(key: str, language: str) -> str:
    """Return a text as it stands in the catalogue.

    Raises
    ------
    analysis.words.WordingError
        If there is no such text.
    """
    return Words(language).text(f"page.{key}")
