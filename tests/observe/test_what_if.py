"""Hypothetical values: what is refused, and how they are told apart from observed ones."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.api import Plan
from analysis.errors import UserErrors
from analysis.observe.what_if import COLUMNS, hypothetical, period_text, with_what_if
from analysis.package.tables import Tables
from analysis.words import Words

INSURED: dict[str, Any] = {"series_id": "5.7", "period": 2027, "value": 97.5}


def made(plan: Plan, *rows: dict[str, Any]) -> Tables:
    return with_what_if(plan.tables, rows)


def last(tables: Tables) -> dict[Any, Any]:
    return tables["observations"].iloc[-1].to_dict()


def faults(plan: Plan, *rows: dict[str, Any]) -> list[tuple[str, str, str]]:
    with pytest.raises(UserErrors) as refused:
        made(plan, *rows)
    return [(error.where, error.what, error.mend) for error in refused.value.errors]


def only_fault(plan: Plan, **cells: Any) -> tuple[str, str, str]:
    (fault,) = faults(plan, {**INSURED, **cells})
    return fault


# What comes of them


def test_a_value_gets_a_number_and_a_source_that_say_it_is_hypothetical(plan: Plan) -> None:
    tables = made(plan, INSURED)
    row = last(tables)
    assert (row["observation_id"], row["source_id"]) == ("what-if-0001", "what-if")
    assert (row["period"], row["value"], row["unit_id"]) == ("2027", 97.5, "percent")
    assert (row["status"], row["comparability"]) == ("estimate", "exact")
    assert row["comparability_rule"] == "what_if"
    assert pd.isna(row["recorded_on"]), "nothing was recorded"
    source = tables["sources"].iloc[-1]
    assert Words("vi")("what_if.source") in source["title"]
    assert Words("en")("what_if.source") in source["title"]
    assert source["tier"] == "other"


def test_the_columns_keep_their_order_and_types(plan: Plan) -> None:
    tables = made(
        plan, {**INSURED, "note": "as asked"}, {"series_id": "7.15", "period": "2027", "level": 3}
    )
    for name in ("observations", "sources"):
        assert tables[name].dtypes.equals(plan[name].dtypes)


def test_the_version_of_the_data_says_so_and_there_is_no_digest(plan: Plan) -> None:
    tables = made(plan, INSURED)
    assert tables.version == f"{plan.tables.version}+what-if"
    assert tables.descriptor["version"] == tables.version
    assert (plan.tables.sha256, tables.sha256) != ("", plan.tables.sha256)
    assert tables.sha256 == ""


def test_the_given_tables_stay_as_they_are(plan: Plan) -> None:
    before = {name: frame.copy() for name, frame in plan.tables.items()}
    tables = made(plan, INSURED)
    tables["targets"].loc[:, "text_source"] = "changed"
    tables["observations"].loc[:, "value"] = 0.0
    for name, frame in before.items():
        pd.testing.assert_frame_equal(plan[name], frame)


def test_titles_of_sources_are_kept_and_shared(plan: Plan) -> None:
    rows = [
        {**INSURED, "period": year, "source_title": title}
        for year, title in ((2027, "Scenario A"), (2028, "Scenario B"), (2029, "Scenario A"))
    ]
    tables = made(plan, *rows)
    added = hypothetical(tables["observations"])
    assert added["source_id"].tolist() == ["what-if-1", "what-if-2", "what-if-1"]
    titles = tables["sources"].set_index("source_id")["title"]
    assert titles["what-if-2"].endswith(": Scenario B")
    assert Words("en")("what_if.source") in titles["what-if-2"]


def test_a_second_what_if_goes_on_counting_and_shares_the_sources(plan: Plan) -> None:
    first = made(plan, INSURED, {**INSURED, "period": 2028, "source_title": "Scenario A"})
    rows = [{**INSURED, "period": 2029}, {**INSURED, "period": 2030, "source_title": "Scenario A"}]
    second = with_what_if(first, rows)
    added = hypothetical(second["observations"])
    assert added["observation_id"].tolist() == [f"what-if-000{n}" for n in (1, 2, 3, 4)]
    assert added["source_id"].tolist() == ["what-if", "what-if-2", "what-if", "what-if-2"]
    assert second["sources"]["source_id"].is_unique
    assert second.version == first.version


@pytest.mark.parametrize("cell", ["level", "value"])
@pytest.mark.parametrize("written", [2, 2.0, np.int64(2)])
def test_a_level_is_kept_as_a_level_however_it_is_written(
    plan: Plan, cell: str, written: object
) -> None:
    row = last(made(plan, {"series_id": "7.15", "period": "2027", cell: written}))
    assert row["level_id"] == "education-2"
    assert np.isnan(row["value"])


def test_a_level_can_be_named(plan: Plan) -> None:
    row = last(made(plan, {"series_id": "10.2", "period": "2027", "level": "housing-remaining"}))
    assert row["level_id"] == "housing-remaining"


def test_a_frame_is_read_as_mappings_are(plan: Plan) -> None:
    frame = pd.DataFrame([INSURED, {"series_id": "7.15", "period": 2027, "level": 3}])
    assert frame["level"].isna().any(), "a frame has empty cells"
    added = hypothetical(with_what_if(plan.tables, frame)["observations"])
    assert added["series_id"].tolist() == ["5.7", "7.15"]
    assert added["level_id"].tolist() == ["none", "education-3"]


@pytest.mark.parametrize(
    ("written", "text"),
    [(2027, "2027"), (2027.0, "2027"), (np.int64(2027), "2027"), ("2027-Q1", "2027-Q1"),
     (2027.5, "2027.5"), (float("inf"), "inf"), (True, "True")],
)  # fmt: skip
def test_a_period_may_be_a_whole_number(written: object, text: str) -> None:
    assert period_text(written) == text


@pytest.mark.parametrize("unit", ["percent", "%", "Phần trăm", "PER CENT"])
def test_a_unit_that_is_that_of_the_series_is_let_pass(plan: Plan, unit: str) -> None:
    assert last(made(plan, {**INSURED, "unit": unit}))["unit_source"] == unit


def test_the_unit_that_names_no_scale_fits_every_series_of_levels(plan: Plan) -> None:
    row = {"series_id": "7.15", "period": "2027", "level": 3, "unit": "Mức độ"}
    assert last(made(plan, row))["unit_id"] == "education-level"


# What is refused


def test_every_fault_of_every_row_is_told_at_once(plan: Plan) -> None:
    rows = [{"series_id": "5.77", "period": "2027-13", "value": 97.5}, {**INSURED, "value": 101}]
    places = [where for where, _, _ in faults(plan, *rows)]
    assert places == ["row 1, column series_id", "row 1, column period", "row 2, column value"]


def test_no_rows_are_refused(plan: Plan) -> None:
    assert faults(plan) == [("the what-if", "there are no rows", "give at least one value")]


def test_a_misspelt_column_is_refused_with_the_near_one(plan: Plan) -> None:
    assert only_fault(plan, vlue=3) == (
        "the what-if",
        "unknown column 'vlue'",
        "did you mean value?",
    )
    _, _, mend = only_fault(plan, zzz=3)
    assert mend == f"the columns are {', '.join(COLUMNS)}"


@pytest.mark.parametrize(
    ("series_id", "mend"),
    [
        ("5.77", "did you mean 5.7?"),
        ("8.4", "did you mean 8.4-beds, 8.4-doctors, 8.4-pharmacists, 8.4-nurses?"),
        (5.7, 'write the code as text, such as "5.10"; did you mean 5.7, '),
    ],
)
def test_an_unknown_series_is_refused_with_near_ones(
    plan: Plan, series_id: object, mend: str
) -> None:
    where, what, said = only_fault(plan, series_id=series_id)
    assert (where, what) == ("row 1, column series_id", f"the plan has no series {series_id!r}")
    assert said.startswith(mend)


@pytest.mark.parametrize("period", ["2027-13", "27", "June 2027", 2027.5, True, "2027-06-01"])
def test_what_is_no_period_is_refused(plan: Plan, period: object) -> None:
    where, what, mend = only_fault(plan, period=period)
    assert (where, what) == ("row 1, column period", f"{period!r} is no period")
    assert "2027-Q2" in mend


def test_a_span_of_years_is_refused_since_it_would_have_no_effect(plan: Plan) -> None:
    _, what, _ = only_fault(plan, period="2026-2028")
    assert what == "'2026-2028' is more than one year: it would not be judged"


@pytest.mark.parametrize("value", ["95,7", "95.7 %", True, float("inf"), [95]])
def test_what_is_no_number_is_refused(plan: Plan, value: object) -> None:
    where, what, _ = only_fault(plan, value=value)
    assert (where, what) == ("row 1, column value", f"{value!r} is no number")


@pytest.mark.parametrize(
    ("series_id", "value", "mend"),
    [
        ("5.7", 100.5, "a value here is at least 0 and at most 100"),
        ("5.7", -1, "a value here is at least 0 and at most 100"),
        ("8.2", -1, "a value here is at least 0"),
        ("4.1", 0, "a value here is at least 1"),
    ],
)
def test_a_value_outside_the_natural_limits_is_refused(
    plan: Plan, series_id: str, value: float, mend: str
) -> None:
    assert only_fault(plan, series_id=series_id, value=value)[2] == mend


@pytest.mark.parametrize("value", [0, 100])
def test_a_value_at_a_natural_limit_is_let_pass(plan: Plan, value: float) -> None:
    assert last(made(plan, {**INSURED, "value": value}))["value"] == value


def test_a_level_of_another_scale_is_refused_with_those_of_this_one(plan: Plan) -> None:
    row = {"series_id": "7.15", "period": 2027, "level": "literacy-2"}
    assert faults(plan, row) == [
        (
            "row 1, column level",
            "'literacy-2' is no level of this scale",
            "the levels are 1 (education-1), 2 (education-2), 3 (education-3)",
        )
    ]


@pytest.mark.parametrize("cell", ["level", "value"])
@pytest.mark.parametrize("number", [4, 0, 2.5])
def test_a_number_that_is_no_level_is_refused(plan: Plan, cell: str, number: float) -> None:
    (fault,) = faults(plan, {"series_id": "7.15", "period": 2027, cell: number})
    assert fault[:2] == (f"row 1, column {cell}", f"{number:g} is no level of this scale")


def test_a_level_of_a_series_without_levels_is_refused(plan: Plan) -> None:
    (fault,) = faults(plan, {"series_id": "5.7", "period": 2027, "level": 3})
    assert fault[1:] == ("5.7 has no levels", "give a value instead")


def test_a_row_needs_series_period_and_one_of_value_and_level(plan: Plan) -> None:
    places = [(where, what) for where, what, _ in faults(plan, {"note": "nothing else"})]
    assert places == [
        ("row 1, column series_id", "an empty cell"),
        ("row 1, column period", "an empty cell"),
        ("row 1, column value", "neither a value nor a level"),
    ]
    both = {"series_id": "7.15", "period": 2027, "value": 3, "level": 3}
    assert [what for _, what, _ in faults(plan, both)] == ["a value and a level as well"]


@pytest.mark.parametrize(
    ("unit", "what"),
    [
        ("người", "'người' (persons) is not the unit of 5.7"),
        ("parsec", "unknown unit 'parsec'"),
        ("Mức độ", "'Mức độ' (level) is not the unit of 5.7"),
    ],
)
def test_a_unit_that_does_not_fit_is_refused(plan: Plan, unit: str, what: str) -> None:
    mend = "the unit of this series is percent; no value is converted"
    assert only_fault(plan, unit=unit) == ("row 1, column unit", what, mend)


@pytest.mark.parametrize("column", ["area_id", "status", "comparability"])
def test_a_name_that_is_not_in_its_list_is_refused(plan: Plan, column: str) -> None:
    where, what, mend = only_fault(plan, **{column: "nowhere"})
    assert (where, what) == (f"row 1, column {column}", f"unknown {column} 'nowhere'")
    assert mend.startswith("write one of ")


def test_a_value_supposed_twice_is_refused(plan: Plan) -> None:
    (fault,) = faults(plan, INSURED, {**INSURED, "period": "2027", "value": 98, "area_id": "QN"})
    assert fault[:2] == ("row 2", "row 1 has a value for 5.7, QN, 2027 already")
    with pytest.raises(UserErrors, match="an earlier what-if has a value for 5"):
        with_what_if(made(plan, INSURED), [INSURED])


# What the current view makes of them


def chosen(plan: Plan, series_id: str, year: int, **options: Any) -> dict[Any, Any]:
    view = plan.view(**{"as_of": date(2027, 12, 31), **options})
    rows = view[view["series_id"].eq(series_id) & view["year"].eq(year) & view["area_id"].eq("QN")]
    return {} if rows.empty else rows.iloc[0].to_dict()


def test_it_stands_for_its_year_whatever_else_is_known(plan: Plan) -> None:
    before = chosen(plan, "5.7", 2025)
    row = {**INSURED, "period": "2025-06", "comparability": "close", "status": "estimate"}
    after = chosen(plan.with_observations([row]), "5.7", 2025)
    assert (before["comparability"], before["part_year"]) == ("exact", False)
    assert (after["value"], after["period"], after["part_year"]) == (97.5, "2025-06", True)
    assert after["decided_by"] == "what_if"
    assert after["set_aside"].split() == [before["observation_id"], *before["set_aside"].split()]
    assert after["n_candidates"] == before["n_candidates"] + 1


def test_among_hypothetical_values_the_rules_of_the_view_decide(plan: Plan) -> None:
    rows = [{**INSURED, "period": "2027-06", "value": 96}, {**INSURED, "value": 97}]
    row = chosen(plan.with_observations(rows), "5.7", 2027)
    assert (row["value"], row["decided_by"], row["set_aside"]) == (97, "coverage", "what-if-0001")


def test_where_nothing_else_is_known_it_is_the_only_value(plan: Plan) -> None:
    row = chosen(plan.with_observations([INSURED]), "5.7", 2027)
    assert (row["decided_by"], row["set_aside"], row["n_candidates"]) == ("only", "", 1)


def test_a_value_of_a_later_year_has_no_effect_yet(plan: Plan) -> None:
    idea = plan.with_observations([INSURED])
    assert chosen(idea, "5.7", 2027, as_of=date(2026, 12, 31)) == {}
    assert chosen(idea, "5.7", 2027, as_of=date(2027, 1, 1))["value"] == 97.5


def test_a_proxy_counts_only_where_proxies_are_admitted(plan: Plan) -> None:
    idea = plan.with_observations([{**INSURED, "comparability": "proxy"}])
    assert chosen(idea, "5.7", 2027) == {}
    assert chosen(idea, "5.7", 2027, include_proxy=True)["value"] == 97.5


def test_all_other_rows_of_the_view_are_the_same(plan: Plan, as_of: date) -> None:
    before = plan.view(as_of=as_of)
    after = plan.with_observations([{**INSURED, "period": 2025}]).view(as_of=as_of)
    pd.testing.assert_frame_equal(before.dtypes.to_frame(), after.dtypes.to_frame())
    touched = before["series_id"].eq("5.7") & before["year"].eq(2025) & before["area_id"].eq("QN")
    assert touched.sum() == 1
    pd.testing.assert_frame_equal(before[~touched], after[~touched])


def test_the_code_of_a_hypothetical_choice_has_words_in_both_languages() -> None:
    for language in ("vi", "en"):
        assert Words(language)("decided_by.what_if")
        assert Words(language)("comparability_rule.what_if")
