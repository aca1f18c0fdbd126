"""Target cells of a series read into targets."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from analysis.plan.appendix1 import Series
from analysis.plan.cells import Cell
from analysis.plan.errors import PlanError, Problems
from analysis.plan.expressions import Target
from analysis.plan.facts import Facts, Levels
from analysis.plan.grammar import Duties
from analysis.plan.readings import ReadingBook, load_readings
from analysis.plan.targets import StatedTarget, english_figures, read_targets

from .grammar_tools import reading

LEVELS = Levels(
    [
        {"id": "none", "scale": "none", "ordinal": 0},
        {"id": "e-3", "scale": "education", "ordinal": 3},
    ]
)


def read(
    targets: dict[int, str], *entries: dict[str, Any], scale: str = "none"
) -> tuple[StatedTarget, ...]:
    problems = Problems()
    numbered = [{"id": f"R{number:02d}", **entry} for number, entry in enumerate(entries, start=1)]
    cells = {year: Cell(text, 9) for year, text in targets.items()}
    series = Series("1.1", "1.1", "1", None, None, cells, Duties(), 7)
    facts = Facts("up", "percent", scale, "", "none", 1, Decimal(0), Decimal(100))
    book = ReadingBook(load_readings(numbered, problems))
    found = read_targets(series, facts, LEVELS, book, problems)
    problems.raise_all()
    return found


def test_figures_are_read_as_printed() -> None:
    first, second = read({2025: "87,5", 2030: ">90"})
    assert first == StatedTarget(2025, Target("exact", Decimal("87.5"), Decimal("87.5")), "87,5")
    assert second.target == Target("more_than", low=Decimal(90))
    assert not first.in_words


def test_a_dash_is_no_target_and_no_zero() -> None:
    entry = reading("dash_target", "appendix-01", "-", status="not_stated")
    first, _ = read({2025: "-", 2030: "0"}, entry)
    assert (first.target, first.text, first.reading_id) == (None, "-", "R01")


def test_a_vanished_cell_is_no_target_and_names_the_reading() -> None:
    entry = reading("single_target", "1.1", "85-90", year=2030)
    first, second = read({2030: "85-90"}, entry)
    assert (first.target, first.text, first.reading_id) == (None, "", "R01")
    assert (second.target, second.reading_id) == (
        Target("between", Decimal(85), Decimal(90)),
        "R01",
    )


def test_a_merged_cell_is_inherited_by_the_second_year() -> None:
    entry = reading("spanning_target", "1.1", "nhóm 5", kind="at_most", high="5")
    first, second = read({2025: "nhóm 5", 2030: "nhóm 5"}, entry)
    assert first.target == second.target == Target("at_most", high=Decimal(5))
    assert (first.inherited, second.inherited) == (False, True)
    assert first.in_words


def test_a_reading_comes_before_the_figures_of_a_cell() -> None:
    entry = reading("target", "1.1", "5", kind="at_least", low="5")
    first, _ = read({2025: "5", 2030: "6"}, entry)
    assert first.target == Target("at_least", low=Decimal(5))


def test_a_level_is_found_on_the_scale_of_the_series() -> None:
    first, _ = read({2025: "Mức độ 3", 2030: "5"}, scale="education")
    assert (first.level_id, first.in_words) == ("e-3", True)


def test_a_level_that_the_scale_lacks_is_a_fault() -> None:
    with pytest.raises(PlanError, match="is not on its scale"):
        read({2025: "Mức độ 4", 2030: "5"}, scale="education")


def test_a_target_beyond_the_natural_limits_is_a_fault() -> None:
    with pytest.raises(PlanError, match="passes its limits"):
        read({2025: ">100,5", 2030: "5"})


def test_a_cell_that_says_nothing_known_is_a_fault() -> None:
    with pytest.raises(PlanError, match="'Giảm' is no target"):
        read({2025: "Giảm", 2030: "5"})


@pytest.mark.parametrize(
    "value", [{"kind": "exact", "low": "5"}, {"kind": "text", "low": "5"}, {"kind": "around"}]
)
def test_a_reading_whose_value_does_not_fit_its_kind_is_a_fault(value: dict[str, str]) -> None:
    with pytest.raises(PlanError, match="to a target of kind"):
        read({2025: "Giảm", 2030: "5"}, reading("target", "1.1", "Giảm", **value))


def test_figures_are_written_with_english_marks() -> None:
    assert english_figures(Target("between", Decimal(19000), Decimal(20000))) == "19,000-20,000"
    assert english_figures(Target("at_least", low=Decimal("95.75"))) == ">=95.75"
    assert english_figures(Target("text")) == ""
