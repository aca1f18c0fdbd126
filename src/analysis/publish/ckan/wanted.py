"""What the portal shall hold: the dataset and its files, as the catalogue describes them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from analysis.errors import UserError, raise_all

PATH: Final = "plan155_path"
"""The field of a resource that says which file of the site it is; it marks what we have made."""

SHA256: Final = "plan155_sha256"
"""The field of a resource that says which bytes were uploaded.

CKAN's own ``hash`` is set too, but add-ons of portals write sums of their own into it.
"""

_PREFIX: Final = "sha256:"
_OF_THE_PORTAL: Final = frozenset({"url", "size"})


@dataclass(frozen=True)
class File:
    """A file of the site that becomes a resource.

    Parameters
    ----------
    path
        Where it is, relative to the site's folder, with ``/``.
    sha256
        The sum of its bytes, in hexadecimal.
    size
        How many bytes it has.
    fields
        What is said of it: ``name``, ``description``, ``format``, ``mimetype``, ``hash`` and
        whatever else the catalogue says, each as text.
    """

    path: str
    sha256: str
    size: int
    fields: Mapping[str, str]

    @property
    def marks(self) -> dict[str, str]:
        """The fields by which an upload knows its own resources again."""
        return {PATH: self.path, SHA256: self.sha256}

    @property
    def basename(self) -> str:
        """The name under which the file is sent."""
        return PurePosixPath(self.path).name

    def read(self, site: Path) -> bytes:
        """Return the bytes of the file.

        Raises
        ------
        UserError
            If there is no such file in the site, or it is not the one that the catalogue means.
        """
        place = site / self.path
        mend = "make the site anew with `plan155 publish`"
        if not place.is_file():
            raise UserError("a file of the catalogue is not in the site", str(place), mend)
        content = place.read_bytes()
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise UserError("a file of the site is not that of the catalogue", str(place), mend)
        return content


@dataclass(frozen=True)
class Wanted:
    """A dataset as it shall be on a portal.

    Parameters
    ----------
    name
        Its name, by which it is found: lower-case Latin letters, digits, ``-`` and ``_``.
    fields
        Its title, notes, licence, version and so on.
    tags
        Its keywords, sorted.
    extras
        Its further statements, by name.
    files
        Its files, in order.
    """

    name: str
    fields: Mapping[str, Any]
    tags: tuple[str, ...]
    extras: Mapping[str, str]
    files: tuple[File, ...]


def read_wanted(package: Mapping[str, Any], site: Path) -> Wanted:
    """Return what a record of the catalogue wants of a portal, and see that the files are there.

    Parameters
    ----------
    package
        The dataset in the terms of CKAN's ``package_create``; the ``url`` of each resource is a
        path in the site, its ``hash`` begins with ``sha256:``.
    site
        The folder of the site.

    Raises
    ------
    UserErrors
        If files are missing or are not those of the catalogue; all are named.
    ValueError
        If the record itself is not sound.
    """
    rest = {name: package[name] for name in package if name not in ("name", "tags", "extras")}
    files = tuple(_file(each) for each in rest.pop("resources"))
    paths = [each.path for each in files]
    if len(set(paths)) != len(paths):
        raise ValueError("a file is a resource twice")
    raise_all(_faults(files, site))
    tags = tuple(sorted(str(each["name"]) for each in package.get("tags", ())))
    extras = {str(each["key"]): str(each["value"]) for each in package.get("extras", ())}
    return Wanted(str(package["name"]), rest, tags, extras, files)


def _file(resource: Mapping[str, Any]) -> File:
    path, told = str(resource["url"]), str(resource["hash"])
    if not told.startswith(_PREFIX):
        raise ValueError(f"{path}: its hash is not one of SHA-256")
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        raise ValueError(f"{path}: not a path in the site")
    fields = {name: resource[name] for name in resource if name not in _OF_THE_PORTAL}
    for name, value in fields.items():  # with a file, CKAN takes text alone
        if not isinstance(value, str):
            raise ValueError(f"{path}: {name} is not text")
    return File(path, told.removeprefix(_PREFIX), int(resource["size"]), fields)


def _faults(files: tuple[File, ...], site: Path) -> list[UserError]:
    found = []
    for each in files:
        try:
            each.read(site)
        except UserError as error:
            found.append(error)
    return found
