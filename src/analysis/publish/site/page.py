"""A page of the site before it is HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any


@dataclass(frozen=True)
class SitePage:
    """One page in one language.

    Parameters
    ----------
    path
        Its file below the language's folder, such as ``indicators/5.7.html``: the same in both
        languages.
    template
        The template that lays it out, such as ``indicator.html.j2``.
    title, description
        Its title, without the site's name, and one sentence for search engines.
    section
        The entry of the navigation to which it belongs.
    content
        What the template shows, under the name ``content``.
    searchable
        Whether the search finds it.
    linked_data
        JSON-LD for its head.
    """

    path: str
    template: str
    title: str
    description: str
    section: str
    content: Mapping[str, Any] = field(default_factory=dict)
    searchable: bool = True
    linked_data: Mapping[str, Any] | None = None

    @property
    def to_language(self) -> str:
        """What leads from the page to its language's folder: ``""`` or ``../``."""
        return "../" * (len(PurePosixPath(self.path).parts) - 1)

    @property
    def to_site(self) -> str:
        """What leads from the page to the site's folder."""
        return f"{self.to_language}../"


@dataclass(frozen=True)
class Link:
    """A link to a page of the same language, or to another file of the site.

    Parameters
    ----------
    path
        For a page, its path below the language's folder; else the path below the site's folder,
        with a slash before it.
    text
        What is read.
    """

    path: str
    text: str
