"""Hints that a note speaks of another denominator than its series has.

What a value can be a share or a rate of, and how notes say so, stands in ``denominators.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from analysis.intake.cells.read import folded

FILE = Path(__file__).with_name("denominators.yaml")

_NO_TERM = ""
_NEAR = 40  # characters, longer than any negation

_Found: TypeAlias = tuple[str, str]
"""Id of a base or term, and the words that name it."""

Patterns: TypeAlias = tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Denominators:
    """Declared denominators, made ready for search; see ``denominators.yaml``.

    Parameters
    ----------
    labels
        Id of a base or term → English label.
    ids
        Figure of a base, its sign, or word of a term, in small letters → id; the id of a word
        that is no term is empty.
    units
        Unit id → id of a base.
    words, signs
        Find words of terms, the longest at each place, and signs of bases.
    rates, rates_or_bounds, shares
        Find the phrases that name a base or a term. The group ``word`` of every pattern is a key
        of ``ids``.
    negated
        Finds a negation at the end of what stands before a phrase.
    share_units
        Units of shares, as written and by id.
    """

    labels: Mapping[str, str]
    ids: Mapping[str, str]
    units: Mapping[str, str]
    words: Patterns
    signs: Patterns
    rates: Patterns
    rates_or_bounds: Patterns
    shares: Patterns
    negated: re.Pattern[str]
    share_units: frozenset[str]


def hints(note: str, unit_text: str, series_name_vi: str, unit_id: str) -> list[str]:
    """Say where a note names another denominator than the name or unit of its series.

    Parameters
    ----------
    note
        What stands beside the value.
    unit_text
        The unit as written in the row; may be empty.
    series_name_vi
        The Vietnamese name of the indicator, with that of the part where there is one.
    unit_id
        The unit of the series.

    Returns
    -------
    list of str
        One English sentence for each such denominator. Nothing is said of shares where the name
        names no denominator that is known, nor of any where the note names the right one as well.
    """
    known = declared()
    said, name, unit = folded(note), folded(series_name_vi), folded(unit_text)
    own = _own_bases(name, unit, unit_id, known)
    told = known.rates_or_bounds if own else ()
    found = _others(said, (*known.signs, *known.rates, *told), own, known)
    rates = [_rate_hint(id_, phrase, own, known) for id_, phrase in found]
    if unit_id not in known.share_units or (unit and unit not in known.share_units):
        return rates
    whole = _ids(name, known.words, known)
    others = _others(said, known.shares, whole, known) if whole else []
    return rates + [_share_hint(id_, phrase, whole, known) for id_, phrase in others]


@cache
def declared() -> Denominators:
    """Return the denominators of ``denominators.yaml``."""
    import yaml

    return read_denominators(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def read_denominators(entries: Mapping[str, Any]) -> Denominators:
    """Make declared denominators ready for search.

    Parameters
    ----------
    entries
        The content of a file such as ``denominators.yaml``.
    """
    figures = {one: base["id"] for base in entries["bases"] for one in base["figures"]}
    signs = {one: base["id"] for base in entries["bases"] for one in base["signs"]}
    words = {one: term["id"] for term in entries["terms"] for one in term["words"]}
    words |= dict.fromkeys(entries["not_terms"], _NO_TERM)
    return Denominators(
        labels={one["id"]: one["label"] for one in (*entries["bases"], *entries["terms"])},
        ids={folded(one): id_ for one, id_ in {**figures, **signs, **words}.items()},
        units={unit: base["id"] for base in entries["bases"] for unit in base["units"]},
        words=(_phrase([], words, []),),
        signs=(re.compile(f"(?P<word>{_any_of(signs)})"),),
        rates=_figures(entries["rates"], figures),
        rates_or_bounds=_figures(entries["rates_or_bounds"], figures),
        shares=(_phrase(entries["shares"], words, []),),
        negated=re.compile(rf"(?<!\w)(?:{_any_of(entries['negations'])}) ?$"),
        share_units=frozenset(entries["share_units"]),
    )


def _figures(phrases: Iterable[Mapping[str, list[str]]], figures: Iterable[str]) -> Patterns:
    return tuple(_phrase(one["before"], figures, one.get("after", [])) for one in phrases)


def _phrase(before: list[str], words: Iterable[str], after: list[str]) -> re.Pattern[str]:
    """Return a pattern of one of the words between what must stand before and behind it."""
    first = f"(?:{_any_of(before)}) ?" if before else ""
    last = f" (?:{_any_of(after)})" if after else r"(?![.,]?[0-9])"
    return re.compile(rf"{_START}{first}(?P<word>{_any_of(words)}){last}(?!\w)")


_START = r"(?:(?<!\w)|(?=\W))"  # where a word begins, or a sign such as % right behind a number


def _any_of(texts: Iterable[str]) -> str:
    """Return a pattern of any of these texts, the longest first."""
    return "|".join(map(re.escape, sorted(map(folded, texts), key=len, reverse=True)))


def _own_bases(name: str, unit: str, unit_id: str, known: Denominators) -> frozenset[str]:
    """Return the bases of the rate that a series is; empty if it is none."""
    patterns = (*known.signs, *known.rates, *known.rates_or_bounds)
    by_unit = frozenset({known.units[unit_id]} if unit_id in known.units else ())
    return by_unit | _ids(name, patterns, known) | _ids(unit, patterns, known)


def _ids(text: str, patterns: Patterns, known: Denominators) -> frozenset[str]:
    return frozenset(id_ for id_, _ in _named(text, patterns, known))


def _named(text: str, patterns: Patterns, known: Denominators) -> Iterator[_Found]:
    for pattern in patterns:
        for found in pattern.finditer(text):
            id_ = known.ids[found["word"]]
            just_before = text[max(0, found.start() - _NEAR) : found.start()]
            if id_ != _NO_TERM and not known.negated.search(just_before):
                yield id_, found[0].strip()


def _others(
    text: str, patterns: Patterns, own: frozenset[str], known: Denominators
) -> list[_Found]:
    """Return what a text names, each once, unless it names what is the series' own as well."""
    found = dict[str, str]()
    for id_, phrase in _named(text, patterns, known):
        found.setdefault(id_, phrase)
    return [] if own & found.keys() else [*found.items()]


def _rate_hint(id_: str, phrase: str, own: Collection[str], known: Denominators) -> str:
    theirs = f"is one {_labels(own, known)}" if own else "is no such rate"
    return f"the note says {phrase!r}, a rate {known.labels[id_]}; the indicator {theirs}"


def _share_hint(id_: str, phrase: str, whole: Collection[str], known: Denominators) -> str:
    return (
        f"the note says {phrase!r}, a share of {known.labels[id_]}; the indicator's name speaks of"
        f" {_labels(whole, known)}"
    )


def _labels(ids: Collection[str], known: Denominators) -> str:
    return " and ".join(known.labels[one] for one in known.labels if one in ids)
