"""The data package as CKAN's ``package_create`` takes it, with its files as resources.

The address of a resource is the file's path in the site: an upload sends that file, and the portal
gives it an address of its own. The results are listed beside the tables that they come from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from analysis.publish.catalogue.datasets import Dataset, find_datasets
from analysis.publish.catalogue.downloads import Download
from analysis.publish.catalogue.record import Record
from analysis.publish.catalogue.writing import CATALOGUE, write_json

if TYPE_CHECKING:
    from analysis.publish.edition import Edition

FILE: Final = f"{CATALOGUE}/ckan.json"
SITE: Final = "site"
LICENCES: Final = {"CC-BY-4.0": "cc-by"}
"""Licences by the names that CKAN knows from the start, without their versions."""

LONGEST_TAG: Final = 100
_NOT_IN_A_TAG = re.compile(r"[^\w .-]+")


def ckan_package(edition: Edition, site: Path | None = None) -> dict[str, Any]:
    """Return the data package in the terms of CKAN.

    Parameters
    ----------
    edition
        What is published.
    site
        The site's folder; ``site`` in the outputs unless given. Where there is none, the files of
        the packages themselves are listed, which a site would hold unchanged.

    Returns
    -------
    dict
        ``name, title, notes, license_id, tags, extras, version, resources``; each resource has
        ``name, url, format, mimetype, hash, size, description``. ``url`` is the path of the file
        in the site, ``hash`` is ``sha256:`` with the digest.
    """
    place = site or edition.outputs.root / SITE
    return _package(find_datasets(edition, place if place.is_dir() else None))


def write_ckan(all_datasets: Sequence[Dataset], site: Path) -> Path:
    """Write ``catalogue/ckan.json``."""
    return write_json(_package(all_datasets), site / FILE)


def _package(all_datasets: Sequence[Dataset]) -> dict[str, Any]:
    package = all_datasets[0]
    record = package.record
    files = [one for dataset in all_datasets for one in dataset.downloads if one.is_main]
    return {
        "name": record.name,
        "title": record.titles["vi"],
        "notes": "\n\n".join(record.descriptions[language] for language in record.languages),
        "license_id": LICENCES.get(record.licence.name, record.licence.name),
        "version": record.version,
        "tags": [{"name": tag} for tag in tags(record)],
        "extras": [{"key": key, "value": value} for key, value in sorted(_extras(package).items())],
        "resources": [_resource(one) for one in files],
    }


def tags(record: Record) -> list[str]:
    """Return the keywords as CKAN takes them: letters, digits, blanks and ``-_.``, each once."""
    words = (unicodedata.normalize("NFC", word) for word in record.keywords)
    cleaned = (" ".join(_NOT_IN_A_TAG.sub(" ", word).split())[:LONGEST_TAG] for word in words)
    return list(dict.fromkeys(word for word in cleaned if len(word) > 1))


def _extras(package: Dataset) -> dict[str, str]:
    record, coverage = package.record, package.coverage
    origin = record.origin
    return {
        "title_en": record.titles["en"],
        "language": ", ".join(record.languages),
        "publisher_name": record.creator["vi"],
        "issued": record.day,
        "conforms_to": record.profile,
        "licence_spdx": record.licence.name,
        "licence_url": record.licence.path,
        "spatial_text": coverage.names("vi"),
        "temporal_start": coverage.start.isoformat(),
        "temporal_end": coverage.end.isoformat(),
        "citation": package.citation("vi"),
        **({"source": origin.titles["vi"]} if origin else {}),
    }


def _resource(download: Download) -> dict[str, Any]:
    return {
        "name": " / ".join(download.titles[language] for language in ("vi", "en")),
        "url": download.path,
        "format": download.label,
        "mimetype": download.format.media_type,
        "hash": f"sha256:{download.sha256}",
        "size": download.size,
        "description": "\n\n".join(download.descriptions[language] for language in ("vi", "en")),
    }
