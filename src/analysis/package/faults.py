"""The error that this room raises."""

from __future__ import annotations

from analysis.errors import UserError, UserErrors

SHOWN = 20


class PackageError(UserErrors):
    """The data package, or what is declared about it, is damaged or cannot be found.

    It gathers every fault of one kind (see :class:`analysis.errors.UserErrors`).
    """

    def __str__(self) -> str:
        text = "\n".join(str(error) for error in self.errors[:SHOWN])
        hidden = len(self.errors) - SHOWN
        return f"{text}\n… and {hidden} more of the kind" if hidden > 0 else text


def refuse(what: str, where: str, mend: str) -> PackageError:
    """Return a :class:`PackageError` of one fault, to be raised."""
    return PackageError([UserError(what, where, mend)])


def refuse_all(errors: list[UserError]) -> None:
    """Raise the faults together as one :class:`PackageError`; do nothing if there are none.

    Raises
    ------
    PackageError
        If there is at least one fault.
    """
    if errors:
        raise PackageError(errors)
