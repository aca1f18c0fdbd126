"""From pages to HTML: one environment of templates a language, everything from data escaped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from analysis.publish.site.page import Link, SitePage
from analysis.publish.site.sections import NAVIGATION
from analysis.publish.site.writer import Writer
from analysis.words import LANGUAGES

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",  # the search index is read by WebAssembly
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)
"""The content security policy of every page: nothing from elsewhere, no script inside a page."""


class Renderer:
    """Renders the pages of one language.

    Parameters
    ----------
    writer
        What the pages were written with.
    """

    def __init__(self, writer: Writer) -> None:
        self.writer = writer

    def html(self, page: SitePage) -> str:
        """Return the page as HTML.

        Raises
        ------
        jinja2.UndefinedError
            If the template asks for what the page does not hold.
        """
        template = self.environment.get_template(page.template)
        text: str = template.render(
            page=page,
            content=page.content,
            to=lambda link: href(page, link),
            others={name: self._in_language(page, name) for name in LANGUAGES},
            canonical=self._canonical(page),
        )
        return f"{text.strip()}\n"

    @cached_property
    def environment(self) -> Environment:
        """The templates, with what all pages share."""
        from jinja2 import Environment, PackageLoader, StrictUndefined

        made = Environment(
            loader=PackageLoader("analysis.publish.site"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.globals.update(
            writer=self.writer,
            edition=self.writer.edition,
            language=self.writer.language,
            say=self.writer.say,
            words=self.writer.words,
            navigation=NAVIGATION,
            languages=LANGUAGES,
            policy=POLICY,
        )
        made.filters["data_block"] = data_block
        return made

    def _in_language(self, page: SitePage, language: str) -> str:
        return f"{page.to_site}{language}/{page.path}"

    def _canonical(self, page: SitePage) -> str:
        base = self.writer.edition.base_url
        return f"{base}{self.writer.language}/{page.path}" if base else ""


def href(page: SitePage, target: Link | str) -> str:
    """Return the relative address of a target as seen from a page.

    Parameters
    ----------
    page
        Where the link stands.
    target
        A link, or its path: below the language's folder, or with a slash before it below the
        site's folder. What names another place (``https:``), or a part of the page (``#``), is
        left as it is.
    """
    path = target.path if isinstance(target, Link) else target
    if path.startswith("#") or path.partition(":")[0] in ("http", "https", "mailto"):
        return path
    return f"{page.to_site}{path[1:]}" if path.startswith("/") else f"{page.to_language}{path}"


def data_block(value: Mapping[str, Any]) -> Markup:
    """Return JSON that may stand inside a ``script`` element that is no script."""
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026"))
