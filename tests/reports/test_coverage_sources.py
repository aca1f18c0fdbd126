"""Who measures what, how comparable it is, and where sources disagree."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.charts.labels import recorded
from analysis.reports import CoverageReport
from analysis.reports.coverage_sources import disagreements, named
from analysis.reports.prose import Prose
from analysis.reports.table import Table


def record(period: str, value: float, **changes: object) -> dict[str, object]:
    return {"series_id": "5.7", "period": period, "value": value, "level_id": "none", "own": True,
            **changes}  # fmt: skip


def test_only_different_values_of_one_period_disagree() -> None:
    rows = pd.DataFrame([
        record("2024", 95.0), record("2024", 95.0),
        record("2025", 95.7), record("2025", 95.76), record("2025", 95.76),
        record("2025-H1", 95.5),
    ])  # fmt: skip
    assert disagreements(rows).index.tolist() == [2, 3, 4]


def test_proxies_and_other_series_do_not_disagree() -> None:
    rows = pd.DataFrame([
        record("2025", 95.7), record("2025", 60.0, own=False), record("2025", 1.0, series_id="5.1"),
    ])  # fmt: skip
    assert disagreements(rows).empty


def test_levels_disagree_although_they_have_no_number() -> None:
    rows = pd.DataFrame(
        [record("2023", float("nan"), level_id=name) for name in ("education-2", "education-3")]
    )
    assert len(disagreements(rows)) == 2


# The committed package, counted once more from its files


@pytest.fixture(scope="module")
def report(plan: Plan, as_of: date) -> CoverageReport:
    return CoverageReport(plan, "en", as_of=as_of)


@pytest.fixture(scope="module")
def written(root: Path) -> list[dict[str, str]]:
    """The province's records as they stand in the files, each with its source."""
    folder = root / "data/observed"
    with (folder / "sources.csv").open(encoding="utf-8", newline="") as file:
        sources = {row["source_id"]: row for row in csv.DictReader(file)}
    with (folder / "observations.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["area_id"] == "QN"]
    return [{**sources[row["source_id"]], **row} for row in rows]


def test_tiers_add_up_to_all_records(report: CoverageReport, written: list[dict[str, str]]) -> None:
    rows = {row[0].text: [int(cell.text) for cell in row[1:]] for row in report.tiers().rows}
    names = {"official": "Public body", "state_press": "State press", "press": "Other press",
             "other": "Other source"}  # fmt: skip
    for tier, name in names.items():
        mine = [row for row in written if row["tier"] == tier]
        proxies = [row for row in mine if row["comparability"] == "proxy"]
        assert rows[name][0] == len(mine) - len(proxies)
        assert rows[name][2] == len(proxies)
        assert rows[name][3] == len({row["source_id"] for row in mine})
        assert rows[name][4] == len({shown(row, report) for row in mine})


def shown(row: dict[str, str], report: CoverageReport) -> str:
    """Return the publisher of a record as the report names it."""
    return recorded(row["publisher"], report.words)


def test_every_publisher_has_a_row_those_with_most_values_first(
    report: CoverageReport, written: list[dict[str, str]]
) -> None:
    rows = report.publishers().rows
    own = Counter(shown(row, report) for row in written if row["comparability"] != "proxy")
    context = Counter(shown(row, report) for row in written if row["comparability"] == "proxy")
    told = {row[0].text: (int(row[1].text), int(row[3].text)) for row in rows}
    assert len(told) == len(rows)
    assert told == {name: (own[name], context[name]) for name in {*own, *context}}
    counts = [int(row[1].text) for row in rows]
    assert counts == sorted(counts, reverse=True)
    assert all(row[0].link for row in rows)


def test_a_publisher_says_what_it_measures_and_of_which_years(report: CoverageReport) -> None:
    rows = {row[0].text: row for row in report.publishers().rows}
    row = rows["CDC Quảng Ninh"]
    assert [cell.text for cell in row] == ["CDC Quảng Ninh", "4", "5.7", "0", "–", "2015–2018"]
    assert row[0].detail == ("public body · 1 source",)


def test_records_are_counted_by_how_they_fit(
    report: CoverageReport, written: list[dict[str, str]]
) -> None:
    rows = report.comparability().rows
    counts = Counter(
        (row["comparability"], row["comparability_rule"] * (row["comparability"] == "proxy"))
        for row in written
    )
    assert sorted(int(row[1].text) for row in rows) == sorted(counts.values())
    assert [(row[0].text, row[0].detail) for row in rows][:3] == [
        ("Exact definition", ()),
        ("Close to the definition", ()),
        ("For context only", ("measures something else, or another population",)),
    ]
    assert "another unit, which cannot be converted" in {row[0].detail[-1] for row in rows[2:]}


def test_a_disagreement_shows_every_value_with_its_source_and_which_one_is_used(
    report: CoverageReport,
) -> None:
    table = report.disagreements()
    assert isinstance(table, Table)
    rows = [row for row in table.rows if row[0].text.startswith("7.17")]
    shown = [(row[2].text.replace("\u00a0", " "), row[3].text) for row in rows]
    assert shown.count(("92.07 %", "used")) == 1
    assert {text for text, _ in shown} == {"92.07 %", "92.5 %", "91.98 %"}
    assert all(row[4].link for row in rows)


def test_disagreements_are_those_that_the_files_hold(
    report: CoverageReport, written: list[dict[str, str]]
) -> None:
    said: dict[tuple[str, str], set[str]] = {}
    for row in written:
        if row["comparability"] != "proxy":
            key = row["series_id"], row["period"]
            said.setdefault(key, set()).add(row["value"] + row["level_id"])
    several = {key for key, texts in said.items() if len(texts) > 1}
    rows = disagreements(report.recorded)
    assert set(zip(rows["series_id"], rows["period"], strict=True)) == several


def test_where_no_sources_disagree_a_sentence_says_so(plan: Plan) -> None:
    report = CoverageReport(plan, "en", as_of=date(2014, 12, 31))
    text = report.disagreements()
    assert isinstance(text, Prose)
    assert text.text == "No two sources give different values for the same series and period."


def test_series_are_named_group_by_group(report: CoverageReport) -> None:
    ids = pd.Series(["10.3-urban", "5.11", "6.1", "6.2"])
    assert named(report, ids) == "5.11, 6.1, 6.2, 10.3 (Urban)"
