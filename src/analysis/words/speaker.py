"""A speaker of one language: texts filled in; numbers, dates and lists as it writes them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TypeVar

from analysis.words.catalogue import WordingError, catalogue

_MARKS = {"vi": (".", ","), "en": (",", ".")}
_MINUS = "\u2212"
_PRINTED_DIGITS = 10
_ASKED_FOR: set[str] = set()

T = TypeVar("T")


def asked_for() -> tuple[str, ...]:
    """Return every text that this process has asked for, as ``vi/verdict.MET``, sorted.

    Texts that were looked for in vain are among them: what is written depends on them as well.
    """
    return tuple(sorted(_ASKED_FOR))


@contextmanager
def unasked() -> Iterator[None]:
    """Forget which texts are asked for inside: nothing is made with them but what is kept.

    For what is kept see :func:`kept`.
    """
    before = frozenset(_ASKED_FOR)
    try:
        yield
    finally:
        _ASKED_FOR.intersection_update(before)


def kept(make: Callable[[], T]) -> Callable[[], T]:
    """Have a function make its value only once; whoever asks for it asks for its texts as well."""
    made: list[tuple[T, frozenset[str]]] = []

    @wraps(make)
    def give() -> T:
        if not made:
            before = frozenset(_ASKED_FOR)
            _ASKED_FOR.clear()
            try:
                made.append((make(), frozenset(_ASKED_FOR)))
            finally:
                _ASKED_FOR.update(before)
        value, texts = made[0]
        _ASKED_FOR.update(texts)
        return value

    return give


class Words:
    """Wording in one language.

    Parameters
    ----------
    language
        ``vi`` or ``en``.

    Raises
    ------
    WordingError
        If the language has no catalogue.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = catalogue(language)

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of ``key`` with ``{names}`` filled in.

        With a value ``n``, the key ``….one`` is preferred for 1 where the language has it.
        """
        text = self.text(self._form(key, values.get("n")))
        try:
            return text.format(**values)
        except KeyError as missing:
            raise WordingError(f"text {key!r} needs the value {missing}") from None

    def text(self, key: str) -> str:
        """Return a text as it stands in the catalogue.

        Raises
        ------
        WordingError
            If there is no such text.
        """
        if not self.has(key):
            where = f"words/{self.language}"
            raise WordingError(f"no text {key!r} in {where}: add it to both languages")
        return self._texts[key]

    def _form(self, key: str, n: object) -> str:
        one = f"{key}.one"
        if n == 1 and self.has(one):
            return one
        return key if self.has(key) else f"{key}.other"

    def has(self, key: str) -> bool:
        """Tell whether the catalogue holds ``key``."""
        _ASKED_FOR.add(f"{self.language}/{key}")
        return key in self._texts

    def number(
        self, value: float | None, decimals: int | None = None, *, signed: bool = False
    ) -> str:
        """Write a number with this language's marks; without ``decimals`` as it was given."""
        if value is None or not math.isfinite(value):
            return self("no_value")
        digits = f"{abs(value):,.{decimals}f}" if decimals is not None else _as_given(abs(value))
        nothing = all(mark in "0.," for mark in digits)
        sign = "" if nothing else (_MINUS if value < 0 else "+" if signed else "")
        return sign + digits.translate(self._table())

    def _table(self) -> dict[int, str]:
        thousands, point = _MARKS[self.language]
        return {ord(","): thousands, ord("."): point}

    def quantity(
        self, value: float, symbol: str, decimals: int | None = None, *, signed: bool = False
    ) -> str:
        """Write a number with its unit: ``87,5 %``."""
        number = self.number(value, decimals, signed=signed)
        return f"{number}\u00a0{symbol}" if symbol else number

    def period(self, period: str) -> str:
        """Write a period of the data (``2025``, ``2025-06``, ``2025-H1``, ``2016-2018``)."""
        year, _, part = period.partition("-")
        if not part:
            return year
        if part[0] == "H":
            return self(f"period.{part}", year=year)
        if part[0] == "Q":
            return self("period.Q", n=part[1:], year=year)
        if len(part) == len("06"):
            return self("period.month", name=self(f"month.{int(part)}"), year=year)
        return f"{year}\u2013{part}"

    def date(self, day: str) -> str:
        """Write an ISO date as this language does."""
        year, month, number = day[:10].split("-")
        if self.language == "vi":
            return f"{int(number)}/{int(month)}/{year}"
        return f"{int(number)} {self('month.' + str(int(month)))} {year}"

    def listing(self, items: Iterable[str], most: int | None = None) -> str:
        """Join items as a sentence does: ``a, b và c``; beyond ``most`` the rest is counted."""
        parts = list(items)
        if most is not None and len(parts) > most:
            rest = self("list.more", n=len(parts) - most)
            parts = [*parts[:most], rest]
        if len(parts) < 2:
            return "".join(parts)
        return self("list.last", head=", ".join(parts[:-1]), last=parts[-1])


def _as_given(value: float) -> str:
    """Write all digits that were given: an observation is never rounded."""
    text = f"{value:,.{_PRINTED_DIGITS}f}"
    return text.rstrip("0").rstrip(".")
