"""Two folders change places in one step, where the system can do that.

Whoever looks at a place sees what was there before or what is there now, never nothing, and neither
a reader nor a crash can come between two steps.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any, Final

_HERE: Final = -100
"""``AT_FDCWD`` of Linux: paths are seen from the working directory."""

_EXCHANGE: Final = 2
"""``RENAME_EXCHANGE`` of Linux, and ``RENAME_SWAP`` of macOS."""

_CANNOT: Final = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EXDEV})
"""What a system or a file system answers that does not know how to do it."""


def swap(one: Path, other: Path) -> bool:
    """Let two files or folders of one file system change places.

    Parameters
    ----------
    one, other
        Both exist.

    Returns
    -------
    bool
        Whether it was done; ``False`` if it cannot be done here, and then nothing has changed.

    Raises
    ------
    OSError
        If it can be done here, but not with these two.
    """
    library = _library()
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        failed = library.renamex_np(*names, _EXCHANGE)
    elif sys.platform == "linux" and hasattr(library, "renameat2"):
        failed = library.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE)
    else:
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT:
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))


@cache
def _library() -> Any:
    return ctypes.CDLL(None, use_errno=True)
