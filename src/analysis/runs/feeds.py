"""The change feed, as Atom 1.0 (RFC 4287) and as JSON Feed 1.1, one of each for every language.

Where the site will be is not known when a feed is made. Without a base address, ids are URNs and
the links of the Atom feed are relative: they hold wherever the outputs are put, since a reader
resolves them against the address that it fetched the feed from (RFC 3986, 5.1.3), and there is no
``xml:base``. JSON Feed says nothing of relative addresses, so its ``url`` is left out and the link
stands in the extension ``_plan155``. With a base address all links are absolute in both.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin, urlsplit
from uuid import UUID, uuid5
from xml.etree import ElementTree

from markupsafe import Markup

from analysis.runs.changes import KINDS, NAMESPACE
from analysis.runs.digest import FOLDER, HISTORY, INDEX
from analysis.runs.history import Entry, History
from analysis.runs.plain import clean, web_address
from analysis.words import LANGUAGES, Words

NEWEST: Final = 200
"""How many changes a feed has; the history has all."""

ATOM: Final = "http://www.w3.org/2005/Atom"
JSON_FEED: Final = "https://jsonfeed.org/version/1.1"
MEDIA: Final = {"atom": "application/atom+xml", "json": "application/feed+json"}
XML_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"

Find = Callable[[str, str], str]
"""Returns the page of a report by its name and language, relative to the outputs; or the index."""


@dataclass(frozen=True)
class Feed:
    """A feed of changes in one language.

    Parameters
    ----------
    history
        All changes.
    language
        ``vi`` or ``en``.
    find
        Finds the page of a report.
    base
        The address at which the outputs will be, ending in a slash; empty: not known.

    Raises
    ------
    ValueError
        If the base is no such address.
    """

    history: History
    language: str
    find: Find
    base: str = ""

    def __post_init__(self) -> None:
        parts = urlsplit(self.base)
        sound = parts.scheme in ("http", "https") and parts.netloc and self.base.endswith("/")
        if self.base and not sound:
            raise ValueError(f"not the address of a folder: {self.base!r}")

    @property
    def words(self) -> Words:
        """The wording."""
        return Words(self.language)

    @property
    def title(self) -> str:
        """The title of the feed."""
        return self.words("feed.title")

    @property
    def subtitle(self) -> str:
        """What the feed has, and since when."""
        began = self.words.date(self.history.began)
        return self.words("feed.subtitle", began=began, n=NEWEST)

    @property
    def updated(self) -> str:
        """When the feed was changed last."""
        return max([self.history.began, *(str(one["at"]) for one in self.newest)])

    @property
    def newest(self) -> Sequence[Entry]:
        """The newest changes, newest run first; those of one run in the order of the plan."""
        runs: dict[str, list[Entry]] = {}
        for entry in self.history.entries:
            runs.setdefault(entry["at"], []).append(entry)
        ordered = [entry for at in sorted(runs, reverse=True) for entry in runs[at]]
        return ordered[:NEWEST]

    def file(self, form: str, language: str = "") -> str:
        """Return the name of a feed's file: ``feed.vi.atom``."""
        return f"feed.{language or self.language}.{form}"

    def link(self, path: str) -> str:
        """Return a link to a file of the outputs, from the folder of the feeds or from anywhere."""
        if self.base:
            return urljoin(self.base, path)
        inside = path.removeprefix(f"{FOLDER}/")
        return inside if inside != path else f"../{path}"

    def page(self, entry: Entry) -> str:
        """Return the page to see for a change, relative to the outputs."""
        report = str(entry["report"])
        return self.find(report, self.language) if report else INDEX

    def entry_id(self, entry: Entry) -> str:
        """Return the id of a change as it is told in this language."""
        return uuid5(UUID(entry["id"]), self.language).urn

    @property
    def feed_id(self) -> str:
        """The id of the feed; both of its forms have it."""
        return uuid5(NAMESPACE, f"feed.{self.language}").urn

    def told(self, entry: Entry) -> tuple[str, list[str]]:
        """Return title and lines of a change."""
        texts = entry["texts"][self.language]
        return clean(texts["title"]), [clean(line) for line in texts["lines"]]

    def categories(self, entry: Entry) -> list[str]:
        """Return what a change can be filtered by: kind, cause, subject, group, lead agencies."""
        subject, cause = entry["subject"], entry["cause"]
        kinds = [entry["kind"], *(["verdict"] if entry.get("verdicts") else [])]
        causes = [f"cause-{cause}"] if cause != "data" else []
        parts = ("series_id", "task_id", "task_group_id")
        ids = [clean(str(subject[name])) for name in parts if subject.get(name)]
        group = [f"group-{subject['group_id']}"] if subject.get("group_id") else []
        agencies = [clean(str(name)) for name in subject.get("agency_ids") or ()]
        return list(dict.fromkeys([*kinds, *causes, *ids, *group, *agencies]))


def atom(feed: Feed) -> str:
    """Return a feed as Atom 1.0."""
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(_tag("feed"), {XML_LANGUAGE: feed.language})
    _add(root, "id", feed.feed_id)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.subtitle)
    _add(root, "updated", feed.updated)
    _add(_add(root, "author"), "name", feed.words("feed.author"))
    _add(root, "rights", feed.words("feed.rights"))
    _add(root, "generator", "plan155")
    for attributes in _feed_links(feed):
        _add(root, "link", **attributes)
    for entry in feed.newest:
        _add_entry(root, feed, entry)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _feed_links(feed: Feed) -> Iterator[dict[str, str]]:
    """Yield the links of a feed: itself, the reports, the other feeds, the whole history."""
    here = f"{FOLDER}/{feed.file('atom')}"
    yield {"rel": "self", "type": MEDIA["atom"], "href": feed.link(here)}
    yield {"rel": "alternate", "type": "text/html", "href": feed.link(INDEX)}
    for language in LANGUAGES:
        for form, media in MEDIA.items():
            path = f"{FOLDER}/{feed.file(form, language)}"
            if path != here:
                link = feed.link(path)
                yield {"rel": "alternate", "type": media, "hreflang": language, "href": link}
    history = feed.link(f"{FOLDER}/{HISTORY}")
    yield {"rel": "related", "type": "application/json", "href": history}


def _add_entry(root: ElementTree.Element, feed: Feed, entry: Entry) -> None:
    title, lines = feed.told(entry)
    element = _add(root, "entry")
    _add(element, "id", feed.entry_id(entry))
    _add(element, "title", title)
    _add(element, "published", str(entry["at"]))
    _add(element, "updated", str(entry["at"]))
    _add(element, "link", rel="alternate", type="text/html", href=feed.link(feed.page(entry)))
    for source in entry["sources"]:
        address = web_address(source.get("url"))
        if address:
            _add(element, "link", rel="via", href=address)
    for term in feed.categories(entry):
        _add(element, "category", term=term, **_named(feed, term))
    _add(element, "summary", lines[0] if lines else title)
    _add(element, "content", content_html(feed, entry), type="html")


def _named(feed: Feed, term: str) -> dict[str, str]:
    return {"label": feed.words(f"change.kind.{term}")} if term in KINDS else {}


def _add(
    parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str
) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, _tag(name), attributes)
    element.text = text
    return element


def _tag(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def content_html(feed: Feed, entry: Entry) -> str:
    """Return a change as HTML, with everything that comes from data escaped."""
    _, lines = feed.told(entry)
    parts = [Markup("<p>{}</p>").format(line) for line in lines]
    sources = [_source_html(source) for source in entry["sources"]]
    if sources:
        head = feed.words("change.sources") + feed.words("colon")
        parts.append(Markup("<p>{}{}</p>").format(head, Markup("; ").join(sources)))
    return str(Markup("").join(parts))


def _source_html(source: Mapping[str, Any]) -> Markup:
    name = clean(str(source.get("title") or source.get("publisher") or source["source_id"]))
    address = web_address(source.get("url"))
    if not address:
        return Markup("{}").format(name)
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(address, name)


def json_feed(feed: Feed) -> str:
    """Return a feed as JSON Feed 1.1."""
    content = {
        "version": JSON_FEED,
        "title": feed.title,
        **_addresses(feed),
        "description": feed.subtitle,
        "authors": [{"name": feed.words("feed.author")}],
        "language": feed.language,
        "items": [_item(feed, entry) for entry in feed.newest],
        "_plan155": {"id": feed.feed_id, "updated": feed.updated, "history": HISTORY},
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _addresses(feed: Feed) -> dict[str, str]:
    if not feed.base:
        return {}
    here = f"{FOLDER}/{feed.file('json')}"
    return {"home_page_url": feed.link(INDEX), "feed_url": feed.link(here)}


def _item(feed: Feed, entry: Entry) -> dict[str, Any]:
    title, lines = feed.told(entry)
    page = feed.link(feed.page(entry))
    outside = [web_address(source.get("url")) for source in entry["sources"]]
    return {
        "id": feed.entry_id(entry),
        **({"url": page} if feed.base else {}),
        **({"external_url": outside[0]} if outside and outside[0] else {}),
        "title": title,
        "content_html": content_html(feed, entry),
        "content_text": "\n".join(lines),
        "summary": lines[0] if lines else title,
        "date_published": entry["at"],
        "tags": feed.categories(entry),
        "language": feed.language,
        "_plan155": {
            "change": entry["id"],
            "kind": entry["kind"],
            "subject": entry["subject"],
            "field": entry["field"],
            "before": entry.get("before"),
            "after": entry.get("after"),
            "verdicts": entry.get("verdicts", []),
            "cause": entry["cause"],
            "as_of": entry["as_of"],
            "data": entry["data"],
            "report": page,
        },
    }
