"""Choices: a code, from the code itself or from one of its labels in either language."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import TypeAlias

from analysis.intake.cells.read import Read, ask, cleaned, folded, is_blank, refuse, shown
from analysis.intake.model import Cell

Labels: TypeAlias = Mapping[str, Collection[str]]
"""Code → the labels under which it is chosen; the code itself need not be among them."""

_MOST_NAMED = 8


def read_choice(cell: Cell, labels: Labels) -> Read:
    """Read a choice.

    Parameters
    ----------
    cell
        Any cell; small letters and capitals are the same, and Vietnamese may be written without
        its marks where only one code can be meant.
    labels
        What there is to choose from.

    Returns
    -------
    Read
        A code.
    """
    if is_blank(cell):
        return Read()
    text = cleaned(cell.text)
    if cell.kind in {"date", "boolean"}:
        return _unknown(cell, text, labels)
    if text in labels:
        return Read(text)
    for same in (folded, _unmarked):
        codes = _codes(text, labels, same)
        if len(codes) == 1:
            return Read(codes[0])
        if codes:
            what = f"{shown(text)} can be {' or '.join(codes)}"
            return ask(cell, what, f"write one of {', '.join(codes)}", codes)
    return _unknown(cell, text, labels)


def column_labels(resource: str, column: str) -> dict[str, tuple[str, ...]]:
    """Return what can be chosen in a column of the package.

    Parameters
    ----------
    resource, column
        Such as ``task_updates`` and ``status``.

    Returns
    -------
    dict
        Code → its Vietnamese and its English label.

    Raises
    ------
    KeyError
        If the package has no such column, or the column no codes.
    """
    from analysis.package.declared import declared

    tables = {one.name: one.fields for one in declared().resources}
    found = {one.name: one.enum_labels for one in tables[resource]}[column]
    if not found:
        raise KeyError(f"{resource}.{column} has no codes")
    return {code: (text["vi"], text["en"]) for code, text in found.items()}


def level_labels(
    levels: Iterable[Mapping[str, str]],
    scale: str,
    texts: Mapping[tuple[str, str], str] | None = None,
) -> dict[str, tuple[str, ...]]:
    """Return the levels that can be chosen on a scale.

    Parameters
    ----------
    levels
        Rows of table ``levels``.
    scale
        The scale, such as ``literacy``.
    texts
        Further texts of levels: ``(scale, text)`` → level id, as
        :class:`analysis.observe.facts.Facts` has them.

    Returns
    -------
    dict
        Level id → its Vietnamese label, its English label and the further texts; in the order of
        the table.
    """
    more = [(text, level) for (its, text), level in (texts or {}).items() if its == scale]
    found = {}
    for row in levels:
        if row["scale"] == scale:
            further = (text for text, level in more if level == row["level_id"])
            names = dict.fromkeys((row["label_vi"], row["label_en"], *further))
            found[row["level_id"]] = tuple(names)
    return found


def _codes(text: str, labels: Labels, same: Callable[[str], str]) -> tuple[str, ...]:
    meant = same(text)
    return tuple(
        code for code, names in labels.items() if meant in {same(name) for name in (code, *names)}
    )


def _unmarked(text: str) -> str:
    parts = unicodedata.normalize("NFD", folded(text).replace("đ", "d"))
    return "".join(one for one in parts if not unicodedata.combining(one))


def _unknown(cell: Cell, text: str, labels: Labels) -> Read:
    near = _near(text, labels)
    some = near or [next(iter(names), code) for code, names in labels.items()][:_MOST_NAMED]
    named = ", ".join(map(shown, some))
    mend = f"did you mean {named}?" if near else f"choose one, such as {named}"
    return refuse(cell, "unknown-choice", f"{shown(text)} is none of the choices here", mend)


def _near(text: str, labels: Labels) -> list[str]:
    names = {_unmarked(name): name for code, all_ in labels.items() for name in (code, *all_)}
    return [names[one] for one in get_close_matches(_unmarked(text[:200]), names, n=3)]
