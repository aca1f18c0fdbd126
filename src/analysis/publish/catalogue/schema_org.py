"""The datasets in the vocabulary of schema.org, as search engines read it in a page.

There is one object for each language. An identifier is given only if the descriptor has one (its
``id``); the name of the package is no identifier that means anything elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from analysis.publish.catalogue.datasets import Dataset, find_datasets
from analysis.publish.catalogue.downloads import Download
from analysis.publish.catalogue.record import Origin, Record
from analysis.publish.catalogue.writing import CATALOGUE, Addresses, write_json
from analysis.words import LANGUAGES, Words

if TYPE_CHECKING:
    from analysis.api import Plan
    from analysis.publish.edition import Edition

CONTEXT: Final = "https://schema.org/"


def dataset_jsonld(edition: Edition, language: str, site: Path | None = None) -> dict[str, Any]:
    """Return the data package as a ``Dataset`` of schema.org, to be put into a page.

    Parameters
    ----------
    edition
        What is published. Without its ``base_url`` addresses are relative to a file that lies one
        folder below the site's folder, such as ``vi/data.html``.
    language
        ``vi`` or ``en``.
    site
        The site's folder; without it only the tables themselves are listed for download.
    """
    package, _ = find_datasets(edition, site)
    return _dataset(package, edition, language)


def results_jsonld(edition: Edition, language: str, site: Path | None = None) -> dict[str, Any]:
    """Return the results as a ``Dataset``; parameters are those of :func:`dataset_jsonld`."""
    _, results = find_datasets(edition, site)
    return _dataset(results, edition, language)


def write_schema_org(all_datasets: Sequence[Dataset], edition: Edition, site: Path) -> list[Path]:
    """Write ``catalogue/dataset.vi.jsonld`` and its like for every dataset and language."""
    return [
        write_json(
            _dataset(one, edition, language), site / CATALOGUE / f"{one.key}.{language}.jsonld"
        )
        for one in all_datasets
        for language in LANGUAGES
    ]


def _dataset(dataset: Dataset, edition: Edition, language: str) -> dict[str, Any]:
    addresses, record = Addresses(edition.base_url), dataset.record
    based_on = _based_on(dataset, edition, addresses, language)
    described = {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": addresses.node(dataset.key),
        "name": record.titles[language],
        "alternateName": [title for one, title in record.titles.items() if one != language],
        "description": record.descriptions[language],
        "url": addresses(f"{language}/data.html"),
        "identifier": record.descriptor.get("id"),
        "version": record.version,
        "datePublished": record.day,
        "dateModified": record.modified,
        "inLanguage": list(record.languages),
        "keywords": list(record.keywords),
        "license": record.licence.path,
        "isAccessibleForFree": True,
        **dict.fromkeys(("creator", "publisher"), _organization(record, addresses, language)),
        "creditText": dataset.citation(language),
        "temporalCoverage": dataset.coverage.interval,
        "spatialCoverage": _places(dataset, language),
        "isBasedOn": based_on,
        "citation": based_on if dataset.key == "dataset" else None,
        "variableMeasured": _variables(edition.plan, language),
        "includedInDataCatalog": _catalogue(addresses, language),
        "distribution": [
            _file(one, addresses, language) for one in dataset.downloads if one.is_main
        ],
    }
    return {key: value for key, value in described.items() if value is not None}


def _catalogue(addresses: Addresses, language: str) -> dict[str, str]:
    return {
        "@type": "DataCatalog",
        "@id": addresses.node("catalog"),
        "name": Words(language)("catalogue.title"),
        "url": addresses("index.html"),
    }


def _organization(record: Record, addresses: Addresses, language: str) -> dict[str, Any]:
    name = record.creator[language]
    return {"@type": "Organization", "@id": addresses.node("publisher"), "name": name}


def _places(dataset: Dataset, language: str) -> list[dict[str, str]]:
    return [{"@type": "Place", "name": area.names[language]} for area in dataset.coverage.areas]


def _based_on(
    dataset: Dataset, edition: Edition, addresses: Addresses, language: str
) -> dict[str, Any] | None:
    """Return the plan for the data package, and the data package for the results."""
    if dataset.key == "dataset":
        origin = dataset.record.origin
        return _plan(origin, addresses, language) if origin else None
    package = Record(edition.descriptor)
    return {
        "@type": "Dataset",
        "@id": addresses.node("dataset"),
        "name": package.titles[language],
        "version": package.version,
        "description": package.descriptions[language],
        "license": package.licence.path,
        "creator": _organization(package, addresses, language),
    }


def _plan(origin: Origin, addresses: Addresses, language: str) -> dict[str, Any]:
    return {
        "@type": "Legislation",
        "name": origin.titles[language],
        "legislationIdentifier": origin.number,
        "legislationDate": origin.day,
        "inLanguage": "vi",
        "url": addresses(origin.path),
    }


def _variables(plan: Plan, language: str) -> list[dict[str, str]]:
    """Return every series with its unit, in the order of the plan."""
    units = plan["units"].set_index("unit_id")[f"label_{language}"].drop("none")
    series = plan["series"].sort_values("position")
    columns = (series[name] for name in ("series_id", f"label_{language}", "unit_id"))
    rows = zip(*columns, strict=True)
    return [_variable(key, label, units.get(unit_id)) for key, label, unit_id in rows]


def _variable(series_id: str, label: str, unit: str | None) -> dict[str, str]:
    variable = {"@type": "PropertyValue", "propertyID": series_id, "name": label}
    return {**variable, "unitText": unit} if unit else variable


def _file(download: Download, addresses: Addresses, language: str) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": download.titles[language],
        "description": download.descriptions[language],
        "contentUrl": addresses(download.path),
        "encodingFormat": download.format.media_type,
        "contentSize": f"{download.size} B",
        "sha256": download.sha256,
    }
