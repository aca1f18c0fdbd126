"""The record that a repository needs to give the data package a DOI (DataCite Metadata Schema 4).

It has no ``doi`` and no ``identifiers``: the package has no DOI until a repository gives it one,
and nothing is made up in its place. All else that the schema demands is here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from analysis.publish.catalogue.datasets import Dataset
from analysis.publish.catalogue.record import Licence, Origin, Record
from analysis.publish.catalogue.writing import CATALOGUE, Addresses, write_json

FILE: Final = f"{CATALOGUE}/datacite.json"
PAGE: Final = "vi/data.html"
"""The page to which a DOI would lead."""

SCHEMA: Final = "http://datacite.org/schema/kernel-4"
ROLES: Final = {
    "contact": "ContactPerson",
    "dataCurator": "DataCurator",
    "rightsHolder": "RightsHolder",
}
"""What the roles of a descriptor are called here; a creator is named apart."""


def write_datacite(package: Dataset, site: Path, base_url: str = "") -> Path:
    """Write ``catalogue/datacite.json``."""
    return write_json(datacite_record(package, base_url), site / FILE)


def datacite_record(package: Dataset, base_url: str = "") -> dict[str, Any]:
    """Return the record of the data package; the address is given only if it is known."""
    record = package.record
    first = record.languages[0]
    files = [one for one in package.downloads if one.is_main]
    return {
        **({"url": Addresses(base_url)(PAGE)} if base_url else {}),
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Data Package"},
        "creators": [{"name": record.creator[first], "nameType": "Organizational"}],
        "titles": _titles(record),
        "publisher": {"name": record.creator[first], "lang": first},
        "publicationYear": record.day[:4],
        "subjects": [
            {"subject": word, "lang": one}
            for one in record.languages
            for word in record.keywords_in(one)
        ],
        "contributors": _contributors(record),
        "dates": [{"date": record.day, "dateType": "Issued"}],
        "language": first,
        "relatedItems": [_derived_from(record.origin)] if record.origin else [],
        "sizes": [f"{one.size} bytes: {one.path}" for one in files],
        "formats": sorted({one.format.media_type for one in files}),
        "version": record.version,
        "rightsList": [_rights(record.licence, one) for one in record.languages],
        "descriptions": [
            {"description": record.descriptions[one], "descriptionType": "Abstract", "lang": one}
            for one in record.languages
        ],
        "geoLocations": [
            {"geoLocationPlace": area.names[one]}
            for area in package.coverage.areas
            for one in record.languages
        ],
        "schemaVersion": SCHEMA,
    }


def _titles(record: Record) -> list[dict[str, str]]:
    first, *others = record.languages
    translated = {"titleType": "TranslatedTitle"}
    return [
        {"title": record.titles[first], "lang": first},
        *({"title": record.titles[one], "lang": one, **translated} for one in others),
    ]


def _rights(licence: Licence, language: str) -> dict[str, str]:
    return {
        "rights": licence.titles[language],
        "rightsUri": licence.path,
        "rightsIdentifier": licence.name,
        "rightsIdentifierScheme": "SPDX",
        "schemeUri": "https://spdx.org/licenses/",
        "lang": language,
    }


def _contributors(record: Record) -> list[dict[str, Any]]:
    return [
        {"name": one["title"], "nameType": "Organizational", "contributorType": ROLES[role]}
        for one in record.descriptor["contributors"]
        for role in one["roles"]
        if role in ROLES
    ]


def _derived_from(origin: Origin) -> dict[str, Any]:
    return {
        "relationType": "IsDerivedFrom",
        "relatedItemType": "Text",
        "titles": [{"title": title, "lang": one} for one, title in origin.titles.items()],
        "publicationYear": origin.day[:4],
        "number": origin.number,
        "numberType": "Other",
    }
