from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import UserErrors
from analysis.runs.facts import read_facts
from analysis.runs.kinds import Kind
from analysis.runs.parameters import Request, Selection, convert, inspect, select
from tests.runs.project import KINDS, good, write_notebook, write_project

TODAY = date(2026, 3, 1)


def selected(root: Path, **request: object) -> Selection:
    if "groups" in request:
        request["subjects"] = {"group_id": request.pop("groups")}
    notebooks = root / "notebooks"
    asked = Request(**request)  # type: ignore[arg-type]
    return select(asked, read_facts(root), KINDS, notebooks, TODAY)


def faults(root: Path, **request: object) -> list[str]:
    with pytest.raises(UserErrors) as caught:
        selected(root, **request)
    return [str(error) for error in caught.value.errors]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_project(tmp_path)


def test_without_a_wish_all_groups_are_run_in_vietnamese(root: Path) -> None:
    assert [job.id for job in selected(root).jobs] == [
        *("vi-gap-01", "vi-trend-01", "vi-gap-02", "vi-trend-02", "vi-gap-03", "vi-trend-03"),
    ]


def test_all_languages_are_both(root: Path) -> None:
    assert {job.language for job in selected(root, language="all").jobs} == {"vi", "en"}


def test_kinds_and_groups_can_be_chosen(root: Path) -> None:
    jobs = selected(root, kinds=("gap",), groups=("3", "1"), language="en").jobs
    assert [job.id for job in jobs] == ["en-gap-01", "en-gap-03"]


def test_the_day_and_the_base_year_that_apply_are_recorded(root: Path) -> None:
    assert selected(root).parameters["gap"] == {"base_year": 2020, "as_of": "2026-03-01"}


def test_a_day_and_a_base_year_can_be_given(root: Path) -> None:
    parameters = selected(root, as_of="2025-12-31", base_year="2018").parameters["gap"]
    assert parameters == {"base_year": 2018, "as_of": "2025-12-31"}


def test_a_base_year_given_as_a_parameter_is_the_same(root: Path) -> None:
    assert selected(root, extra=(("base_year", "2018"),)).parameters["gap"]["base_year"] == 2018


def test_another_parameter_is_read_as_the_type_of_its_default(root: Path) -> None:
    assert selected(root, extra=(("threshold", "2"),)).parameters["gap"]["threshold"] == 2.0


def test_an_unknown_parameter_is_refused_with_a_suggestion(root: Path) -> None:
    (second, first) = faults(root, extra=(("treshold", "2"),))
    assert "trend.ipynb has no parameter 'treshold'" in first
    assert "gap.ipynb has no parameter 'treshold'" in second
    assert "did you mean 'threshold'?" in first


def test_a_parameter_that_one_notebook_lacks_is_refused_for_that_notebook(root: Path) -> None:
    parameters = (
        'group_id = 1\nlanguage = "vi"\nbase_year = 2020\nas_of = ""\ndata = ""\nresults = ""\n'
    )
    write_notebook(root / "notebooks", "gap", good("gap"), parameters)
    (only,) = faults(root, extra=(("threshold", "2"),))
    assert "gap.ipynb has no parameter 'threshold'" in only


def test_a_value_of_another_type_is_refused(root: Path) -> None:
    (only,) = faults(root, kinds=("gap",), extra=(("threshold", "much"),))
    assert "threshold cannot be 'much'" in only
    assert "float" in only


@pytest.mark.parametrize(
    "name", ["group_id", "task_group_id", "agency_id", "language", "data", "results"]
)
def test_what_the_run_sets_itself_cannot_be_set(root: Path, name: str) -> None:
    (only,) = faults(root, extra=((name, "1"),))
    assert f"{name} is set by the run itself" in only


def test_a_parameter_given_twice_is_refused(root: Path) -> None:
    (only,) = faults(root, base_year="2018", extra=(("base_year", "2019"),))
    assert "base_year is given twice" in only


def test_an_unknown_kind_is_refused_with_a_suggestion(root: Path) -> None:
    (only,) = faults(root, kinds=("tren",))
    assert "did you mean 'trend'?" in only


@pytest.mark.parametrize("group", ["0", "4", "12", "one", "01", ""])
def test_an_unknown_group_is_refused(root: Path, group: str) -> None:
    (only,) = faults(root, groups=(group,))
    assert "indicator group" in only
    assert "1, 2, 3" in only


def test_an_unknown_language_is_refused(root: Path) -> None:
    (only,) = faults(root, language="eng")
    assert "did you mean 'en'?" in only


@pytest.mark.parametrize("year", ["2009", "2026", "20", "MMXX", "2020.0", "-2020"])
def test_a_base_year_out_of_range_is_refused(root: Path, year: str) -> None:
    (only,) = faults(root, base_year=year)
    assert "2010 to 2025" in only


@pytest.mark.parametrize("year", ["2010", "2025"])
def test_the_first_and_the_last_base_year_are_taken(root: Path, year: str) -> None:
    assert selected(root, base_year=year).parameters["gap"]["base_year"] == int(year)


@pytest.mark.parametrize("day", ["2026-02-29", "20260301", "1/3/2026", "2026-W09-7", "today"])
def test_a_day_that_is_none_is_refused(root: Path, day: str) -> None:
    (only,) = faults(root, as_of=day)
    assert "YYYY-MM-DD" in only


def test_a_notebook_without_the_standard_parameters_is_refused(root: Path) -> None:
    write_notebook(root / "notebooks", "gap", good("gap"), "group_id = 1\nas_of = ''\n")
    (only,) = faults(root)
    assert "does not have the parameters language, base_year, data, results" in only


def test_a_missing_notebook_is_refused(root: Path) -> None:
    (root / "notebooks" / "gap.ipynb").unlink()
    (only,) = faults(root)
    assert "no such notebook" in only


def test_a_file_that_is_no_notebook_is_refused(root: Path) -> None:
    (root / "notebooks" / "gap.ipynb").write_text("hello")
    (only,) = faults(root)
    assert "cannot be read" in only


def test_all_faults_are_told_together(root: Path) -> None:
    found = faults(root, language="fr", groups=("77",), kinds=("gaps",), as_of="x", base_year="y")
    assert len(found) == 5


def test_defaults_are_read_from_the_cell_of_parameters(root: Path) -> None:
    defaults = inspect(root / "notebooks" / "gap.ipynb")
    assert defaults["group_id"] == 1
    assert defaults["language"] == "vi"
    assert defaults["threshold"] == 0.5


@given(st.text())
def test_text_stays_as_it_was_typed(text: str) -> None:
    assert convert(text, "default") == text


@given(st.integers())
def test_a_whole_number_is_read_as_one(number: int) -> None:
    assert convert(str(number), 1) == number


@pytest.mark.parametrize(("text", "value"), [("true", True), ("False", False)])
def test_truth_is_read_as_such(text: str, value: bool) -> None:
    assert convert(text, True) is value


@pytest.mark.parametrize(("text", "default"), [("yes", True), ("1", False), ("1.5", 1), ("x", [1])])
def test_what_does_not_fit_the_default_is_no_value(text: str, default: object) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        convert(text, default)


def test_naming_a_subject_chooses_the_kinds_that_are_about_it(root: Path) -> None:
    write_notebook(root / "notebooks", "overview", good("overview"))
    kinds = (Kind("overview"), *KINDS)
    request = Request(subjects={"group_id": ("2",)})
    jobs = select(request, read_facts(root), kinds, root / "notebooks", TODAY).jobs
    assert [job.id for job in jobs] == ["vi-gap-02", "vi-trend-02"]


def test_a_subject_of_no_kind_that_is_asked_for_is_refused(root: Path) -> None:
    kinds = (Kind("overview"), *KINDS)
    request = Request(kinds=("overview",), subjects={"group_id": ("2",)})
    write_notebook(root / "notebooks", "overview", good("overview"))
    with pytest.raises(UserErrors) as caught:
        select(request, read_facts(root), kinds, root / "notebooks", TODAY)
    (only,) = caught.value.errors
    assert "no report that is asked for is about one indicator group" in str(only)
    assert "gap, trend" in str(only)
