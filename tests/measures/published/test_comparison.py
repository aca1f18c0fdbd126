from __future__ import annotations

import re

import pandas as pd
import pytest

from analysis.measures import METHODS, compare
from analysis.measures.published.inputs import FLAGS, NUMBERS, YEARS
from tests.measures.published.helpers import one, rate

NAMES = {
    "eurostat_target_2017",
    "eurostat_target_2026",
    "eurostat_trend_2017",
    "eurostat_trend_2026",
    "escap_status",
    "escap_anticipated",
    "sdsn_arrows",
    "unsd_2022",
    "unsd_2023",
    "statistics_canada",
    "destatis_weather",
    "aarr",
    "istat_classes",
    "oecd_distance",
}


def test_the_methods_are_these() -> None:
    assert set(METHODS) == NAMES


@pytest.mark.parametrize("name", METHODS)
def test_a_method_is_described_in_both_languages(name: str) -> None:
    method = METHODS[name]
    texts = [method.title_vi, method.title_en, method.value_vi, method.value_en]
    texts += [text for each in method.categories for text in (each.vi, each.en)]
    assert method.name == name
    assert all(text and text == text.strip() for text in texts)
    assert method.mark in {"S", "T", "R"}
    assert all(address.startswith("https://") for address in method.sources)


@pytest.mark.parametrize("name", METHODS)
def test_the_classes_of_a_method_differ(name: str) -> None:
    for wording in ("code", "vi", "en"):
        words = [getattr(each, wording) for each in METHODS[name].categories]
        assert len(set(words)) == len(words)


@pytest.mark.parametrize("name", METHODS)
def test_a_method_names_only_columns_that_exist(name: str) -> None:
    method = METHODS[name]
    assert {*method.needs, *method.extras} <= {*NUMBERS, *FLAGS, YEARS}
    assert not set(method.needs) & set(method.extras)


@pytest.mark.parametrize("name", METHODS)
def test_each_needed_column_is_asked_for(name: str) -> None:
    full = one(y2020=1.0)
    for column in METHODS[name].needs:
        absent = "2020" if column == YEARS else column
        where = f"method '{name}': no column {'named by a year' if column == YEARS else column}"
        with pytest.raises(ValueError, match=where):
            compare(full.drop(columns=absent), name)


@pytest.mark.parametrize("name", METHODS)
def test_a_method_asks_for_nothing_else(name: str) -> None:
    needs = [column for column in METHODS[name].needs if column != YEARS]
    found = compare(one(y2020=1.0)[[*needs, "2020"]], name)
    assert len(found) == 1


@pytest.mark.parametrize("name", METHODS)
def test_the_result_has_three_columns_of_their_types(name: str) -> None:
    for rows in (one(y2020=1.0), one(y2020=1.0).iloc[:0]):
        found = compare(rows, name)
        assert found.dtypes.astype(str).to_dict() == {
            "value": "float64",
            "score": "float64",
            "category": "str",
        }


@pytest.mark.parametrize("name", METHODS)
def test_nothing_known_gives_no_judgement(name: str) -> None:
    found = compare(one(y2020=float("nan")), name).iloc[0]
    last = [each.code for each in METHODS[name].categories][-3:]
    assert found["category"] in set(last) & {"not_available", "no_data", "insufficient_data"}
    assert found[["value", "score"]].isna().all()


def test_the_index_is_kept() -> None:
    rows = pd.concat([one(**rate(0.1)), one(**rate(-0.1))])
    rows.index = pd.MultiIndex.from_tuples([("8.4", 2030), ("8.4", 2030)], names=["id", "year"])
    found = compare(rows, "istat_classes")
    assert found.index.equals(rows.index)
    assert found["category"].tolist() == ["clear_improvement", "clear_worsening"]


def test_the_inputs_are_left_alone() -> None:
    rows = one(base=0.0, target=0.0, current=3.0, direction=0)
    before = rows.copy(deep=True)
    for name in METHODS.keys() - {"destatis_weather"}:
        compare(rows, name)
    pd.testing.assert_frame_equal(rows, before)


def test_an_unknown_method_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"unknown method 'eurostat': use one of eurostat_target"):
        compare(one(), "eurostat")


def test_an_unknown_option_is_refused_with_the_known_ones() -> None:
    wanted = re.escape("unknown option epsilon: the options of this method are zero")
    with pytest.raises(ValueError, match=wanted):
        compare(one(), "statistics_canada", epsilon=1)
    with pytest.raises(ValueError, match="the options of this method are none"):
        compare(one(), "oecd_distance", zero=1)


def test_the_methods_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        METHODS["own"] = METHODS["aarr"]  # type: ignore[index]
