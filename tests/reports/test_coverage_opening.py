"""The opening of the coverage report on fixed frames, in both languages."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.reports.coverage_opening import (
    coverage_sentences,
    size_sentence,
    unvalued,
    valued_in,
    without_value,
)
from analysis.words import Words

_SERIES = {"n_years": 0, "n_years_before_break": 0, "n_proxies": 0, "latest_year": pd.NA,
           "age": pd.NA, "part_vi": None, "part_en": None}  # fmt: skip


def series(name: str, **changes: object) -> dict[str, object]:
    return {"series_id": name, "indicator_id": name, **_SERIES, **changes}


def coverage(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows)).astype({"latest_year": "Int64", "age": "Int64"})


def whole() -> pd.DataFrame:
    return coverage(
        series("3.1", n_years=3, latest_year=2025, age=1),
        series("3.2", n_years=1, latest_year=2019, age=7),
        series("3.3", n_years=2, latest_year=2022, age=4),
        series("5.1", n_proxies=4),
        series("5.2", n_years_before_break=2, n_proxies=1),
        series("5.3"),
    )


def targets() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"series_id": name, "target_year": year, "target_status": "stated"}
            for name in whole()["series_id"]
            for year in (2025, 2030)
        ]
    ).assign(target_status=["not_stated", *["stated"] * 11])


def view() -> pd.DataFrame:
    columns = ["series_id", "year", "part_year", "is_current_segment"]
    rows = [
        ("3.1", 2024, False, True),
        ("3.1", 2025, True, True),
        ("3.2", 2025, False, True),
        ("5.2", 2025, False, False),
    ]
    return pd.DataFrame(rows, columns=columns)


def values() -> pd.DataFrame:
    tiers = ["official", "state_press", "state_press", "other"]
    return pd.DataFrame({"tier": tiers, "comparability": ["exact", "close", "exact", "exact"]})


def said(language: str, frame: pd.DataFrame | None = None) -> list[str]:
    rows = whole() if frame is None else frame
    return coverage_sentences(rows, targets(), view(), values(), Words(language))


def test_the_opening_says_how_much_how_new_from_whom_and_what_lacks() -> None:
    assert said("vi") == [
        "Kế hoạch có 6 chỉ tiêu, đo bằng 6 dòng số liệu: 3 dòng có giá trị của tỉnh so sánh được "
        "với chỉ tiêu (dưới đây gọi là giá trị dùng được), trong đó 2 dòng có từ hai năm như vậy "
        "trở lên.",
        "Có 2 dòng có giá trị của năm 2025, trong đó 1 dòng mới có giá trị chưa trọn năm; Kế hoạch "
        "nêu mục tiêu năm 2025 cho 5 dòng, 1 dòng trong số đó có giá trị của năm ấy.",
        "Có 3 dòng chưa có giá trị nào dùng được: 1 dòng chỉ có số liệu tham khảo, 1 dòng chỉ có "
        "giá trị từ trước khi cách đo hoặc địa bàn thay đổi và 1 dòng chưa có số liệu nào.",
        "Năm của giá trị mới nhất: trung vị của các dòng có giá trị là 2022, cũ nhất là 2019 "
        "(3.2); 2 dòng có giá trị mới nhất đã trên 3 năm, trong đó 1 dòng trên 5 năm, quá cũ để "
        "đánh giá.",
        "Trong 4 giá trị so sánh được, kể cả giá trị không được chọn, 3 giá trị đúng định nghĩa "
        "của chỉ tiêu và 1 gần đúng; 1 lấy từ cơ quan nhà nước, 2 từ báo chí nhà nước và 1 từ "
        "nguồn khác.",
    ]  # fmt: skip


def test_the_english_opening_says_the_same() -> None:
    assert said("en") == [
        "The plan has 6 indicators, measured by 6 series: 3 series have a value of the province "
        "that is comparable with the indicator (called a usable value below), and 2 of these have "
        "two or more such years.",
        "2 series have a value for 2025 (1 of them for part of the year only); the plan states a "
        "target for 2025 for 5 series, and for 1 of these there is a value for that year.",
        "3 series have no usable value: for 1 there are only figures for context, for 1 there are "
        "only values from before the measure or territory changed and for 1 there is nothing at "
        "all.",
        "Year of the latest value: the median of the series that have one is 2022, the oldest is "
        "2019 (3.2); in 2 series the latest value is more than 3 years old, and in 1 of these more "
        "than 5, too old for a verdict.",
        "Of the 4 comparable values, those not chosen included, 3 fit the definition of the "
        "indicator exactly and 1 closely; 1 comes from a public body, 2 from the state press and 1 "
        "from other sources.",
    ]  # fmt: skip


def test_a_plan_without_any_value_says_so_and_nothing_of_ages_or_sources() -> None:
    rows = coverage(series("3.1"), series("3.2"))
    asked = targets()[targets()["series_id"].isin(rows["series_id"])]
    sentences = coverage_sentences(rows, asked, view()[:0], values()[:0], Words("en"))
    assert sentences == [
        "The plan has 2 indicators, measured by 2 series: 0 series have a value of the province "
        "that is comparable with the indicator (called a usable value below), and 0 of these have "
        "two or more such years.",
        "No series has a value for 2025, though the plan states a target for 2025 for 1 series.",
        "2 series have no usable value: for 2 there is nothing at all.",
    ]


@pytest.mark.parametrize(
    ("ages", "vietnamese", "english"),
    [
        ((1, 3), "không dòng nào có giá trị mới nhất đã trên 3 năm.",
         "in no series is the latest value more than 3 years old."),
        ((1, 4), "1 dòng có giá trị mới nhất đã trên 3 năm, chưa dòng nào trên 5 năm.",
         "in 1 series the latest value is more than 3 years old, in none more than 5."),
        ((1, 6), "1 dòng có giá trị mới nhất đã trên 5 năm, quá cũ để đánh giá.",
         "in 1 series the latest value is more than 5 years old, too old for a verdict."),
    ],
)  # fmt: skip
def test_old_values_are_counted_by_the_limits_of_the_method(
    ages: tuple[int, int], vietnamese: str, english: str
) -> None:
    rows = coverage(
        *(series(f"3.{n}", n_years=1, latest_year=2026 - n, age=n) for n in ages)
    )  # fmt: skip
    assert said("vi", rows)[2].endswith(vietnamese)
    assert said("en", rows)[2].endswith(english)


def test_of_two_middle_years_the_median_is_the_earlier() -> None:
    rows = coverage(*(series(f"3.{n}", n_years=1, latest_year=2026 - n, age=n) for n in (1, 3)))
    assert "the median of the series that have one is 2023" in said("en", rows)[2]


def test_a_series_without_a_value_is_in_one_part_only() -> None:
    parts = unvalued(whole())
    assert {name: rows["series_id"].tolist() for name, rows in parts.items()} == {
        "only_context": ["5.1"],
        "only_before": ["5.2"],
        "nothing": ["5.3"],
    }


def test_where_every_series_has_a_value_nothing_is_said_to_lack() -> None:
    assert without_value(whole()[:3], Words("vi")) == []


def test_values_of_an_earlier_measure_are_no_values_of_the_year() -> None:
    assert valued_in(view(), 2025)["series_id"].tolist() == ["3.1", "3.2"]


def test_parts_of_an_indicator_are_series_of_their_own() -> None:
    rows = coverage(series("8.4-a", indicator_id="8.4"), series("8.4-b", indicator_id="8.4"))
    assert size_sentence(rows, Words("vi")).startswith(
        "Kế hoạch có 1 chỉ tiêu, đo bằng 2 dòng số liệu:"
    )
