"""Names: the print cleaned by readings, and the English of names, headings and targets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from analysis.plan.cells import Cell
from analysis.plan.errors import Problems
from analysis.plan.readings import FILE as READINGS_FILE
from analysis.plan.readings import ReadingBook

FILE = "translations.yaml"
CLEANING_KINDS = ("correction", "spelling", "abbreviation", "trailing_mark")


def clean_name(place: str, source: Cell, readings: ReadingBook, problems: Problems) -> str:
    """Return a printed name with the corrections that the readings state for its place.

    A ``trailing_mark`` is taken off the end; the other kinds replace a part wherever it stands.
    """
    name = source.text
    for reading, fragment in readings.fragments(CLEANING_KINDS, place):
        stands = fragment in name if reading.kind != "trailing_mark" else name.endswith(fragment)
        if not stands or not readings.use_fragment(reading, place, fragment, source):
            what = f"{reading.id} corrects {fragment!r}, which line {source.line} does not hold"
            problems.add(what, f"{READINGS_FILE}, place {place}", "correct or delete the reading")
        elif reading.kind == "trailing_mark":
            name = name.removesuffix(fragment) + reading.value["to"]
        else:
            name = name.replace(fragment, reading.value["to"])
    return name


class Translations:
    """The English texts of translations.yaml, with the record of those that were asked for."""

    def __init__(self, texts: Mapping[str, Any], problems: Problems) -> None:
        self._texts = _flatten(texts, problems)
        self._asked: set[tuple[str, ...]] = set()
        self._problems = problems

    def get(self, section: str, *keys: str) -> str:
        """Return a text, e.g. ``get("indicators", "3.1")``; empty and a fault if missing."""
        path = (section, *keys)
        self._asked.add(path)
        text = self._texts.get(path, "")
        if not text:
            self._problems.add(
                f"{' > '.join(path)} has no text", f"{FILE}, {section}", "translate it there"
            )
        return text

    def check_all_asked(self) -> None:
        """Note every text whose key names nothing in the plan."""
        for path in self._texts:
            if path not in self._asked:
                what = f"{' > '.join(path)} names nothing in the plan"
                self._problems.add(what, f"{FILE}, {path[0]}", "delete it or mend its key")


def _flatten(texts: Mapping[str, Any], problems: Problems) -> dict[tuple[str, ...], str]:
    flat: dict[tuple[str, ...], str] = {}
    for path, text in _leaves(texts, ()):
        if any(isinstance(key, float) for key in path):
            # YAML reads 5.10 without quotes as the number 5.1.
            problems.add(f"the key {path[-1]} is a number", f"{FILE}, {path[0]}", "quote the key")
        flat[tuple(map(str, path))] = text
    return flat


def _leaves(
    tree: Mapping[Any, Any], path: tuple[Any, ...]
) -> Iterable[tuple[tuple[Any, ...], str]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*path, key))
        else:
            yield (*path, key), str(value)
