"""The bytes of a file: only of a regular one, and never more than a limit."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from analysis.errors import UserError
from analysis.intake.reading.limits import FILE, MEGABYTE


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a regular file; a link is followed.

    A pipe or device is neither waited for nor read, whatever it becomes between two looks.

    Raises
    ------
    UserError
        If there is no such regular file, or it cannot be read, is empty or too large.
    """
    try:
        _refuse_special(path, path.stat().st_mode)
        # Without O_NONBLOCK, opening what has meanwhile become a pipe would wait for ever.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(handle, "rb") as file:  # noqa: PTH123 - a handle has no path
            _refuse_special(path, os.fstat(handle).st_mode)
            data = file.read(FILE + 1)
    except FileNotFoundError:
        raise UserError("there is no such file", shown(path), "check the name") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        what = f"the file cannot be read: {why}"
        raise UserError(what, shown(path), "check its name and who may read it") from None
    return _of_good_size(path, data)


def shown(path: Path) -> str:
    """Return a path as it is shown: without characters that a terminal would obey."""
    lost = "\N{REPLACEMENT CHARACTER}"
    return "".join(each if each.isprintable() else lost for each in str(path))


def _refuse_special(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise UserError("that is a folder", shown(path), "name the files in it")
    if not stat.S_ISREG(mode):
        raise UserError("that is no regular file", shown(path), "name a file on the disk")


def _of_good_size(path: Path, data: bytes) -> bytes:
    if not data:
        raise UserError("the file is empty", shown(path), "save it again, or ask for it again")
    if len(data) > FILE:
        what = f"the file is larger than {FILE // MEGABYTE} MB"
        mend = "delete pictures and unused sheets, or split it"
        raise UserError(what, shown(path), mend)
    return data
