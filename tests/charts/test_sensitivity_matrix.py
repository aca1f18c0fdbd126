"""The sensitivity matrix says every verdict, frames those that differ, and marks none it lacks."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from matplotlib.patches import Rectangle

from analysis.api import Plan
from analysis.charts import Chart, sensitivity_matrix
from analysis.charts.sensitivity_matrix import cell_word, judged_somehow, scenario_name
from analysis.charts.style import DOTS_PER_INCH
from analysis.measures import METHODS
from analysis.reports.scenarios import placed
from analysis.results import ASKED
from analysis.words import Words
from tests.charts.pictures import cut_off

METHOD = "eurostat_target_2026"


def scenario(**changes: object) -> dict[str, object]:
    row = {
        "series_id": "5.7", "indicator_id": "5.7", "group_id": 5,
        "label_vi": "Dân số tham gia BHYT", "label_en": "Population with health insurance",
        "target_year": 2030, "axis": "base_year", "scenario_id": "base-2019",
        "scenario_base_year": 2019, "include_proxy": False, "method": "own",
        "verdict": "NEEDS_ACCELERATION", "category": "", "reason": "",
        "default_verdict": "NEEDS_ACCELERATION", "differs": False,
    }  # fmt: skip
    row.update(changes)
    row.setdefault("placed", row["verdict"])
    return row


def frame() -> pd.DataFrame:
    """One judged target, one of whose four scenarios differs, and one that nothing judges."""
    rows = [
        scenario(verdict="ON_TRACK", differs=True),
        scenario(axis="default", scenario_id="base-2020", scenario_base_year=2020),
        scenario(axis="proxies", scenario_id="base-2020+proxies", scenario_base_year=2020,
                 include_proxy=True),
        scenario(axis="method", scenario_id=f"method-{METHOD}", scenario_base_year=2020,
                 method=METHOD, verdict="", category="moderate_progress",
                 placed="NEEDS_ACCELERATION"),
        scenario(axis="method", scenario_id="method-aarr", scenario_base_year=2020,
                 method="aarr", verdict="", category="not_available", reason="METHOD_SILENT",
                 differs=pd.NA, placed=""),
    ]  # fmt: skip
    silent = [
        {**row, "series_id": "5.3", "indicator_id": "5.3", "category": "", "differs": pd.NA,
         "verdict": "NO_DATA" if row["method"] == "own" else "", "reason": "NO_DATA",
         "placed": "NO_DATA" if row["method"] == "own" else "", "default_verdict": "NO_DATA"}
        for row in rows
    ]  # fmt: skip
    return pd.DataFrame(rows + silent).astype({"differs": "boolean"})


def texts(chart: Chart, block: int) -> list[str]:
    return [text.get_text().replace("\n", " ") for text in chart.figure.axes[block].texts]


def frames(chart: Chart, block: int) -> int:
    patches = chart.figure.axes[block].patches
    return sum(isinstance(one, Rectangle) and not one.get_fill() for one in patches)


def test_own_verdicts_stand_above_and_published_classes_below() -> None:
    chart = sensitivity_matrix(frame(), "vi")
    own, published = texts(chart, 0), texts(chart, 1)
    assert own[0] == "Cách tính của dự án, theo năm gốc"
    assert own.count("Cần đẩy nhanh") == 2
    assert "Tiến bộ vừa phải hướng tới mục tiêu" in published
    assert "Eurostat 2026" in published


def test_a_differing_cell_is_framed_and_says_so() -> None:
    chart = sensitivity_matrix(frame(), "vi")
    assert "≠ Đúng tiến độ" in texts(chart, 0)
    assert (frames(chart, 0), frames(chart, 1)) == (1, 0)


def test_the_default_is_in_bold() -> None:
    chart = sensitivity_matrix(frame(), "en")
    bold = [text.get_text() for text in chart.figure.axes[0].texts[1:]
            if text.get_fontweight() == "bold"]  # fmt: skip
    assert bold == ["2020"]


def test_a_cell_without_a_judgement_has_its_word_and_no_mark() -> None:
    chart = sensitivity_matrix(frame(), "en")
    assert "Assessment not possible" in texts(chart, 1)
    marks = [line for line in chart.figure.axes[1].lines if line.get_marker() != "None"]
    assert len(marks) == 1


def test_a_target_that_nothing_judges_is_left_out() -> None:
    rows = judged_somehow(frame())
    assert set(rows["series_id"]) == {"5.7"}
    chart = sensitivity_matrix(frame(), "en")
    assert not [text for text in texts(chart, 0) if "5.3" in text]


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"verdict": "LOST"}, "No longer met"),
        ({"method": METHOD, "reason": "MODE_NOT_COVERED"}, "not applicable"),
        ({"method": METHOD, "reason": "STALE"}, "not asked"),
        ({"method": "destatis_weather", "category": "sun"}, "Sun"),
    ],
)
def test_a_cell_speaks_in_the_words_of_its_method(changes: dict[str, object], word: str) -> None:
    assert cell_word(scenario(**changes), Words("en")) == word


def test_not_applicable_is_said_in_the_figure_and_explained_below() -> None:
    rows = frame()
    asked = rows["method"].eq(METHOD)
    rows = rows.assign(
        category=rows["category"].mask(asked, ""), placed=rows["placed"].mask(asked, ""),
        reason=rows["reason"].mask(asked, "MODE_NOT_COVERED"),
    )  # fmt: skip
    chart = sensitivity_matrix(rows, "vi")
    assert "không áp dụng" in texts(chart, 1)
    foot = chart.figure.texts[-1].get_text().replace("\n", " ")
    assert "Không áp dụng: cách tính không dùng cho thứ bậc hoặc khoảng phải giữ." in foot


def test_every_method_and_class_has_a_name() -> None:
    for language in ("vi", "en"):
        words = Words(language)
        for name in ASKED:
            assert scenario_name(scenario(method=name), words)
            for one in METHODS[name].categories:
                row = scenario(method=name, category=one.code)
                assert cell_word(row, words) == getattr(one, language)


def test_the_text_alternative_says_default_changes_and_silence() -> None:
    assert sensitivity_matrix(frame(), "en").alt == (
        "Verdicts by scenario. 5.7 Population with health insurance, target 2030: by default "
        "Must accelerate; otherwise On track (2019); no judgement from AARR (WHO/UNICEF)."
    )


def test_without_any_verdict_a_sentence_is_asked_for() -> None:
    rows = frame()
    with pytest.raises(ValueError, match="write a sentence instead"):
        sensitivity_matrix(rows[rows["series_id"].eq("5.3")])


def test_the_picture_is_the_same_twice() -> None:
    assert sensitivity_matrix(frame(), "vi").png() == sensitivity_matrix(frame(), "vi").png()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_text_of_every_cell_stays_in_its_cell(plan: Plan, as_of: date, language: str) -> None:
    rows = placed(plan.sensitivity(as_of=as_of))
    words = {(row.method, row.category): row for row in rows.itertuples() if row.category}
    longest = rows[rows["series_id"].isin({row.series_id for row in words.values()})]
    chart = sensitivity_matrix(longest, language)
    chart.figure.dpi = DOTS_PER_INCH
    chart.figure.draw_without_rendering()
    for axes in chart.figure.axes:
        (start, _), (end, _) = axes.transData.transform([(0, 0), (1, 0)])
        for text in axes.texts:
            left, _ = text.get_position()
            if left > 0 and text.get_ha() == "left":
                room = (1 - left % 1) * (end - start)
                assert text.get_window_extent().width <= room, text.get_text()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_cut_off(plan: Plan, as_of: date, theme: str) -> None:
    rows = placed(plan.sensitivity(group=7, as_of=as_of))
    assert not cut_off(sensitivity_matrix(rows, "vi", theme))
