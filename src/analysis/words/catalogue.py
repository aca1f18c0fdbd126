"""The catalogue of texts: reading, flattening and looking up."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal, get_args

import yaml

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

Texts = dict[str, str]


class WordingError(KeyError):
    """A text that is asked for is not in the catalogue, or lacks a value that it needs."""


@cache
def catalogue(language: str) -> Texts:
    """Return all texts of a language as ``{"verdict.MET": text, …}``.

    Raises
    ------
    WordingError
        If the language is neither ``vi`` nor ``en``.
    """
    if language not in LANGUAGES:
        raise WordingError(
            f"no wording in language {language!r}: choose one of {', '.join(LANGUAGES)}"
        )
    text = files("analysis.words").joinpath(f"{language}.yaml").read_text(encoding="utf-8")
    return dict(_flatten(yaml.safe_load(text)))


def _flatten(tree: dict[str, object], prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in tree.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            pairs += _flatten(value, f"{name}.")
        else:
            pairs.append((name, str(value)))
    return pairs
