"""What is wrong with a file, gathered while it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from analysis.errors import UserError
from analysis.intake.model import Place
from analysis.intake.reading.limits import SHOWN


@dataclass(frozen=True)
class Fault:
    """What is wrong, and how to mend it, wherever it is.

    Parameters
    ----------
    what
        May quote the cell.
    mend
        The same text for all faults of a kind: by it they are counted.
    """

    what: str
    mend: str

    def at(self, where: Place | str) -> UserError:
        """Return the fault as an error in a certain place."""
        return UserError(self.what, str(where), self.mend)


@dataclass
class _Kind:
    shown: list[UserError] = field(default_factory=list)
    count: int = 0


class Faults:
    """The faults of one file: the first of each kind in full, the others counted.

    Parameters
    ----------
    file
        The file's own name.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._kinds = dict[str, _Kind]()

    def add(self, fault: Fault, where: Place | str = "") -> None:
        """Take note of a fault; without a place it is the whole file's."""
        kind = self._kinds.setdefault(fault.mend, _Kind())
        kind.count += 1
        if len(kind.shown) < SHOWN:
            kind.shown.append(fault.at(where or self._file))

    def add_all(self, faults: Iterable[Fault], where: Place | str = "") -> None:
        """Take note of several faults in one place."""
        for fault in faults:
            self.add(fault, where)

    def errors(self) -> Iterator[UserError]:
        """Give the errors to show, kind by kind, each kind in the order of the file."""
        for mend, kind in self._kinds.items():
            yield from kind.shown
            rest = kind.count - len(kind.shown)
            if rest:
                yield UserError(f"and {rest:,} more of this kind", self._file, mend)


def quoted(text: str, length: int = 60) -> str:
    """Return a text as it is quoted in a message: in quotes, printable, not too long."""
    return repr(text if len(text) <= length else text[: length - 1] + "…")


def damaged(file: str, why: str) -> UserError:
    """Return the error of a file whose bytes do not hang together.

    Parameters
    ----------
    file
        The file's own name.
    why
        What cannot be read, as the end of a sentence.
    """
    return UserError(
        f"the file is damaged: {why}",
        file,
        "open it in Excel or LibreOffice, save it anew as .xlsx or .ods and try that file; "
        "if it does not open there either, ask for it again",
    )
