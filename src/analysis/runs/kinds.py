"""Kinds of report: each is a notebook that says in its metadata that the run is to make it.

A notebook takes part if its metadata hold an object ``plan155``::

    "plan155": {"subject": "group_id", "order": 30}

``subject`` is the parameter that says what one report is about, one of :data:`SUBJECTS`, or empty
for a report on the whole plan; ``order`` is its place among the kinds. The name of the file is the
name of the kind. A notebook that has no wording ``page.kind.<name>`` in :mod:`analysis.words` gives
its own title: ``"titles": {"vi": …, "en": …}``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from analysis.errors import UserError, raise_all
from analysis.words import LANGUAGES, Words

SUBJECTS: Final = ("group_id", "task_group_id", "agency_id")
"""Parameters that can say what a report is about."""

NAME = re.compile(r"[a-z][a-z0-9_]*")
_KEYS: Final = {"subject", "order", "titles"}


@dataclass(frozen=True)
class Kind:
    """A kind of report.

    Parameters
    ----------
    name
        The name of its notebook, without the ending.
    subject
        The parameter that says what one report is about; empty: the whole plan.
    order
        Its place among the kinds.
    titles
        Its short name by language, where the wording has none.
    """

    name: str
    subject: str = ""
    order: int = 0
    titles: Mapping[str, str] = field(default_factory=dict, compare=False)

    def title(self, language: str) -> str:
        """Return the short name of the kind."""
        words, key = Words(language), f"page.kind.{self.name}"
        return words(key) if words.has(key) else self.titles.get(language, self.name)


def read_kinds(notebooks: Path) -> tuple[Kind, ...]:
    """Return the kinds of report in a folder of notebooks, in their order.

    Raises
    ------
    UserErrors
        If there is no such folder, a notebook cannot be read, or says of itself what is not
        understood; all faults together.
    """
    faults: list[UserError] = []
    if not notebooks.is_dir():
        faults.append(UserError("there is no folder of notebooks", str(notebooks), "--notebooks"))
    kinds = [_kind(path, faults) for path in sorted(notebooks.glob("*.ipynb"))]
    found = [kind for kind in kinds if kind is not None]
    if not found and not faults:
        mend = 'add "plan155" to the metadata of a notebook, see docs/guide/writing-a-notebook.md'
        faults.append(UserError("no notebook takes part in the run", str(notebooks), mend))
    raise_all(faults)
    return tuple(sorted(found, key=lambda kind: (kind.order, kind.name)))


def _kind(path: Path, faults: list[UserError]) -> Kind | None:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))["metadata"].get("plan155")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"the notebook cannot be read: {error!r}"
        faults.append(UserError(what, str(path), "open and save it with Jupyter"))
        return None
    if told is None:
        return None
    wrong = _wrong(path.stem, told)
    faults.extend(UserError(what, f"{path}: metadata plan155", mend) for what, mend in wrong)
    return None if wrong else Kind(path.stem, **{"titles": {}, **told})


def _wrong(name: str, told: Any) -> list[tuple[str, str]]:
    """Return what is wrong with what a notebook says of itself, and how to mend it."""
    if not isinstance(told, dict):
        return [("it is not an object", 'write {"subject": "group_id", "order": 30}')]
    tests = {
        f"the name {name!r} cannot be that of a folder": (
            NAME.fullmatch(name) is not None,
            "use small letters, digits and underscores",
        ),
        f"unknown keys: {', '.join(sorted(set(told) - _KEYS))}": (
            set(told) <= _KEYS,
            f"use {', '.join(sorted(_KEYS))}",
        ),
        f"unknown subject {told.get('subject', '')!r}": (
            told.get("subject", "") in ("", *SUBJECTS),
            f"use one of {', '.join(SUBJECTS)}, or leave it empty for the whole plan",
        ),
        f"the order {told.get('order')!r} is no whole number": (
            isinstance(told.get("order", 0), int),
            "write a whole number",
        ),
        "the titles are not one text for each language": (
            _is_titles(told.get("titles", dict.fromkeys(LANGUAGES, ""))),
            'write {"vi": "…", "en": "…"}',
        ),
    }
    return [(what, mend) for what, (good, mend) in tests.items() if not good]


def _is_titles(titles: Any) -> bool:
    return (
        isinstance(titles, dict)
        and set(titles) == set(LANGUAGES)
        and all(isinstance(text, str) for text in titles.values())
    )
