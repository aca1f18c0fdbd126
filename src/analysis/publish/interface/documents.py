"""Every document of the interface: its address, its content, its JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from analysis.errors import UserError
from analysis.publish.copies.about import both
from analysis.publish.interface import agencies, flat, indicators, series, tasks
from analysis.publish.interface.indicators import Documents
from analysis.publish.interface.library import Library, head_schema
from analysis.publish.interface.rows import SOURCE_FACTS, Json, reference
from analysis.publish.interface.shapes import TEXT, listed, record, string, whole, worded

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
INDEX, SCHEMA = "index.json", "schema.json"
RELATED: Final = {
    "data": "../../datapackage.json",
    "results": "../../results/datapackage.json",
    "site": "../../index.html",
}
"""What of the site stands beside the interface, as seen from its index."""

_SAFE = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*", re.ASCII | re.IGNORECASE)
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_LONGEST = 100


@dataclass(frozen=True)
class Endpoint:
    """One kind of document.

    Attributes
    ----------
    name
        Under which it is worded (``copies.api.endpoint.NAME``), and its schema defined.
    path
        Its address below the folder of the interface; one with a name in braces is for many.
    documents
        Returns pairs of an id and the body of its document; of a single one the id is empty.
    """

    name: str
    path: str
    documents: Callable[[Library], Documents]

    def address(self, key: str) -> str:
        """Return the address of the document of an id.

        Raises
        ------
        UserError
            If the id is no safe name of a file everywhere.
        """
        if key and (not _SAFE.fullmatch(key) or _RESERVED.fullmatch(key) or len(key) > _LONGEST):
            mend = "use letters a to z, digits, and single dots and hyphens between them"
            raise UserError(f"the id {key!r} cannot be the name of a file", self.path, mend)
        return re.sub(r"\{\w+\}", key, self.path)


def _single(make: Callable[[Library], Json]) -> Callable[[Library], Documents]:
    def documents(library: Library) -> Documents:
        yield "", make(library)

    return documents


def endpoints() -> tuple[Endpoint, ...]:
    """Return all kinds of documents, the index and the schema apart."""
    return (
        Endpoint("indicator_list", "indicators.json", _single(indicators.indicator_list)),
        Endpoint("indicator", "indicators/{indicator_id}.json", indicators.indicators),
        Endpoint("one_series", "series/{series_id}.json", indicators.series),
        Endpoint("group_list", "groups.json", _single(indicators.group_list)),
        Endpoint("group", "groups/{group_id}.json", indicators.groups),
        Endpoint("task_list", "tasks.json", _single(tasks.task_list)),
        Endpoint("agency_list", "agencies.json", _single(agencies.agency_list)),
        Endpoint("agency", "agencies/{agency_id}.json", agencies.agencies),
        Endpoint("source_list", "sources.json", _single(flat.source_list)),
        Endpoint("verdict_list", "verdicts.json", _single(flat.verdict_list)),
    )


def documents(library: Library) -> Iterator[tuple[str, str, Json]]:
    """Give every document with its address and the name of its schema, the index first.

    Raises
    ------
    UserError
        If two addresses are the same where capitals do not count, or an id is no safe name.
    """
    made = [
        (endpoint.address(key), endpoint.name, _whole(library, endpoint, body))
        for endpoint in endpoints()
        for key, body in endpoint.documents(library)
    ]
    seen: dict[str, str] = {}
    for address, _, _ in made:
        if address.lower() in seen:
            what = f"two documents have the address {address!r} where capitals do not count"
            raise UserError(what, seen[address.lower()], "rename one of the ids")
        seen[address.lower()] = address
    counts = {each.name: sum(name == each.name for _, name, _ in made) for each in endpoints()}
    yield INDEX, "index", _index(library, counts)
    yield from made


def _whole(library: Library, endpoint: Endpoint, body: Json) -> Json:
    """Return a document: what it says of the edition, its body, and what this cites."""
    depth = endpoint.path.count("/")
    head = {"edition": library.head, "index": f"{'../' * depth}{INDEX}"}
    cited = library.cited(body)
    return {**head, **body, **({} if endpoint.name == "source_list" else cited)}


def _index(library: Library, counts: dict[str, int]) -> Json:
    return {
        "edition": library.head,
        "title": dict(library.about.title),
        "description": dict(library.about.description),
        "conventions": [
            dict(both(f"api.convention.{key}"))
            for key in ("paths", "fields", "labels", "sources", "missing", "proxies", "stable")
        ],
        "schema": SCHEMA,
        "related": RELATED,
        "endpoints": [
            {
                "path": endpoint.path,
                "title": dict(both(f"api.endpoint.{endpoint.name}.title")),
                "description": dict(both(f"api.endpoint.{endpoint.name}.description")),
                "schema": f"{SCHEMA}#/$defs/{endpoint.name}",
                "n_documents": counts[endpoint.name],
            }
            for endpoint in endpoints()
        ],
    }


def schema(library: Library) -> Json:
    """Return the JSON Schema of all documents, each defined under the name of its endpoint."""
    tables = (*library.content, "current_view")
    told = ({"type": ["string", "null"]} for _ in SOURCE_FACTS)
    labelled = {"code": {"type": "string"}, **TEXT["properties"]}
    cited = {"source_id": {"type": "string"}, **dict(zip(SOURCE_FACTS, told, strict=True))}
    parts = {
        "text": TEXT,
        "labelled": record(labelled),
        "cited": record(cited),
        "edition": head_schema(),
        **{name: record(library.properties(name)) for name in tables},
        **series.definitions(library),
    }
    bodies: dict[str, Json] = {}
    for module in (indicators, tasks, agencies, flat):
        bodies |= module.definitions(library)
    named = [endpoint.name for endpoint in endpoints()]
    whole_ones = {name: _document(name, bodies[name]) for name in named}
    return {
        "$schema": DIALECT,
        "title": both("api.title")["vi"],
        "titles": dict(both("api.title")),
        "anyOf": [reference(name) for name in ("index", *named)],
        "$defs": {**parts, **bodies, **whole_ones, "index": _index_schema()},
    }


def _document(name: str, body: Json) -> Json:
    """Return the schema of a whole document, given that of its body."""
    head = {"edition": worded(reference("edition"), "edition"), "index": string("index")}
    cited = {key: worded(listed(reference(key)), key) for key in ("readings", "sources")}
    return record(
        {**head, **body["properties"], **({} if name == "source_list" else cited)},
    )


def _index_schema() -> Json:
    texts = {key: worded(TEXT, key) for key in ("title", "description")}
    endpoint = record(
        {
            "path": string("path"),
            **texts,
            "schema": string("schema"),
            "n_documents": whole("n_documents"),
        }
    )
    related = record({key: {"type": "string"} for key in RELATED})
    return record(
        {
            "edition": worded(reference("edition"), "edition"),
            **texts,
            "conventions": worded(listed(TEXT), "conventions"),
            "schema": string("schema"),
            "related": worded(related, "related"),
            "endpoints": worded(listed(endpoint), "endpoints"),
        }
    )
