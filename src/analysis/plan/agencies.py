"""Agencies: the registry, and an agency cell taken apart into the agencies it names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.plan.cells import Cell
from analysis.plan.errors import Problems

FILE = "agencies.yaml"
_SEPARATOR = re.compile(r"\s*[;,]\s*(?:và\s+)?|\s+và\s+")
_FIELDS = frozenset({"id", "name_vi", "name_en", "kind", "aliases", "successor_only"})


@dataclass(frozen=True)
class Agency:
    """One agency of the registry, with every way in which the plan prints its name."""

    id: str
    name_vi: str
    name_en: str
    kind: str
    aliases: tuple[str, ...]
    successor_only: bool


def normalise(text: str) -> str:
    """Return a printed name for comparison: NFC, casefolded, without ``- `` and end marks."""
    plain = unicodedata.normalize("NFC", text).casefold().strip()
    return re.sub(r"[\s.;/]+$", "", re.sub(r"^-\s+", "", plain))


class Registry:
    """All agencies, found by any of the names under which the plan prints them."""

    def __init__(self, agencies: Sequence[Agency]) -> None:
        self.agencies = tuple(agencies)
        self._by_name = {
            normalise(name): agency
            for agency in agencies
            for name in (agency.name_vi, *agency.aliases)
        }
        self._names = sorted(self._by_name, key=len, reverse=True)
        self._known: dict[str, tuple[Agency, ...]] = {}

    def split(self, text: str) -> tuple[Agency, ...]:
        """Take an agency cell apart, longest names first; empty if a part is not registered."""
        if text not in self._known:
            self._known[text] = self._split(normalise(text)) or ()
        return self._known[text]

    def _split(self, text: str) -> tuple[Agency, ...] | None:
        for name in self._names:
            if text == name:
                return (self._by_name[name],)
            separator = _SEPARATOR.match(text, len(name)) if text.startswith(name) else None
            rest = self._split(text[separator.end() :]) if separator else None
            if rest:
                return (self._by_name[name], *rest)
        return None

    def first_lines(self, lines: Iterable[Cell]) -> dict[str, int]:
        """Return the first line that names each agency: ``{agency_id: line}``."""
        names = "|".join(re.escape(name) for name in self._names)
        pattern = re.compile(rf"(?<!\w)(?:{names})(?!\w)")
        found: dict[str, int] = {}
        for line in lines:
            for match in pattern.finditer(line.text.casefold()):
                found.setdefault(self._by_name[match[0]].id, line.line)
        return found


def load_agencies(entries: Sequence[Mapping[str, Any]], problems: Problems) -> Registry:
    """Turn the entries of agencies.yaml into the registry, noting those that are malformed."""
    agencies = []
    for number, entry in enumerate(entries, start=1):
        where = f"{FILE}, entry {number}"
        if set(entry) != _FIELDS:
            fields = f"the fields are {sorted(entry)}, not {sorted(_FIELDS)}"
            problems.add(fields, where, "write it like the other entries")
            continue
        agencies.append(Agency(**{**entry, "aliases": tuple(entry["aliases"])}))
    _check_names(agencies, problems)
    return Registry(agencies)


def _check_names(agencies: Sequence[Agency], problems: Problems) -> None:
    owners: dict[str, str] = {}
    for agency in agencies:
        for name in {agency.id, *map(normalise, (agency.name_vi, *agency.aliases))}:
            owner = owners.setdefault(name, agency.id)
            if owner != agency.id:
                what = f"{name!r} means both {owner} and {agency.id}"
                problems.add(what, FILE, "leave the name with one of the two")
    ids = [agency.id for agency in agencies]
    for repeated in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
        problems.add(f"the id {repeated!r} stands twice", FILE, "give every agency its own id")
