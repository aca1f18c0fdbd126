"""``data.json`` at the top of the site: the catalogue as harvesters of many portals read it.

It follows DCAT-US 1.1 (Project Open Data), which demands a contact with an address of mail. It is
here if the descriptor names one, and left out if not: nobody is made up. The codes that the United
States demand of their own agencies have no place here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from analysis.publish.catalogue.datasets import Dataset
from analysis.publish.catalogue.downloads import Download
from analysis.publish.catalogue.record import Record
from analysis.publish.catalogue.writing import Addresses, write_json
from analysis.words import Words

FILE: Final = "data.json"
SCHEMA: Final = "https://project-open-data.cio.gov/v1.1/schema"


def write_data_json(datasets: Sequence[Dataset], site: Path, base_url: str = "") -> Path:
    """Write ``data.json``."""
    return write_json(data_catalogue(datasets, base_url), site / FILE)


def data_catalogue(datasets: Sequence[Dataset], base_url: str = "") -> dict[str, Any]:
    """Return the catalogue; without ``base_url`` addresses are relative to the site's folder."""
    addresses = Addresses(base_url, depth=0)
    return {
        "@context": f"{SCHEMA}/catalog.jsonld",
        "@type": "dcat:Catalog",
        "conformsTo": SCHEMA,
        "describedBy": f"{SCHEMA}/catalog.json",
        "dataset": [_dataset(one, addresses) for one in datasets],
    }


def _dataset(dataset: Dataset, addresses: Addresses) -> dict[str, Any]:
    record = dataset.record
    rights = Words("vi")("catalogue.rights", licence=record.licence.titles["vi"])
    return {
        "@type": "dcat:Dataset",
        "identifier": record.name,
        "title": record.titles["vi"],
        "description": "\n\n".join(record.descriptions[one] for one in record.languages),
        "keyword": list(record.keywords),
        "issued": record.day,
        "modified": record.modified,
        "publisher": {"@type": "org:Organization", "name": record.creator["vi"]},
        **_contact(record),
        "accessLevel": "public",
        "rights": rights,
        "license": record.licence.path,
        "language": list(record.languages),
        "spatial": dataset.coverage.names("vi"),
        "temporal": dataset.coverage.interval,
        "conformsTo": record.profile,
        **_described_by(dataset, addresses),
        "landingPage": addresses("vi/data.html"),
        "references": [addresses("en/data.html")],
        "distribution": [_distribution(one, addresses) for one in dataset.downloads],
    }


def _described_by(dataset: Dataset, addresses: Addresses) -> dict[str, str]:
    """Return where the descriptor is, if the site has it."""
    for one in dataset.downloads:
        if one.kind.endswith("descriptor"):
            return {
                "describedBy": addresses(one.path),
                "describedByType": one.format.media_type,
            }
    return {}


def _contact(record: Record) -> dict[str, Any]:
    contact = record.contact
    if contact is None:
        return {}
    mail = f"mailto:{contact['email']}"
    return {"contactPoint": {"@type": "vcard:Contact", "fn": contact["title"], "hasEmail": mail}}


def _distribution(download: Download, addresses: Addresses) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "title": download.titles["vi"],
        "description": download.descriptions["vi"],
        "downloadURL": addresses(download.path),
        "mediaType": download.format.media_type,
        "format": download.label,
        **({"conformsTo": download.profile} if download.profile else {}),
    }
