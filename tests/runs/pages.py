"""Looking at pages as a browser would: what is fetched, what is said, what leads where."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from bs4 import BeautifulSoup

FETCHING = ("src", "srcset", "poster", "background", "data", "action", "formaction")


def parse(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def fetched(html: str) -> list[str]:
    """Every address that a browser would ask for by itself."""
    soup = parse(html)
    found = [tag[name] for tag in soup.find_all() for name in FETCHING if tag.get(name)]
    links = [tag for tag in soup.find_all("link") if tag.get("rel") != ["alternate"]]
    found += [tag["href"] for tag in links if tag.get("href")]
    styles = [tag.get_text() for tag in soup.find_all("style")]
    styles += [tag["style"] for tag in soup.find_all(style=True)]
    found += [style for style in styles if "url(" in style or "@import" in style]
    return [str(address) for address in found if not str(address).startswith("data:")]


def active(html: str) -> list[str]:
    """Everything on the page that would run."""
    soup = parse(html)
    tags = [tag.name for tag in soup.find_all(["script", "iframe", "object", "embed", "form"])]
    return tags + [name for tag in soup.find_all() for name in tag.attrs if name.startswith("on")]


def headings(html: str) -> list[int]:
    """The levels of the headings in order."""
    names = ["h1", "h2", "h3", "h4", "h5", "h6"]
    return [int(tag.name[1]) for tag in parse(html).find_all(names)]


def skips_a_level(levels: list[int]) -> bool:
    return any(later > before + 1 for before, later in pairwise(levels))


def dead_links(page: Path) -> list[str]:
    """Links from a page to files that do not exist, or to places on it that do not."""
    soup = parse(page.read_text(encoding="utf-8"))
    identities = {tag["id"] for tag in soup.find_all(id=True)}
    dead = []
    for link in soup.find_all("a", href=True):
        href = str(link["href"])
        if link.find_parent(hidden=True) is not None or href.startswith(("http:", "https:")):
            continue
        path, _, anchor = href.partition("#")
        if (path and not (page.parent / path).exists()) or (not path and anchor not in identities):
            dead.append(href)
    return dead
