"""Writing the site into a folder: pages, assets, reports, search index."""

from __future__ import annotations

import shutil
from concurrent.futures import ProcessPoolExecutor
from importlib.resources import as_file, files
from multiprocessing import get_context
from pathlib import Path

from analysis.publish.edition import Edition, open_edition
from analysis.publish.site.door import write_door
from analysis.publish.site.figures import write_runtime
from analysis.publish.site.render import Renderer
from analysis.publish.site.searching import write_index
from analysis.publish.site.sections import SECTIONS
from analysis.publish.site.writer import Writer
from analysis.runs.places import Outputs
from analysis.words import LANGUAGES

ASSETS = "assets"
STYLES = "css"
"""The folder in them whose files become one stylesheet."""


def write_site(edition: Edition, site: Path) -> None:
    """Write all pages of the site in both languages, the door to them, and the search index.

    Each language is written by a process of its own.

    Parameters
    ----------
    edition
        What is published.
    site
        The site's folder.
    """
    write_assets(site)
    asked = (edition.root, edition.outputs, edition.base_url, site)
    context = get_context("spawn")  # the libraries that draw have threads: no fork
    with ProcessPoolExecutor(len(LANGUAGES), mp_context=context) as pool:
        for done in [pool.submit(_write_language, *asked, language) for language in LANGUAGES]:
            done.result()
    write_door(edition, site)
    write_index(site)


def _write_language(root: Path, outputs: Outputs, base_url: str, site: Path, language: str) -> None:
    write_pages(open_edition(root, outputs, base_url), site, language)


def write_pages(edition: Edition, site: Path, language: str) -> None:
    """Write all pages of one language.

    Parameters
    ----------
    edition, site
        As for :func:`write_site`; the data and the downloads are in the site already.
    language
        ``vi`` or ``en``.
    """
    writer = Writer(edition, language, site)
    renderer = Renderer(writer)
    for section in SECTIONS:
        for page in section(writer):
            path = site / language / page.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(renderer.html(page), encoding="utf-8", newline="\n")


def write_assets(site: Path) -> None:
    """Copy scripts and pictures, and join the stylesheets into one, in the order of their names."""
    with as_file(files("analysis.publish.site").joinpath(ASSETS)) as folder:
        target = site / ASSETS
        shutil.copytree(folder, target, ignore=shutil.ignore_patterns(STYLES), dirs_exist_ok=True)
        parts = [path.read_text(encoding="utf-8") for path in sorted((folder / STYLES).iterdir())]
        (target / "site.css").write_text("\n".join(parts), encoding="utf-8", newline="\n")
        write_runtime(target)
