"""What the page of the data lists: tables, copies, addresses for programs, catalogue files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from analysis.publish.site.page import Link
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    from analysis.publish.catalogue.datasets import Dataset
    from analysis.publish.catalogue.downloads import Download

WHOLE: Final = ("zip", "xlsx", "sqlite", "descriptor")
"""The downloads that hold everything, the one for most readers first."""

EXAMPLES: Final = {
    "indicator_id": ("indicators", "5.7"),
    "series_id": ("series", "5.7"),
    "group_id": ("indicator_groups", "5"),
    "agency_id": ("agencies", "so-y-te"),
}
"""For each id in an address: the table that holds it, and the example that is shown."""

THOUSAND: Final = 1000
SHORT: Final = 10
"""Below it a number of kB or MB has one decimal."""


@dataclass(frozen=True)
class File:
    """A file to download.

    Parameters
    ----------
    link
        Its address and its title or format.
    description
        What it is; may be empty.
    size
        Its length as the language writes it; empty if it is not known.
    sha256
        Its digest in hexadecimal; empty if it is not known.
    """

    link: Link
    description: str
    size: str
    sha256: str


@dataclass(frozen=True)
class TableFiles:
    """A table and the files that hold it.

    Parameters
    ----------
    name, title
        What it is called by programs, and by readers.
    rows, columns
        How many it has.
    file
        The table itself, a CSV file.
    copies
        The same in other formats.
    """

    name: str
    title: str
    rows: int
    columns: int
    file: File
    copies: Sequence[File]


@dataclass(frozen=True)
class Package:
    """A data package with its files.

    Parameters
    ----------
    key
        ``dataset`` or ``results``.
    whole
        Files that hold more than one table.
    tables
        Its tables in their order.
    citation
        How to cite it.
    """

    key: str
    whole: Sequence[File]
    tables: Sequence[TableFiles]
    citation: str


@dataclass(frozen=True)
class Address:
    """An address for programs: its pattern, what it gives, and one example."""

    pattern: str
    title: str
    description: str
    example: Link


def packages(writer: Writer) -> tuple[Package, ...]:
    """Return the data package and the results with the files that are there.

    Copies in other formats are told of if they lie in the site's folder by now.

    Raises
    ------
    UserError
        If a table in the site is not the one that its descriptor describes.
    """
    from analysis.publish.catalogue.datasets import find_datasets

    return tuple(_package(writer, one) for one in find_datasets(writer.edition, writer.site))


def _package(writer: Writer, dataset: Dataset) -> Package:
    found: dict[str, list[Download]] = {}
    for one in dataset.downloads:
        found.setdefault(one.resource["name"] if one.resource else "", []).append(one)
    whole = {one.kind: one for one in found.pop("", [])}
    return Package(
        dataset.key,
        [file(writer, whole[kind]) for kind in WHOLE if kind in whole],
        [_table(writer, some) for some in found.values()],
        dataset.citation(writer.language),
    )


def file(writer: Writer, download: Download, text: str = "") -> File:
    """Return what the page says of a download; its title unless another text is given."""
    return File(
        Link(f"/{download.path}", text or download.titles[writer.language]),
        download.descriptions[writer.language],
        size(writer, download.size),
        download.sha256,
    )


def _table(writer: Writer, downloads: Sequence[Download]) -> TableFiles:
    own, *copies = downloads
    described = cast("Mapping[str, Any]", own.resource)
    return TableFiles(
        name=described["name"],
        title=described["titles"][writer.language],
        rows=described["rowCount"],
        columns=len(described["schema"]["fields"]),
        file=file(writer, own, own.label),
        copies=[file(writer, one, one.label) for one in copies],
    )


def size(writer: Writer, length: int) -> str:
    """Return the length of a file in the unit that suits it."""
    unit, units = ("B", 1), (("MB", THOUSAND**2), ("kB", THOUSAND))
    unit = next((one for one in units if length >= one[1]), unit)
    number = length / unit[1]
    decimals = 1 if number < SHORT and unit[1] > 1 else 0
    return f"{writer.words.number(number, decimals)}\u00a0{unit[0]}"


def addresses(writer: Writer) -> Iterator[Address]:
    """Give the addresses for programs, each with an example that is there."""
    from analysis.publish.interface.documents import endpoints
    from analysis.publish.layout import API

    for one in endpoints():
        path = f"{API}/{re.sub(r'{(.+?)}', lambda found: _example(writer, found[1]), one.path)}"
        key = f"copies.api.endpoint.{one.name}"
        yield Address(
            f"{API}/{one.path}",
            writer.words(f"{key}.title"),
            writer.words(f"{key}.description"),
            Link(f"/{path}", path.removeprefix(f"{API}/")),
        )


def _example(writer: Writer, column: str) -> str:
    table, wanted = EXAMPLES[column]
    known = [str(key) for key in writer.edition.plan[table][column]]
    return wanted if wanted in known else known[0]


def catalogue(language: str) -> dict[str, tuple[str, ...]]:
    """Return the files of the catalogue by the standard that they follow."""
    from analysis.publish.catalogue import ckan, csvw_metadata, data_json, datacite, dcat
    from analysis.publish.catalogue.downloads import JSON_STAT
    from analysis.publish.layout import CATALOGUE

    cube = "jsonstat" if language == "vi" else f"jsonstat_{language}"
    return {
        "dcat": (dcat.TURTLE, dcat.JSON_LD),
        "schema_org": tuple(
            f"{CATALOGUE}/{key}.{language}.jsonld" for key in ("dataset", "results")
        ),
        "jsonstat": (JSON_STAT[cube],),
        "csvw": tuple(csvw_metadata.FILES.values()),
        "datacite": (datacite.FILE,),
        "ckan": (ckan.FILE,),
        "data_json": (data_json.FILE,),
    }
