"""The controls, without a browser: what a click does to the choice and to the page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from analysis.api import Plan
from analysis.explore import BASE_YEARS, METHOD_NAMES, Choice, choose
from analysis.explore.widget import Controls, library

widgets = pytest.importorskip("ipywidgets", reason="ipywidgets is not installed")


class Shown:
    """Stands for the page: keeps the choices that it was asked to show."""

    def __init__(self) -> None:
        self.choices: list[Choice] = []

    def __call__(self, choice: Choice) -> str:
        self.choices.append(choice)
        return f"page {len(self.choices)}"


@pytest.fixture
def shown() -> Shown:
    return Shown()


@pytest.fixture
def controls(plan: Plan, as_of: date, shown: Shown) -> Controls:
    return Controls(widgets, plan, choose(plan, as_of=as_of), shown)


def test_every_field_of_the_choice_but_the_day_has_a_control(controls: Controls) -> None:
    assert {*controls.fields, "as_of"} == set(Choice.__annotations__)
    assert list(controls.box.children) == [*controls.fields.values(), controls.shown]


def test_the_controls_show_what_is_chosen(controls: Controls, shown: Shown) -> None:
    values = {name: field.value for name, field in controls.fields.items()}
    assert values == {name: getattr(controls.choice, name) for name in values}
    assert shown.choices == [controls.choice]
    assert controls.shown.value == "page 1"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("base_year", 2019),
        ("include_proxy", True),
        ("method", "unsd_2023"),
        ("series_id", "5.7"),
        ("chart", "trend"),
        ("language", "en"),
    ],
)
def test_a_click_changes_one_field_and_shows_the_page_once(
    controls: Controls, shown: Shown, name: str, value: Any
) -> None:
    before = controls.choice
    controls.fields[name].value = value
    changed = {
        field
        for field in Choice.__annotations__
        if getattr(controls.choice, field) != getattr(before, field)
    }
    assert changed == {name}
    assert shown.choices == [before, controls.choice]
    assert controls.shown.value == "page 2"


def test_another_group_offers_its_own_series(controls: Controls, shown: Shown) -> None:
    controls.fields["series_id"].value = "5.7"
    controls.fields["group_id"].value = 8
    assert (controls.choice.group_id, controls.choice.series_id) == (8, "")
    assert controls.fields["series_id"].value == ""
    offered = [value for _, value in controls.fields["series_id"].options]
    assert offered[:2] == ["", "8.1"]
    assert "5.7" not in offered
    assert len(shown.choices) == 3


def test_another_language_names_everything_anew(controls: Controls) -> None:
    before = {name: field.description for name, field in controls.fields.items()}
    controls.fields["language"].value = "en"
    after = {name: field.description for name, field in controls.fields.items()}
    same = {name for name in before if before[name] == after[name]}
    assert same == {"language"}
    labels = [label for label, _ in controls.fields["method"].options]
    assert labels[0] == "of this project"
    controls.fields["language"].value = "vi"
    assert {name: field.description for name, field in controls.fields.items()} == before


def test_only_what_can_be_chosen_is_offered(controls: Controls) -> None:
    slider = controls.fields["base_year"]
    assert range(slider.min, slider.max + 1) == BASE_YEARS
    assert tuple(value for _, value in controls.fields["method"].options) == METHOD_NAMES
    assert not slider.continuous_update, "each page takes a moment"


def test_a_value_that_is_chosen_already_changes_nothing(controls: Controls, shown: Shown) -> None:
    controls.choose("base_year", controls.choice.base_year)
    assert len(shown.choices) == 1


def test_a_page_that_fails_leaves_the_controls_usable(plan: Plan, as_of: date) -> None:
    def fails(choice: Choice) -> str:
        if choice.base_year == 2019:
            raise RuntimeError("no page")
        return str(choice.base_year)

    controls = Controls(widgets, plan, choose(plan, as_of=as_of), fails)
    with pytest.raises(RuntimeError):
        controls.fields["base_year"].value = 2019
    controls.fields["base_year"].value = 2021
    assert controls.shown.value == "2021"


def test_the_library_is_found_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert library() is widgets
    monkeypatch.setitem(__import__("sys").modules, "ipywidgets", None)
    assert library() is None
