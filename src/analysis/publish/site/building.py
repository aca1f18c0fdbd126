"""Writing the site into a folder: pages, assets, reports, search index."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

from analysis.publish.edition import Edition
from analysis.publish.site.door import write_door
from analysis.publish.site.render import Renderer
from analysis.publish.site.searching import write_index
from analysis.publish.site.sections import SECTIONS
from analysis.publish.site.writer import Writer
from analysis.words import LANGUAGES

ASSETS = "assets"
STYLES = "css"
"""The folder in them whose files become one stylesheet."""


def write_site(edition: Edition, site: Path) -> None:
    """Write all pages of the site in both languages, the door to them, and the search index.

    Parameters
    ----------
    edition
        What is published.
    site
        The site's folder.
    """
    write_assets(site)
    for language in LANGUAGES:
        writer = Writer(edition, language, site)
        renderer = Renderer(writer)
        for section in SECTIONS:
            for page in section(writer):
                path = site / language / page.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(renderer.html(page), encoding="utf-8", newline="\n")
    write_door(edition, site)
    write_index(site)


def write_assets(site: Path) -> None:
    """Copy scripts and pictures, and join the stylesheets into one, in the order of their names."""
    with as_file(files("analysis.publish.site").joinpath(ASSETS)) as folder:
        target = site / ASSETS
        shutil.copytree(folder, target, ignore=shutil.ignore_patterns(STYLES), dirs_exist_ok=True)
        parts = [path.read_text(encoding="utf-8") for path in sorted((folder / STYLES).iterdir())]
        (target / "site.css").write_text("\n".join(parts), encoding="utf-8", newline="\n")
