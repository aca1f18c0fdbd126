"""The glance, its verdicts and the figure of any choice of series."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.charts import Chart
from analysis.reports import Report
from analysis.reports.distance import (
    flags,
    gap_figure,
    gap_figure_notes,
    glance_table,
    province_view,
    verdict_cell,
)
from analysis.reports.prose import Prose
from analysis.words import Words
from tests.charts.frames import NAN, gap_frame, gap_row


@pytest.fixture(scope="module")
def report(plan: Plan, as_of: date) -> Report:
    return Report(plan, "en", as_of=as_of)


def shown(**changes: object) -> tuple[str, tuple[str, ...], str]:
    known = {"flags": "", "grade": "", "value_shown": "95.76 %"}
    cell = verdict_cell(gap_row(**{**known, **changes}), Words("en"))
    return cell.text, tuple(text.replace("\u00a0", " ") for text in cell.detail), cell.kind


@pytest.mark.parametrize(
    ("changes", "cell"),
    [
        ({}, ("Met", (), "verdict verdict-MET")),
        ({"verdict": "NO_TARGET"}, ("–", (), "quiet")),
        ({"verdict": "NO_DATA"}, ("No data", (), "verdict verdict-NO_DATA")),
        (
            {"verdict": "NOT_ASSESSABLE", "reason": "STALE"},
            ("Not assessable", ("latest value too old",), "verdict verdict-NOT_ASSESSABLE"),
        ),
        (
            {"verdict": "OFF_TRACK", "met": False, "low": 97.0, "gap": 1.24, "due": False,
             "grade": "B", "judged_year": 2024, "flags": "STALE SMALL_GAP"},
            ("Off track", ("1.24 percentage points short", "95.76 % (2024)", "evidence: moderate",
                           "old data", "small gap"), "verdict verdict-OFF_TRACK"),
        ),
    ],
)  # fmt: skip
def test_a_verdict_says_its_reason_or_its_gap(
    changes: dict[str, object], cell: tuple[str, tuple[str, ...], str]
) -> None:
    assert shown(**changes) == cell


def test_an_empty_cell_of_flags_holds_none() -> None:
    assert flags({"flags": NAN}) == []
    assert flags({"flags": "STALE LEVEL_ONLY"}) == ["STALE", "LEVEL_ONLY"]


def test_series_of_several_groups_share_a_glance_with_notes_of_their_own(report: Report) -> None:
    gap = report.whole_gap
    gap = gap[gap["series_id"].isin(["11.5", "4.1"])]
    table = glance_table(report, gap, {"11.5": ("said of it",)})
    assert [row[0].detail for row in table.rows] == [("Line 377",), ("said of it", "Line 1441")]
    assert table.rows[1][1].text == "no data"


def test_the_view_names_levels_and_holds_the_chosen_series_of_the_province(report: Report) -> None:
    gap = report.whole_gap
    view = province_view(report, gap.loc[gap["series_id"].isin(["5.7", "7.14"]), "series_id"])
    assert set(view["series_id"]) == {"5.7", "7.14"}
    assert set(view["area_id"]) == {"QN"}
    assert view["text"].ne("").eq(view["series_id"].eq("7.14")).all()


def test_a_figure_needs_two_series_with_a_numerical_target(report: Report) -> None:
    gap = gap_frame().assign(value_shown="95.76 %", target_shown="≥ 95.75 %")
    assert isinstance(gap_figure(report, gap, "some"), Chart)
    one = gap_figure(report, gap[gap["series_id"].eq("1")], "one")
    assert isinstance(one, Prose)
    assert one.text.startswith("Only one series has a value")
    none = gap_figure(report, gap[gap["series_id"].eq("5.3")], "none")
    assert isinstance(none, Prose)
    assert none.text.startswith("No chart of distances")


def test_what_a_figure_leaves_out_is_named() -> None:
    notes = gap_figure_notes(gap_frame(), Words("en")).text
    assert notes == (
        "Not on the chart: 5.3. A target of zero has no percentage; see the distance in the table."
    )
    assert gap_figure_notes(gap_frame().query("series_id == '1'"), Words("en")).paragraphs == ()


def test_neighbours_that_a_figure_leaves_out_are_named_as_a_range() -> None:
    lacking = {"verdict": "NO_DATA", "judged_value": NAN, "latest_value": NAN, "gap": NAN}
    added = [gap_row(series_id=f"5.{n}", indicator_id=f"5.{n}", **lacking) for n in (8, 9, 10)]
    gap = pd.concat([gap_frame(), pd.DataFrame(added)], ignore_index=True)
    assert gap_figure_notes(gap, Words("vi")).text.startswith(
        "Không có trên biểu đồ: 5.3 và 5.8–5.10."
    )
