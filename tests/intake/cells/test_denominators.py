from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from hypothesis import given

from analysis.intake.cells.denominators import FILE, hints
from tests.intake.cells.builders import table, texts

DOCTORS = ("người/10.000 dân", "Chỉ tiêu số lượng trên 10.000 dân, Số bác sĩ", "persons-per-10000")
SOCIAL_WORKERS = ("", "Số người làm công tác xã hội/1000 dân", "persons-per-1000")
WATER = ("%", "Tỷ lệ hộ gia đình được sử dụng nước sạch theo quy chuẩn, Thành thị", "percent")
INSURANCE = ("%", "Tỷ lệ dân số tham gia bảo hiểm y tế", "percent")


@pytest.fixture(scope="module")
def entries() -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return content


# Rates


@pytest.mark.parametrize(
    "note",
    [
        "15 bác sĩ trên 1.000 dân",
        "1,5 bác sĩ/1000 dân",
        "1.5 doctors per 1,000 people",
        "tính trên 1.000 dân",
        "15 ‰",
        "150 doctors per 100,000 people",
        "bác sĩ trên 100.000 dân",
    ],
)
def test_a_rate_on_another_base_is_told(note: str) -> None:
    assert len(hints(note, *DOCTORS)) == 1


@pytest.mark.parametrize(
    "note",
    [
        "15 bác sĩ trên 10.000 dân",
        "Bác sĩ trên một vạn dân năm 2020",
        "about 14 per 10,000, so 17.4 must cover a wider scope",
        "14 per 10,000, that is 1.4 per 1,000",
        "770 doctors / 1157.2 thousand average population",
        "trên 1.000 bác sĩ",
        "not per 1,000 people",
        "",
    ],
)
def test_the_right_base_or_none_is_not_told(note: str) -> None:
    assert hints(note, *DOCTORS) == []


def test_a_rate_is_told_by_name_or_by_unit_alone() -> None:
    assert hints("no rate per 1,000", *SOCIAL_WORKERS) == []
    assert hints("per 1,000", "", "Số bác sĩ", "persons-per-10000")
    assert hints("per 1,000", "giường/10.000 dân", "Số giường", "")
    assert not hints("per 10,000", "beds/10,000 people", "Số giường", "")


def test_a_rate_is_told_where_the_series_is_none_unless_it_may_be_a_bound() -> None:
    assert hints("18 per 1,000 people", *WATER) == [
        "the note says 'per 1,000', a rate per 1,000; the indicator is no such rate"
    ]
    assert hints("trên 1.000 dân được cấp thẻ", *WATER) == []


# Shares


@pytest.mark.parametrize(
    ("note", "term"),
    [
        ("95% số xã có nước sạch", "communes"),
        ("mẫu số là dân, không phải hộ", "the population"),
        ("đơn vị đếm là thôn bản", "villages"),
        ("95% of communes", "communes"),
        ("Share of the population on piped supply", "the population"),
        ("counted by villages", "villages"),
        ("tính trên tổng số trường học", "schools"),
        ("Mẫu số: Lực lượng lao động", "the labour force"),
    ],
)
def test_a_share_of_something_else_is_told(note: str, term: str) -> None:
    (hint,) = hints(note, *WATER)
    assert f"a share of {term};" in hint
    assert hint.endswith("the indicator's name speaks of households")


@pytest.mark.parametrize(
    "note",
    [
        "95% số hộ; 90% số xã đã xong",
        "95% of households",
        "không phải % số xã",
        "not a share of the population",
        "95% xã hội hóa",
        "Hộ dân các xã vùng cao",
        "100% kế hoạch",
        "mẫu số giảm từ 5 xuống 4",
        "",
    ],
)
def test_a_share_of_the_right_thing_or_of_none_is_not_told(note: str) -> None:
    assert hints(note, *WATER) == []


def test_the_longest_word_counts() -> None:
    assert hints("share of the active population", "%", "Tỷ lệ lực lượng lao động", "percent") == []
    assert len(hints("share of the active population", *INSURANCE)) == 1


def test_shares_are_told_of_percentages_only() -> None:
    note, (_, name, _) = "95% số xã", WATER
    assert len(hints(note, "", name, "percent")) == 1
    assert hints(note, "hộ", name, "percent") == []
    assert hints(note, "", name, "households") == []


def test_nothing_is_told_of_shares_where_the_name_has_no_known_denominator() -> None:
    assert hints("95% số xã", "%", "Tỷ lệ thất nghiệp", "percent") == []


def test_everything_is_compared_in_nfc_and_small_letters() -> None:
    assert len(hints("MẪU SÔ\u0301 LÀ DÂN", *WATER)) == 1


@given(texts, texts, texts, texts)
def test_any_texts_give_a_list_of_sentences(note: str, unit: str, name: str, unit_id: str) -> None:
    assert all(isinstance(one, str) and one for one in hints(note, unit, name, unit_id))


# What is declared


def test_every_word_stands_once(entries: Mapping[str, Any]) -> None:
    words = [word for term in entries["terms"] for word in term["words"]]
    figures = [figure for base in entries["bases"] for figure in base["figures"]]
    counted = Counter([*words, *figures, *entries["not_terms"]])
    assert [word for word, times in counted.items() if times > 1] == []


def test_every_unit_is_one_of_the_package(entries: Mapping[str, Any]) -> None:
    known = {row["unit_id"] for row in table("plan/units.csv")}
    named = {unit for base in entries["bases"] for unit in base["units"]}
    assert named <= known
    assert {one for one in known if one.endswith(("-per-1000", "-per-10000"))} == named


# What has been recorded

RIGHT: Mapping[str, str] = {
    "obs-0457": "counted by villages; the indicator is a share of the population",
    "obs-0458": "counted by households, as its note says; the indicator is of the population",
    "obs-0460": "counted by villages and people, as its note says; the indicator is of communes",
    "obs-0464": "a share of villages; the indicator is of communes",
    "obs-0505": "its denominator is people, as its note says; the indicator is of households",
    "obs-0506": "its denominator is people, as its note says; the indicator is of households",
    "obs-0521": "its denominator is people, as its note says; the indicator is of households",
    "obs-0522": "its denominator is people, as its note says; the indicator is of households",
}
"""Recorded observations for which a hint is right, and why."""


def test_of_all_that_is_recorded_only_what_has_another_denominator_is_told() -> None:
    indicators = {row["indicator_id"]: row["name_vi"] for row in table("plan/indicators.csv")}
    series = {row["series_id"]: row for row in table("plan/series.csv")}
    told = set()
    for row in table("observed/observations.csv"):
        own = series[row["series_id"]]
        name = f"{indicators[own['indicator_id']]}, {own['part_vi']}"
        if hints(row["note"], row["unit_source"], name, own["unit_id"]):
            told.add(row["observation_id"])
    assert told == RIGHT.keys()
