"""The door to both languages, and the page for addresses that lead nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from analysis.publish.edition import Edition
from analysis.publish.site.render import Renderer
from analysis.publish.site.writer import Writer
from analysis.words import LANGUAGES

DOOR: Final = "index.html"
NOT_FOUND: Final = "404.html"


def write_door(edition: Edition, site: Path) -> tuple[Path, ...]:
    """Write both pages into the site's folder and return their paths.

    A server shows ``404.html`` at the address that was asked for, however deep. Its links begin at
    the server's root if the edition knows where the site will stand. Else they are relative, right
    at the site's first level only, and the page says how to come there.

    Parameters
    ----------
    edition
        What is published.
    site
        The site's folder.
    """
    writers = {language: Writer(edition, language) for language in LANGUAGES}
    environment = Renderer(writers[LANGUAGES[0]]).environment
    written = []
    for name, template, root in (
        (DOOR, "door.html.j2", ""),
        (NOT_FOUND, "notfound.html.j2", root_path(edition.base_url)),
    ):
        page = environment.get_template(template)
        text = page.render(writers=writers, root=root, base=edition.base_url)
        (site / name).write_text(f"{text.strip()}\n", encoding="utf-8", newline="\n")
        written.append(site / name)
    return tuple(written)


def root_path(base_url: str) -> str:
    """Return the path of the site on its server, with slashes around it; empty: not known."""
    return urlsplit(base_url).path if base_url else ""
