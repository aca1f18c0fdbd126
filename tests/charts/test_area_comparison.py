"""The comparison with the country prints both values of every year, and how they differ."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.charts import Chart, area_comparison
from analysis.charts.area_comparison import NOTES, better_way, who_is_better
from analysis.charts.rows import first
from analysis.results import BETTER, DEFINITION_NOTES
from analysis.words import Words
from tests.charts.frames import gap_row
from tests.charts.pictures import cut_off

SIDES = ("province", "country")


def area_row(**changes: object) -> dict[str, object]:
    row = {**gap_row(), "year": 2025, "is_latest": True, "province_value": 95.76,
           "country_value": 95.15, "difference": 0.61, "better": "province",
           "definition_note": "", "province_is_current_segment": True,
           "country_is_current_segment": True}  # fmt: skip
    return {**row, **changes}


def frame() -> pd.DataFrame:
    """Two series: two years, one of them before a break; and one with a lower value better."""
    earlier = {"year": 2020, "province_value": 95.0, "country_value": 90.7, "difference": 4.3,
               "is_latest": False, "definition_note": "BEFORE_BREAK PERIOD",
               "province_is_current_segment": False}  # fmt: skip
    rate = {"series_id": "3.2", "indicator_id": "3.2", "label_vi": "Thất nghiệp thành thị",
            "label_en": "Urban unemployment", "mode": "down", "year": 2021,
            "province_value": 2.23, "country_value": 4.42, "difference": -2.19,
            "definition_note": "NEITHER_EXACT"}  # fmt: skip
    return pd.DataFrame([area_row(**earlier), area_row(), area_row(**rate)])


def texts(chart: Chart) -> list[str]:
    inside = [text.get_text() for axes in chart.figure.axes for text in axes.texts]
    below = [text.get_text() for text in chart.figure.texts]
    return [text.replace("\u00a0", " ") for text in (*inside, *below)]


def marks(chart: Chart, panel: int, marker: str) -> list[float]:
    lines = chart.figure.axes[panel].lines
    return [float(line.get_xdata()[0]) for line in lines if line.get_marker() == marker]


def test_there_is_a_panel_for_each_series_with_its_unit_and_the_better_way() -> None:
    chart = area_comparison(frame(), "vi")
    assert [axes.get_title(loc="left") for axes in chart.figure.axes] == [
        "5.7 Dân số tham gia BHYT (%)", "3.2 Thất nghiệp thành thị (%)",
    ]  # fmt: skip
    assert [axes.texts[0].get_text() for axes in chart.figure.axes] == [
        "giá trị cao hơn là tốt hơn", "giá trị thấp hơn là tốt hơn",
    ]  # fmt: skip


def test_both_values_of_every_year_are_printed() -> None:
    shown = texts(area_comparison(frame(), "vi"))
    for text in ("2020", "95", "90,7", "2025", "95,76", "95,15", "2021", "2,23", "4,42"):
        assert text in shown


def test_the_higher_value_stands_to_the_right_whoever_is_better() -> None:
    chart = area_comparison(frame(), "en")
    assert all(a > b for a, b in zip(marks(chart, 0, "o"), marks(chart, 0, "s"), strict=True))
    assert marks(chart, 1, "o")[0] < marks(chart, 1, "s")[0]


def test_who_is_better_is_said_in_words_with_the_difference() -> None:
    shown = texts(area_comparison(frame(), "en"))
    assert "province better, province 0.61 percentage points higher" in shown
    assert "province better, province 2.19 percentage points lower  (c)" in shown


def test_a_difference_of_one_is_singular_and_none_is_said() -> None:
    one, none = (
        area_row(difference=-1.0, better="country"),
        area_row(difference=0.0, better="equal"),
    )
    words = Words("en")
    assert who_is_better(one, words).replace("\u00a0", " ") == (
        "country better, province 1 percentage point lower"
    )
    assert who_is_better(none, words) == "equally good, both values the same"


def test_every_note_on_the_definition_has_a_letter_and_its_meaning_below() -> None:
    shown = texts(area_comparison(frame(), "vi"))
    assert any(text.endswith("(a, d)") for text in shown)
    assert shown[-1] == (
        "(a) ít nhất một giá trị theo cách đo trước đây; (c) cả hai chỉ gần đúng định nghĩa; "
        "(d) kỳ số liệu khác nhau"
    )


def test_all_notes_of_the_results_can_be_shown() -> None:
    assert set(NOTES) == set(DEFINITION_NOTES)
    notes = area_row(definition_note=" ".join(NOTES))
    shown = " ".join(texts(area_comparison(pd.DataFrame([notes]), "en")))
    assert "(a, b, c, d, e)" in shown
    for code in NOTES:
        assert Words("en")(f"definition_note.{code}") in shown


def test_a_value_of_an_earlier_measure_is_grey_and_in_the_legend() -> None:
    chart = area_comparison(frame(), "en")
    colours = [line.get_color() for line in chart.figure.axes[0].lines
               if line.get_marker() == "o"]  # fmt: skip
    assert colours[0] != colours[1]
    entries = [text.get_text() for text in chart.figure.legends[0].get_texts()]
    assert entries == ["province", "country", "of an earlier measure"]
    fresh = area_comparison(pd.DataFrame([area_row()]), "en")
    assert len(fresh.figure.legends[0].get_texts()) == 2


def test_nearly_equal_values_look_nearly_equal() -> None:
    row = area_row(province_value=73.5, country_value=73.6, difference=-0.1, better="country")
    chart = area_comparison(pd.DataFrame([row]), "vi")
    assert abs(marks(chart, 0, "o")[0] - marks(chart, 0, "s")[0]) < 0.01


def test_two_zeros_can_be_drawn() -> None:
    row = area_row(province_value=0.0, country_value=0.0, difference=0.0, better="equal")
    chart = area_comparison(pd.DataFrame([row]), "vi")
    assert marks(chart, 0, "o") == marks(chart, 0, "s")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"mode": "band"}, "the value nearer to the target is better"),
        ({"mode": "level"}, "the higher level is better"),
        ({"mode": "level", "unit_id": "rank"}, "the rank nearer to first is better"),
        ({"better": "not_comparable"}, "a plain count, neither side is better"),
    ],
)
def test_the_better_way_is_said_for_every_mode(changes: dict[str, object], said: str) -> None:
    assert better_way(pd.DataFrame([area_row(**changes)]), Words("en")) == said


@pytest.mark.parametrize("better", BETTER)
def test_every_answer_of_the_results_is_worded(better: str) -> None:
    row = first(pd.DataFrame([area_row(better=better)]))
    assert who_is_better(row, Words("vi"))


def test_the_text_alternative_has_every_value_and_note() -> None:
    alt = area_comparison(frame(), "vi").alt.replace("\u00a0", " ")
    assert (
        "5.7 Dân số tham gia BHYT (giá trị cao hơn là tốt hơn): 2020, tỉnh 95 %, cả nước 90,7 %, "
        "tỉnh tốt hơn (ít nhất một giá trị theo cách đo trước đây, kỳ số liệu khác nhau); 2025, "
        "tỉnh 95,76 %, cả nước 95,15 %, tỉnh tốt hơn." in alt
    )


def test_no_texts_overlap_and_nothing_is_cut_off() -> None:
    chart = area_comparison(frame(), "vi")
    chart.figure.draw_without_rendering()
    for axes in chart.figure.axes:
        boxes = [text.get_window_extent() for text in axes.texts]
        assert not [1 for i, a in enumerate(boxes) for b in boxes[i + 1 :] if a.overlaps(b)]
    assert not cut_off(chart)


def test_without_a_common_year_a_sentence_is_asked_for() -> None:
    with pytest.raises(ValueError, match="write a sentence instead"):
        area_comparison(frame().head(0))


def test_both_themes_draw_the_same_and_the_picture_is_the_same_twice() -> None:
    light, dark = (area_comparison(frame(), "vi", theme) for theme in ("light", "dark"))
    assert texts(light) == texts(dark)
    assert light.png() == area_comparison(frame(), "vi").png()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_group_with_common_years_can_be_drawn(plan: Plan, language: str) -> None:
    areas = plan.compare_areas()
    for group_id, rows in areas.groupby("group_id"):
        chart = area_comparison(rows.reset_index(drop=True), language)
        assert len(chart.figure.axes) == rows["series_id"].nunique(), group_id
