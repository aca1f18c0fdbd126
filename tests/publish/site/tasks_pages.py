"""Pages of a section as a reader has them: rendered, and read again by a parser of HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pandas as pd
from bs4 import BeautifulSoup, Tag

from analysis.api import Plan
from analysis.package import Tables
from analysis.publish import Edition
from analysis.publish.site.building import write_assets
from analysis.publish.site.page import SitePage
from analysis.publish.site.render import Renderer
from analysis.publish.site.writer import Writer

Section = Callable[[Writer], Iterable[SitePage]]

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> \"'&amp;{{ 7*7 }}"
"""A name that would be markup, a script or a template if anything forgot to escape it."""


def rendered(
    edition: Edition, language: str, section: Section, *, last: str = ""
) -> dict[str, str]:
    """The pages of a section as HTML, by their path; none after the last one that is wanted."""
    writer = Writer(edition, language)
    renderer = Renderer(writer)
    made = {}
    for page in section(writer):
        made[page.path] = renderer.html(page)
        if page.path == last:
            break
    return made


def read(html: str) -> BeautifulSoup:
    """A page as an independent parser reads it."""
    return BeautifulSoup(html, "html.parser")


def text(tag: Tag | BeautifulSoup | None) -> str:
    """What a reader reads, with single spaces."""
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def cells(row: Tag) -> list[str]:
    """The texts of the cells of a row, its header first."""
    return [text(cell) for cell in row.find_all(["th", "td"], recursive=False)]


def links(tag: Tag | BeautifulSoup) -> list[str]:
    """Where the links lead."""
    return [str(link["href"]) for link in tag.select("a[href]")]


def with_tables(edition: Edition, **frames: pd.DataFrame) -> Edition:
    """The edition with other tables."""
    tables = edition.plan.tables
    plan = Plan(Tables({**tables, **frames}, tables.descriptor, tables.root))
    return replace(edition, plan=plan)


def renamed(edition: Edition, table: str, key: str, value: str, name: str) -> Edition:
    """The edition in which one row of a table has another name in both languages."""
    rows = edition.plan[table].copy()
    for language in ("vi", "en"):
        rows.loc[rows[key].eq(value), f"name_{language}"] = name
    return with_tables(edition, **{table: rows})


def markup_of(page: BeautifulSoup) -> list[str]:
    """What of a hostile name has become markup."""
    found = [str(tag) for tag in page.select("img[onerror], [onerror], [onclick]")]
    scripts = page.select("script:not([src]):not([type='application/json'])")
    found += [str(tag) for tag in scripts if tag.get("type") != "application/ld+json"]
    return found + [part for part in ("49",) if f"\"'&amp;{part}" in page.get_text()]


def write(site: Path, edition: Edition, sections: Iterable[Section]) -> None:
    """Write the pages of some sections in both languages, with what all pages need."""
    write_assets(site)
    for language, section in product(("vi", "en"), sections):
        pages = rendered(edition, language, section)
        for path, html in pages.items():
            file = site / language / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(html, encoding="utf-8", newline="\n")
