"""Markdown of the repository's pages as HTML inside a page of the site.

HTML inside the Markdown is text, not markup. Tables scroll in a box of their own and their first
column is the header of its row; headings can be linked to; no style stands in the markup, because
the site's policy would refuse it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it.token import Token
    from markupsafe import Markup

COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
"""What the pages say to those who edit them; no reader sees it."""

NUMBER: Final = "number"
"""The class of cells that stand to the right."""

Resolve = Callable[[str], str | None]
"""Returns the address that a link has in the site, or nothing if it leads nowhere there."""


@dataclass(frozen=True)
class Heading:
    """A heading: its text, its address in the page, and its level (2 is a chapter)."""

    text: str
    anchor: str
    level: int


@dataclass(frozen=True)
class Document:
    """A page of Markdown as HTML.

    Parameters
    ----------
    title
        Its first heading, which is not in the body.
    body
        The rest.
    headings
        The headings of the body, in order.
    """

    title: str
    body: Markup
    headings: tuple[Heading, ...]

    @property
    def chapters(self) -> tuple[Heading, ...]:
        """The headings of the highest level."""
        return tuple(one for one in self.headings if one.level == 2)


def document(text: str, resolve: Resolve, table_name: Callable[[int, str], str]) -> Document:
    """Return Markdown as HTML.

    Parameters
    ----------
    text
        The Markdown; its first heading is its title.
    resolve
        Finds the address of a link; a link that has none is shown as its text.
    table_name
        Names a table by its number and the heading above it, for those who do not see it.
    """
    from markdown_it import MarkdownIt
    from markupsafe import Markup

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(COMMENT.sub("", text))
    title, tokens = _without_title(tokens)
    headings = _anchored(tokens)
    _link(tokens, resolve)
    tokens = list(_tables(tokens, table_name))
    for name, rule in _RULES.items():
        reader.add_render_rule(name, rule)
    body = reader.renderer.render(tokens, reader.options, {})
    return Document(title, Markup(body), headings)


def inline(text: str) -> Markup:
    """Return a short text as HTML in which only what stands between backticks is marked."""
    from markdown_it import MarkdownIt
    from markupsafe import Markup

    return Markup(MarkdownIt("zero").enable("backticks").renderInline(text))


def _without_title(tokens: list[Token]) -> tuple[str, list[Token]]:
    """Take the first heading of the first level away."""
    place = next(n for n, one in enumerate(tokens) if one.type == "heading_open")
    return _plain(tokens[place + 1]), tokens[:place] + tokens[place + 3 :]


def _anchored(tokens: Sequence[Token]) -> tuple[Heading, ...]:
    """Give every heading an address of its own, and return the headings."""
    from slugify import slugify

    found: list[Heading] = []
    for opened, inline in pairwise(tokens):
        if opened.type != "heading_open":
            continue
        text = _plain(inline)
        anchor = slugify(text)
        same = sum(one.anchor.partition("--")[0] == anchor for one in found)
        anchor = f"{anchor}--{same + 1}" if same else anchor
        opened.attrSet("id", anchor)
        found.append(Heading(text, anchor, int(opened.tag[1:])))
    return tuple(found)


def _plain(inline: Token) -> str:
    """Return the text of a line without its marks."""
    return "".join(one.content for one in inline.children or ())


def _link(tokens: Sequence[Token], resolve: Resolve) -> None:
    """Set the address of every link, and leave only the text of those that have none."""
    for inline in tokens:
        kept: list[Token] = []
        dropped = False
        for one in inline.children or ():
            if one.type == "link_open":
                target = resolve(str(one.attrGet("href")))
                dropped = target is None
                if target is not None:
                    _lead(one, target)
            if not (dropped and one.type in ("link_open", "link_close")):
                kept.append(one)
        if inline.children is not None:
            inline.children = kept


def _lead(link: Token, target: str) -> None:
    link.attrSet("href", target)
    if target.startswith(("http:", "https:")):
        link.attrSet("rel", "noreferrer")


def _tables(tokens: Sequence[Token], name: Callable[[int, str], str]) -> Iterator[Token]:
    """Give tables a name and headers of rows, and their cells a class in place of a style."""
    heading, number, first = "", 0, False
    for place, one in enumerate(tokens):
        if one.type == "heading_open":
            heading = _plain(tokens[place + 1])
        elif one.type == "table_open":
            number += 1
            one.meta["name"] = name(number, heading)
        elif one.type == "tr_open":
            first = True
        elif one.type in ("th_open", "td_open"):
            _cell(one, "col" if one.type == "th_open" else "row" if first else "")
            tokens[_end(tokens, place)].tag = one.tag
            first = False
        yield one


def _cell(cell: Token, scope: str) -> None:
    style = str(cell.attrs.pop("style", ""))
    if "right" in style:
        cell.attrSet("class", NUMBER)
    if scope:
        cell.tag = "th"
        cell.attrSet("scope", scope)


def _end(tokens: Sequence[Token], place: int) -> int:
    kind = tokens[place].type.replace("open", "close")
    return next(n for n in range(place, len(tokens)) if tokens[n].type == kind)


def _table_open(_: object, tokens: Sequence[Token], place: int, *__: object) -> str:
    from markupsafe import escape

    name = escape(tokens[place].meta["name"])
    return f'<div class="scroll" role="region" tabindex="0" aria-label="{name}">\n<table>\n'


def _table_close(*_: object) -> str:
    return "</table>\n</div>\n"


def _fence(_: object, tokens: Sequence[Token], place: int, *__: object) -> str:
    from markupsafe import escape

    return f'<pre tabindex="0"><code>{escape(tokens[place].content)}</code></pre>\n'


_RULES: Final[dict[str, Callable[..., str]]] = {
    "table_open": _table_open,
    "table_close": _table_close,
    "fence": _fence,
}
