"""The first sheet of the form: what it is, where the figures come from, how to fill it in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from analysis.intake.forms.answering import Answering
from analysis.intake.forms.asking import meanings
from analysis.intake.forms.layout import SOURCE
from analysis.intake.forms.wording import Both, both, dated

Kind = Literal["title", "section", "text", "sample", "entry"]

_NOTHING = Both("", "")


@dataclass(frozen=True)
class Item:
    """A line of the first sheet.

    Attributes
    ----------
    kind
        ``sample`` is a text that shows the ground of a cell to fill in; ``entry`` is such a cell.
    label, text
        What stands at the left, and beside it.
    key
        Which field of the source is asked for; empty for other lines.
    given
        What the cell holds to begin with.
    """

    kind: Kind
    label: Both
    text: Both = _NOTHING
    key: str = ""
    given: str = ""


def guide(agency: Answering, year: int, version: str, day: date, file: str) -> tuple[Item, ...]:
    """Return the lines of the first sheet.

    Parameters
    ----------
    agency
        For whom the form is.
    year
        The year that it asks for.
    version, day
        Of the data, and the day of which the form shows the state.
    file
        The form's own name.
    """
    uncertain = any(one.standing == "uncertain" for one in agency.duties)
    return (
        Item("title", both("form.title.guide", year=year)),
        Item("text", both("form.guide.agency"), agency.name),
        *_about(version, day, collective=agency.is_collective),
        *_source("" if agency.is_collective else agency.name.vi, year),
        *_how(year, uncertain=uncertain),
        *_choices(agency),
        Item("section", both("form.guide.back")),
        Item("text", _NOTHING, both("form.guide.back_text", file=file)),
    )


def _text(key: str, **values: object) -> Item:
    text = both(f"form.guide.{key}_text", **values)
    return Item("text", both(f"form.guide.{key}"), text)


def _about(version: str, day: date, *, collective: bool) -> Iterator[Item]:
    yield _text("basis")
    yield _text("about")
    if collective:
        yield _text("collective")
    yield _text("data", version=version, day=dated(day.isoformat()))
    yield _text("public")


def _source(issuer: str, year: int) -> Iterator[Item]:
    yield Item("section", both("form.guide.source"))
    yield Item("text", _NOTHING, both("form.guide.source_text"))
    for key in SOURCE:
        text = both(f"form.guide.{key}_text", year=year)
        given = issuer if key == "issuer" else ""
        yield Item("entry", both(f"form.guide.{key}"), text, key, given)


def _how(year: int, *, uncertain: bool) -> Iterator[Item]:
    yield Item("section", both("form.guide.how"))
    yield Item("sample", both("form.guide.cells"), both("form.guide.cells_text"))
    for key in ("empty", "numbers", "period", "fraction", "dates", "other_source"):
        yield _text(key, year=year)
    if uncertain:
        yield _text("uncertain")


def _choices(agency: Answering) -> Iterator[Item]:
    """Explain the choices of the sheets that the form has."""
    yield Item("section", both("form.guide.choices"))
    wanted = {"status", "comparability"} if agency.of("indicator") else set()
    wanted |= {"task_status"} if agency.of("task") else set()
    for name, some in meanings().items():
        if name in wanted:
            for place, one in enumerate(some):
                yield Item("text", both(f"form.guide.{name}") if place == 0 else _NOTHING, one)
