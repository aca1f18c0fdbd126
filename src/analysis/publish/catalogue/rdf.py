"""Nodes of an RDF graph, and the graph as text that is the same bytes every time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from analysis.publish.catalogue.writing import Addresses

if TYPE_CHECKING:
    from rdflib import Graph, Literal, URIRef

    Value = URIRef | Literal | None

PREFIXES: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Written out here, since those of rdflib lack terms of DCAT 3."""


class Nodes:
    """A graph to which nodes are added.

    Parameters
    ----------
    addresses
        Writes the addresses of files of the site.
    """

    def __init__(self, addresses: Addresses) -> None:
        from rdflib import Graph

        self.addresses = addresses
        self.graph = Graph(bind_namespaces="none")
        for prefix, address in PREFIXES.items():
            self.graph.bind(prefix, address)

    def add(self, subject: str, **values: Value | list[Any]) -> None:
        """Add properties to a node: ``dct_title=…`` is ``dct:title``; None is left out."""
        from rdflib import URIRef

        for name, value in values.items():
            for one in value if isinstance(value, list) else [value]:
                if one is not None:
                    self.graph.add((URIRef(subject), term(name), one))

    def typed(self, subject: str, kind: str, **values: Value | list[Any]) -> URIRef:
        """Add a node with its class and properties, and return it."""
        from rdflib import RDF

        node = address(subject)
        self.graph.add((node, RDF.type, term(kind)))
        self.add(subject, **values)
        return node

    def thing(self, name: str) -> URIRef:
        """Return a thing that is no file, by its name in the catalogue."""
        return address(self.addresses.node(name))

    def file(self, path: str) -> URIRef:
        """Return a file of the site."""
        return address(self.addresses(path))


def term(name: str) -> URIRef:
    """Return the term that a name such as ``dct_title`` stands for."""
    prefix, _, local = name.partition("_")
    return address(f"{PREFIXES[prefix]}{local}")


def address(text: str) -> URIRef:
    """Return what has an address."""
    from rdflib import URIRef

    return URIRef(text)


def text(words: str, language: str | None = None) -> Literal:
    """Return words, of a language or of none."""
    from rdflib import Literal

    return Literal(words, lang=language)


def texts(by_language: Mapping[str, str]) -> list[Literal]:
    """Return the same words in several languages."""
    return [text(words, language) for language, words in by_language.items()]


def typed(value: object, kind: str) -> Literal:
    """Return a value of a type of XML Schema, spelled as it is given."""
    from rdflib import Literal

    return Literal(str(value), datatype=term(f"xsd_{kind}"), normalize=False)


def turtle(graph: Graph) -> str:
    """Return a graph as Turtle."""
    return graph.serialize(format="turtle").strip() + "\n"


def json_ld(graph: Graph) -> dict[str, Any]:
    """Return a graph as JSON-LD with prefixes; its nodes and their values have a fixed order."""
    found = json.loads(graph.serialize(format="json-ld", context=PREFIXES))
    nodes = sorted(found["@graph"], key=lambda node: str(node["@id"]))
    return {"@context": PREFIXES, "@graph": [_ordered(node) for node in nodes]}


def _ordered(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(map(_ordered, value), key=lambda one: json.dumps(one, sort_keys=True))
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value)}
    return value
