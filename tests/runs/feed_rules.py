"""The rules of the two feed formats, read out of their specifications, for the tests.

Independent of the code that writes the feeds: Atom by RFC 4287 with a parser of the standard
library, JSON Feed by its version 1.1. Each function returns what is wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

ATOM = "{http://www.w3.org/2005/Atom}"
IRI = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
MEDIA = re.compile(r"[\w.+-]+/[\w.+-]+")

ONCE = {"feed": ("id", "title", "updated"), "entry": ("id", "title", "updated")}
AT_MOST_ONCE = {
    "feed": ("subtitle", "rights", "generator", "icon", "logo"),
    "entry": ("content", "summary", "published", "rights", "source"),
}


def atom_faults(text: str) -> list[str]:
    """RFC 4287, sections 3 and 4."""
    root = ElementTree.fromstring(text.encode())
    if root.tag != f"{ATOM}feed":
        return [f"the root is {root.tag}"]
    entries = root.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    faults = [*_of_element(root, "feed"), *_of_links(root)]
    faults += ["an id stands twice"] if len(set(ids)) < len(ids) else []
    has_author = root.find(f"{ATOM}author/{ATOM}name") is not None
    for entry in entries:
        faults += [*_of_element(entry, "entry"), *_of_links(entry), *_of_content(entry)]
        if not has_author and entry.find(f"{ATOM}author/{ATOM}name") is None:
            faults.append("an entry without author")
    if not any(link.get("rel") == "self" for link in root.findall(f"{ATOM}link")):
        faults.append("no link to itself")
    return faults


def _of_element(element: Element, name: str) -> Iterator[str]:
    counted = {child: len(element.findall(f"{ATOM}{child}")) for child in ONCE[name]}
    yield from (f"{name}: not one {child}" for child, n in counted.items() if n != 1)
    counted = {child: len(element.findall(f"{ATOM}{child}")) for child in AT_MOST_ONCE[name]}
    yield from (f"{name}: more than one {child}" for child, n in counted.items() if n > 1)
    yield from (f"{name}: {fault}" for fault in _of_values(element))


def _of_values(element: Element) -> Iterator[str]:
    if IRI.fullmatch(element.findtext(f"{ATOM}id") or "") is None:
        yield "the id is no absolute IRI"
    if not (element.findtext(f"{ATOM}title") or "").strip():
        yield "an empty title"
    for child in ("updated", "published"):
        dates = element.findall(f"{ATOM}{child}")
        yield from (f"{child} is no time" for date in dates if not is_time(date.text))
    categories = element.findall(f"{ATOM}category")
    yield from ("a category without term" for one in categories if not one.get("term"))


def _of_links(element: Element) -> Iterator[str]:
    links = element.findall(f"{ATOM}link")
    for link in links:
        if not link.get("href"):
            yield "a link without href"
        if urlsplit(link.get("href", "")).scheme not in ("", "http", "https"):
            yield f"a link to {link.get('href')}"
        if link.get("type") and MEDIA.fullmatch(link.get("type", "")) is None:
            yield f"no media type: {link.get('type')}"
    others = [(link.get("type"), link.get("hreflang")) for link in links if _is_alternate(link)]
    if len(set(others)) < len(others):
        yield "two alternates of one type and language"


def _is_alternate(link: Element) -> bool:
    return link.get("rel", "alternate") == "alternate"


def _of_content(entry: Element) -> Iterator[str]:
    content = entry.find(f"{ATOM}content")
    if content is None and not any(map(_is_alternate, entry.findall(f"{ATOM}link"))):
        yield "an entry with neither content nor alternate"
    if content is not None and content.get("type") == "html" and len(content):
        yield "html with elements inside"


def is_time(text: object) -> bool:
    """Whether a text is a time by RFC 3339."""
    if not isinstance(text, str) or DATE.fullmatch(text) is None:
        return False
    datetime.fromisoformat(text)
    return True


FEED_KEYS = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str,
    "user_comment": str, "next_url": str, "icon": str, "favicon": str, "authors": list,
    "language": str, "expired": bool, "hubs": list, "items": list,
}  # fmt: skip
ITEM_KEYS = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str,
    "content_text": str, "summary": str, "image": str, "banner_image": str, "date_published": str,
    "date_modified": str, "authors": list, "tags": list, "language": str, "attachments": list,
}  # fmt: skip
EXTENSION = re.compile(r"_[A-Za-z][^.]*")


def json_feed_faults(text: str) -> list[str]:
    """JSON Feed, version 1.1."""
    feed: dict[str, Any] = json.loads(text)
    faults = [f"feed: no {name}" for name in ("version", "title", "items") if name not in feed]
    faults += _of_keys(feed, FEED_KEYS)
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        faults.append("another version")
    if next(iter(feed)) != "version":
        faults.append("the version does not stand first")
    items = feed.get("items", [])
    if len({item.get("id") for item in items}) < len(items):
        faults.append("an id stands twice")
    for author in feed.get("authors", []):
        faults += [] if set(author) & {"name", "url", "avatar"} else ["an empty author"]
    return faults + [fault for item in items for fault in _of_item(item)]


def _of_item(item: dict[str, Any]) -> Iterator[str]:
    if not item.get("id"):
        yield "an item without id"
    if not {"content_html", "content_text"} & set(item):
        yield "an item without content"
    yield from _of_keys(item, ITEM_KEYS)
    for name in ("date_published", "date_modified"):
        if name in item and not is_time(item[name]):
            yield f"{name} is no time"
    if not all(isinstance(tag, str) for tag in item.get("tags", [])):
        yield "a tag that is no text"


def _of_keys(content: dict[str, Any], known: dict[str, type]) -> Iterator[str]:
    for name, value in content.items():
        if name in known and not isinstance(value, known[name]):
            yield f"{name} is no {known[name].__name__}"
        if name not in known and EXTENSION.fullmatch(name) is None:
            yield f"unknown {name}"
        if name.endswith("url") and not str(value).startswith(("http://", "https://")):
            yield f"{name} is no address: {value}"
