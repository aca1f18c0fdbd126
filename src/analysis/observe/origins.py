"""Sources: one row for each text that was read, with an id that stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from slugify import slugify

from analysis.observe.facts import Facts, Publisher
from analysis.observe.rows import Row


@dataclass(frozen=True)
class Origin:
    """Where a value was read, as collected; an empty publisher or title was not stated."""

    url: str
    title: str
    publisher: str
    published: str

    @property
    def host(self) -> str:
        """The host of the address, without ``www.``; ``""`` if it is no address."""
        return host_of(self.url)


def host_of(url: str) -> str:
    """Return the host of an address of the web, without ``www.``; ``""`` if it is none."""
    try:
        address = urlsplit(url)
    except ValueError:
        return ""
    web = address.scheme in {"http", "https"}
    return (address.hostname or "").removeprefix("www.") if web else ""


def stated(row: Row) -> Origin:
    """Return the origin as a collected row states it; the layouts differ in what they can say."""
    return Origin(
        row["source_url"],
        row.get("source_title", ""),
        row.get("publisher", ""),
        row.get("published", ""),
    )


def resolve(origins: Iterable[Origin], known: Iterable[Origin] = ()) -> dict[Origin, Origin]:
    """Return each origin as stated with the one it stands for, in order of first use.

    Where no publisher was stated, the text is the one met before under that address and title;
    failing that, the host of the address stands for the publisher.

    Parameters
    ----------
    origins
        Origins as stated.
    known
        Origins recorded before.
    """
    met = {(one.url, one.title): one for one in reversed(list(known))}
    resolved: dict[Origin, Origin] = {}
    for origin in origins:
        page = (origin.url, origin.title)
        resolved[origin] = origin if origin.publisher else met.get(page, _hosted(origin))
        met.setdefault(page, resolved[origin])
    return resolved


def _hosted(origin: Origin) -> Origin:
    return Origin(origin.url, origin.title, origin.host, origin.published)


def origin_of(source: Row) -> Origin:
    """Return the origin that a row of ``sources`` stands for."""
    return Origin(source["url"], source["title"], source["publisher"], source["published"])


def source_rows(origins: Iterable[Origin], facts: Facts, known: Sequence[Row] = ()) -> list[Row]:
    """Return the rows of ``sources``: the known ones first, then one for each new origin.

    The id is made of the publisher's name (without what it has in brackets) and the date of
    publication, ``nd`` if there is none. If it is taken, a running number follows. Known ids never
    change, so the same origins in the same order give the same ids.

    Parameters
    ----------
    origins
        Origins with a publisher (see :func:`resolve`) in order of first use.
    facts
        Tiers and languages.
    known
        Rows of ``sources`` written before.
    """
    rows = list(known)
    seen = {origin_of(row) for row in rows}
    taken = {row["source_id"] for row in rows}
    for origin in origins:
        if origin not in seen:
            source_id = _free(_stem(origin), taken)
            seen.add(origin)
            taken.add(source_id)
            rows.append(_source(origin, source_id, facts))
    return rows


def _stem(origin: Origin) -> str:
    name = re.sub(r"\([^)]*\)", "", origin.publisher)
    return f"{slugify(name) or slugify(origin.host)}-{origin.published or 'nd'}"


def _free(stem: str, taken: set[str]) -> str:
    number, free = 1, stem
    while free in taken:
        number += 1
        free = f"{stem}-{number}"
    return free


def _source(origin: Origin, source_id: str, facts: Facts) -> Row:
    return {
        "source_id": source_id,
        "title": origin.title,
        "url": origin.url,
        "publisher": origin.publisher,
        "tier": facts.copies.get(origin.host, facts.publishers[origin.publisher].tier),
        "published": origin.published,
        "accessed": "",
        "language": next(iter(stated_languages(origin, facts)), ""),
        "licence_note": "",
    }


def stated_languages(origin: Origin, facts: Facts) -> list[str]:
    """Return the languages that title, publisher and address state, in this order, each once."""
    publisher = facts.publishers.get(origin.publisher, Publisher("", ""))
    of_title = [code for name, code in facts.languages.items() if _says(origin.title, name)]
    address = urlsplit(origin.url)
    places = [(address.hostname or "").split(".")[0], *address.path.lower().split("/")]
    of_address = [facts.address_languages[x] for x in places if x in facts.address_languages]
    found = [*of_title, publisher.language, *of_address]
    return list(dict.fromkeys(code for code in found if code))


def _says(title: str, language: str) -> bool:
    return re.search(rf"\bbản (dịch )?{re.escape(language)}\b", title) is not None
