"""The wording of the pages around the reports, from ``wording.yaml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


def say(key: str, language: str, **values: object) -> str:
    """Return a text in ``vi`` or ``en``, with ``{names}`` filled in.

    Raises
    ------
    KeyError
        If there is no such text, or it lacks a value.
    """
    return text(key, language).format(**values)


def text(key: str, language: str) -> str:
    """Return a text as it stands in the file; only the first dot of a key parts its levels.

    Raises
    ------
    KeyError
        If there is no such text.
    """
    node: Any = _texts()
    for part in key.split(".", 1):
        node = node[part]
    return str(node[language])


@cache
def _texts() -> dict[str, Any]:
    content = files("analysis.runs").joinpath("wording.yaml").read_text(encoding="utf-8")
    texts: dict[str, Any] = yaml.safe_load(content)
    return texts
