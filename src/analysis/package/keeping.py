"""A package that is read once for many: by the process from which workers are forked.

What is kept is used only as long as the files are those that were read, by their size, their time
of change and their place on the disk.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from analysis.package.origins import DESCRIPTOR, Folder, Origin
from analysis.package.tables import Tables

Stamp = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True)
class Kept:
    """Tables, and what the files looked like when they were read."""

    stamp: Stamp
    tables: Tables


_KEPT: dict[Path, Kept] = {}


def keep(origin: Origin, before: Stamp, tables: Tables) -> None:
    """Keep the tables of a folder, unless a file was changed while they were read."""
    if isinstance(origin, Folder) and before == stamp(origin, paths_of(tables)):
        _KEPT[origin.place.resolve()] = Kept(before, tables)


def recall(origin: Origin) -> Tables | None:
    """Return the kept tables of a folder, or ``None``.

    The frames are the caller's own: what is done to them does not change what is kept.
    """
    if not (_KEPT and isinstance(origin, Folder)):
        return None
    kept = _KEPT.get(origin.place.resolve())
    if kept is None or kept.stamp != stamp(origin, paths_of(kept.tables)):
        return None
    frames = {name: frame.copy(deep=False) for name, frame in kept.tables.items()}
    return Tables(frames, kept.tables.descriptor, origin.place, kept.tables.sha256)


def paths_of(tables: Tables) -> list[str]:
    """Return the files of a package, relative to its folder."""
    return [DESCRIPTOR, *(resource["path"] for resource in tables.descriptor["resources"])]


def stamp(origin: Folder, paths: Iterable[str]) -> Stamp:
    """Return what tells whether files were changed: name, size, time of change and inode of each.

    A file that cannot be looked at has no part in it.
    """
    found = []
    for path in paths:
        try:
            status = (origin.place / path).stat()
        except OSError:
            continue
        found.append((path, status.st_size, status.st_mtime_ns, status.st_ino))
    return tuple(found)
