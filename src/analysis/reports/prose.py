"""Prose: headings and paragraphs, shown as Markdown, with every text from data escaped."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_MARKDOWN = re.compile(r"([\\`*_\[\]#|~$])")


@dataclass(frozen=True)
class Prose:
    """A heading (level 0: none) and paragraphs of plain text."""

    paragraphs: tuple[str, ...]
    heading: str = ""
    level: int = 2

    @property
    def text(self) -> str:
        """Return heading and paragraphs as plain text, one a line."""
        return "\n".join(part for part in (self.heading, *self.paragraphs) if part)

    def _repr_markdown_(self) -> str:
        parts = [escaped(text) for text in self.paragraphs]
        if self.heading:
            parts.insert(0, f"{'#' * self.level} {escaped(self.heading)}")
        return "\n\n".join(parts)

    def __repr__(self) -> str:
        return self.text


def escaped(text: str) -> str:
    """Escape what Markdown or HTML would read as markup: data stay text."""
    return _MARKDOWN.sub(r"\\\1", html.escape(text, quote=False))


def sentence_case(text: str) -> str:
    """Begin a text with a capital letter: it may begin with a name that has none of its own."""
    return text[:1].upper() + text[1:]
