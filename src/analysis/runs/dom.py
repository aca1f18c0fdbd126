"""The finishing of a report's page: what no template says, because it looks at the whole page."""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

MOST_WITHOUT_CONTENTS = 5
"""A page with more sections than this begins with a list of them."""

_PNG = "data:image/png;base64,"
_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_HEAD = 33  # the signature and the header, which is always the first chunk
_PER_METRE = 96 / 0.0254  # CSS pixels
_DARK = "screen and (prefers-color-scheme: dark)"
_AS_THEY_ARE = "/:;,=+-.()'!*@&?$"  # characters that an address of data may hold


def leave_out_notebook_styles(soup: BeautifulSoup) -> None:
    """Take out the stylesheets that outputs carry for notebooks: the page has its own."""
    for style in soup.select("main style"):
        style.decompose()


def describe_images(soup: BeautifulSoup, undescribed: str) -> None:
    """Give a text alternative to each image that comes without: that there is none."""
    for image in soup.select("img:not([alt])"):
        image["alt"] = undescribed


def let_tables_scroll(soup: BeautifulSoup, numbered: Callable[[int], str]) -> None:
    """Put each table into a box of its own that scrolls, and can be reached with the keyboard.

    A table of a report brings its box with it; ``numbered`` names those without a caption.
    """
    for number, table in enumerate(soup.find_all("table"), start=1):
        if table.parent is not None and table.parent.get("role") == "region":
            continue
        caption = table.find("caption")
        name = _words_of(caption) if caption else numbered(number)
        box = soup.new_tag(
            "div", attrs={"class": "scroll", "role": "region", "tabindex": "0", "aria-label": name}
        )
        table.wrap(box)
        del table["border"]


def dark_figures(folder: Path) -> dict[str, bytes]:
    """Return the dark variants of saved figures (``name-dark.svg``), by digest of ``name.png``."""
    found = {}
    for picture in sorted(folder.glob("*.png")):
        dark = picture.with_name(f"{picture.stem}-dark.svg")
        if dark.is_file():
            found[hashlib.sha256(picture.read_bytes()).hexdigest()] = dark.read_bytes()
    return found


def show_figures(
    soup: BeautifulSoup, dark: Mapping[str, bytes], named: Callable[[str], str]
) -> None:
    """Give each figure its size, a box that scrolls on a narrow screen, and its dark variant.

    The variant is part of the page, as the light one is: a browser that fails to fetch a variant
    shows nothing in its place, so a page that is read alone must hold both.

    Parameters
    ----------
    soup
        The page.
    dark
        SVG by the digest of the PNG that is on the page (:func:`dark_figures`).
    named
        The name of a figure's box, from the heading that the figure stands below.
    """
    for image in soup.select(f'main img[src^="{_PNG}"]'):
        content = base64.b64decode(str(image["src"]).removeprefix(_PNG))
        size = {name: str(value) for name, value in png_size(content).items()}
        image.attrs |= size
        variant = dark.get(hashlib.sha256(content).hexdigest())
        if variant is not None:
            image.wrap(soup.new_tag("picture")).insert(0, _source(soup, variant, size))
    _let_figures_scroll(soup, named)


def _let_figures_scroll(soup: BeautifulSoup, named: Callable[[str], str]) -> None:
    """Make each figure a region with a name of its own that can be reached with the keyboard."""
    used: dict[str, int] = {}
    for figure in soup.select("main figure"):
        heading = figure.find_previous(["h1", "h2", "h3"])
        name = named(_words_of(heading) if heading else "").strip(" :")
        used[name] = used.get(name, 0) + 1
        again = f" ({used[name]})" if used[name] > 1 else ""
        figure.attrs |= {"role": "region", "tabindex": "0", "aria-label": f"{name}{again}"}


def png_size(content: bytes) -> dict[str, int]:
    """Return ``width`` and ``height`` of a PNG in CSS pixels, as its resolution has it on paper.

    A picture that does not tell its resolution is taken to be one for screens; of what is no PNG,
    nothing is returned. The format: PNG (third edition), 11.2.1 and 11.3.4.3.
    """
    if not content.startswith(_PNG_START) or len(content) < _PNG_HEAD:
        return {}
    pixels = struct.unpack(">II", content[16:24])
    place = content.find(b"pHYs", 0, content.find(b"IDAT"))
    per_metre = _PER_METRE if place < 0 else struct.unpack(">I", content[place + 4 : place + 8])[0]
    width, height = (round(number * _PER_METRE / per_metre) for number in pixels)
    return {"width": width, "height": height}


def _source(soup: BeautifulSoup, variant: bytes, size: Mapping[str, str]) -> Tag:
    # Written out rather than in base64, the picture shrinks to a tenth where pages are compressed.
    address = f"data:image/svg+xml,{quote(variant, safe=_AS_THEY_ARE)}"
    attributes = {"media": _DARK, "type": "image/svg+xml", "srcset": address, **size}
    return soup.new_tag("source", attrs=attributes)


def add_contents(soup: BeautifulSoup, title: str) -> None:
    """Give every section an address, and put a list of them before the first if there are many."""
    headings = soup.select("main h2")
    for number, heading in enumerate(headings, start=1):
        heading["id"] = heading.get("id") or f"section-{number}"
    if len(headings) <= MOST_WITHOUT_CONTENTS:
        return
    contents = soup.new_tag("nav", attrs={"class": "contents", "aria-label": title})
    items = soup.new_tag("ol")
    contents.append(items)
    for heading in headings:
        items.append(_entry(soup, heading))
    _largest_after_title(headings[0]).insert_before(contents)


def _entry(soup: BeautifulSoup, heading: Tag) -> Tag:
    item, link = soup.new_tag("li"), soup.new_tag("a", attrs={"href": f"#{heading['id']}"})
    link.string = _words_of(heading)
    item.append(link)
    return item


def _words_of(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


def _largest_after_title(heading: Tag) -> Tag:
    """Return the largest part of the page in which a heading stands, but not the title."""
    part = heading
    while part.parent is not None and part.parent.name != "main" and not part.parent.find("h1"):
        part = part.parent
    return part
