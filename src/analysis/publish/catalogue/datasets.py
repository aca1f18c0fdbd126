"""The two datasets of the catalogue: the data package, and the results computed from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.publish.catalogue.coverage import Coverage, package_coverage, results_coverage
from analysis.publish.catalogue.downloads import Download, find_downloads
from analysis.publish.catalogue.record import Record
from analysis.runs.places import RESULTS
from analysis.words import LANGUAGES, Words

if TYPE_CHECKING:
    from analysis.publish.edition import Edition


@dataclass(frozen=True)
class Dataset:
    """A dataset with its files.

    Parameters
    ----------
    key
        ``dataset`` (the data package) or ``results``; the name of its node in the catalogue.
    record
        What its descriptor says.
    coverage
        Its time and areas.
    downloads
        Its files.
    provenance
        How it was made, by language.
    """

    key: str
    record: Record
    coverage: Coverage
    downloads: tuple[Download, ...]
    provenance: Mapping[str, str]

    def citation(self, language: str) -> str:
        """Return how to cite the dataset, in the words that its copies have too."""
        record = self.record
        return Words(language)(
            "copies.citation",
            creator=record.creator[language],
            title=record.titles[language],
            version=record.version,
            licence=record.licence.titles[language],
        )


def find_datasets(edition: Edition, site: Path | None = None) -> tuple[Dataset, Dataset]:
    """Return the data package and the results, each with the files that are there.

    Parameters
    ----------
    edition
        What is published.
    site
        The site's folder. Without it only the files of the packages themselves are known, which
        the site holds byte for byte; copies in other formats are then left out.

    Raises
    ------
    UserError
        If a table in the site is not the one that its descriptor describes.
    """
    package, results = Record(edition.descriptor), Record(edition.results_descriptor)
    return (
        Dataset(
            "dataset",
            package,
            package_coverage(edition.plan),
            find_downloads(package, "", site or edition.root),
            _provenance("dataset"),
        ),
        Dataset(
            "results",
            results,
            results_coverage(edition),
            find_downloads(results, f"{RESULTS}/", site or edition.outputs.root),
            _results_provenance(edition),
        ),
    )


def _provenance(key: str) -> dict[str, str]:
    return {language: Words(language)(f"catalogue.provenance.{key}") for language in LANGUAGES}


def _results_provenance(edition: Edition) -> dict[str, str]:
    based_on, said = edition.results_descriptor["basedOn"], {}
    for language in LANGUAGES:
        words = Words(language)
        day = words.date(edition.as_of.isoformat())
        values = {**based_on, "as_of": day, "base_year": edition.base_year}
        said[str(language)] = words("catalogue.provenance.results", **values)
    return said
