"""A small site that has nothing but figures: their page, the style sheet, the scripts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analysis.publish.site.building import write_assets
from analysis.publish.site.figures import Figure
from analysis.publish.site.figures.runtime import FILE, write_runtime
from analysis.publish.site.page import SitePage
from analysis.publish.site.render import Renderer, href
from analysis.publish.site.writer import Writer

PAGE = """
{% extends 'base.html.j2' %}
{% from 'figure.html.j2' import figure with context %}
{% block main %}
<h1>{{ page.title }}</h1>
{% for one in content.figures %}
<section>{{ figure(one) }}</section>
{% endfor %}
{% endblock %}
"""


def html(writer: Writer, figures: Sequence[Figure | None], path: str = "figures.html") -> str:
    """Return a page of the site with these figures."""
    renderer = Renderer(writer)
    page = SitePage(path, "", "Figures", "Figures", "home", {"figures": figures})
    template = renderer.environment.from_string(PAGE)
    return template.render(
        page=page,
        content=page.content,
        to=lambda link: href(page, link),
        others={name: f"{page.to_site}{name}/{page.path}" for name in ("vi", "en")},
        canonical="",
    ).strip()


def write_page(
    site: Path, writer: Writer, figures: Sequence[Figure | None], path: str = "figures.html"
) -> Path:
    """Write such a page, and what it asks for, into a folder; return the page's file."""
    if not (site / "assets" / FILE).exists():
        write_assets(site)
        write_runtime(site / "assets")
    file = site / writer.language / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(html(writer, figures, path), encoding="utf-8", newline="\n")
    return file
