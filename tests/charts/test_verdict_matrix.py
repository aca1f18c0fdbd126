"""The verdict matrix has a cell for every target; colour, sign and text say what is in it."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font
from matplotlib.patches import Rectangle

from analysis.api import Plan
from analysis.charts import Chart, verdict_matrix
from analysis.charts.style import DARK, LIGHT, MARKS, Theme
from analysis.charts.verdict_matrix import SIGNS
from tests.charts.frames import gap_row

CODES = (
    "MET", "MAINTAINED", "ON_TRACK", "NEEDS_ACCELERATION", "OFF_TRACK", "WORSENING", "LOST",
    "NOT_MET", "NOT_ASSESSABLE", "NO_DATA", "NOT_APPLICABLE", "NO_TARGET",
)  # fmt: skip


def two_years(series: str, verdicts: tuple[str, str], **facts: object) -> list[dict[str, object]]:
    indicator = series.partition("-")[0]
    return [
        gap_row(series_id=series, indicator_id=indicator, group_id=int(indicator.split(".")[0]),
                target_year=year, due=year == 2025, verdict=verdict, **facts)
        for year, verdict in zip((2025, 2030), verdicts, strict=True)
    ]  # fmt: skip


def small_frame() -> pd.DataFrame:
    return pd.DataFrame(
        [
            *two_years("1", ("NO_TARGET", "OFF_TRACK")),
            *two_years("8.1", ("NOT_MET", "NO_DATA")),
            *two_years("8.4-beds", ("NOT_MET", "NOT_ASSESSABLE"), part_vi="Giường", part_en="Beds"),
            *two_years("8.4-doctors", ("MET", "MAINTAINED"), part_vi="Bác sĩ", part_en="Doctors"),
        ]
    )


def every_code() -> pd.DataFrame:
    pairs = list(zip(CODES[::2], CODES[1::2], strict=True))
    rows = [row for n, pair in enumerate(pairs, 1) for row in two_years(f"7.{n}", pair)]
    return pd.DataFrame(rows)


def one_long_group() -> pd.DataFrame:
    rows = [row for n in range(1, 19) for row in two_years(f"6.{n}", ("NO_DATA", "MET"))]
    return pd.DataFrame(rows)


def boxes(chart: Chart) -> list[Rectangle]:
    """Return the cells in the order in which they are drawn: the targets, then the legend."""
    (axes,) = chart.figure.axes
    return [patch for patch in axes.patches if isinstance(patch, Rectangle)]


def texts(chart: Chart) -> list[str]:
    (axes,) = chart.figure.axes
    return [text.get_text() for text in axes.texts]


def sign_in(chart: Chart, box: Rectangle) -> str:
    (axes,) = chart.figure.axes
    inside = [
        text.get_text()
        for text in axes.texts
        if box.get_x() < text.get_position()[0] < box.get_x() + box.get_width()
        and box.get_y() < text.get_position()[1] < box.get_y() + box.get_height()
    ]
    return "".join(inside)


def test_there_is_a_cell_for_every_target_and_a_key_for_every_verdict_there_is() -> None:
    drawn = boxes(verdict_matrix(small_frame()))
    assert [box.get_label() for box in drawn[:8]] == list(small_frame()["verdict"])
    assert [box.get_label() for box in drawn[8:]] == [
        "MET", "MAINTAINED", "OFF_TRACK", "NOT_MET", "NOT_ASSESSABLE", "NO_DATA", "NO_TARGET",
    ]  # fmt: skip


@pytest.mark.parametrize(("theme", "look"), [("light", LIGHT), ("dark", DARK)])
def test_every_verdict_has_its_colour_and_its_sign(theme: str, look: Theme) -> None:
    chart = verdict_matrix(every_code(), "en", theme)
    empty = dict.fromkeys(("NOT_ASSESSABLE", "NOT_APPLICABLE", "NO_TARGET"), look.paper)
    grounds = {**look.verdicts, **empty, "NO_DATA": look.none}
    for box in boxes(chart):
        verdict = str(box.get_label())
        assert to_hex(box.get_facecolor()) == grounds[verdict], verdict
        assert sign_in(chart, box) == SIGNS[verdict]


def test_without_colour_no_two_verdicts_look_alike() -> None:
    assert set(SIGNS) == set(CODES)
    assert len(set(SIGNS.values())) == len(SIGNS)


def test_a_sign_begins_with_the_mark_that_other_charts_have() -> None:
    of_its_own = {"LOST", "NOT_APPLICABLE", "NO_TARGET"}
    assert all(SIGNS[code][0] == MARKS[code].symbol for code in set(CODES) - of_its_own)


def test_the_house_font_has_every_sign() -> None:
    glyphs = FT2Font(findfont(FontProperties(family="DejaVu Sans"))).get_charmap()
    assert not {sign for signs in SIGNS.values() for sign in signs if ord(sign) not in glyphs}


def test_what_cannot_be_judged_is_an_open_cell_with_a_border() -> None:
    drawn = {str(box.get_label()): box for box in boxes(verdict_matrix(every_code()))}
    edges = {name: to_hex(box.get_edgecolor()) for name, box in drawn.items()}
    assert edges["NOT_ASSESSABLE"] == LIGHT.verdicts["NOT_ASSESSABLE"]
    assert edges["NO_TARGET"] == edges["NOT_APPLICABLE"] == LIGHT.rule


def test_years_are_halves_of_a_column_and_parts_of_an_indicator_touch() -> None:
    _, _, first, first_2030, beds, _, doctors, _ = boxes(verdict_matrix(small_frame()))[:8]
    assert first.get_x() == first_2030.get_x()
    assert first.get_y() < first_2030.get_y()
    between = beds.get_x() - (first.get_x() + first.get_width())
    inside = doctors.get_x() - (beds.get_x() + beds.get_width())
    assert 0 < inside < between / 4


def test_rows_have_short_names_and_columns_the_numbers_of_indicators() -> None:
    shown = texts(verdict_matrix(small_frame(), "vi"))
    assert [text for text in shown if text in ("GRDP bình quân", "Y tế")] == [
        "GRDP bình quân", "Y tế",
    ]  # fmt: skip
    assert shown.count("8.4") == 1  # once for both parts
    assert shown.count("8.1") == 1
    assert shown.count("2025") == shown.count("2030") == 3  # two rows and the legend


def test_the_legend_counts_the_targets_of_each_year() -> None:
    shown = texts(verdict_matrix(small_frame(), "en"))
    start = shown.index("Number of targets by verdict")
    words = [text for text in shown[start:] if text not in SIGNS.values() or text == "–"]
    assert words[:3] == ["Number of targets by verdict", "2030", "2025"]
    assert words[words.index("Not met") :][:3] == ["Not met", "–", "2"]
    assert words[words.index("Met, maintained") :][:3] == ["Met, maintained", "1", "–"]
    assert words[words.index("Sum") :][:3] == ["Sum", "4", "4"]
    assert "Each column of cells is one series (4 series of 3 indicators)" in " ".join(words)


def test_the_text_alternative_says_the_counts_and_what_is_in_every_group() -> None:
    assert verdict_matrix(small_frame(), "en").alt == (
        "Grid of the verdicts on 4 series of 3 indicators, one row for each group. "
        "Target 2025 (due): Met 1; Not met 2; No target stated 1. "
        "Target 2030: Met, maintained 1; Off track 1; Not assessable 1; No data 1. "
        "Group 1, GRDP per capita. 2025: No target stated: 1. 2030: Off track: 1. "
        "Group 8, Health. 2025: Met: 8.4 (Doctors); Not met: 8.1, 8.4 (Beds). "
        "2030: Met, maintained: 8.4 (Doctors); Not assessable: 8.4 (Beds); No data: 8.1."
    )
    assert verdict_matrix(small_frame(), "vi").alt == (
        "Bảng ô đánh giá 4 dòng số liệu của 3 chỉ tiêu, mỗi hàng một nhóm. "
        "Mục tiêu 2025 (đã đến hạn): Đạt 1; Không đạt 2; Không nêu mục tiêu 1. "
        "Mục tiêu 2030: Đạt, duy trì 1; Chậm, khó đạt 1; Chưa đủ căn cứ 1; Chưa có số liệu 1. "
        "Nhóm 1, GRDP bình quân. Năm 2025: Không nêu mục tiêu: 1. Năm 2030: Chậm, khó đạt: 1. "
        "Nhóm 8, Y tế. Năm 2025: Đạt: 8.4 (Bác sĩ); Không đạt: 8.1, 8.4 (Giường). "
        "Năm 2030: Đạt, duy trì: 8.4 (Bác sĩ); Chưa đủ căn cứ: 8.4 (Giường); Chưa có số liệu: 8.1."
    )


def test_the_legend_stands_beside_short_rows_and_below_long_ones() -> None:
    beside = boxes(verdict_matrix(small_frame(), "en"))
    below = boxes(verdict_matrix(one_long_group(), "en"))
    assert min(box.get_x() for box in below[36:]) == below[0].get_x() - 0.035
    assert below[36].get_y() > max(box.get_y() for box in below[:36])
    assert len(beside) == 8 + 7


def test_one_target_year_alone_can_be_drawn() -> None:
    frame = small_frame()
    chart = verdict_matrix(frame[frame["target_year"].eq(2030)], "en")
    assert len(boxes(chart)) == 4 + 4
    assert "2025" not in texts(chart)


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        verdict_matrix(small_frame().head(0))


def test_an_unknown_verdict_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="unknown verdict MIXED"):
        verdict_matrix(small_frame().assign(verdict="MIXED"))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_text_overlaps_another_or_leaves_the_picture(
    plan: Plan, as_of: date, language: str
) -> None:
    chart = verdict_matrix(plan.gap(as_of=as_of), language)
    chart.figure.draw_without_rendering()
    (axes,) = chart.figure.axes
    extents = [text.get_window_extent() for text in axes.texts]
    frame = chart.figure.bbox
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 for box in extents)
    assert all(frame.y0 <= box.y0 and box.y1 <= frame.y1 for box in extents)
    overlaps = [
        (axes.texts[i].get_text(), axes.texts[j].get_text())
        for i, one in enumerate(extents)
        for j, other in enumerate(extents[i + 1 :], i + 1)
        if one.overlaps(other)
    ]
    assert not overlaps


def test_the_whole_plan_has_220_cells_with_the_verdicts_of_the_roll_up(
    plan: Plan, as_of: date
) -> None:
    chart = verdict_matrix(plan.gap(as_of=as_of), "en")
    labels = [str(box.get_label()) for box in boxes(chart)][:220]
    counts = plan.rollup(by="plan", as_of=as_of)
    for code in set(labels):
        assert labels.count(code) == counts[f"n_{code.lower()}"].sum()
    numbers = set(plan["indicators"]["indicator_id"])
    assert len(numbers) == 99
    assert numbers <= set(texts(chart))


def test_the_picture_is_the_same_twice_and_can_be_recoloured() -> None:
    one, other = (verdict_matrix(small_frame(), "vi") for _ in range(2))
    assert one.png() == other.png()
    assert one.svg("dark") == verdict_matrix(small_frame(), "vi", "dark").svg()
