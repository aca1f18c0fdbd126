"""The sections of the site, in the order of its navigation."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from analysis.publish.site import (
    about,
    agencies,
    changes,
    coverage,
    data,
    groups,
    home,
    indicators,
    methods,
    reports,
    search,
    tasks,
)
from analysis.publish.site.page import SitePage
from analysis.publish.site.writer import Writer

Section = Callable[[Writer], Iterable[SitePage]]

SECTIONS: tuple[Section, ...] = (
    home.pages,
    groups.pages,
    indicators.pages,
    tasks.pages,
    agencies.pages,
    coverage.pages,
    reports.pages,
    data.pages,
    methods.pages,
    changes.pages,
    about.pages,
    search.pages,
)

NAVIGATION: tuple[tuple[str, str], ...] = (
    ("home", "index.html"),
    ("indicators", "indicators.html"),
    ("tasks", "tasks.html"),
    ("agencies", "agencies.html"),
    ("coverage", "coverage.html"),
    ("data", "data.html"),
    ("methods", "methods.html"),
    ("changes", "changes.html"),
    ("about", "about.html"),
)
"""What the navigation leads to: the section's name (text ``site.nav.…``) and its page."""
