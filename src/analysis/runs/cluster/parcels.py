"""What travels between the client and the workers: data and notebooks there, reports back."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from analysis.runs.execute import Ended, Order
from analysis.runs.facts import DESCRIPTOR
from analysis.runs.failure import Failure
from analysis.runs.keys import digest

LEVEL: Final = 1
"""Of compression: figures hardly shrink, tables do at once."""


@dataclass(frozen=True)
class Cargo:
    """Everything that the jobs of a run read, for one worker.

    Parameters
    ----------
    content
        A zip of data package and notebooks; names are relative to the folder that holds all.
    sha256
        The digest of ``content``.
    engine
        What is to run the cells.
    """

    content: bytes
    sha256: str
    engine: str

    @property
    def whole(self) -> bool:
        """Whether the content arrived as it was sent."""
        return digest(self.content) == self.sha256


@dataclass(frozen=True)
class Answer:
    """What became of a job on a worker.

    Parameters
    ----------
    ended
        How it ended.
    seconds
        How long it took.
    content
        A zip of its folder.
    """

    ended: Ended
    seconds: float
    content: bytes

    @classmethod
    def stumbled(cls, error: Exception, engine: str) -> Answer:
        """Return the answer for a job that could not be done, with nothing left behind."""
        failure = Failure("worker", f"{type(error).__name__}: {error}")
        return cls(Ended(failure, engine), 0.0, packed({}))


def loaded(orders: Sequence[Order]) -> tuple[Cargo, list[Order]]:
    """Return the cargo for some orders, and the orders as a worker is given them.

    On the worker everything lies as it does here, seen from the nearest folder that holds it all:
    the notebooks, the package, and the folders of the jobs. Relative paths, which are written into
    reports, are therefore the same, and nothing tells where the client keeps its files.

    Parameters
    ----------
    orders
        All of one run: of the same data package, with the same engine.
    """
    data = _place(orders[0], str(orders[0].parameters["data"]))
    notebooks = sorted({_place(order, order.notebook) for order in orders})
    folders = [order.folder.resolve() for order in orders]
    base = Path(os.path.commonpath([data, *(path.parent for path in [*notebooks, *folders])]))
    files = [*notebooks, *package_files(data)]
    content = packed({path.relative_to(base).as_posix(): path.read_bytes() for path in files})
    there = [
        replace(order, folder=folder.relative_to(base))
        for order, folder in zip(orders, folders, strict=True)
    ]
    return Cargo(content, digest(content), orders[0].engine), there


def _place(order: Order, seen_from_folder: str) -> Path:
    return Path(os.path.normpath(order.folder.resolve() / seen_from_folder))


def package_files(root: Path) -> Iterator[Path]:
    """Return the files of a data package: its descriptor and what that names."""
    descriptor = json.loads((root / DESCRIPTOR).read_text(encoding="utf-8"))
    yield root / DESCRIPTOR
    for resource in descriptor.get("resources", ()):
        yield root / str(resource["path"])


def packed_folder(folder: Path) -> bytes:
    """Return a zip of all files in a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return packed({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of files by name; the same files give the same bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for name, content in files.items():
            archive.writestr(_entry(name), content)
    return whole.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)  # of 1980: no clock
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def unpack(content: bytes, folder: Path) -> None:
    """Lay the files of a zip into a folder; none can come to lie outside it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
