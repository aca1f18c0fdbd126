"""Taking files in: read, understood, laid beside what is recorded, and only then recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

from analysis.errors import UserError, UserErrors, raise_all
from analysis.intake.checks import findings as plausibility
from analysis.intake.layouts import Background, understand
from analysis.intake.ledger import Batch, addition, commit, withdrawal
from analysis.intake.model import Book, Cell, Finding, Place, Placed, Sheet, Submission
from analysis.intake.preview import Preview, is_recorded, preview
from analysis.intake.reading import read_book
from analysis.intake.reading.source import shown as printable
from analysis.intake.recordable import noted, unrecordable
from analysis.intake.recorded import KEY, Recorded
from analysis.observe import standing
from analysis.observe.facts import Facts, read_facts
from analysis.package import Tables, load
from analysis.package.changing import MOMENT, changing, reading, silent

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
    def open(cls, root: Path, *, wait: float = MOMENT) -> Desk:
        """Read the data in a folder; nobody changes them meanwhile.

        Parameters
        ----------
        root
            The folder of the package.
        wait
            Seconds to wait for a change under way.

        Raises
        ------
        analysis.package.changing.BusyError
            If the change is not over by then.
        """
        with reading(root, wait=wait):
            loaded = load(root)
            return cls(
                root,
                Recorded.read(root),
                read_facts(root / "data"),
                standing(loaded),
                loaded.descriptor,
            )

    @property
    def tasks(self) -> frozenset[str]:
        """The ids of the plan's tasks."""
        return frozenset(self.tables["tasks"]["task_id"])

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
        If any of its findings is an error or a question, its lines lack the rows concerned and the
        files cannot be taken.

    Raises
    ------
    UserErrors
        If a file cannot be read as a file, or has no known layout: every error of all files.
    """
    raise_all([*_misnamed(files), *_named_twice(files)])
    books, unread = _tried(files, read_book)
    background = desk.background
    submissions, unknown = _tried(
        [_answered(book, answers or {}) for book in books],
        lambda book: understand(book, background),
    )
    found = [one for submission in submissions for one in _found(submission, desk)]
    sound = [_without(submission, found) for submission in submissions]
    shown = preview(sound, desk.recorded, desk.facts)
    odd = [
        one
        for submission in sound
        for one in plausibility(
            shown.new_of(submission), desk.tables, as_of=as_of, facts=desk.facts
        )
    ]
    shown = shown.with_findings([*found, *_across(shown), *odd])
    if errors := [*unread, *unknown]:
        raise_all([*errors, *(one.as_error() for one in shown.of("error"))])
    return shown


def _misnamed(files: Sequence[Path]) -> list[UserError]:
    return _tried(files, lambda path: noted(path.name, printable(path)))[1]


def _named_twice(files: Sequence[Path]) -> Iterator[UserError]:
    names = Counter(printable(Path(path.name)) for path in files)
    for name in sorted(name for name, number in names.items() if number > 1):
        what = f"two files are called {name!r}: nobody could say later which row is of which"
        yield UserError(what, name, "rename one of them, or hand them in one after the other")


def _tried(things: Iterable[T], do: Callable[[T], R]) -> tuple[list[R], list[UserError]]:
    """Do something with all things; return what came of them, and the faults of all of them."""
    done: list[R] = []
    errors: list[UserError] = []
    for thing in things:
        try:
            done.append(do(thing))
        except UserErrors as error:
            errors += error.errors
        except UserError as error:
            errors.append(error)
    return done, errors


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
    """Return a cell as it is meant; a number that is asked about is the code of an indicator."""
    text = answers.get(cell.place)
    if text is None:
        return cell
    try:
        number = None if cell.kind == "number" else Decimal(text)
    except ArithmeticError:
        number = None
    kind: Literal["text", "number"] = "text" if number is None else "number"
    return replace(cell, kind=kind, text=text, number=number, day=None)


def _found(submission: Submission, desk: Desk) -> list[Finding]:
    """Return what was found while a file was read, and what cannot be recorded of it."""
    return [*submission.findings, *unrecordable(submission, desk.facts, desk.tasks)]


def _without(submission: Submission, found: Iterable[Finding]) -> Submission:
    """Return a file without the rows of which a cell is refused or asked about."""
    places = {one.place for one in found if one.severity in BLOCKING}
    rows = {(one.file, one.sheet, one.row) for one in places}

    def is_sound(placed: Placed) -> bool:
        row = placed.at()
        stands = (row.file, row.sheet, row.row) not in rows
        return stands and places.isdisjoint(placed.places.values())

    return replace(
        submission,
        entries=tuple(filter(is_sound, submission.entries)),
        tasks=tuple(filter(is_sound, submission.tasks)),
    )


def _across(shown: Preview) -> Iterator[Finding]:
    """Give rows to be recorded that stand in two files."""
    seen: dict[object, Place] = {}
    for line in shown.taken:
        said, place = line.said, line.entry.at("value")
        key = (*(said[name] for name in (*KEY, "unit_id")), line.origin)
        yield from _in_two_files(seen.setdefault(key, place), place)
    for task in shown.tasks_taken:
        row, place = task.entry.row, task.entry.at("status")
        yield from _in_two_files(
            seen.setdefault((row["task_id"], row["date"], task.origin), place), place
        )


def _in_two_files(first: Place, place: Place) -> Iterator[Finding]:
    if first.file != place.file:
        what = f"the same statement of the same source stands in {first}"
        yield Finding("in-two-files", "error", what, place, "hand in one of the two")


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
    UserError, UserErrors
        If the preview has errors or questions or nothing new, the data have changed since, or the
        package would not be sound; then nothing was changed.
    analysis.package.changing.BusyError
        If others are still at work on the data after the time to wait.
    """
    raise_all(one.as_error() for one in (*shown.of("error"), *shown.of("question")))
    if shown.nothing_new:
        raise UserError("there is nothing new to be recorded")
    batch = addition(shown, desk.recorded, desk.facts, day=day, note=note)
    with changing(desk.root, wait=wait, waiting=waiting):
        commit(desk.root, batch, desk.recorded)
    return batch


def undo(
    desk: Desk,
    *,
    day: date,
    reason: str = "",
    wait: float = 0,
    waiting: Callable[[], None] = silent,
) -> Batch:
    """Take the last addition back: a row is written that says so; nothing is deleted.

    Parameters and errors are those of :func:`record`.
    """
    batch = withdrawal(desk.recorded, day=day, reason=reason)
    with changing(desk.root, wait=wait, waiting=waiting):
        commit(desk.root, batch, desk.recorded)
    return batch
