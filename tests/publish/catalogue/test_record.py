"""What is read from a descriptor, also where the real one is silent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Namespace

from analysis.publish import Edition
from analysis.publish.catalogue.data_json import data_catalogue
from analysis.publish.catalogue.datacite import datacite_record
from analysis.publish.catalogue.datasets import Dataset, find_datasets
from analysis.publish.catalogue.dcat import catalogue_graph
from analysis.publish.catalogue.record import Record

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
CONTACT = {
    "title": "Phòng dữ liệu",
    "titles": {"vi": "Phòng dữ liệu", "en": "Data office"},
    "roles": ["contact"],
    "email": "data@example.org",
}


@pytest.fixture
def with_contact(edition: Edition) -> Dataset:
    package, _ = find_datasets(edition)
    told = {
        **package.record.descriptor,
        "contributors": [*package.record.descriptor["contributors"], CONTACT],
    }
    return replace(package, record=Record(told))


def test_a_contact_that_the_descriptor_names_is_in_every_vocabulary_that_has_one(
    with_contact: Dataset,
) -> None:
    made = catalogue_graph([with_contact], as_of="2026-11-25", has_api=False)
    graph = Graph().parse(data=made.serialize(format="turtle"), publicID="https://top.example/c/")
    card = graph.value(None, RDF.type, VCARD.Kind)
    assert str(graph.value(card, VCARD.hasEmail)) == "mailto:data@example.org"
    assert {str(name) for name in graph.objects(card, VCARD.fn)} == {"Phòng dữ liệu", "Data office"}
    entry = data_catalogue([with_contact])["dataset"][0]
    assert entry["contactPoint"]["hasEmail"] == "mailto:data@example.org"
    roles = {one["contributorType"] for one in datacite_record(with_contact)["contributors"]}
    assert "ContactPerson" in roles


def test_a_contact_without_an_address_is_no_contact() -> None:
    assert Record({"contributors": [{**CONTACT, "email": ""}]}).contact is None


def test_every_keyword_belongs_to_one_language(edition: Edition) -> None:
    for descriptor in (edition.descriptor, edition.results_descriptor):
        record = Record(descriptor)
        vietnamese, english = record.keywords_in("vi"), record.keywords_in("en")
        assert [*vietnamese, *english] == list(descriptor["keywords"])
        assert vietnamese
        assert english


def test_the_document_behind_the_data_is_the_plan(edition: Edition) -> None:
    origin = Record(edition.descriptor).origin
    assert origin is not None
    assert (origin.number, origin.day) == ("155/KH-UBND", "2024-06-19")
    assert (edition.root / Path(origin.path)).is_file()


def test_results_have_no_document_behind_them(edition: Edition) -> None:
    assert Record(edition.results_descriptor).origin is None


@pytest.mark.parametrize(
    ("assessed", "day"),
    [("2026-12-31", "2026-12-31"), ("2025-06-30", "2026-11-25"), (None, "2026-11-25")],
)
def test_content_is_as_new_as_its_assessment(assessed: str | None, day: str) -> None:
    told = {"created": "2026-11-25T00:00:00Z"}
    record = Record(told if assessed is None else {**told, "assessedOn": assessed})
    assert record.modified == day
    assert record.day == "2026-11-25"


def test_a_table_that_is_not_there_is_named(edition: Edition) -> None:
    with pytest.raises(KeyError, match="no table 'nothing'"):
        Record(edition.descriptor).field("nothing", "status")
