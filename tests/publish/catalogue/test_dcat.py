"""The catalogue in DCAT, held against the official shapes of DCAT-AP and against the files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from pyshacl import validate
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, SKOS

from analysis.publish import Edition
from analysis.publish.catalogue.datasets import find_datasets
from analysis.publish.catalogue.dcat import catalogue_graph, write_dcat
from tests.publish.catalogue.reading import TOP, in_site, sha256
from tests.publish.conftest import AS_OF, ROOT

DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
PROV = Namespace("http://www.w3.org/ns/prov#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
SH = Namespace("http://www.w3.org/ns/shacl#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
IANA = "https://www.iana.org/assignments/media-types/"
PLACE = "catalogue/catalog.ttl"

SHAPES = Path(os.environ.get("DCAT_AP_SHAPES", ROOT.parent / "shared/reference/dcat-ap"))
"""Where the shapes lie that SEMIC publishes; those of 3.0.0, which 3.0.1 only loosens."""

RECOMMENDED = {
    FOAF.Agent: [DCTERMS.type],
    DCAT.Catalog: [
        DCTERMS.language,
        DCTERMS.issued,
        DCTERMS.license,
        DCTERMS.spatial,
        DCTERMS.modified,
        DCAT.themeTaxonomy,
        FOAF.homepage,
        DCAT.dataset,
    ],
    DCAT.DataService: [DCAT.servesDataset, DCAT.endpointDescription],
    DCAT.Dataset: [
        DCAT.contactPoint,
        DCAT.distribution,
        DCAT.keyword,
        DCTERMS.publisher,
        DCTERMS.spatial,
        DCTERMS.temporal,
        DCAT.theme,
    ],
    DCAT.Distribution: [
        DCTERMS.description,
        DCATAP.availability,
        DCTERMS.format,
        DCTERMS.license,
    ],
    DCTERMS.LicenseDocument: [DCTERMS.type],
    DCTERMS.Location: [DCAT.bbox, DCAT.centroid],
    DCTERMS.PeriodOfTime: [DCAT.startDate, DCAT.endDate],
}
"""What the profile recommends of the classes that the catalogue has."""

MISSING = {
    (FOAF.Agent, DCTERMS.type): "what kind of body the project is, nobody has said",
    (DCAT.Dataset, DCAT.contactPoint): "the descriptor names no contact, and none is made up",
    (DCAT.Distribution, DCATAP.availability): "how long a file will stay is a promise of its host",
    (DCTERMS.Location, DCAT.bbox): "the data hold no coordinates",
    (DCTERMS.Location, DCAT.centroid): "the data hold no coordinates",
}
"""What of it is not there, and why."""


def shapes(name: str) -> Graph:
    path = SHAPES / name
    if not path.is_file():
        pytest.skip(f"the official shapes of DCAT-AP are not here: {path.name}")
    return Graph().parse(path)


def faults(graph: Graph, name: str) -> list[tuple[Any, Any]]:
    """Return class and property of each fault by one file of shapes."""
    _, report, _ = validate(graph, shacl_graph=shapes(name), allow_warnings=False)
    return [
        (graph.value(report.value(one, SH.focusNode), RDF.type), report.value(one, SH.resultPath))
        for one in report.subjects(RDF.type, SH.ValidationResult)
    ]


@pytest.fixture(scope="module")
def graph(site: Path) -> Graph:
    return Graph().parse(site / PLACE, publicID=f"{TOP}{PLACE}")


@pytest.fixture(scope="module")
def full(edition: Edition, site: Path) -> Graph:
    """The catalogue with the API in it."""
    made = catalogue_graph(find_datasets(edition, site), TOP, as_of=AS_OF.isoformat(), has_api=True)
    return Graph().parse(data=made.serialize(format="turtle"))


@pytest.mark.parametrize("name", ["shapes.ttl", "range.ttl"])
def test_the_catalogue_meets_the_official_shapes(graph: Graph, full: Graph, name: str) -> None:
    assert faults(graph, name) == []
    assert faults(full, name) == []


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("shapes.ttl", lambda graph: graph.remove((None, DCTERMS.title, None))),
        ("shapes.ttl", lambda graph: graph.remove((None, DCAT.accessURL, None))),
        ("range.ttl", lambda graph: graph.remove((None, RDF.type, DCTERMS.Location))),
        ("range.ttl", lambda graph: graph.remove((None, RDF.type, SPDX.Checksum))),
    ],
)
def test_the_official_shapes_find_what_is_taken_away(graph: Graph, name: str, change: Any) -> None:
    poorer = Graph()
    poorer += graph
    change(poorer)
    assert faults(poorer, name)


def test_what_is_recommended_and_missing_is_what_is_said_to_be(full: Graph) -> None:
    missing = {
        (kind, property_)
        for kind, properties in RECOMMENDED.items()
        for node in full.subjects(RDF.type, kind)
        for property_ in properties
        if full.value(node, property_) is None
    }
    assert missing == set(MISSING)
    assert all(full.value(None, RDF.type, kind) for kind in RECOMMENDED)


def test_the_official_recommendations_miss_the_same(full: Graph) -> None:
    assert set(faults(full, "shapes_recommended.ttl")) == set(MISSING)


def test_turtle_and_json_ld_say_the_same(site: Path, graph: Graph) -> None:
    other = Graph().parse(
        site / "catalogue/catalog.jsonld", format="json-ld", publicID=f"{TOP}{PLACE}"
    )
    assert set(graph) == set(other)


def test_no_node_is_blank_so_that_the_file_is_stable(graph: Graph) -> None:
    assert all(isinstance(one, URIRef | Literal) for triple in graph for one in triple)


def test_both_datasets_stand_in_the_catalogue_in_both_languages(
    graph: Graph, edition: Edition
) -> None:
    catalogue = graph.value(None, RDF.type, DCAT.Catalog)
    listed = set(graph.objects(catalogue, DCAT.dataset))
    assert listed == set(graph.subjects(RDF.type, DCAT.Dataset))
    for name, descriptor in (
        ("dataset", edition.descriptor),
        ("results", edition.results_descriptor),
    ):
        node = URIRef(f"{TOP}#{name}")
        assert node in listed
        assert {str(one) for one in graph.objects(node, DCTERMS.identifier)} == {descriptor["name"]}
        assert str(graph.value(node, DCAT.version)) == descriptor["version"]
        for term, texts in (
            (DCTERMS.title, descriptor["titles"]),
            (DCTERMS.description, descriptor["descriptions"]),
        ):
            found = {one.language: str(one) for one in graph.objects(node, term)}
            assert found == texts
        assert graph.value(node, DCTERMS.issued) == Literal(
            descriptor["created"], datatype=XSD.dateTime
        )
        assert str(graph.value(node, DCTERMS.license)) == descriptor["licenses"][0]["path"]


def test_keywords_have_the_language_that_they_are_written_in(
    graph: Graph, edition: Edition
) -> None:
    found = {
        (str(one), one.language) for one in graph.objects(URIRef(f"{TOP}#dataset"), DCAT.keyword)
    }
    assert {word for word, _ in found} == set(edition.descriptor["keywords"])
    assert len(found) == len(edition.descriptor["keywords"])
    assert ("open data", "en") in found
    assert ("dữ liệu mở", "vi") in found
    assert ("chỉ tiêu", "vi") in found
    assert ("Viet Nam", "en") in found


def test_the_results_are_derived_from_the_data_and_the_data_from_the_plan(graph: Graph) -> None:
    package, results = URIRef(f"{TOP}#dataset"), URIRef(f"{TOP}#results")
    assert graph.value(results, PROV.wasDerivedFrom) == package
    assert graph.value(results, DCTERMS.source) == package
    plan = graph.value(package, PROV.wasDerivedFrom)
    assert in_site(str(plan), "") == "data/source/155-kh-ubnd.txt"
    assert str(graph.value(plan, DCTERMS.identifier)) == "155/KH-UBND"
    assert str(graph.value(plan, DCTERMS.issued)) == "2024-06-19"


def test_size_and_digest_of_every_distribution_are_those_of_its_file(
    graph: Graph, site: Path
) -> None:
    distributions = list(graph.subjects(RDF.type, DCAT.Distribution))
    assert len(distributions) > 100
    for one in distributions:
        path = site / str(in_site(str(graph.value(one, DCAT.downloadURL)), ""))
        assert int(str(graph.value(one, DCAT.byteSize))) == path.stat().st_size
        checksum = graph.value(one, SPDX.checksum)
        assert graph.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
        value = graph.value(checksum, SPDX.checksumValue)
        assert str(value) == sha256(path)
        assert value.datatype == XSD.hexBinary


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [
        (".csv", "text/csv"),
        (".json", "application/json"),
        (".parquet", "application/vnd.apache.parquet"),
        (".sqlite", "application/vnd.sqlite3"),
        (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (".zip", "application/zip"),
    ],
)
def test_every_format_has_its_registered_media_type(
    graph: Graph, ending: str, media_type: str
) -> None:
    found = {
        str(graph.value(one, DCAT.mediaType))
        for one in graph.subjects(RDF.type, DCAT.Distribution)
        if str(graph.value(one, DCAT.downloadURL)).endswith(ending)
    }
    assert found == {f"{IANA}{media_type}"}


def test_time_and_areas_are_those_of_the_data(graph: Graph, edition: Edition) -> None:
    period = graph.value(URIRef(f"{TOP}#dataset"), DCTERMS.temporal)
    first = min(edition.plan["observations"]["period"])[:4]
    last = max(edition.plan["targets"]["year"])
    assert str(graph.value(period, DCAT.startDate))[:4] == first
    assert str(graph.value(period, DCAT.endDate)) == f"{last}-12-31"
    observed = set(edition.plan["observations"]["area_id"])
    areas = list(graph.objects(URIRef(f"{TOP}#dataset"), DCTERMS.spatial))
    assert {str(graph.value(one, DCTERMS.identifier)) for one in areas} == observed
    names = {str(name) for one in areas for name in graph.objects(one, SKOS.prefLabel)}
    assert {"Tỉnh Quảng Ninh", "Quảng Ninh Province"} <= names


def test_the_api_is_listed_only_when_its_index_is_there(
    edition: Edition, site: Path, tmp_path: Path
) -> None:
    both = find_datasets(edition, site)
    write_dcat(both, tmp_path, as_of="2026-11-25")
    assert "DataService" not in (tmp_path / PLACE).read_text(encoding="utf-8")
    (tmp_path / "api/v1").mkdir(parents=True)
    (tmp_path / "api/v1/index.json").write_text("{}", encoding="utf-8")
    write_dcat(both, tmp_path, as_of="2026-11-25")
    graph = Graph().parse(tmp_path / PLACE, publicID=f"{TOP}{PLACE}")
    service = graph.value(None, RDF.type, DCAT.DataService)
    assert str(graph.value(service, DCAT.endpointURL)) == f"{TOP}api/v1/"
    assert str(graph.value(service, DCAT.endpointDescription)) == f"{TOP}api/v1/index.json"
    assert set(graph.objects(service, DCAT.servesDataset)) == {
        URIRef(f"{TOP}#dataset"),
        URIRef(f"{TOP}#results"),
    }


def test_a_contact_is_given_only_if_there_is_one(graph: Graph, edition: Edition) -> None:
    named = [one for one in edition.descriptor["contributors"] if "contact" in one["roles"]]
    assert len(list(graph.subjects(RDF.type, VCARD.Kind))) == len(named)
