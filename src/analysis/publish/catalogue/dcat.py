"""DCAT 3 by the application profile DCAT-AP 3.0.1, as Turtle and as JSON-LD.

Every node has an address, none is blank, so that two catalogues of the same state are the same
bytes. What is no file has the address of the site with a name (``…/#dataset``). Where the address
of the site is not known all addresses are relative to the catalogue: a reader resolves them
against the address that it fetched the catalogue from.

What is not known is left out, though the profile recommends it: who answers questions (unless the
descriptor names a contact), the kind of the publisher, how often the data are renewed, how long a
file will stay, and the coordinates of the areas.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from analysis.publish.catalogue import terms
from analysis.publish.catalogue.coverage import Area
from analysis.publish.catalogue.datasets import Dataset
from analysis.publish.catalogue.downloads import Download
from analysis.publish.catalogue.rdf import (
    Nodes,
    address,
    json_ld,
    text,
    texts,
    turtle,
    typed,
)
from analysis.publish.catalogue.record import Record
from analysis.publish.catalogue.writing import CATALOGUE, Addresses, write_json, write_text
from analysis.words import LANGUAGES, Words

if TYPE_CHECKING:
    from rdflib import Graph, URIRef

TURTLE: Final = f"{CATALOGUE}/catalog.ttl"
JSON_LD: Final = f"{CATALOGUE}/catalog.jsonld"
HOME: Final = "index.html"
API: Final = "api/v1/"
API_INDEX: Final = f"{API}index.json"


def write_dcat(
    datasets: Sequence[Dataset], site: Path, base_url: str = "", *, as_of: str
) -> tuple[Path, ...]:
    """Write the catalogue as Turtle and as JSON-LD.

    Parameters
    ----------
    datasets
        What it lists; the first one is the data package.
    site
        The site's folder.
    base_url
        Where the site stands; empty: not known.
    as_of
        The day of the catalogue, in ISO 8601.
    """
    has_api = (site / API_INDEX).is_file()
    graph = catalogue_graph(datasets, base_url, as_of=as_of, has_api=has_api)
    return write_text(turtle(graph), site / TURTLE), write_json(json_ld(graph), site / JSON_LD)


def catalogue_graph(
    datasets: Sequence[Dataset], base_url: str = "", *, as_of: str, has_api: bool
) -> Graph:
    """Return the catalogue as a graph, in which the API is listed if there is one."""
    nodes = Nodes(Addresses(base_url))
    api = _api(nodes, datasets) if has_api else None
    record = datasets[0].record
    nodes.typed(
        nodes.thing("catalog"),
        "dcat_Catalog",
        dct_title=_said("title"),
        dct_description=_said("description"),
        dct_publisher=_publisher(nodes, record),
        dct_language=[terms.tongue(nodes, language) for language in LANGUAGES],
        dct_license=terms.licence(nodes, record.licence),
        dct_issued=typed(record.created, "dateTime"),
        dct_modified=typed(as_of, "date"),
        dct_spatial=[_area(nodes, area) for one in datasets for area in one.coverage.areas],
        dcat_themeTaxonomy=terms.taxonomy(nodes),
        dcat_dataset=[_dataset(nodes, one, datasets[0]) for one in datasets],
        dcat_service=api,
        foaf_homepage=nodes.typed(nodes.file(HOME), "foaf_Document", dct_title=_said("title")),
    )
    return nodes.graph


def _dataset(nodes: Nodes, dataset: Dataset, package: Dataset) -> URIRef:
    record, coverage = dataset.record, dataset.coverage
    derived = None if dataset is package else nodes.thing(package.key)
    return nodes.typed(
        nodes.thing(dataset.key),
        "dcat_Dataset",
        dct_title=texts(record.titles),
        dct_description=texts(record.descriptions),
        dct_identifier=text(record.name),
        dct_issued=typed(record.created, "dateTime"),
        dct_modified=typed(record.modified, "date"),
        dct_language=[terms.tongue(nodes, language) for language in record.languages],
        dct_publisher=_publisher(nodes, record),
        dct_creator=_publisher(nodes, record),
        dct_license=terms.licence(nodes, record.licence),
        dct_accessRights=terms.everybody(nodes),
        dct_conformsTo=terms.standard(nodes, record.profile),
        dct_temporal=_period(nodes, dataset),
        dct_spatial=[_area(nodes, area) for area in coverage.areas],
        dct_provenance=_provenance(nodes, dataset),
        dct_source=derived,
        prov_wasDerivedFrom=derived or _origin(nodes, record),
        dcat_version=text(record.version),
        dcat_keyword=_keywords(record),
        dcat_theme=[terms.theme(code) for code in terms.THEMES],
        dcat_landingPage=_landing_pages(nodes, record),
        dcat_contactPoint=_contact(nodes, record),
        dcat_distribution=[_distribution(nodes, one, record) for one in dataset.downloads],
    )


def _distribution(nodes: Nodes, download: Download, record: Record) -> URIRef:
    place, form = nodes.file(download.path), download.format
    kind = terms.media_type(nodes, form)
    return nodes.typed(
        f"{place}#distribution",
        "dcat_Distribution",
        dct_title=texts(download.titles),
        dct_description=texts(download.descriptions),
        dct_license=terms.licence(nodes, record.licence),
        dct_issued=typed(record.created, "dateTime"),
        dct_modified=typed(record.modified, "date"),
        dct_conformsTo=terms.standard(nodes, download.profile) if download.profile else None,
        dct_format=terms.file_type(nodes, form),
        dcat_mediaType=kind,
        dcat_packageFormat=kind if download.kind == "zip" else None,
        dcat_accessURL=place,
        dcat_downloadURL=place,
        dcat_byteSize=typed(download.size, "nonNegativeInteger"),
        spdx_checksum=nodes.typed(
            f"{place}#checksum",
            "spdx_Checksum",
            spdx_algorithm=terms.sha256(nodes),
            spdx_checksumValue=typed(download.sha256, "hexBinary"),
        ),
    )


def _api(nodes: Nodes, datasets: Sequence[Dataset]) -> URIRef:
    record = datasets[0].record
    return nodes.typed(
        nodes.thing("api"),
        "dcat_DataService",
        dct_title=_said("api.title"),
        dct_description=_said("api.description"),
        dct_publisher=_publisher(nodes, record),
        dct_license=terms.licence(nodes, record.licence),
        dct_accessRights=terms.everybody(nodes),
        dcat_endpointURL=nodes.file(API),
        dcat_endpointDescription=nodes.file(API_INDEX),
        dcat_servesDataset=[nodes.thing(one.key) for one in datasets],
    )


def _publisher(nodes: Nodes, record: Record) -> URIRef:
    return nodes.typed(nodes.thing("publisher"), "foaf_Agent", foaf_name=texts(record.creator))


def _contact(nodes: Nodes, record: Record) -> URIRef | None:
    contact = record.contact
    if contact is None:
        return None
    mail = address(f"mailto:{contact['email']}")
    names = texts(contact["titles"])
    return nodes.typed(nodes.thing("contact"), "vcard_Kind", vcard_fn=names, vcard_hasEmail=mail)


def _area(nodes: Nodes, area: Area) -> URIRef:
    return nodes.typed(
        nodes.thing(f"area-{area.area_id}"),
        "dct_Location",
        skos_prefLabel=texts(area.names),
        dct_identifier=text(area.area_id),
    )


def _period(nodes: Nodes, dataset: Dataset) -> URIRef:
    return nodes.typed(
        nodes.thing(f"{dataset.key}-period"),
        "dct_PeriodOfTime",
        dcat_startDate=typed(dataset.coverage.start, "date"),
        dcat_endDate=typed(dataset.coverage.end, "date"),
    )


def _provenance(nodes: Nodes, dataset: Dataset) -> URIRef:
    node = nodes.thing(f"{dataset.key}-provenance")
    return nodes.typed(node, "dct_ProvenanceStatement", rdfs_label=texts(dataset.provenance))


def _landing_pages(nodes: Nodes, record: Record) -> list[URIRef]:
    return [
        _document(nodes, f"{language}/data.html", {language: title}, [language])
        for language, title in record.titles.items()
    ]


def _origin(nodes: Nodes, record: Record) -> URIRef | None:
    origin = record.origin
    if origin is None:
        return None
    node = _document(nodes, origin.path, origin.titles, ["vi"])
    nodes.add(node, dct_identifier=text(origin.number), dct_issued=typed(origin.day, "date"))
    return node


def _document(
    nodes: Nodes, path: str, titles: Mapping[str, str], languages: Iterable[str]
) -> URIRef:
    tongues = [terms.tongue(nodes, language) for language in languages]
    place = nodes.file(path)
    return nodes.typed(place, "foaf_Document", dct_title=texts(titles), dct_language=tongues)


def _keywords(record: Record) -> list[object]:
    return [text(word, one) for one in LANGUAGES for word in record.keywords_in(one)]


def _said(key: str) -> list[object]:
    return [text(Words(language)(f"catalogue.{key}"), language) for language in LANGUAGES]
