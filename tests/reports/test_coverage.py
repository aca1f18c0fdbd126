"""The coverage report of the committed package, checked against its files."""

from __future__ import annotations

import calendar
import csv
import hashlib
import json
import re
from datetime import date
from pathlib import Path
from statistics import median_low

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.charts import Chart
from analysis.reports import CoverageReport, ReportError
from analysis.reports.prose import Prose
from analysis.reports.table import Table

SECTIONS = ["title", "opening", "glance", "figure", "tiers", "publishers", "age", "comparability",
            "break_table", "disagreements", "nothing", "owed", "method"]  # fmt: skip
HEADINGS = ["glance", "coverage_map", "coverage_sources", "coverage_age", "coverage_fit",
            "breaks", "coverage_disagree", "coverage_nothing", "coverage_owed",
            "coverage_method"]  # fmt: skip


@pytest.fixture(scope="module")
def report(plan: Plan, as_of: date) -> CoverageReport:
    return CoverageReport(plan, "en", as_of=as_of)


def words_of(part: object) -> str:
    if isinstance(part, Table):
        details = [line for row in part.rows for cell in row for line in cell.detail]
        return "\n".join([repr(part), *details])
    return part.alt if isinstance(part, Chart) else repr(part)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_section_can_be_written(plan: Plan, as_of: date, language: str) -> None:
    report = CoverageReport(plan, language, as_of=as_of)
    parts = [getattr(report, name)() for name in SECTIONS]
    parts += [report.heading(name) for name in HEADINGS]
    parts += [*report.owed_by_agency(), *report.owed_notes(), *report.disagreement_notes()]
    parts += [report.standing_note(), report.summary()["sentence"]]
    text = "\n".join(map(words_of, parts))
    assert len(text) > 20_000
    assert not re.search(r"\b(nan|None|NaN|<NA>|NaT)\b|\{\w*\}", text)


def test_the_notebook_shows_every_section_and_finishes(
    root: Path, as_of: date, tmp_path: Path
) -> None:
    notebook = json.loads((root / "notebooks/coverage.ipynb").read_text(encoding="utf-8"))
    shown: list[object] = []
    space: dict[str, object] = {"display": lambda *parts: shown.extend(parts)}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), space)
            if "parameters" in cell["metadata"].get("tags", []):
                space |= {"as_of": as_of.isoformat(), "data": str(root), "results": str(tmp_path)}
    kinds = [type(part).__name__ for part in shown]
    assert kinds.count("Chart") == 1
    assert kinds.count("Table") > 15
    assert (tmp_path / "done.json").is_file()


# Counted once more, from the files alone


def months(period: str) -> tuple[int, int]:
    """First and last month of a period, counted from the year 0."""
    year, _, part = period.partition("-")
    start = int(year) * 12
    if not part:
        return start, start + 11
    if part[0] in "QH":
        size = 3 if part[0] == "Q" else 6
        return start + (int(part[1]) - 1) * size, start + int(part[1]) * size - 1
    if len(part) == 4:
        return start, int(part) * 12 + 11
    return start + int(part) - 1, start + int(part) - 1


def table(root: Path, name: str) -> list[dict[str, str]]:
    with (root / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def counted(root: Path, as_of: date) -> dict[str, dict[int, bool]]:
    """For each series the years with a usable value, and whether it is of the whole year."""
    last_break: dict[str, int] = {}
    for row in table(root, "reference/breaks"):
        begins = months(row["from_period"])[0]
        if row["area_id"] == "QN" and begins <= as_of.year * 12 + as_of.month - 1:
            last_break[row["series_id"]] = max(begins, last_break.get(row["series_id"], 0))
    years: dict[str, dict[int, bool]] = {}
    for row in table(root, "observed/observations"):
        first, last = months(row["period"])
        comparable = row["area_id"] == "QN" and row["comparability"] in ("exact", "close")
        # The rule cannot be told from one record: a whole year stands before a part of it.
        if comparable and last - first < 12 and last >= last_break.get(row["series_id"], 0):
            known = years.setdefault(row["series_id"], {})
            known[first // 12] = known.get(first // 12, False) or last - first == 11
    return years


def test_the_opening_has_the_numbers_of_the_files(
    root: Path, as_of: date, report: CoverageReport, counted: dict[str, dict[int, bool]]
) -> None:
    series = [row["series_id"] for row in table(root, "plan/series")]
    stated = [row["series_id"] for row in table(root, "plan/targets")
              if row["year"] == "2025" and row["status"] == "stated"]  # fmt: skip
    due = [name for name, years in counted.items() if 2025 in years]
    latest = sorted(max(years) for years in counted.values())
    text = report.opening().text
    numbers = [len(series), len(counted), sum(len(years) >= 2 for years in counted.values())]
    assert numbers == [110, 37, 23]
    assert f"by {numbers[0]} series: {numbers[1]} series have" in text
    assert f"and {numbers[2]} of these have two or more such years" in text
    part = sum(not counted[name][2025] for name in due)
    assert f"{len(due)} series have a value for 2025 ({part} of them for part of" in text
    both = len(set(due) & set(stated))
    assert f"for {len(stated)} series, and for {both} of these there is" in text
    assert f"series that have one is {median_low(latest)}, the oldest is {latest[0]} (" in text
    old = sum(as_of.year - year > 5 for year in latest)
    assert f"in {old} series the latest value is more than 5 years old" in text


def test_what_lacks_has_the_numbers_of_the_files(
    root: Path, report: CoverageReport, counted: dict[str, dict[int, bool]]
) -> None:
    rows = [row for row in table(root, "observed/observations") if row["area_id"] == "QN"]
    left = {row["series_id"] for row in table(root, "plan/series")} - set(counted)
    before = left & {row["series_id"] for row in rows if row["comparability"] != "proxy"}
    context = left & {row["series_id"] for row in rows if row["comparability"] == "proxy"} - before
    text = report.opening().text
    assert f"{len(left)} series have no usable value: for {len(context)} there are only" in text
    assert f"for {len(before)} there are only values from before" in text
    assert f"for {len(left - before - context)} there is nothing at all" in text


def test_who_the_values_come_from_has_the_numbers_of_the_files(
    root: Path, report: CoverageReport
) -> None:
    tiers = {row["source_id"]: row["tier"] for row in table(root, "observed/sources")}
    rows = [row for row in table(root, "observed/observations")
            if row["area_id"] == "QN" and row["comparability"] != "proxy"]  # fmt: skip
    n = {tier: sum(tiers[row["source_id"]] == tier for row in rows) for tier in tiers.values()}
    text = report.opening().text
    assert f"Of the {len(rows)} comparable values" in text
    assert (
        f"{n['official']} come from public bodies, {n['state_press']} from the state press" in text
    )
    assert f"{n['press']} from other press and {n['other']} from other sources" in text
    exact = sum(row["comparability"] == "exact" for row in rows)
    assert f"{exact} fit the definition of the indicator exactly and {len(rows) - exact}" in text


# Sections


def test_the_glance_has_a_row_for_every_group_and_adds_up(report: CoverageReport) -> None:
    *groups, whole = report.glance().rows
    assert [row[0].text.split(".")[0] for row in groups] == [str(n) for n in range(1, 12)]
    for column in (1, 2, 3, 4, 6, 7, 8):
        assert sum(int(row[column].text) for row in groups) == int(whole[column].text)
    for row in (*groups, whole):
        assert int(row[1].text) == sum(int(row[place].text) for place in (2, 6, 7, 8))
    assert report.glance().columns[4] == "With a value for 2025"
    assert [cell.text for cell in groups[1]][-4:] == ["–", "0", "0", "1"]


def test_the_age_of_every_series_with_a_value_is_shown_the_oldest_first(
    report: CoverageReport, counted: dict[str, dict[int, bool]], as_of: date
) -> None:
    rows = report.age().rows
    assert len(rows) == len(counted)
    ages = [int(row[3].text.split()[0]) for row in rows]
    assert ages == sorted(ages, reverse=True)
    assert sorted(ages) == sorted(as_of.year - max(years) for years in counted.values())
    assert rows[0][3].detail == ("too old for a verdict: more than 5 years",)
    assert rows[-1][3].detail == ("not more than 3 years",)
    assert all(row[4].link for row in rows)


def test_an_age_of_four_years_is_stale_and_not_yet_too_old(plan: Plan) -> None:
    report = CoverageReport(plan, "vi", as_of=date(2023, 6, 30))
    details = {row[3].text: row[3].detail for row in report.age().rows}
    assert details["4 năm"] == ("cũ: trên 3 năm",)
    assert details["7 năm"] == ("quá cũ để đánh giá: trên 5 năm",)


def test_the_standing_of_the_used_values_is_said(report: CoverageReport) -> None:
    view = report.view[report.view["is_current_segment"]]
    assert report.standing_note() == (
        f"Of the {len(view)} values used for verdicts (one for each series and year since its last "
        f"change of measure), {view['status'].eq('preliminary').sum()} are preliminary, "
        f"{view['status'].eq('estimate').sum()} are estimates and "
        f"{view['part_year'].sum()} cover part of the year."
    )


def test_a_break_says_how_many_years_it_cuts_off_and_why(report: CoverageReport) -> None:
    shown = report.break_table()
    assert isinstance(shown, Table)
    rows = {(row[0].text.split()[0], row[1].text): row for row in shown.rows}
    assert rows["4.3", "2020"][2].text == "9"
    assert rows["4.3", "2025"][2].text == "12"
    assert "labour-force survey" in rows["4.3", "2020"][3].text
    assert len(shown.rows) == report.plan["breaks"]["area_id"].eq("QN").sum()


def test_series_without_a_usable_value_are_listed_by_what_there_is(report: CoverageReport) -> None:
    shown = report.nothing()
    assert isinstance(shown, Table)
    rows = {row[0].text.split(".")[0]: [cell.text for cell in row[1:]] for row in shown.rows}
    assert rows["3"] == ["3.6", "–", "3.3, 3.5"]
    assert rows["7"][1] == "7.9"
    assert "1" not in rows


def test_where_every_series_has_a_value_a_sentence_says_so(report: CoverageReport) -> None:
    full = CoverageReport(report.plan, "en", as_of=report.as_of)
    full.__dict__["coverage"] = report.coverage.assign(n_years=1)
    text = full.nothing()
    assert isinstance(text, Prose)
    assert text.text == "Every series has a usable value."


def test_the_summary_is_said_in_both_languages_without_counts_of_verdicts(
    report: CoverageReport,
) -> None:
    summary = report.summary()
    assert summary["counts"] == {}
    sentences = summary["sentence"]
    assert isinstance(sentences, dict)
    assert sentences["vi"].startswith("Kế hoạch có 99 chỉ tiêu, đo bằng 110 dòng số liệu: 37 dòng")
    assert sentences["en"].endswith("for 50 there is nothing at all.")


def test_only_what_had_begun_on_the_day_is_counted(plan: Plan) -> None:
    day = date(2024, 3, 31)
    report = CoverageReport(plan, "en", as_of=day)
    last = day.year * 12 + day.month - 1
    assert all(months(period)[0] <= last for period in report.recorded["period"])
    assert len(report.recorded) < plan["observations"]["area_id"].eq("QN").sum()
    assert calendar.month_name[day.month] in report.title().text


def test_finishing_writes_the_figure_the_table_and_last_the_marker(
    plan: Plan, as_of: date, tmp_path: Path
) -> None:
    report = CoverageReport(plan, "vi", as_of=as_of, results=tmp_path)
    report.figure()
    report.finish()
    marker = json.loads((tmp_path / "done.json").read_text(encoding="utf-8"))
    assert (marker["kind"], marker["subject"]) == ("coverage", "")
    assert {"figures/coverage.png", "figures/coverage.txt", "results.csv"} <= set(marker["files"])
    for name, digest in marker["files"].items():
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest
    rows = pd.read_csv(tmp_path / "results.csv", dtype={"series_id": "str"})
    assert (
        rows["series_id"].tolist() == plan["series"].sort_values("position")["series_id"].tolist()
    )
    assert rows["n_years"].gt(0).sum() == 37


def test_an_unknown_language_is_refused(plan: Plan) -> None:
    with pytest.raises(ReportError, match="unknown language 'fr'"):
        CoverageReport(plan, "fr")
