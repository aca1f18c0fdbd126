"""The observed values as a JSON-stat cube, read back by the rules of the format."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import jsonstat_validator
import pytest

from analysis.publish import Edition
from analysis.publish.catalogue.jsonstat import FILES, observations_cube
from tests.publish.catalogue.reading import read

ASIDE = ("status", "source", "observation", "period")


@pytest.fixture(params=FILES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def cube(site: Path, language: str) -> dict[str, Any]:
    found: dict[str, Any] = read(site / FILES[language])
    return found


def cells(cube: dict[str, Any]) -> dict[tuple[str, ...], dict[str, Any]]:
    """Return every cell that is not null by its categories, as the format defines their order."""
    categories = [cube["dimension"][name]["category"]["index"] for name in cube["id"]]
    aside = {"status": cube["status"], **cube["extension"]}
    return {
        key: {"value": value, **{name: aside[name].get(str(place)) for name in ASIDE}}
        for place, (key, value) in enumerate(zip(product(*categories), cube["value"], strict=True))
        if value is not None
    }


def without_status_labels(cube: dict[str, Any]) -> dict[str, Any]:
    extension = {name: one for name, one in cube["extension"].items() if name != "status"}
    return {**cube, "extension": extension}


def test_the_validator_accepts_it(cube: dict[str, Any]) -> None:
    assert jsonstat_validator.validate_jsonstat(cube) is True


def test_the_validator_refuses_a_cube_of_another_size(cube: dict[str, Any]) -> None:
    with pytest.raises(Exception, match="size"):
        jsonstat_validator.validate_jsonstat({**cube, "size": [110, 2, 1]})


def test_the_number_of_values_is_that_of_the_dimensions(cube: dict[str, Any]) -> None:
    series, areas, years = cube["size"]
    assert len(cube["value"]) == series * areas * years


def test_reading_it_gives_exactly_the_current_view(cube: dict[str, Any], edition: Edition) -> None:
    found = cells(without_status_labels(cube))
    told = {
        (row["series_id"], row["area_id"], str(row["year"])): row
        for row in edition.view.to_dict("records")
    }
    assert set(found) == set(told)
    for key, cell in found.items():
        row = told[key]
        assert cell["value"] == row["value"]
        assert cell["source"] == row["source_id"]
        assert cell["observation"] == row["observation_id"]
        assert cell["period"] == (row["period"] if row["part_year"] else None)
        letters = cell["status"] or ""
        assert ("p" in letters) == (row["status"] == "preliminary")
        assert ("e" in letters) == (row["status"] == "estimate")
        assert ("d" in letters) == (row["comparability"] == "close")
        assert ("h" in letters) == row["part_year"]
        assert ("b" in letters) == (not row["is_current_segment"])


def test_nothing_is_said_of_a_cell_that_holds_nothing(cube: dict[str, Any]) -> None:
    filled = {str(place) for place, value in enumerate(cube["value"]) if value is not None}
    assert set(cube["status"]) <= filled
    assert set(cube["extension"]["source"]) == filled
    assert set(cube["extension"]["observation"]) == filled
    assert set(cube["extension"]["period"]) <= filled


def test_every_status_is_explained(cube: dict[str, Any]) -> None:
    labels = cube["extension"]["status"]["label"]
    assert set(cube["status"].values()) <= set(labels)
    assert all(labels.values())


def test_every_source_is_one_of_the_package(cube: dict[str, Any], edition: Edition) -> None:
    known = set(edition.plan["sources"]["source_id"])
    assert set(cube["extension"]["source"].values()) <= known


def test_every_series_of_the_plan_has_its_label_unit_and_decimals(
    cube: dict[str, Any], edition: Edition, language: str
) -> None:
    category = cube["dimension"]["series"]["category"]
    units = edition.plan["units"].set_index("unit_id")
    rows = edition.plan["series"].to_dict("records")
    assert category["index"] == [row["series_id"] for row in rows]
    for row in rows:
        unit = category["unit"][row["series_id"]]
        assert category["label"][row["series_id"]] == row[f"label_{language}"]
        assert unit["decimals"] == row["decimals"]
        assert unit["label"] == units.loc[row["unit_id"], f"label_{language}"]
        assert ("note" in category and row["series_id"] in category["note"]) == (
            row["scale"] != "none"
        )


def test_years_without_a_gap_are_the_time_and_areas_the_space(
    cube: dict[str, Any], edition: Edition
) -> None:
    years = [int(year) for year in cube["dimension"]["year"]["category"]["index"]]
    assert years == list(range(min(edition.view["year"]), max(edition.view["year"]) + 1))
    assert cube["role"] == {"metric": ["series"], "geo": ["area"], "time": ["year"]}
    assert set(cube["dimension"]["area"]["category"]["index"]) == set(edition.view["area_id"])


def test_both_languages_hold_the_same_values(site: Path) -> None:
    vietnamese, english = (read(site / path) for path in FILES.values())
    assert vietnamese["value"] == english["value"]
    assert vietnamese["status"] == english["status"]
    assert vietnamese["label"] != english["label"]


def test_a_proxy_would_be_marked_as_one(edition: Edition) -> None:
    other = replace(edition)
    other.__dict__["view"] = edition.plan.view(as_of=edition.as_of, include_proxy=True)
    cube = observations_cube(other, "en")
    proxies = [row for row in other.view.to_dict("records") if row["comparability"] == "proxy"]
    assert proxies
    found = cells(without_status_labels(cube))
    for row in proxies:
        cell = found[row["series_id"], row["area_id"], str(row["year"])]
        assert "x" in cell["status"]
        assert "never set against a target" in cube["extension"]["status"]["label"][cell["status"]]
