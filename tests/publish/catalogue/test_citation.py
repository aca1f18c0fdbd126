"""``CITATION.cff`` agrees with the descriptor."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from analysis.publish import Edition


@pytest.fixture(scope="module")
def citation(edition: Edition) -> dict[str, Any]:
    text = (edition.root / "CITATION.cff").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, yaml.BaseLoader)  # dates and versions stay text
    return found


def test_title_version_day_and_licence_are_those_of_the_descriptor(
    citation: dict[str, Any], edition: Edition
) -> None:
    told = edition.descriptor
    assert citation["title"] == told["titles"]["en"]
    assert citation["version"] == told["version"]
    assert citation["date-released"] == told["created"][:10]
    assert citation["license"] == told["licenses"][0]["name"]
    assert citation["license-url"] == told["licenses"][0]["path"]
    assert [one["name"] for one in citation["authors"]] == [told["contributors"][0]["titles"]["en"]]


def test_it_has_what_the_format_demands(citation: dict[str, Any]) -> None:
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] == "dataset"
    assert citation["message"]


def test_every_keyword_is_one_of_the_descriptor_and_no_doi_is_made_up(
    citation: dict[str, Any], edition: Edition
) -> None:
    assert set(citation["keywords"]) <= set(edition.descriptor["keywords"])
    assert not {"doi", "identifiers"} & set(citation)


def test_it_names_the_plan_as_the_descriptor_does(
    citation: dict[str, Any], edition: Edition
) -> None:
    (plan,) = citation["references"]
    told = edition.descriptor["sources"][0]["version"]
    assert f"{plan['number']}, {plan['date-released']}" == told
