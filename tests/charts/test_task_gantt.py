"""The timeline shows every task in its time, says what has no date, and hides no standing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from analysis.api import Plan
from analysis.charts import Chart, task_gantt
from analysis.charts.style import DARK, DOTS_PER_INCH, LIGHT
from analysis.charts.task_gantt import LOOKS, due_text, time_text
from analysis.results import TASK_STANDINGS, task_frame
from analysis.words import Words
from tests.charts.pictures import cut_off
from tests.results.task_tables import task, task_tables

TODAY = date(2026, 11, 25)
GROUPS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


def frame(*times: str, told: Sequence[Any] = (), as_of: date = TODAY) -> pd.DataFrame:
    """Tasks ``t1``, ``t2``, … with these times."""
    rows = [task(f"t{number}", time) for number, time in enumerate(times, start=1)]
    return task_frame(task_tables(rows, told), as_of=as_of)


def row(time: str, as_of: date = TODAY, **cells: Any) -> dict[str, Any]:
    return {**frame(time, as_of=as_of).iloc[0].to_dict(), **cells}


def texts(chart: Chart) -> list[str]:
    return [text.get_text() for text in chart.figure.axes[0].texts]


def boxes(chart: Chart) -> list[Rectangle]:
    """The bars and cells, without those of the legend, which are thinner."""
    found = [patch for patch in chart.figure.axes[0].patches if isinstance(patch, Rectangle)]
    return [box for box in found if box.get_height() > 0.2]


def spans(chart: Chart) -> list[tuple[float, float]]:
    """Where each bar begins and ends, in years."""
    years = _year_places(chart)
    width = years[2025] - years[2024]
    left = years[2024] - width / 2
    return [
        tuple(2024 + (x - left) / width for x in (box.get_x(), box.get_x() + box.get_width()))  # type: ignore[misc]
        for box in boxes(chart)
    ]


def _year_places(chart: Chart) -> dict[int, float]:
    labels = [text for text in chart.figure.axes[0].texts if text.get_text().isdecimal()][:7]
    return {int(text.get_text()): text.get_position()[0] for text in labels}


def test_the_axis_has_the_years_of_the_plan() -> None:
    assert list(_year_places(task_gantt(frame("Năm 2025")))) == list(range(2024, 2031))


@pytest.mark.parametrize(
    ("time", "start", "end"),
    [
        ("Năm 2025", 2025, 2026),
        ("Năm 2024 - 2025", 2024, 2026),
        ("Giai đoạn 2024-2030", 2024, 2031),
        ("Quý III/2024", 2024 + 182 / 366, 2024 + 274 / 366),
        ("Tháng 2/2028", 2028 + 31 / 366, 2028 + 60 / 366),
        ("Năm 2025 và thường xuyên", 2025, 2031),
        ("Đến năm 2030", 2024, 2031),
    ],
)
def test_a_bar_begins_and_ends_with_the_time(time: str, start: float, end: float) -> None:
    assert spans(task_gantt(frame(time))) == [pytest.approx((start, end))]


def test_a_time_before_or_after_the_years_shown_is_cut_at_their_edge() -> None:
    rows = frame("Giai đoạn 2024-2030")
    rows["start"], rows["end"] = pd.Timestamp(2020, 1, 1), pd.Timestamp(2040, 12, 31)
    assert spans(task_gantt(rows)) == [pytest.approx((2024, 2031))]


def test_a_yearly_task_has_a_cell_for_every_year_and_signs_until_now() -> None:
    chart = task_gantt(frame("Hằng năm", told=[("t1", "2025-12-31", "done")]))
    assert [round((start + end) / 2, 3) for start, end in spans(chart)] == [
        year + 0.5 for year in range(2024, 2031)
    ]
    signs = [text for text in texts(chart) if text in {look.symbol for look in LOOKS.values()}]
    assert signs[:3] == ["○", "●", "–"]
    faces = [to_hex(box.get_facecolor()) for box in boxes(chart)]
    assert faces == [LIGHT.paper, LIGHT.verdicts["MET"], *[LIGHT.paper] * 5]


def test_no_end_stated_is_an_arrow_and_no_start_stated_a_broken_line() -> None:
    chart = task_gantt(frame("Năm 2025 và thường xuyên", "Đến năm 2030", "Năm 2025"), "en")
    assert [box.get_linestyle() for box in boxes(chart)] == ["-", "--", "-"]
    arrows = [line for line in chart.figure.axes[0].lines if line.get_marker() == ">"]
    assert len(arrows) == 2  # beside the bar, and in the legend
    assert {"no end stated", "no start stated"} <= set(texts(chart))


def test_a_task_without_a_date_is_said_in_words_and_not_drawn() -> None:
    chart = task_gantt(frame("Sơ kết, tổng kết Chương trình", ""), "vi")
    assert boxes(chart) == []
    shown = [text.replace("\n", " ") for text in texts(chart)]
    assert "Sơ kết, tổng kết Chương trình: không nêu ngày nên không vẽ được" in shown
    assert "Kế hoạch không nêu thời gian nên không vẽ được" in shown


def test_the_day_of_assessment_is_marked_if_it_is_in_the_years_shown() -> None:
    assert "ngày 25/11/2026" in texts(task_gantt(frame("Năm 2025")))
    late = task_gantt(frame("Năm 2025", as_of=date(2031, 1, 2)))
    assert not [text for text in texts(late) if text.startswith("ngày ")]


def test_a_report_fills_the_bar_and_silence_leaves_it_empty() -> None:
    chart = task_gantt(frame("Năm 2025", "Năm 2025", told=[("t1", "2025-06-30", "done")]))
    assert [to_hex(box.get_facecolor()) for box in boxes(chart)] == [
        LIGHT.verdicts["MET"], LIGHT.paper,
    ]  # fmt: skip


def test_every_standing_has_a_sign_of_its_own() -> None:
    assert set(LOOKS) == set(TASK_STANDINGS)
    assert len({look.symbol for look in LOOKS.values()}) == len(LOOKS)
    empty = {name for name, look in LOOKS.items() if not look.filled}
    assert empty == {"past_unreported", "unreported"}


@pytest.mark.parametrize("standing", TASK_STANDINGS)
def test_every_standing_can_be_drawn_with_its_word_in_row_and_legend(standing: str) -> None:
    for language in ("vi", "en"):
        chart = task_gantt(frame("Năm 2025").assign(standing=standing), language)
        word = Words(language)(f"task.short.{standing}")
        assert f"{LOOKS[standing].symbol} {word}" in texts(chart)
        assert word in texts(chart)


def test_the_legend_has_only_what_is_drawn() -> None:
    shown = texts(task_gantt(frame("Năm 2025"), "en"))
    assert "time over, none reported" in shown
    assert not {"no status reported", "year to come", "no end stated", "done"} & set(shown)


def test_beside_a_bar_stand_the_standing_the_time_and_its_end() -> None:
    shown = texts(task_gantt(frame("Quý III/2024"), "vi"))
    at = shown.index("○ hết thời gian, chưa có thông tin")
    assert shown[at : at + 3] == [
        "○ hết thời gian, chưa có thông tin", "Quý III/2024", "kết thúc ngày 30/9/2024",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("time", "vietnamese", "english"),
    [
        ("Năm 2025", "Năm 2025", "2025"),
        ("Quý III/2024", "Quý III/2024", "Q3 2024"),
        ("Tháng 6/2024", "Tháng 6/2024", "June 2024"),
        ("Giai đoạn 2024-2030", "Giai đoạn 2024-2030", "2024–2030"),
        ("Đến năm 2030", "Đến năm 2030", "by 2030"),
        ("Năm 2025 và thường xuyên", "Năm 2025 và thường xuyên", "2025 and continuing"),
        ("Hằng năm", "Hằng năm", "every year"),
        ("Sơ kết, tổng kết Chương trình", "Sơ kết, tổng kết Chương trình",
         "at the interim and final reviews of the programme"),
        ("", "không nêu thời gian", "no time stated"),
    ],
)  # fmt: skip
def test_a_time_is_as_printed_in_vietnamese_and_what_it_says_in_english(
    time: str, vietnamese: str, english: str
) -> None:
    assert time_text(row(time), Words("vi")) == vietnamese
    assert time_text(row(time), Words("en")) == english


def test_a_time_that_is_no_whole_month_quarter_or_year_is_given_by_its_days() -> None:
    days = {"start": pd.Timestamp(2025, 2, 10), "end": pd.Timestamp(2025, 4, 30)}
    assert time_text(row("Năm 2025", **days), Words("en")) == "10 February 2025 to 30 April 2025"


@pytest.mark.parametrize(
    ("time", "day", "text"),
    [
        ("Năm 2027", "2026-11-25", "begins on 1 January 2027"),
        ("Năm 2027", "2027-05-05", "ends on 31 December 2027"),
        ("Năm 2027", "2027-12-31", "due on 31 December 2027"),
        ("Năm 2027", "2028-01-01", "ended on 31 December 2027"),
        ("Hằng năm", "2026-11-25", "cycle of 2026: due on 31 December 2026"),
        ("Hằng năm", "2024-01-01", "cycle of 2024: the plan is not issued yet"),
        ("Năm 2024", "2024-02-01", "the plan is not issued yet"),
        ("Năm 2025 và thường xuyên", "2026-11-25", "no end stated"),
        ("Sơ kết, tổng kết Chương trình", "2026-11-25", "no date stated"),
        ("", "2026-11-25", ""),
    ],
)
def test_the_end_of_a_time_is_said_as_of_the_day(time: str, day: str, text: str) -> None:
    assert due_text(row(time, as_of=date.fromisoformat(day)), Words("en")) == text


def test_a_long_name_is_whole_beside_its_bar_and_in_the_text_alternative() -> None:
    name = "Rà soát, tham mưu, " * 20 + "hết"
    chart = task_gantt(frame("Năm 2025").assign(name_vi=name), "vi")
    assert f"t1 {name}" in [text.replace("\n", " ") for text in texts(chart)]
    assert name in chart.alt


def test_the_text_alternative_says_day_times_and_standings() -> None:
    told = [("t2", "2025-06-30", "done")]
    chart = task_gantt(frame("Hằng năm", "Năm 2025", told=told), "en")
    assert chart.alt == (
        "Timeline of the tasks of group I from 2024 to 2030, as of 25 November 2026. "
        "t1 Work t1: every year; 2024: time over, none reported, 2025: time over, none reported, "
        "2026: no status reported. "
        "t2 Work t2: 2025; ended on 31 December 2025; done."
    )


def test_names_of_sub_groups_stand_above_their_tasks() -> None:
    rows = frame("Năm 2025", "Năm 2025", "Năm 2025").assign(
        subgroup=["1", "1", "2"], subgroup_vi=["Về giáo dục", "Về giáo dục", "Về y tế"]
    )
    shown = texts(task_gantt(rows, "vi"))
    heads = [text for text in shown if text in ("1. Về giáo dục", "2. Về y tế")]
    assert heads == ["1. Về giáo dục", "2. Về y tế"]
    assert shown.index("2. Về y tế") > shown.index("t2 Việc t2")


def test_in_the_dark_the_colours_are_those_of_the_dark_theme() -> None:
    chart = task_gantt(frame("Hằng năm", "Đến năm 2030"), "vi", "dark")
    assert chart.theme == "dark"
    assert {to_hex(box.get_edgecolor()) for box in boxes(chart)} == {
        DARK.verdicts["NOT_ASSESSABLE"], DARK.verdicts["NO_DATA"], DARK.rule,
    }  # fmt: skip


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        task_gantt(frame("Năm 2025").iloc[:0])


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("group", GROUPS)
def test_every_group_of_the_plan_fits_into_its_figure(
    plan: Plan, as_of: date, group: str, language: str
) -> None:
    """No text runs out of the picture, and no name into the bars."""
    chart = task_gantt(plan.task_status(group=group, as_of=as_of), language)
    assert cut_off(chart) == []
    axes = chart.figure.axes[0]
    chart.figure.dpi = DOTS_PER_INCH
    chart.figure.draw_without_rendering()
    inverse = axes.transData.inverted()
    first_year, next_year = list(_year_places(chart).values())[:2]
    bars = first_year - (next_year - first_year) / 2
    names = [text for text in axes.texts if text.get_text().startswith(f"{group}.")]
    assert len(names) == len(plan.task_status(group=group, as_of=as_of))
    for text in axes.texts:
        box = text.get_window_extent().transformed(inverse)
        assert box.x1 < (bars if text in names else axes.get_xlim()[1]), text.get_text()


def test_both_pictures_can_be_recoloured() -> None:
    told = [("t1", "2025-06-30", "done"), ("t2", "2026-06-30", "under_way")]
    chart = task_gantt(frame("Năm 2025", "Hằng năm", "", told=told))
    assert DARK.paper.encode() in chart.svg("dark")
    assert LIGHT.paper.encode() in chart.svg("light")
