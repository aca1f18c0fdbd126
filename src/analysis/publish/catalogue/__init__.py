"""The catalogue of the published data, for portals, search engines and programs.

Everything is generated from the descriptors of the data package and of the results, from the data
themselves, and from the files that lie in the site: sizes and digests are those of these files,
and a file that is not there is not listed.

``write_catalogue``
    Writes every file of the catalogue.
``dataset_jsonld``, ``results_jsonld``
    The datasets in the vocabulary of schema.org, to be put into a page.
``ckan_package``
    The data package as a CKAN portal takes it.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.publish.catalogue.ckan import ckan_package, write_ckan
from analysis.publish.catalogue.csvw_metadata import write_csvw
from analysis.publish.catalogue.data_json import write_data_json
from analysis.publish.catalogue.datacite import write_datacite
from analysis.publish.catalogue.datasets import find_datasets
from analysis.publish.catalogue.dcat import write_dcat
from analysis.publish.catalogue.jsonstat import write_json_stat
from analysis.publish.catalogue.schema_org import (
    dataset_jsonld,
    results_jsonld,
    write_schema_org,
)
from analysis.publish.catalogue.sitemap import write_sitemap

if TYPE_CHECKING:
    from analysis.publish.edition import Edition

__all__ = ["ckan_package", "dataset_jsonld", "results_jsonld", "write_catalogue"]

CITATION = "CITATION.cff"


def write_catalogue(edition: Edition, site: Path) -> tuple[Path, ...]:
    """Write the catalogue of an edition into the site's folder and return its files, sorted.

    It is called when all other files of the site are there. They are ``catalogue/…``,
    ``data.json``, ``robots.txt``, ``CITATION.cff``, and ``sitemap.xml`` if the edition knows the
    address of the site. Without that address all others are relative.

    Parameters
    ----------
    edition
        What is published.
    site
        The site's folder.

    Raises
    ------
    analysis.errors.UserError
        If a table in the site is not the one that its descriptor describes.
    """
    day, base_url = edition.as_of.isoformat(), edition.base_url
    cubes = write_json_stat(edition, site)  # first, for they are data and listed as such
    both = find_datasets(edition, site)
    written = (
        *cubes,
        *write_dcat(both, site, base_url, as_of=day),
        *write_schema_org(both, edition, site),
        *write_csvw(both, site, base_url),
        write_datacite(both[0], site, base_url),
        write_ckan(both, site),
        write_data_json(both, site, base_url),
        *write_sitemap(site, base_url, as_of=day),
        *_citation(edition, site),
    )
    return tuple(sorted(written))


def _citation(edition: Edition, site: Path) -> tuple[Path, ...]:
    source = edition.root / CITATION
    if not source.is_file():
        return ()
    return (Path(shutil.copyfile(source, site / CITATION)),)
