"""The files of the site that hold data: what each is, how long, and its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, Final

from analysis.errors import UserError
from analysis.publish.catalogue.record import Record, texts
from analysis.publish.catalogue.writing import CATALOGUE
from analysis.words import LANGUAGES, Words

DESCRIPTOR = "datapackage.json"
DOWNLOADS = "downloads"
JSON_STAT: Final = {
    "jsonstat": f"{CATALOGUE}/observations.jsonstat.json",
    "jsonstat_en": f"{CATALOGUE}/observations.en.jsonstat.json",
}
"""The observed values as JSON-stat, by the key of their texts."""


@dataclass(frozen=True)
class Format:
    """A format of files.

    Parameters
    ----------
    label
        What people call it.
    media_type
        Its media type, as registered with IANA.
    file_type
        Its code in the list of file types of the EU's Publications Office; empty: not in it.
    """

    label: str
    media_type: str
    file_type: str = ""


FORMATS: Final = {
    ".csv": Format("CSV", "text/csv", "CSV"),
    ".json": Format("JSON", "application/json", "JSON"),
    ".parquet": Format("Parquet", "application/vnd.apache.parquet", "PARQUET"),
    ".sqlite": Format("SQLite", "application/vnd.sqlite3"),
    ".xlsx": Format(
        "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"
    ),
    ".zip": Format("ZIP", "application/zip", "ZIP"),
}
"""The formats of the downloads, by the end of the file's name."""


@dataclass(frozen=True)
class Download:
    """A file with data.

    Parameters
    ----------
    path
        Its place below the site's folder.
    kind
        ``table``, or for a file that holds more than one table ``zip``, ``xlsx``, ``sqlite``,
        ``descriptor``, ``results_descriptor``, ``jsonstat`` or ``jsonstat_en``.
    titles, descriptions
        By language.
    size
        In bytes.
    sha256
        Its digest, in hexadecimal.
    resource
        The table that it holds, as its descriptor describes it; None if it is no ``table``.
    profile
        The address of the standard that its content follows; empty if there is none.
    """

    path: str
    kind: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    size: int
    sha256: str
    resource: Mapping[str, Any] | None = None
    profile: str = ""

    @property
    def format(self) -> Format:
        """Its format."""
        return FORMATS[PurePosixPath(self.path).suffix]

    @property
    def label(self) -> str:
        """What people call its format."""
        return "JSON-stat" if self.kind.startswith("jsonstat") else self.format.label

    @property
    def is_main(self) -> bool:
        """Whether it is one of those to begin with: not a further copy of a single table."""
        return self.resource is None or self.label == "CSV"


def find_downloads(record: Record, folder: str, place: Path) -> tuple[Download, ...]:
    """Return the files of a package that are there, whole ones first, then table by table.

    Parameters
    ----------
    record
        The package.
    folder
        The folder of the package below the site's folder, such as ``results/``; or empty.
    place
        The site's folder.

    Raises
    ------
    UserError
        If a table is there, but is not the file that the descriptor describes.
    """
    there = (one for one in _all(record, folder) if (place / one.path).is_file())
    return tuple(_measured(one, place) for one in there)


def _all(record: Record, folder: str) -> Iterator[Download]:
    """Give every file that the site can have of a package, before it is looked for."""
    for kind in ("zip", "xlsx", "sqlite"):
        yield _whole(f"{DOWNLOADS}/{record.name}.{kind}", kind)
    which = "results_descriptor" if folder else "descriptor"
    yield _whole(f"{folder}{DESCRIPTOR}", which, record.profile)
    if not folder:
        for kind, path in JSON_STAT.items():
            yield _whole(path, kind)
    for resource in record.resources:
        yield from _copies(resource, folder)


def _whole(path: str, kind: str, profile: str = "") -> Download:
    titles, descriptions = (_said(f"download.{kind}.{what}") for what in ("title", "description"))
    return Download(path, kind, titles, descriptions, 0, "", None, profile)


def _said(key: str) -> dict[str, str]:
    return {language: Words(language)(f"catalogue.{key}") for language in LANGUAGES}


def _copies(resource: Mapping[str, Any], folder: str) -> Iterator[Download]:
    path = PurePosixPath(folder) / resource["path"]
    yield _table(resource, str(path), resource["schema"]["$schema"])
    if folder:
        yield _table(resource, str(path.with_suffix(".json")))
    for name in ("parquet", "json"):
        yield _table(resource, f"{DOWNLOADS}/{name}/{resource['name']}.{name}")


def _table(resource: Mapping[str, Any], path: str, profile: str = "") -> Download:
    label = FORMATS[PurePosixPath(path).suffix].label
    titles = {
        language: Words(language)("catalogue.download.table", title=title, format=label)
        for language, title in texts(resource, "title").items()
    }
    return Download(path, "table", titles, texts(resource, "description"), 0, "", resource, profile)


def _measured(download: Download, place: Path) -> Download:
    content = (place / download.path).read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    if download.resource and download.profile and download.resource["hash"] != f"sha256:{sha256}":
        what = "the table is not the one that its descriptor describes"
        raise UserError(what, download.path, "run `plan155 publish` again")
    return replace(download, size=len(content), sha256=sha256)
