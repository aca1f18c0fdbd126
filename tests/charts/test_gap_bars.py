"""The gap chart shows the distances, verdicts and texts of its rows, and nothing else."""

from __future__ import annotations

import math
from itertools import combinations

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D

from analysis.charts import Chart, gap_bars, relative_distance
from analysis.charts.style import DARK, LIGHT, MARKS
from tests.charts.frames import gap_frame, gap_row
from tests.charts.pictures import cut_off


def texts(chart: Chart) -> list[str]:
    return [text.get_text() for axes in chart.figure.axes for text in axes.texts if text.get_text()]


def marks(axes: Axes) -> list[Line2D]:
    """Return the marks at the ends of the bars."""
    return [line for line in axes.lines if line.get_marker() not in ("", "None", None)]


def overlapping(axes: Axes) -> list[tuple[str, str]]:
    boxes = [(text.get_text(), text.get_window_extent()) for text in axes.texts]
    return [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if one.overlaps(other)]


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
    ends = [float(line.get_xdata()[0]) for line in marks(chart.figure.axes[1])]
    assert ends == pytest.approx([-124 / 97, -8.0, -100 * 8598 / 19000])


def test_every_verdict_has_its_mark_and_colour() -> None:
    due, later = gap_bars(gap_frame(), "en").figure.axes
    shown = [
        (line.get_marker(), to_hex(line.get_markerfacecolor()))
        for line in marks(due) + marks(later)
    ]
    assert shown == [
        (MARKS[code].marker, LIGHT.verdicts[code])
        for code in ("MET", "MET", "OFF_TRACK", "ON_TRACK", "NEEDS_ACCELERATION")
    ]


def test_what_cannot_be_assessed_has_an_open_mark() -> None:
    row = gap_row(met=False, gap=5.0, signed_gap=-5.0, relative_gap=0.05, verdict="NOT_ASSESSABLE")
    (line,) = marks(gap_bars(pd.DataFrame([row]), "en", "dark").figure.axes[0])
    assert to_hex(line.get_markerfacecolor()) == DARK.paper
    assert to_hex(line.get_markeredgecolor()) == DARK.verdicts["NOT_ASSESSABLE"]


def test_a_distance_beyond_the_axis_is_cut_and_said_so() -> None:
    row = gap_row(mode="down", low=math.nan, high=2.0, judged_value=7.0, met=False, gap=5.0,
                  signed_gap=5.0, relative_gap=2.5, verdict="NOT_MET")  # fmt: skip
    chart = gap_bars(pd.DataFrame([row]), "en")
    (line,) = marks(chart.figure.axes[0])
    assert float(line.get_xdata()[0]) == -100.0
    assert "the bar ends at 100 %; the distance is −250 %" in texts(chart)


def test_a_row_has_room_for_all_its_lines() -> None:
    long = gap_row(label_en="Share of something " * 3, symbol_en="children in a thousand people",
                   met=False, gap=5.0, signed_gap=-5.0, relative_gap=0.05,
                   verdict="OFF_TRACK")  # fmt: skip
    rows = [long | {"series_id": name, "indicator_id": name} for name in ("1", "2", "3")]
    chart = gap_bars(pd.DataFrame(rows), "en")
    chart.png()
    assert len(texts(chart)) >= 12
    assert not overlapping(chart.figure.axes[0])


def test_texts_say_verdict_gap_value_and_target() -> None:
    shown = " ".join(texts(gap_bars(gap_frame(), "vi"))).replace("\n", " ").replace("\u00a0", " ")
    assert "Chậm, khó đạt còn thiếu 1,24 điểm % 95,76 (2025); mục tiêu 97 %" in shown
    assert "còn cao hơn 0,16 điểm %" in shown


def test_the_text_alternative_has_every_drawn_value_and_no_other() -> None:
    alt = gap_bars(gap_frame(), "en").alt.replace("\u00a0", " ")
    assert "5.7 Population with health insurance: target 2025 ≥ 95.75 %, value 95.76 %: Met" in alt
    assert "value 10,402 USD/person: Must accelerate, 8,598 USD/person short" in alt
    assert "Pension coverage" not in alt


def test_no_texts_of_a_panel_overlap() -> None:
    chart = gap_bars(gap_frame(), "vi")
    chart.png()
    assert not any(overlapping(axes) for axes in chart.figure.axes)


def test_no_text_is_cut_off() -> None:
    assert cut_off(gap_bars(gap_frame(), "vi")) == []


def test_rows_without_values_only_are_refused() -> None:
    frame = gap_frame()
    with pytest.raises(ValueError, match="write a sentence instead"):
        gap_bars(frame[frame["verdict"] == "NO_DATA"])
