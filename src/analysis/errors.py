"""What went wrong, where, and how to mend it: the errors a person is meant to read.

This module is the lowest of all: every room may raise these errors, and the command line prints
them without a traceback.
"""

from __future__ import annotations

from collections.abc import Iterable


class UserError(Exception):
    """A fault that the person at the keyboard can mend.

    Parameters
    ----------
    what
        What is wrong, in one sentence.
    where
        The file, option or table in which it is; empty if ``what`` says so.
    mend
        What to do about it; empty only if nothing can be done.
    """

    exit_code = 2
    """With which a command ends that was refused so."""

    def __init__(self, what: str, where: str = "", mend: str = "") -> None:
        super().__init__(what, where, mend)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        lines = [self.what]
        if self.where:
            lines.append(f"  where: {self.where}")
        if self.mend:
            lines.append(f"  mend:  {self.mend}")
        return "\n".join(lines)


class UserErrors(Exception):  # noqa: N818 - it is many errors
    """Several faults found in one look, so that they can be mended in one go.

    Parameters
    ----------
    errors
        The faults, in the order in which they are shown; at least one.
    """

    def __init__(self, errors: Iterable[UserError]) -> None:
        self.errors = tuple(errors)
        super().__init__(self.errors)

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.errors)


def raise_all(errors: Iterable[UserError]) -> None:
    """Raise the errors together; do nothing if there are none.

    Raises
    ------
    UserErrors
        If there is at least one error.
    """
    found = tuple(errors)
    if found:
        raise UserErrors(found)
