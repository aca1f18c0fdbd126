"""The overview of the committed package: whole, in both languages, its numbers counted anew."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.charts import Chart
from analysis.reports import OverviewReport, ReportError
from analysis.reports.prose import Prose
from analysis.reports.table import Table

SECTIONS = [
    "title", "opening", "glance", "matrix", "groups", "agencies", "not_met", "met", "course",
    "reached", "moved", "disagreements", "other_disagreements", "reasons", "owed", "sensitivity",
    "method",
]  # fmt: skip
JUDGED = {"MET", "MAINTAINED", "ON_TRACK", "NEEDS_ACCELERATION", "OFF_TRACK", "WORSENING", "LOST",
          "NOT_MET"}  # fmt: skip


@pytest.fixture(scope="module")
def english(plan: Plan, as_of: date) -> OverviewReport:
    return OverviewReport(plan, "en", as_of=as_of)


@pytest.fixture(scope="module")
def gap(plan: Plan, as_of: date) -> pd.DataFrame:
    return plan.gap(as_of=as_of)


def table(part: Table | Prose) -> Table:
    assert isinstance(part, Table)
    return part


def texts(part: Table | Prose) -> list[list[str]]:
    return [[cell.text.replace("\u00a0", " ") for cell in row] for row in table(part).rows]


def row_of(part: Table | Prose, start: str) -> list[str]:
    return next(row for row in texts(part) if row[0].startswith(start))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("day", [date(2026, 11, 25), date(2024, 3, 1), date(2014, 1, 1)])
def test_every_section_can_be_written_on_any_day(plan: Plan, language: str, day: date) -> None:
    report = OverviewReport(plan, language, as_of=day)
    parts = [getattr(report, name)() for name in SECTIONS]
    text = "\n".join(part.alt if isinstance(part, Chart) else repr(part) for part in parts)
    details = [
        line
        for part in parts
        if isinstance(part, Table)
        for row in part.rows
        for cell in row
        for line in cell.detail
    ]
    text += "\n".join(details)
    assert len(text) > 5000
    assert not re.search(r"\b(nan|None|NaN|<NA>|NaT)\b|\{\w*\}", text)


def test_the_glance_has_the_numbers_of_the_roll_up(
    english: OverviewReport, plan: Plan, as_of: date
) -> None:
    columns = [
        row
        for unit in ("series", "indicator")
        for _, row in plan.rollup(by="plan", unit=unit, as_of=as_of).iterrows()
    ]
    glance = english.glance()
    assert glance.columns == (
        "Verdict", "Targets 2025", "Targets 2030", "Indicators 2025", "Indicators 2030",
    )  # fmt: skip
    assert row_of(glance, "Assessable")[1:] == [
        f"{row['n_assessable']} of {row['n_stated']}" for row in columns
    ]
    assert row_of(glance, "Target met")[1:] == [
        f"{row['n_met']} of {row['n_assessable']}" for row in columns
    ]
    assert row_of(glance, "The indicator's parts")[3:] == [
        f"{row['n_mixed']} of {row['n_assessable']}" for row in columns[2:]
    ]
    assert row_of(glance, "Only some")[3:] == [
        f"{row['n_partly_assessable']} of {row['n_stated']}" for row in columns[2:]
    ]
    assert row_of(glance, "No data")[1:] == [
        f"{row['n_no_data']} of {row['n_stated']}" for row in columns
    ]


def test_a_class_that_a_year_cannot_have_is_not_counted_as_none(english: OverviewReport) -> None:
    assert row_of(english.glance(), "On track")[1] == "–"
    assert row_of(english.glance(), "Not met in the target year")[2] == "–"
    for name in ("The indicator's parts", "Only some"):  # a target has no parts
        assert row_of(english.glance(), name)[1:3] == ["–", "–"]


def test_the_glance_counts_every_target_once(
    english: OverviewReport, gap: pd.DataFrame, root: Path
) -> None:
    with (root / "data/plan/targets.csv").open(encoding="utf-8", newline="") as file:
        stated = Counter(row["year"] for row in csv.DictReader(file) if row["status"] == "stated")
    for place, year in enumerate(("2025", "2030"), start=1):
        assert row_of(english.glance(), "With a target")[place] == f"{stated[year]} of 110"
        rows = gap[gap["target_year"].eq(int(year))]
        known = sum(verdict in JUDGED for verdict in rows["verdict"])
        assert row_of(english.glance(), "Assessable")[place] == f"{known} of {stated[year]}"


def test_groups_add_up_to_the_plan(english: OverviewReport, gap: pd.DataFrame) -> None:
    rows = table(english.groups()).rows
    assert len(rows) == 12
    for place in range(1, len(rows[0])):
        assert sum(row[place].value or 0 for row in rows[:-1]) == rows[-1][place].value
    for number, row in enumerate(rows[:-1], start=1):
        mine = gap[gap["group_id"].eq(number)]
        for place, year in ((1, 2025), (4, 2030)):
            part = mine[mine["target_year"].eq(year)]
            stated = int(part["target_status"].eq("stated").sum())
            known = sum(verdict in JUDGED for verdict in part["verdict"])
            assert row[place].text == (f"{known} of {stated}" if stated else "–")


def test_a_group_says_what_is_met_on_track_and_behind(english: OverviewReport) -> None:
    groups = english.groups()
    assert groups.columns == (
        "Group", "2025: assessable", "2025: met", "2025: not met", "2030: assessable", "2030: met",
        "2030: on track", "2030: behind or moving away",
    )  # fmt: skip
    assert row_of(groups, "8. Health") == [
        "8. Health",
        "5 of 17",
        "3",
        "2",
        "3 of 17",
        "1",
        "0",
        "2",
    ]
    assert row_of(groups, "1. GRDP")[1:4] == ["–", "–", "–"]


def test_before_its_end_a_target_year_has_the_classes_of_the_pace(plan: Plan) -> None:
    report = OverviewReport(plan, "en", as_of=date(2025, 6, 1))
    assert "2025: on track" in report.groups().columns
    assert isinstance(report.not_met(), Prose)
    assert isinstance(report.met(), Prose)


def test_agencies_are_those_of_the_roll_up_with_their_successors(
    english: OverviewReport, plan: Plan, as_of: date
) -> None:
    rows = table(english.agencies()).rows
    counts = plan.rollup(by="agency", as_of=as_of, year=2025)
    assert [row[0].text for row in rows] == list(counts["name_en"])
    expected = [
        f"{known} of {stated}" if stated else "–"
        for known, stated in zip(counts["n_assessable"], counts["n_stated"], strict=True)
    ]
    assert [row[1].text for row in rows] == expected
    labour = next(row[0] for row in rows if row[0].text.startswith("Department of Labour"))
    assert labour.detail[:2] == (
        "now: Department of Home Affairs (reported, part of its work)",
        "now: Department of Health (inferred, to be confirmed, part of its work)",
    )
    finance = next(row[0] for row in rows if row[0].text.startswith("Department of Planning"))
    assert finance.detail == ("now: Department of Finance (reported)",)
    justice = next(row[0] for row in rows if row[0].text == "Department of Justice")
    assert justice.detail == ("no change recorded",)


@pytest.mark.parametrize(
    ("name", "year", "verdicts"),
    [("not_met", 2025, {"NOT_MET"}), ("met", 2025, {"MET"}),
     ("course", 2030, {"ON_TRACK", "NEEDS_ACCELERATION", "OFF_TRACK", "WORSENING", "LOST"})],
)  # fmt: skip
def test_a_list_has_every_target_of_its_verdicts(
    english: OverviewReport, gap: pd.DataFrame, name: str, year: int, verdicts: set[str]
) -> None:
    rows = gap[gap["target_year"].eq(year) & gap["verdict"].isin(verdicts)]
    labels = rows["indicator_id"] + " " + rows["label_en"]
    listed = [row[0] for row in texts(getattr(english, name)())]
    assert sorted(listed) == sorted(labels)


@pytest.mark.parametrize("name", ["not_met", "met", "course", "disagreements"])
def test_every_listed_value_links_its_source(english: OverviewReport, name: str) -> None:
    part = table(getattr(english, name)())
    place = part.columns.index("Source")
    assert all(row[place].text and row[place].link for row in part.rows)


def test_a_missed_target_says_value_target_gap_doubts_and_line(english: OverviewReport) -> None:
    cells = next(
        row for row in table(english.not_met()).rows if row[0].text.startswith("8.4 Hospital")
    )
    assert cells[0].detail == ("Line 1001",)
    assert [cell.text.replace("\u00a0", " ") for cell in cells[1:4]] == [
        "57.7 beds/10,000 people", "60 beds/10,000 people", "2.3 beds/10,000 people short",
    ]  # fmt: skip
    assert cells[1].detail == ("2024", "adjacent year used")


def test_the_course_begins_with_the_worst(english: OverviewReport) -> None:
    shown = [row[1] for row in texts(english.course())]
    order = ["No longer met", "Moving away", "Off track", "Must accelerate", "On track"]
    assert shown == sorted(shown, key=order.index)
    assert len(set(shown)) > 1


def test_what_is_met_already_is_named_with_what_rests_on_one_value(
    english: OverviewReport, gap: pd.DataFrame
) -> None:
    said = english.reached().text
    assert said.startswith("Already met in the latest data, target 2030: 3.2, 3.4, 6.9–6.11, ")
    rows = gap[gap["target_year"].eq(2030) & gap["flags"].str.contains("LEVEL_ONLY")]
    level = list(rows.loc[rows["verdict"].eq("MET"), "indicator_id"])
    assert level == ["3.4", "6.9", "8.4", "10.2"]
    assert re.search(
        r"of these, only the level can be judged for 3\.4, 6\.9, 8\.4 .+ and 10\.2\.$", said
    )


def test_what_moved_is_ranked_by_the_share_of_the_way(
    english: OverviewReport, gap: pd.DataFrame
) -> None:
    rows = table(english.moved()).rows
    shares = [row[4].value or 0.0 for row in rows]
    assert shares == sorted(shares, reverse=True)
    last = gap[gap["target_year"].eq(2030) & gap["verdict"].isin(JUDGED)]
    assert len(rows) == last["share_covered"].notna().sum()
    unemployment = next(row for row in rows if row[0].text.startswith("3.1"))
    # (3.29 - 2.16) / (3.29 - 2.00), of 2020 to 2030 four years gone
    assert unemployment[4].value == pytest.approx(1.13 / 1.29)
    assert unemployment[4].detail == ("in 40\u00a0% of the time",)


def test_sources_that_disagree_are_listed_with_what_would_follow(english: OverviewReport) -> None:
    rows = [row for row in table(english.disagreements()).rows if row[0].text.startswith("7.17")]
    said = [(row[2].text.replace("\u00a0", " "), (row[4].text, *row[4].detail)) for row in rows]
    reached = ("2025: met, unlike with the value used", "2030: not met, as with the value used")
    missed = ("2025: not met, as with the value used", "2030: not met, as with the value used")
    assert said == [("92.5 %", reached), ("92.5 %", reached), ("91.98 %", missed)]


def test_a_base_value_that_sources_dispute_is_said_to_be_one(english: OverviewReport) -> None:
    row = row_of(english.disagreements(), "6.10")
    assert row[1:3] == ["0.067 %", "0.41 %"]
    assert row[4].startswith("a value of the base year")


def test_only_values_of_the_province_are_compared(english: OverviewReport) -> None:
    listed = {row[0].partition(" ")[0] for row in texts(english.disagreements())}
    assert listed == {"6.10", "7.17"}  # 4.3, 5.1 and others differ for the whole country only


@pytest.mark.parametrize("language", ["vi", "en"])
def test_reasons_add_up_to_what_has_no_verdict(plan: Plan, as_of: date, language: str) -> None:
    report = OverviewReport(plan, language, as_of=as_of)
    rows = table(report.reasons()).rows
    counts = plan.rollup(by="plan", as_of=as_of)
    without = list(counts["n_stated"] - counts["n_assessable"])
    for place, n in enumerate(without, start=1):
        assert sum(row[place].value or 0 for row in rows[:-1]) == rows[-1][place].value == n


def test_what_is_owed_adds_up_by_lead_agency(
    english: OverviewReport, gap: pd.DataFrame, plan: Plan
) -> None:
    roles = plan["indicator_agencies"]
    lead = roles[roles["role"].eq("lead")]
    without = gap[gap["target_status"].eq("stated") & ~gap["verdict"].isin(JUDGED)]
    owed = without.merge(lead[["series_id", "agency_id"]], on="series_id")
    names = plan["agencies"].set_index("agency_id")["name_en"]
    counts = Counter(zip(owed["agency_id"].map(names), owed["target_year"], strict=True))
    listed = {
        (row[0].text, year): row[place].value
        for row in table(english.owed()).rows
        for place, year in ((1, 2025), (2, 2030))
        if row[place].value is not None
    }
    assert {key: n for key, n in listed.items() if n} == dict(counts)


def test_nothing_missing_is_a_sentence(plan: Plan, as_of: date) -> None:
    report = OverviewReport(plan, "en", as_of=as_of)
    known = report.whole_gap[report.whole_gap["verdict"].isin([*JUDGED, "NO_TARGET"])]
    report.__dict__["whole_gap"] = known
    assert report.reasons().__repr__() == (
        "Nothing is missing: every stated target can be assessed."
    )
    assert repr(report.owed()) == ""


def test_without_disagreement_there_is_a_sentence(plan: Plan, as_of: date) -> None:
    report = OverviewReport(plan, "vi", as_of=as_of)
    report.__dict__["differing"] = report.differing.head(0)
    assert repr(report.disagreements()) == (
        "Với các giá trị đang dùng để đánh giá, không có nguồn nào nói khác cho cùng kỳ."
    )


def test_other_disagreements_are_counted(plan: Plan, as_of: date) -> None:
    report = OverviewReport(plan, "en", as_of=as_of)
    gap = report.whole_gap
    report.__dict__["whole_gap"] = gap[gap["series_id"].ne("7.17")]
    assert repr(report.other_disagreements()) == (
        "Sources also disagree on one value of another year; see the trend report of its group."
    )


def test_the_index_is_told_the_counts_and_a_sentence_a_year(english: OverviewReport) -> None:
    summary = english.summary()
    assert summary["counts"] == {
        "2025": {"MET": 17, "NOT_MET": 7, "NOT_ASSESSABLE": 8, "NO_DATA": 54},
        "2030": {"MET": 9, "MAINTAINED": 7, "ON_TRACK": 4, "NEEDS_ACCELERATION": 2, "OFF_TRACK": 2,
                 "NOT_ASSESSABLE": 15, "NO_DATA": 70},
    }  # fmt: skip
    sentence = summary["sentence"]
    assert isinstance(sentence, dict)
    assert sentence["vi"].startswith(
        "Mục tiêu năm 2025 (đã đến hạn): đánh giá được 24 trong 86 mục tiêu đã nêu: 17 đã đạt và "
        "7 không đạt. Mục tiêu năm 2030: đánh giá được 24 trong 109 mục tiêu đã nêu: "
    )
    assert sentence["en"].startswith("Targets for 2025 (due): 24 of the 86 stated targets can be")


def test_finishing_writes_220_rows_the_picture_and_the_marker(
    plan: Plan, as_of: date, tmp_path: Path
) -> None:
    report = OverviewReport(plan, "vi", as_of=as_of, results=tmp_path)
    report.matrix()
    report.finish()
    marker = json.loads((tmp_path / "done.json").read_text(encoding="utf-8"))
    assert {"results.csv", "results.json", "figures/overview-matrix.png"} <= set(marker["files"])
    assert (marker["kind"], marker["subject"]) == ("overview", "")
    rows = pd.read_csv(tmp_path / "results.csv", dtype={"series_id": "str"})
    assert len(rows) == 220
    assert rows["series_id"].nunique() == 110


def test_another_base_year_is_told(plan: Plan, as_of: date) -> None:
    report = OverviewReport(plan, "en", as_of=as_of, base_year=2019)
    assert "base year 2019" in report.title().text
    assert "instead of 2019:" in report.sensitivity().text


def test_an_unknown_language_is_refused(plan: Plan) -> None:
    with pytest.raises(ReportError, match="unknown language 'fr'"):
        OverviewReport(plan, "fr")


def test_a_day_that_is_no_date_is_refused(root: Path) -> None:
    with pytest.raises(ReportError, match="'yesterday' is not a date"):
        OverviewReport.open("vi", as_of="yesterday", data=str(root))
