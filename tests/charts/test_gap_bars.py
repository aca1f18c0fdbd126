"""The gap chart shows the distances, verdicts and texts of its rows, and nothing else."""

from __future__ import annotations

import math

import pytest

from analysis.charts import Chart, gap_bars, relative_distance
from tests.charts.frames import gap_frame, gap_row

import pandas as pd  # isort: skip


def texts(chart: Chart) -> list[str]:
    return [text.get_text() for axes in chart.figure.axes for text in axes.texts if text.get_text()]


def test_short_of_an_upward_target_is_negative() -> None:
    distance = relative_distance(pd.DataFrame([gap_row(met=False, signed_gap=-4.0, gap=4.0,
                                                       relative_gap=0.04, low=100.0)]))  # fmt: skip
    assert distance.iloc[0] == pytest.approx(-4.0)


def test_above_a_downward_target_is_negative_too() -> None:
    row = gap_row(mode="down", low=math.nan, high=2.0, met=False, signed_gap=0.16, gap=0.16,
                  relative_gap=0.08)  # fmt: skip
    assert relative_distance(pd.DataFrame([row])).iloc[0] == pytest.approx(-8.0)


def test_a_met_target_shows_its_surplus() -> None:
    row = gap_row(mode="down", low=math.nan, high=2.5, met=True, signed_gap=-0.34)
    assert relative_distance(pd.DataFrame([row])).iloc[0] == pytest.approx(13.6)


def test_a_zero_target_has_no_percentage_unless_it_is_met() -> None:
    missed = gap_row(mode="down", low=0.0, high=0.0, met=False, signed_gap=0.36, gap=0.36,
                     relative_gap=math.nan)  # fmt: skip
    met = gap_row(mode="down", low=0.0, high=0.0, met=True, signed_gap=-0.05)
    distance = relative_distance(pd.DataFrame([missed, met]))
    assert math.isnan(distance.iloc[0])
    assert distance.iloc[1] == 0.0


def test_inside_a_band_is_at_the_target_and_outside_is_short() -> None:
    inside = gap_row(mode="band", low=2.1, high=2.1, met=True, signed_gap=0.02)
    outside = gap_row(mode="band", low=2.1, high=2.1, met=False, signed_gap=0.21, gap=0.21,
                      relative_gap=0.1)  # fmt: skip
    distance = relative_distance(pd.DataFrame([inside, outside]))
    assert distance.tolist() == pytest.approx([0.0, -10.0])


def test_there_is_one_panel_a_year_and_one_row_a_series_with_a_value() -> None:
    chart = gap_bars(gap_frame(), "vi")
    assert [axes.get_title(loc="left") for axes in chart.figure.axes] == [
        "Mục tiêu 2025 (đã đến hạn)",
        "Mục tiêu 2030",
    ]
    names = [
        label.get_text().replace("\n", " ") for label in chart.figure.axes[0].get_yticklabels()
    ]
    assert names == [
        "5.7 Dân số tham gia BHYT", "3.2 Thất nghiệp thành thị", "6.10 Hộ nghèo",
        "1 GRDP bình quân đầu người",
    ]  # fmt: skip


def test_every_bar_ends_at_its_distance() -> None:
    chart = gap_bars(gap_frame(), "en")
    ends = [
        float(line.get_xdata()[0])
        for line in chart.figure.axes[1].lines
        if line.get_marker() == "o"
    ]
    assert ends == pytest.approx([-124 / 97, -8.0, -100 * 8598 / 19000])


def test_texts_say_verdict_gap_value_and_target() -> None:
    shown = " ".join(texts(gap_bars(gap_frame(), "vi"))).replace("\n", " ").replace("\u00a0", " ")
    assert "Chậm, khó đạt · còn thiếu 1,24 điểm % 95,76 (2025); mục tiêu 97 %" in shown
    assert "còn cao hơn 0,16 điểm %" in shown


def test_the_text_alternative_has_every_drawn_value_and_no_other() -> None:
    alt = gap_bars(gap_frame(), "en").alt.replace("\u00a0", " ")
    assert "5.7 Population with health insurance: target 2025 ≥ 95.75 %, value 95.76 %: Met" in alt
    assert "value 10,402 USD/person: Must accelerate, 8,598 USD/person short" in alt
    assert "Pension coverage" not in alt


def test_no_texts_of_a_panel_overlap() -> None:
    chart = gap_bars(gap_frame(), "vi")
    chart.png()
    for axes in chart.figure.axes:
        boxes = [text.get_window_extent() for text in axes.texts]
        overlaps = [1 for i, a in enumerate(boxes) for b in boxes[i + 1 :] if a.overlaps(b)]
        assert not overlaps


def test_rows_without_values_only_are_refused() -> None:
    frame = gap_frame()
    with pytest.raises(ValueError, match="write a sentence instead"):
        gap_bars(frame[frame["verdict"] == "NO_DATA"])


def test_the_picture_is_the_same_twice() -> None:
    assert gap_bars(gap_frame(), "vi").png() == gap_bars(gap_frame(), "vi").png()


def test_a_notebook_shows_the_picture_with_its_text_alternative() -> None:
    chart = gap_bars(gap_frame(), "en")
    data, metadata = chart._repr_mimebundle_()
    assert set(data) == {"image/png", "text/plain"}
    assert metadata["image/png"]["alt"] == chart.alt
