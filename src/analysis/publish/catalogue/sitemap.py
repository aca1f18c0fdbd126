"""What programs that walk the site ask for first: ``sitemap.xml`` and ``robots.txt``.

A sitemap must name whole addresses, so there is one only if the site's address is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final
from xml.etree import ElementTree

from analysis.publish.catalogue.writing import Addresses, write_text
from analysis.words import LANGUAGES

SITEMAP: Final = "sitemap.xml"
ROBOTS: Final = "robots.txt"
HOME: Final = "index.html"
NO_PAGES: Final = {"404.html"}
NO_FOLDERS: Final = {"assets", "pagefind"}
NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML: Final = "http://www.w3.org/1999/xhtml"


def write_sitemap(site: Path, base_url: str, *, as_of: str) -> tuple[Path, ...]:
    """Write ``robots.txt``, and ``sitemap.xml`` if the address of the site is known.

    A sitemap of an earlier edition is taken away where there is none any more.

    Parameters
    ----------
    site
        The site's folder; its pages are those that lie there.
    base_url
        Where the site stands; empty: not known.
    as_of
        The day of the edition, in ISO 8601.
    """
    robots = ["User-agent: *", "Allow: /"]
    if not base_url:
        (site / SITEMAP).unlink(missing_ok=True)
        return (write_text("\n".join(robots) + "\n", site / ROBOTS),)
    addresses = Addresses(base_url)
    robots += ["", f"Sitemap: {addresses(SITEMAP)}"]
    return (
        write_text("\n".join(robots) + "\n", site / ROBOTS),
        write_text(sitemap(site, addresses, as_of=as_of), site / SITEMAP),
    )


def sitemap(site: Path, addresses: Addresses, *, as_of: str) -> str:
    """Return the sitemap: every page with its counterpart in the other language."""
    ElementTree.register_namespace("", NAMESPACE)
    ElementTree.register_namespace("xhtml", XHTML)
    pages = list(_pages(site))
    root = ElementTree.Element(f"{{{NAMESPACE}}}urlset")
    for page in pages:
        one = ElementTree.SubElement(root, f"{{{NAMESPACE}}}url")
        ElementTree.SubElement(one, f"{{{NAMESPACE}}}loc").text = addresses(page)
        ElementTree.SubElement(one, f"{{{NAMESPACE}}}lastmod").text = as_of
        for language, other in _alternates(page, set(pages)).items():
            link = {"rel": "alternate", "hreflang": language, "href": addresses(other)}
            ElementTree.SubElement(one, f"{{{XHTML}}}link", link)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _pages(site: Path) -> Iterator[str]:
    for path in sorted(site.rglob("*.html")):
        place = path.relative_to(site)
        if place.as_posix() not in NO_PAGES and place.parts[0] not in NO_FOLDERS:
            yield place.as_posix()


def _alternates(page: str, pages: set[str]) -> dict[str, str]:
    """Return the same page by language, itself included; none if there is no counterpart.

    For readers of any other language the door of the site stands for both homes, and else the
    Vietnamese page, which is the first one.
    """
    versions = {str(language): _version(page, language) for language in LANGUAGES}
    different = len(set(versions.values())) == len(versions)
    if not different or not pages.issuperset(versions.values()):
        return {}
    both_homes = page == HOME or page in {f"{language}/{HOME}" for language in LANGUAGES}
    return {**versions, "x-default": HOME if both_homes else versions["vi"]}


def _version(page: str, language: str) -> str:
    """Return the page in a language: the first part of its path that names one is changed."""
    if page == HOME:
        return f"{language}/{HOME}"
    parts = list(PurePosixPath(page).parts)
    for place, part in enumerate(parts[:2]):
        if part in LANGUAGES:
            parts[place] = language
            return "/".join(parts)
    return page
