"""Reports of the committed package: whole, in both languages, and honest where data lack."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.charts import Chart
from analysis.reports import GapReport, ReportError, TrendReport
from analysis.reports.prose import Prose
from analysis.reports.table import Table

GROUPS = range(1, 12)
SECTIONS = {
    GapReport: [
        "opening",
        "glance",
        "figure",
        "figure_notes",
        "effort",
        "certainty",
        "method_text",
        "method_figure",
        "method_changes",
        "country_text",
        "country_figure",
        "country",
        "others_text",
        "targets_of_others",
        "break_table",
    ],
    TrendReport: [
        "opening",
        "figure",
        "singles",
        "speed",
        "recent_notes",
        "recent",
        "spread_text",
        "differing_sources",
        "break_table",
        "detail_notes",
        "detail",
        "context_notes",
        "context",
    ],
}
SHARED = ["title", "who", "where_notes", "where", "missing", "method"]

Part = Table | Prose | Chart | tuple[str, ...]


def words_of(part: Part) -> str:
    if isinstance(part, Table):
        cells = [cell for row in part.rows for cell in row]
        details = [line for cell in cells for line in cell.detail]
        return "\n".join([repr(part), *details])
    if isinstance(part, tuple):
        return "\n".join(part)
    return part.alt if isinstance(part, Chart) else repr(part)


@pytest.mark.parametrize("kind", [GapReport, TrendReport])
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("group_id", GROUPS)
def test_every_section_of_every_report_can_be_written(
    plan: Plan, as_of: date, group_id: int, language: str, kind: type[GapReport | TrendReport]
) -> None:
    report = kind(plan, group_id, language, as_of=as_of)
    parts = [words_of(getattr(report, name)()) for name in [*SECTIONS[kind], *SHARED]]
    text = "\n".join(parts)
    assert len(text) > 500
    assert not re.search(r"\b(nan|None|NaN|<NA>|NaT)\b|\{\w*\}", text)
    assert "  " not in text.replace("\n", " \n").replace(" \n", "\n")


@pytest.mark.parametrize("kind", [GapReport, TrendReport])
@pytest.mark.parametrize("group_id", GROUPS)
def test_every_section_says_something(
    plan: Plan, as_of: date, group_id: int, kind: type[GapReport | TrendReport]
) -> None:
    report = kind(plan, group_id, "vi", as_of=as_of)
    together = {
        GapReport: [["glance"], ["figure", "figure_notes"], ["effort"], ["certainty"],
                    ["method_text", "method_figure"], ["country_text", "country"],
                    ["others_text", "targets_of_others"], ["break_table"], ["where"]],
        TrendReport: [["figure", "singles"], ["speed"], ["recent"], ["spread_text"],
                      ["break_table"], ["detail"], ["context"]],
    }  # fmt: skip
    for names in [*together[kind], ["who"], ["missing"]]:
        assert any(words_of(getattr(report, name)()) for name in names), names


@pytest.fixture(scope="module")
def health(plan: Plan, as_of: date) -> GapReport:
    return GapReport(plan, 8, "en", as_of=as_of)


def test_a_glance_has_a_row_for_every_series_of_the_group(plan: Plan, as_of: date) -> None:
    for group_id in GROUPS:
        report = GapReport(plan, group_id, "vi", as_of=as_of)
        assert len(report.glance().rows) == report.gap["series_id"].nunique()


def test_a_glance_points_to_the_line_of_the_source(health: GapReport) -> None:
    first = health.glance().rows[0][0]
    assert first.text.startswith("8.1 ")
    assert first.detail == ("Line 967",)


def test_a_verdict_without_evidence_gives_its_reason(health: GapReport) -> None:
    rows = {row[0].text: row for row in health.glance().rows}
    cell = rows["8.2 Average life expectancy"][5]
    assert (cell.text, cell.detail) == ("Not assessable", ("latest value too old",))


def test_successors_are_named_with_how_sure_they_are(plan: Plan, as_of: date) -> None:
    table = GapReport(plan, 3, "en", as_of=as_of).who()
    lead = table.rows[0]
    assert lead[0].text == "Department of Labour, Invalids and Social Affairs"
    assert "Department of Home Affairs" in lead[3].text
    assert "reported" in lead[3].text
    assert any("inferred" in line for line in lead[3].detail)


def test_used_values_name_and_link_their_source(health: GapReport) -> None:
    table = health.where()
    assert isinstance(table, Table)
    assert all(row[3].text for row in table.rows)
    assert all(row[3].link for row in table.rows)


def test_missing_names_who_owes_the_numbers(health: GapReport) -> None:
    table = health.missing()
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row[0].text.startswith("8.10"))
    assert [cell.text for cell in row[1:]] == [
        "2025 and 2030", "target not quantified or unclear", "Department of Health", "1091",
    ]  # fmt: skip


def test_a_group_without_values_has_sentences_in_place_of_charts(plan: Plan, as_of: date) -> None:
    gap, trend = (kind(plan, 2, "vi", as_of=as_of) for kind in (GapReport, TrendReport))
    assert isinstance(gap.figure(), Prose)
    assert isinstance(trend.figure(), Prose)
    assert "chưa có số liệu nào để đánh giá" in gap.opening().text


def test_a_chosen_value_says_by_which_rule_and_the_rest_is_set_aside(
    plan: Plan, as_of: date
) -> None:
    table = TrendReport(plan, 5, "en", as_of=as_of).detail()
    assert isinstance(table, Table)
    rows = [row for row in table.rows if row[0].text.startswith("5.7") and "2025" in row[1].text]
    assert [(row[2].text.replace("\u00a0", " "), row[3].text) for row in rows] == [
        ("95.76 %", "used"), ("95.71 %", "set aside"), ("95.56 %", "set aside"),
        ("95.71 %", "set aside"),
    ]  # fmt: skip
    assert rows[0][3].detail == ("covers more of the year",)


def test_finishing_writes_results_and_last_the_marker(
    plan: Plan, as_of: date, tmp_path: Path
) -> None:
    report = GapReport(plan, 5, "vi", as_of=as_of, results=tmp_path)
    report.figure()
    report.finish()
    marker = json.loads((tmp_path / "done.json").read_text(encoding="utf-8"))
    assert set(marker["files"]) == {
        *(f"figures/gap-05{end}" for end in (".png", ".svg", "-dark.svg", ".txt")),
        "results.csv", "results.json",
    }  # fmt: skip
    for name, digest in marker["files"].items():
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest
    assert marker["summary"]["counts"]["2025"]["NO_DATA"] == 8
    assert set(marker["summary"]["sentence"]) == {"vi", "en"}
    rows = pd.read_csv(tmp_path / "results.csv")
    assert list(rows["series_id"].astype(str))[:2] == ["5.1", "5.1"]
    document = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert len(document["rows"]) == len(rows) == 22


def test_finishing_twice_gives_the_same_bytes(plan: Plan, as_of: date, tmp_path: Path) -> None:
    for name in ("one", "two"):
        report = TrendReport(plan, 7, "en", as_of=as_of, results=tmp_path / name)
        report.figure()
        report.finish()
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.*"))
    assert files
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_without_a_folder_nothing_is_written(plan: Plan, as_of: date, tmp_path: Path) -> None:
    GapReport(plan, 5, "vi", as_of=as_of).finish()
    assert not list(tmp_path.iterdir())


def test_unknown_parameters_are_refused(plan: Plan, root: Path) -> None:
    with pytest.raises(ReportError, match="unknown group_id 12"):
        GapReport(plan, 12, "vi")
    with pytest.raises(ReportError, match="unknown language 'fr'"):
        GapReport(plan, 5, "fr")
    with pytest.raises(ReportError, match="'yesterday' is not a date"):
        GapReport.open(5, "vi", as_of="yesterday", data=str(root))


def test_the_speed_shows_exact_limits_and_the_last_five_years(plan: Plan, as_of: date) -> None:
    table = TrendReport(plan, 7, "en", as_of=as_of).speed()
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row[0].text.startswith("7.17"))
    assert (row[3].text.replace("\u00a0", " "), row[3].detail) == (
        "+7.07 percentage points", ("years of data: 5",),
    )  # fmt: skip
    assert row[4].text.replace("\u00a0", " ") == "+1.39 percentage points"
    assert row[4].detail == ("exact 92\u00a0% limits: +1.25 to +1.50", "last five years: +1.33")
    assert row[5].detail == ("improving", "statistically clear (p\u00a0=\u00a00.017)")


def test_a_level_has_no_speed_and_no_test(plan: Plan, as_of: date) -> None:
    table = TrendReport(plan, 7, "en", as_of=as_of).speed()
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row[0].text.startswith("7.14"))
    assert (row[4].text, row[4].detail, row[5].detail) == ("–", (), ())


def test_a_level_that_changed_says_which_way(plan: Plan, as_of: date) -> None:
    table = TrendReport(plan, 7, "en", as_of=as_of).speed()
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row[0].text.startswith("7.15"))
    assert (row[3].text.replace("\u00a0", " "), row[5].text) == ("+1 level", "level rose")


def test_a_value_from_before_a_break_is_said_to_be_one(plan: Plan, as_of: date) -> None:
    singles = TrendReport(plan, 7, "en", as_of=as_of).singles().text
    assert (
        "7.9 Districts at illiteracy eradication level 2” has a single value, from before"
        in singles
    )
    assert "7.3 Kindergarten-age enrolment” has a single value: 95.1" in singles


def test_a_tie_between_sources_is_shown_beside_the_value(plan: Plan, as_of: date) -> None:
    report = GapReport(plan, 7, "vi", as_of=as_of)
    row = next(row for row in report.glance().rows if row[0].text.startswith("7.17"))
    assert "nguồn khác cùng kỳ: 92,5 và 91,98" in row[1].detail
    assert "92,07 % (2025), mục tiêu 92,5 %" in report.opening().text.replace("\u00a0", " ")
    assert "(nguồn khác cùng kỳ: 92,5 và 91,98)" in report.opening().text


def test_a_chance_is_never_said_to_be_none_or_certain(plan: Plan, as_of: date) -> None:
    table = GapReport(plan, 1, "en", as_of=as_of).certainty()
    assert isinstance(table, Table)
    assert table.rows[0][5].text == "unlikely (<\u00a01\u00a0%)"


def test_a_p_value_is_never_said_to_be_nothing(plan: Plan, as_of: date) -> None:
    table = TrendReport(plan, 1, "vi", as_of=as_of).speed()
    assert isinstance(table, Table)
    assert table.rows[0][5].detail == (
        "theo hướng tốt lên", "rõ rệt về thống kê (p\u00a0<\u00a00,001)",
    )  # fmt: skip


def test_nothing_is_asked_of_a_series_whose_latest_value_is_too_old(
    plan: Plan, as_of: date
) -> None:
    table = TrendReport(plan, 10, "en", as_of=as_of).speed()
    assert isinstance(table, Table)
    assert [row[6].text for row in table.rows] == ["–", "–"]


def test_two_equal_values_are_said_to_be_unchanged(plan: Plan, as_of: date) -> None:
    table = TrendReport(plan, 9, "vi", as_of=as_of).speed()
    assert isinstance(table, Table)
    assert table.rows[0][5].text == "không đổi giữa hai năm"


def test_a_year_of_attainment_that_has_come_is_not_called_a_fact(plan: Plan, as_of: date) -> None:
    table = GapReport(plan, 3, "en", as_of=as_of).effort()
    assert isinstance(table, Table)
    cell = table.rows[0][5]
    assert (cell.text, cell.detail) == ("2025", ("that year has come, no value confirms it yet",))


def test_on_a_bound_that_has_to_be_passed_no_speed_is_needed(plan: Plan, as_of: date) -> None:
    table = GapReport(plan, 8, "en", as_of=as_of).effort()
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row[0].text.startswith("8.8"))
    assert row[2].text == "only the bound has to be passed"


def test_a_verdict_that_cannot_be_given_has_a_reason_and_no_grade(health: GapReport) -> None:
    table = health.certainty()
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row[0].text.startswith("8.1") and "2030" in row[1].text)
    assert (row[2].text, row[2].detail) == ("years of data: 11", ())
    assert row[6].text == "latest value too old"


def test_one_place_is_not_called_places(plan: Plan, as_of: date) -> None:
    row = GapReport(plan, 4, "en", as_of=as_of).glance().rows[0]
    assert row[3].detail[0].replace("\u00a0", " ") == "1 place too low"


def test_values_for_context_are_named_where_data_are_missing(plan: Plan, as_of: date) -> None:
    table = GapReport(plan, 5, "en", as_of=as_of).missing()
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row[0].text.startswith("5.2"))
    assert (row[2].text, row[2].detail) == (
        "no data", ("2 values for context are known, see the trend report",),
    )  # fmt: skip
    same = TrendReport(plan, 5, "en", as_of=as_of).missing()
    assert isinstance(same, Table)
    row = next(row for row in same.rows if row[0].text.startswith("5.2"))
    assert row[2].detail == ("2 values for context are known, see Related measures",)


def test_a_speed_that_is_enough_says_why_the_verdict_may_still_be_behind(
    plan: Plan, as_of: date
) -> None:
    table = GapReport(plan, 5, "en", as_of=as_of).effort()
    assert isinstance(table, Table)
    told = {row[0].text[:3]: row[4].detail for row in table.rows}
    assert told == {
        "5.1": (),
        "5.7": ("by the median of the whole series; the verdict takes base and latest value only",),
    }


def test_a_verdict_on_a_value_after_a_break_says_so_where_it_is_explained(
    plan: Plan, as_of: date
) -> None:
    table = GapReport(plan, 4, "en", as_of=as_of).certainty()
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row[0].text.startswith("4.3"))
    assert row[6].text == "measure changed from 2025"


def test_a_level_and_a_recorded_text_are_told_in_the_language_of_the_report(
    plan: Plan, as_of: date
) -> None:
    report = TrendReport(plan, 7, "en", as_of=as_of)
    detail, context = report.detail(), report.context()
    assert isinstance(detail, Table)
    assert isinstance(context, Table)
    level = next(row for row in detail.rows if row[0].text.startswith("7.14"))
    assert level[2].text == "Universal education, level 3"
    text = next(row for row in context.rows if row[0].text.startswith("7.14"))
    assert (text[3].text, text[3].detail, text[3].lang) == (
        "100% cấp xã đạt mức độ 3", ("as recorded",), "vi",
    )  # fmt: skip


def test_a_related_measure_is_named_in_the_language_of_the_report(plan: Plan, as_of: date) -> None:
    named = {}
    for language in ("vi", "en"):
        table = TrendReport(plan, 4, language, as_of=as_of).context()
        assert isinstance(table, Table)
        named[language] = table.rows[0][1]
    assert (named["vi"].text, named["vi"].lang) == (
        "GNI bình quân đầu người (PPP), thành phần của HDI", "",
    )  # fmt: skip
    assert named["en"].text == "GNI per capita (PPP), HDI component"


def test_a_value_for_context_has_its_unit_in_the_language_of_the_report(
    plan: Plan, as_of: date
) -> None:
    table = TrendReport(plan, 5, "vi", as_of=as_of).context()
    assert isinstance(table, Table)
    assert table.rows[0][3].text == "10.971\u00a0người"


def test_one_thing_that_is_counted_is_singular(plan: Plan, as_of: date) -> None:
    table = TrendReport(plan, 6, "en", as_of=as_of).context()
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row[0].text.startswith("6.14"))
    assert row[3].text == "1\u00a0establishment"
