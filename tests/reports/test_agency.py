"""Reports of every agency of the plan: whole, in both languages, and honest in what they count."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import yaml

from analysis.api import Plan
from analysis.charts import Chart
from analysis.measures import REASONS
from analysis.package import Tables
from analysis.reports import AgencyReport, ReportError
from analysis.reports.agency import MOST_DRAWN
from analysis.reports.prose import Prose
from analysis.reports.table import Table
from analysis.results import agency_frame
from analysis.words import LANGUAGES, Words
from tests.charts.frames import gap_row

SECTIONS = ("led", "support", "tasks", "owed", "reorganised", "perhaps", "lines")
HOLE = re.compile(r"\b(nan|None|NaN|<NA>|NaT)\b|\{\w*\}")
LABOUR = "so-lao-dong-thuong-binh-va-xa-hoi"
AGRICULTURE = "so-nong-nghiep-va-moi-truong"


def agencies(root: Path) -> list[str]:
    """Every agency of the register."""
    with (root / "data/plan/agencies.csv").open(encoding="utf-8", newline="") as lines:
        return [row["agency_id"] for row in csv.DictReader(lines)]


ROOT = Path(__file__).resolve().parents[2]
UNREPORTED = {
    "ubnd-tinh", "mat-tran-to-quoc", "trung-tam-truyen-thong-tinh",
    "cac-so-nganh-duoc-phan-cong-chu-tri", "cac-so-nganh-chuc-nang",
    "cac-co-quan-bao-chi-cua-tinh", "van-phong-dai-dien-phong-vien-thuong-tru",
    "cac-to-chuc-chinh-tri-xa-hoi",
}  # fmt: skip
REPORTED = [name for name in agencies(ROOT) if name not in UNREPORTED]


@pytest.fixture(scope="module")
def made(plan: Plan, as_of: date) -> dict[tuple[str, str], AgencyReport]:
    """Every report, the frames of the whole plan worked out once for each language."""
    reports = {}
    for language in LANGUAGES:
        shared: dict[str, object] = {}
        for agency_id in REPORTED:
            report = AgencyReport(plan, agency_id, language, as_of=as_of)
            report.__dict__.update(shared)
            shared = {name: getattr(report, name) for name in _SHARED}
            reports[agency_id, language] = report
    return reports


_SHARED = ("whole_view", "whole_gap", "others", "last_breaks", "level_names", "task_facts")


def texts(part: Prose | Table | Chart) -> list[str]:
    """Every text of a part, the second lines of cells too."""
    if isinstance(part, Chart):
        return [part.alt]
    if isinstance(part, Prose):
        return [part.heading, *part.paragraphs]
    body = [text for row in part.rows for cell in row for text in (cell.text, *cell.detail)]
    return [part.caption, *part.columns, *body]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("agency_id", REPORTED)
def test_every_section_of_every_agency_can_be_written(
    made: dict[tuple[str, str], AgencyReport], agency_id: str, language: str
) -> None:
    report = made[agency_id, language]
    sections = [getattr(report, name)() for name in SECTIONS]
    parts = [report.title(), report.opening(), report.method()]
    parts += [part for section in sections for part in section]
    assert all(part.rows for part in parts if isinstance(part, Table))
    assert all(
        isinstance(section[0], Prose) and section[0].heading for section in sections if section
    )
    said = [text for part in parts for text in texts(part)]
    assert all(text.strip() for text in said if text)
    assert not [text for text in said if HOLE.search(text)]
    assert 2 <= len(report.opening().paragraphs) <= 6


def test_no_vietnamese_slips_into_the_english_wording() -> None:
    spoken = [Words("en").text(key) for key in _keys("en")]
    assert spoken
    assert not [text for text in spoken if re.search(r"[ăâđêôơưạảấầậếềệộớợứừự]", text)]


def _keys(language: str) -> list[str]:
    def flat(told: dict[str, object], before: str = "") -> list[str]:
        found = []
        for name, text in told.items():
            key = f"{before}{name}"
            found += flat(text, f"{key}.") if isinstance(text, dict) else [key]
        return found

    path = ROOT / f"src/analysis/words/{language}/agency.yaml"
    return flat(yaml.safe_load(path.read_text(encoding="utf-8")))


def test_every_kind_of_body_and_every_reason_has_its_wording(plan: Plan) -> None:
    keys = set(_keys("vi"))
    assert {f"agency.kind.{kind}" for kind in plan["agencies"]["kind"].unique()} <= keys
    reasons = {"NO_DATA", *filter(None, REASONS)}
    assert {f"agency.needed.{reason}" for reason in reasons} == {
        key for key in keys if key.startswith("agency.needed.")
    }


def test_the_reports_are_those_of_the_agency_frame(plan: Plan) -> None:
    assert list(agency_frame(plan.tables)["agency_id"]) == REPORTED


@pytest.mark.parametrize("agency_id", ["ubnd-tinh", "so-y-te ", "", "nobody"])
def test_an_agency_without_a_part_in_the_plan_is_refused(plan: Plan, agency_id: str) -> None:
    with pytest.raises(ReportError, match=rf"unknown agency_id '{agency_id}'"):
        AgencyReport(plan, agency_id)


def test_a_bad_day_or_language_is_refused(plan: Plan, root: Path) -> None:
    with pytest.raises(ReportError, match="'soon' is not a date"):
        AgencyReport.open("so-y-te", as_of="soon", data=str(root))
    with pytest.raises(ReportError, match="unknown language 'fr'"):
        AgencyReport(plan, "so-y-te", "fr")


def test_led_indicators_are_those_of_the_tables(
    made: dict[tuple[str, str], AgencyReport], root: Path
) -> None:
    led: dict[str, int] = dict.fromkeys(REPORTED, 0)
    with (root / "data/plan/indicator_agencies.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            led[row["agency_id"]] += row["role"] == "lead"
    for agency_id in set(REPORTED) - {"so-tai-chinh", *_heirs(root)}:
        section = made[agency_id, "vi"].led()
        assert len(section[1].rows) == led[agency_id] if led[agency_id] else section == ()


def _heirs(root: Path) -> set[str]:
    with (root / "data/plan/agencies.csv").open(encoding="utf-8", newline="") as lines:
        return {row["agency_id"] for row in csv.DictReader(lines) if row["in_plan"] == "false"}


def test_a_glance_and_its_summary_count_the_same_targets(
    made: dict[tuple[str, str], AgencyReport],
) -> None:
    health = made["so-y-te", "en"]
    assert len(health.led()[1].rows) == 25
    counts = health.summary()["counts"]
    assert sum(counts["2025"].values()) == 24
    assert sum(counts["2030"].values()) == 25
    assert health.summary()["sentence"]["en"].startswith("Department of Health: under the plan")
    assert made["cong-an-tinh", "en"].summary()["counts"] == {}


def test_a_successor_shows_to_whom_the_plan_gave_what_it_took_over(
    made: dict[tuple[str, str], AgencyReport],
) -> None:
    table = made[AGRICULTURE, "en"].led()[1]
    given = {row[0].text: row[0].detail for row in table.rows}
    assert len(given) == 5
    assert given["11.3 Households with standard sanitation"] == (
        "The plan gives it to the Department of Natural Resources and Environment", "Line 1413",
    )  # fmt: skip


def test_what_may_have_passed_is_listed_apart_and_in_no_other_section(
    made: dict[tuple[str, str], AgencyReport],
) -> None:
    report = made["so-y-te", "en"]
    heading, table = report.perhaps()
    assert "inferred, to be confirmed; scope: social protection" in heading.text
    assert sum(int(row[1].text.split()[0].replace("one", "1")) for row in table.rows) == 34 + 15
    assert "5.1" not in set(report.result_rows()["series_id"])
    assert made["so-giao-duc-va-dao-tao", "en"].perhaps()
    assert made["so-tu-phap", "en"].perhaps() == ()


def test_the_title_says_what_became_of_the_agency(
    made: dict[tuple[str, str], AgencyReport],
) -> None:
    assert (
        "Department of Health from March 2025 (inferred, to be confirmed; scope: social "
        "protection; children; social evils prevention)" in made[LABOUR, "en"].title().text
    )
    assert "Giữ nguyên tên" in made["so-xay-dung", "vi"].title().text
    took = made["so-van-hoa-the-thao-va-du-lich", "en"].title().text
    assert "it took over all work of: Department of Culture and Sports" in took
    assert "part of the work of: Department of Information and Communications" in took
    assert "không chia được" in made["cac-so-ban-nganh", "vi"].title().text
    assert len(made["cong-an-tinh", "en"].title().paragraphs) == 2


def test_every_succession_names_and_links_its_source(
    made: dict[tuple[str, str], AgencyReport],
) -> None:
    table = made[LABOUR, "vi"].reorganised()[1]
    assert len(table.rows) == 4
    assert all(row[5].link for row in table.rows)
    assert {row[4].text for row in table.rows} == {"theo nguồn", "suy ra, cần xác nhận"}


def test_what_is_owed_adds_up_to_the_targets_without_a_verdict(
    made: dict[tuple[str, str], AgencyReport],
) -> None:
    report = made["so-y-te", "vi"]
    table = report.owed()[1]
    gap = report.dossier.gap_of("lead")
    missing = gap["verdict"].isin(["NO_DATA", "NOT_ASSESSABLE"]).sum()
    counts = [int(row[1].text) for row in table.rows]
    assert sum(counts) == missing
    assert counts == sorted(counts, reverse=True)
    assert table.rows[0][0].text == "Chưa có số liệu"
    assert table.rows[0][0].detail == ("Cần giá trị đầu tiên theo đúng định nghĩa của chỉ tiêu.",)


def test_an_agency_that_owes_nothing_is_told_so(
    made: dict[tuple[str, str], AgencyReport],
) -> None:
    (heading,) = made["so-tai-chinh", "en"].owed()
    assert heading.paragraphs == (
        "Nothing is missing: every stated target of these indicators can be assessed.",
    )


def test_tasks_show_their_time_and_in_english_what_the_plan_prints(
    made: dict[tuple[str, str], AgencyReport],
) -> None:
    row = made["cong-an-tinh", "en"].tasks()[1].rows[0]
    assert row[0].detail == ("Line 1612",)
    assert row[2].text == "2025 and continuing"
    assert row[2].detail == ("as printed: “Năm 2025 và thường xuyên”",)
    assert row[4].text == "No status reported"
    vietnamese = made["cong-an-tinh", "vi"].tasks()[1].rows[0][2]
    assert (vietnamese.text, vietnamese.detail) == ("Năm 2025 và thường xuyên", ())


def test_lines_name_merged_cells_and_how_they_are_read(
    made: dict[tuple[str, str], AgencyReport],
) -> None:
    heading, table, readings = made["cuc-thong-ke", "en"].lines()
    assert "line 311" in heading.text
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Collecting the figures for indicators", "3.1, 4.2", "311, 399",
         "printed in the row itself"],
        ["Collecting the figures for indicators", "3.2–3.4, 4.3, 4.4", "311, 399",
         "merged cell, taken from the line given"],
    ]  # fmt: skip
    assert [text.split(":")[0] for text in readings.paragraphs] == ["Reading R24", "Reading R25"]


def test_lines_name_parts_of_indicators_in_words(
    made: dict[tuple[str, str], AgencyReport],
) -> None:
    table = made[AGRICULTURE, "vi"].lines()[1]
    assert table.rows[0][1].text == "11.1 (Nông thôn), 11.2, 11.11"


def test_coordination_is_counted_by_group_with_the_leads(
    made: dict[tuple[str, str], AgencyReport],
) -> None:
    table = made["ubnd-cac-huyen-thi-xa-thanh-pho", "en"].support()[1]
    assert sum(int(row[1].text.split()[0]) for row in table.rows) == 108
    halong = made["ubnd-thanh-pho-ha-long", "vi"].support()[1].rows[0]
    assert [cell.text for cell in halong] == [
        "Nhóm 11. Nước sạch, vệ sinh môi trường", "2 dòng", "Sở Xây dựng", "Đạt: 1",
        "Chưa đủ căn cứ: 1",
    ]  # fmt: skip


def test_a_figure_is_drawn_where_there_is_something_to_compare(
    made: dict[tuple[str, str], AgencyReport],
) -> None:
    assert isinstance(made["so-y-te", "vi"].figure()[1], Chart)
    assert isinstance(made["so-tu-phap", "vi"].figure()[1], Prose)
    assert made["cong-an-tinh", "vi"].figure() == ()


def test_too_many_series_are_not_drawn(plan: Plan, as_of: date) -> None:
    report = AgencyReport(plan, LABOUR, "en", as_of=as_of)
    led = report.dossier.items("indicator", ["lead"])
    assert len(led) > MOST_DRAWN
    rows = pd.DataFrame([gap_row(series_id=name) for name in led])
    report.__dict__["dossier"] = _with_gap(report, rows)
    _, told = report.figure()
    assert told.text.startswith(f"No chart of distances: {len(led)} series are too many")


def _with_gap(report: AgencyReport, gap: pd.DataFrame) -> object:
    return replace(report.dossier, gap=gap)


def test_finishing_writes_results_even_where_there_are_none(
    plan: Plan, as_of: date, tmp_path: Path
) -> None:
    for agency_id, rows in (("cong-an-tinh", 0), (AGRICULTURE, 10)):
        folder = tmp_path / agency_id
        AgencyReport(plan, agency_id, "vi", as_of=as_of, results=folder).finish()
        marker = json.loads((folder / "done.json").read_text(encoding="utf-8"))
        assert (marker["kind"], marker["subject"]) == ("agency", agency_id)
        assert len(pd.read_csv(folder / "results.csv")) == rows
        assert set(marker["summary"]["sentence"]) == {"vi", "en"}


def test_finishing_twice_gives_the_same_bytes(plan: Plan, as_of: date, tmp_path: Path) -> None:
    for name in ("one", "two"):
        AgencyReport(plan, "so-tai-chinh", "en", as_of=as_of, results=tmp_path / name).finish()
    for name in ("results.csv", "results.json", "done.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_status_reported_before_the_day_is_counted_and_shown(plan: Plan, as_of: date) -> None:
    report = AgencyReport(_with_update(plan), "cong-an-tinh", "en", as_of=as_of)
    assert report.opening().paragraphs[-1].endswith("a status is reported for the one task.")
    row = report.tasks()[1].rows[0]
    assert (row[4].text, row[4].detail) == ("Under way", ("30 June 2025",))
    early = AgencyReport(_with_update(plan), "cong-an-tinh", "en", as_of=date(2025, 6, 29))
    assert early.opening().paragraphs[-1].endswith("no status is reported for the one task.")


def _with_update(plan: Plan) -> Plan:
    """The plan with one report of task II.2."""
    known = plan["task_updates"]
    told = {"task_id": "II.2", "date": pd.Timestamp(2025, 6, 30), "status": "under_way"}
    origin = {"source_id": plan["sources"]["source_id"].iloc[0], "addition_id": "add-0001"}
    row = {**origin, "note": "", **told}
    updates = pd.DataFrame([row])[list(known.columns)]
    tables = plan.tables
    return Plan(Tables({**tables, "task_updates": updates}, tables.descriptor, tables.root))
