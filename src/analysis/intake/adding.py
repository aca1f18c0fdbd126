"""Taking files in: read, understood, laid beside what is recorded, and only then recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, TypeVar

from analysis.errors import UserError, UserErrors, raise_all
from analysis.intake.checks import findings as plausibility
from analysis.intake.layouts import Background, understand
from analysis.intake.ledger import Batch, addition, commit, withdrawal
from analysis.intake.model import Book, Cell, Finding, Place, Placed, Sheet, Submission
from analysis.intake.preview import Preview, is_recorded, preview
from analysis.intake.reading import read_book
from analysis.intake.recorded import Recorded
from analysis.observe import standing
from analysis.observe.checks import row_faults
from analysis.observe.facts import Facts, read_facts
from analysis.observe.layout import VALUES
from analysis.package import Tables, load
from analysis.package.changing import changing, reading, silent

T = TypeVar("T")
R = TypeVar("R")

BLOCKING: Final = ("error", "question")
"""With a finding of these severities nothing is taken in."""

Answers = Mapping[Place, str]
"""Place of a cell that can be read in two ways → the reading that is meant."""


@dataclass(frozen=True)
class Desk:
    """What files are read beside: the data as they are at one moment.

    Parameters
    ----------
    root
        The folder of the package.
    recorded, facts
        What is recorded, and what is declared.
    tables
        The frames of what stands.
    descriptor
        That of the package.
    """

    root: Path
    recorded: Recorded
    facts: Facts
    tables: Tables
    descriptor: Mapping[str, Any]

    @classmethod
    def open(cls, root: Path) -> Desk:
        """Read the data in a folder; nobody changes them meanwhile."""
        with reading(root):
            loaded = load(root)
            return cls(
                root,
                Recorded.read(root),
                read_facts(root / "data"),
                standing(loaded),
                loaded.descriptor,
            )

    @property
    def background(self) -> Background:
        """What a file is understood by."""
        return Background(
            self.descriptor,
            self.tables,
            self.facts,
            self.root,
            partial(is_recorded, recorded=self.recorded, facts=self.facts),
        )


def look(
    desk: Desk, files: Sequence[Path], *, as_of: date, answers: Answers | None = None
) -> Preview:
    """Return what taking files in would do; nothing is changed.

    Parameters
    ----------
    desk
        What they are read beside.
    files
        Filled forms, or files in the documented layouts.
    as_of
        The day of entry: periods that begin later are refused.
    answers
        How cells are meant that can be read in two ways.

    Returns
    -------
    Preview
        If any of its findings is an error or a question, its lines are not complete and the files
        cannot be taken.

    Raises
    ------
    UserErrors
        If a file cannot be read as a file, or has no known layout: every fault of all files.
    """
    raise_all(_named_twice(files))
    books = [_answered(book, answers or {}) for book in _books(files)]
    submissions = _understood(books, desk)
    found = [one for submission in submissions for one in _found(submission, desk.facts)]
    if any(one.severity in BLOCKING for one in found):
        return preview((), desk.recorded, desk.facts).with_findings(found)
    shown = preview(submissions, desk.recorded, desk.facts)
    odd = [
        one
        for submission in shown.submissions
        for one in plausibility(
            shown.new_of(submission), desk.tables, as_of=as_of, facts=desk.facts
        )
    ]
    return shown.with_findings([*found, *_across(submissions), *odd])


def _named_twice(files: Sequence[Path]) -> Iterator[UserError]:
    names = sorted(path.name for path in files)
    for one, other in pairwise(names):
        if one == other:
            what = f"two files are called {one!r}: nobody could say later which row is of which"
            yield UserError(what, one, "rename one of them, or hand them in one after the other")


def _books(files: Sequence[Path]) -> list[Book]:
    return _all_of(files, read_book)


def _understood(books: Sequence[Book], desk: Desk) -> list[Submission]:
    background = desk.background
    return _all_of(books, lambda book: understand(book, background))


def _all_of(things: Iterable[T], do: Callable[[T], R]) -> list[R]:
    """Do something with all things; the faults of all of them are told together."""
    done: list[R] = []
    errors: list[UserError] = []
    for thing in things:
        try:
            done.append(do(thing))
        except UserErrors as error:
            errors += error.errors
        except UserError as error:
            errors.append(error)
    raise_all(errors)
    return done


def _answered(book: Book, answers: Answers) -> Book:
    """Return a book in which cells say for certain what they were said to mean."""
    if not any(place.file == book.file for place in answers):
        return book
    sheets = [
        Sheet(sheet.name, tuple(tuple(_meant(cell, answers) for cell in row) for row in sheet.rows))
        for sheet in book.sheets
    ]
    return replace(book, sheets=tuple(sheets))


def _meant(cell: Cell, answers: Answers) -> Cell:
    text = answers.get(cell.place)
    if text is None:
        return cell
    try:
        return replace(cell, kind="number", text=text, number=Decimal(text))
    except ArithmeticError:
        return replace(cell, kind="text", text=text, number=None, day=None)


def _found(submission: Submission, facts: Facts) -> list[Finding]:
    """Return what was found while a file was read, and what the ingestion could not read."""
    return [*submission.findings, *_unreadable(submission, facts)]


def _unreadable(submission: Submission, facts: Facts) -> Iterator[Finding]:
    """Give the cells that the ingestion cannot read, unless that was found before."""
    told = {one.place for one in submission.findings}
    for entry in submission.entries:
        faults = [*row_faults(VALUES, entry.row, facts), *_of_publisher(entry, facts)]
        for column, (what, mend) in faults:
            if entry.at(column) not in told:
                yield Finding("unreadable", "error", what, entry.at(column), mend)
    for task in submission.tasks:
        for column, (what, mend) in _of_publisher(task, facts):
            if task.at(column) not in told:
                yield Finding("unreadable", "error", what, task.at(column), mend)


def _of_publisher(placed: Placed, facts: Facts) -> Iterator[tuple[str, tuple[str, str]]]:
    publisher = placed.row["publisher"]
    if not publisher:
        what, mend = "no publisher is named", "name the agency, newspaper or site"
        yield "publisher", (what, mend)
    elif publisher not in facts.publishers:
        what = f"the publisher {publisher!r} is not declared"
        mend = "write an agency's name as the data have it, or add it with its tier to "
        yield "publisher", (what, f"{mend}data/source/publishers.yaml")


def _across(submissions: Sequence[Submission]) -> Iterator[Finding]:
    """Give rows that stand in two files."""
    seen: dict[tuple[str, ...], Placed] = {}
    names = ("indicator_code", "part", "area", "period", "source_title", "publisher", "unit")
    for submission in submissions:
        for entry in submission.entries:
            key = tuple(entry.row[name] for name in names)
            other = seen.setdefault(key, entry)
            if other.at().file != entry.at().file:
                what = f"the same period and source stand in {other.at()}"
                mend = "hand in one of the two"
                yield Finding("in-two-files", "error", what, entry.at("value"), mend)


def record(
    desk: Desk,
    shown: Preview,
    *,
    day: date,
    note: str = "",
    wait: float = 0,
    waiting: Callable[[], None] = silent,
) -> Batch:
    """Record what a preview shows.

    Parameters
    ----------
    desk
        The very one that the preview is of.
    shown
        Without errors and questions, with something new.
    day, note
        The day of entry, and a note on the addition.
    wait, waiting
        As for :func:`analysis.package.changing.changing`.

    Raises
    ------
    UserErrors
        If the preview has errors or questions, the data have changed since, or the package would
        not be sound; then nothing was changed.
    analysis.package.changing.BusyError
        If others are still at work on the data after the time to wait.
    """
    raise_all(one.as_error() for one in (*shown.of("error"), *shown.of("question")))
    batch = addition(shown, desk.recorded, desk.facts, day=day, note=note)
    with changing(desk.root, wait=wait, waiting=waiting):
        commit(desk.root, batch, desk.recorded)
    return batch


def undo(desk: Desk, *, day: date, reason: str = "", wait: float = 0, waiting: Any = None) -> Batch:
    """Take the last addition back: a row is written that says so; nothing is deleted.

    Parameters and errors are those of :func:`record`.
    """
    batch = withdrawal(desk.recorded, day=day, reason=reason)
    with changing(desk.root, wait=wait, waiting=waiting):
        commit(desk.root, batch, desk.recorded)
    return batch
