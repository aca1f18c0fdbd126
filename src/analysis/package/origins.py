"""Where a package is read from: a folder, a zip file, or an address.

Every origin gives bytes by path and nothing else. Zip files are read in memory, never unpacked.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol
from urllib.error import URLError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import urlopen

from analysis.package.faults import PackageError, refuse

NAME = "plan-155-quang-ninh"
DESCRIPTOR = "datapackage.json"
ENVIRONMENT = "PLAN155_DATA"
LARGEST = 200_000_000
"""Most bytes that are taken from an address or out of a zip file."""
WAIT_SECONDS = 30


class Origin(Protocol):
    """Gives the bytes of a package's files."""

    @property
    def place(self) -> Path | str:
        """Where the package is, for people and for :attr:`Tables.root`."""

    @property
    def trusted(self) -> bool:
        """Whether the files are the user's own and may differ from the descriptor's hashes."""

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file, or ``None`` if there is no such file."""


@dataclass(frozen=True)
class Folder:
    """A package in a folder."""

    place: Path
    trusted: bool = True

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file of the folder."""
        file = self.place / path
        return file.read_bytes() if file.is_file() else None


@dataclass(frozen=True)
class Archive:
    """A package in a zip file, at the top or in one folder of it."""

    place: Path | str
    archive: zipfile.ZipFile
    top: str
    trusted: bool = False

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a member of the archive."""
        try:
            return self.archive.read(self.top + path)
        except KeyError:
            return None
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
            raise _broken_zip(f"{self.place}, {path}", error) from error


@dataclass(frozen=True)
class Address:
    """A package at an address, each file beside its ``datapackage.json``."""

    place: str
    descriptor: bytes
    trusted: bool = False

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file at the address."""
        if path == DESCRIPTOR:
            return self.descriptor
        return fetch(urljoin(self.place, quote(path)))


def open_origin(source: str | Path | None) -> Origin:
    """Return the origin that a source names.

    Parameters
    ----------
    source
        A folder, a ``datapackage.json``, a zip file, or an http(s) address of one of the last
        two. Without it see :func:`find_package`.

    Raises
    ------
    PackageError
        If there is nothing, or nothing that may be read.
    """
    if source is None:
        return open_origin(find_package())
    if "://" in str(source):
        return _open_address(str(source))
    path = Path(source).expanduser()
    if path.is_dir():
        return Folder(path)
    if path.name == DESCRIPTOR and path.is_file():
        return Folder(path.parent)
    if path.is_file():
        return open_zip(path.read_bytes(), path)
    raise refuse("there is no such folder or file", str(path), "check the path")


def find_package() -> str | Path:
    """Return where the package is that is meant when none is named.

    That is the nearest folder from the working directory upwards whose ``datapackage.json`` is
    that of this package; else what the environment variable ``PLAN155_DATA`` names; else the
    checkout that holds this code.

    Raises
    ------
    PackageError
        If none of the three is there.
    """
    here = Path.cwd()
    named = os.environ.get(ENVIRONMENT)
    near = next((folder for folder in (here, *here.parents) if _is_ours(folder)), None)
    checkout = Path(__file__).resolve().parents[3]
    found = near or named or (checkout if _is_ours(checkout) else None)
    if found is None:
        raise refuse(
            "no data package found",
            f"{here} and the folders above it",
            f"name a folder, zip file or address, set {ENVIRONMENT}, or run `plan155 build`",
        )
    return found


def _is_ours(folder: Path) -> bool:
    path = folder / DESCRIPTOR
    try:
        content = json.loads(path.read_bytes()) if path.is_file() else {}
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and content.get("name") == NAME


def _open_address(url: str) -> Origin:
    if urlsplit(url).path.endswith("/"):
        url = urljoin(url, DESCRIPTOR)
    data = fetch(url)
    if data is None:
        raise refuse("nothing is found at the address", url, "check the address")
    return open_zip(data, url) if data.startswith(b"PK") else Address(url, data)


def fetch(url: str) -> bytes | None:
    """Return what is at an address; ``None`` if the server says that there is nothing.

    Raises
    ------
    PackageError
        If the address is not http or https, cannot be reached, or gives more than
        :data:`LARGEST` bytes.
    """
    if urlsplit(url).scheme not in {"http", "https"}:
        raise refuse("not an http or https address", url, "name a folder, zip file or address")
    try:
        with closing(urlopen(url, timeout=WAIT_SECONDS)) as answer:
            data: bytes = answer.read(LARGEST + 1)
    except (URLError, OSError) as error:
        if getattr(error, "code", None) in {404, 410}:
            return None
        raise refuse(f"the address cannot be read ({error})", url, "try again later") from error
    if len(data) > LARGEST:
        raise too_large(url)
    return data


def open_zip(data: bytes, place: Path | str) -> Archive:
    """Return the package in a zip file.

    Raises
    ------
    PackageError
        If the bytes are no zip file, hold paths that lead out of it, would unpack to more than
        :data:`LARGEST` bytes, or hold no ``datapackage.json`` at the top or in one folder.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _broken_zip(str(place), error) from error
    unsafe = [name for name in archive.namelist() if not is_safe(name)]
    if unsafe:
        mend = "fetch the package from its publisher"
        raise refuse(f"the zip file holds an unsafe path {unsafe[0]!r}", str(place), mend)
    if sum(member.file_size for member in archive.infolist()) > LARGEST:
        raise too_large(str(place))
    tops = list(_tops(archive.namelist()))
    if len(tops) != 1:
        what = f"{len(tops)} files {DESCRIPTOR} in the zip file, at the top or in a folder"
        raise refuse(what, str(place), "one is needed: zip the folder that holds it")
    return Archive(place, archive, tops[0])


def _tops(names: list[str]) -> Iterator[str]:
    if DESCRIPTOR in names:
        yield ""
        return
    for name in names:
        path = PurePosixPath(name)
        if path.name == DESCRIPTOR and len(path.parts) == 2:
            yield f"{path.parts[0]}/"


def is_safe(path: str) -> bool:
    """Return whether a path is relative, inside the package and the same on all systems."""
    parts = PurePosixPath(path).parts
    plain = not any(mark in path for mark in ("\\", ":", "\0", "~"))
    return bool(parts) and plain and not path.startswith("/") and ".." not in parts


def too_large(place: str) -> PackageError:
    """Return the error for a package that is too large to be this one."""
    what = f"more than {LARGEST // 1_000_000} MB"
    return refuse(what, place, "this is not the package; check the source")


def _broken_zip(where: str, error: Exception) -> PackageError:
    return refuse(f"the zip file is damaged ({error})", where, "fetch it again")
