"""The first collection, as written down, against the tables of this repository."""

from __future__ import annotations

import csv
import unicodedata
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analysis.observe import current_view, history, ingest, write
from analysis.observe.collected import Ingested, read_tables
from analysis.observe.facts import read_facts
from analysis.observe.layout import TABLES, VALUES
from analysis.observe.origins import origin_of, stated_languages
from analysis.observe.periods import is_period
from analysis.observe.rows import Row
from analysis.observe.terms import TIERS

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
COLLECTED = ROOT / "tests" / "data" / "collected"
DAY = date(2026, 11, 25)


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def frame(path: str) -> pd.DataFrame:
    return pd.read_csv(DATA / path, dtype="str", keep_default_na=False)


@pytest.fixture(scope="module")
def ingested() -> Ingested:
    return ingest(COLLECTED, DATA)


@pytest.fixture(scope="module")
def pairs(ingested: Ingested) -> list[tuple[Row, Row]]:
    return list(zip(rows_of(COLLECTED / VALUES), ingested.observations, strict=True))


def frames() -> list[pd.DataFrame]:
    levels = frame("plan/levels.csv").astype({"ordinal": "int64"})
    return [
        frame("observed/observations.csv").head(548),
        frame("observed/sources.csv"),
        frame("reference/breaks.csv"),
        levels,
    ]


@pytest.fixture(scope="module")
def view() -> pd.DataFrame:
    return current_view(*frames(), as_of=DAY)


def of(view: pd.DataFrame, series_id: str, year: int, area: str = "QN") -> pd.Series:
    found = view[
        (view["series_id"] == series_id) & (view["year"] == year) & (view["area_id"] == area)
    ]
    assert len(found) == 1, f"{series_id} {area} {year} has {len(found)} rows"
    return found.iloc[0]


# Nothing lost, nothing changed


@pytest.mark.parametrize("table", list(TABLES))
def test_the_tables_begin_with_what_the_first_collection_gives(
    table: str, ingested: Ingested, tmp_path: Path
) -> None:
    for path, _ in TABLES.values():
        (tmp_path / path).parent.mkdir(exist_ok=True)
    write(ingested, tmp_path)
    path = TABLES[table][0]
    assert (DATA / path).read_bytes().startswith((tmp_path / path).read_bytes())


def test_every_collected_row_is_one_row_of_a_table(ingested: Ingested) -> None:
    assert len(ingested.observations) == 548
    assert len(ingested.comparison_targets) == 11 + 41
    assert len(ingested.agency_successions) == 13


def test_every_value_stands_as_printed(pairs: list[tuple[Row, Row]]) -> None:
    for written, row in pairs:
        assert written["value"] == (row["text"] or row["value"])


def test_what_was_written_beside_a_value_is_kept(pairs: list[tuple[Row, Row]]) -> None:
    same = {"area": "area_id", "period": "period", "unit": "unit_source", "status": "status",
            "note": "note"}  # fmt: skip
    for written, row in pairs:
        assert {old: written[old] for old in same} == {old: row[new] for old, new in same.items()}
        assert row["series_id"].split("-")[0] == written["indicator_code"]


def test_comparability_is_only_ever_lowered_to_proxy(pairs: list[tuple[Row, Row]]) -> None:
    for written, row in pairs:
        kept = row["comparability_rule"] == "as_collected"
        assert row["comparability"] == (written["comparability"] if kept else "proxy")


def test_every_source_is_kept_as_it_was_written(
    ingested: Ingested, pairs: list[tuple[Row, Row]]
) -> None:
    sources = {row["source_id"]: row for row in ingested.sources}
    assert len(sources) == len(ingested.sources)
    for written, row in pairs:
        source = sources[row["source_id"]]
        assert (source["url"], source["title"]) == (written["source_url"], written["source_title"])
        assert (source["publisher"], source["published"]) == (
            written["publisher"],
            written["published"],
        )


def test_there_is_one_source_for_each_distinct_origin(ingested: Ingested) -> None:
    written = {
        (row["source_url"], row["source_title"], row["publisher"], row["published"])
        for row in rows_of(COLLECTED / VALUES)
    }
    of_values = {row["source_id"] for row in ingested.observations}
    assert len(of_values) == len(written) == 211
    assert len(set(map(origin_of, ingested.sources))) == len(ingested.sources)


def test_the_rules_of_comparability_hold_for_every_row(ingested: Ingested) -> None:
    units = {row["series_id"]: row["unit_id"] for row in rows_of(DATA / "plan" / "series.csv")}
    for row in ingested.observations:
        rule = "as_collected"
        if row["measure"]:
            rule = "related_measure"
        elif row["unit_id"] != units[row["series_id"]]:
            rule = "unit_not_convertible"
        elif not row["value"] and row["level_id"] == "none":
            rule = "level_unreadable"
        elif row["series_id"] == "10.1" and row["comparability"] != as_written(row):
            rule = "not_cumulative"
        assert row["comparability_rule"] == rule, row


def as_written(row: dict[str, str]) -> str:
    """Return the comparability with which a row was collected."""
    place = int(row["observation_id"].removeprefix("obs-")) - 1
    return rows_of(COLLECTED / VALUES)[place]["comparability"]


def test_dwellings_of_one_year_are_kept_from_the_running_total(ingested: Ingested) -> None:
    rows = [row for row in ingested.observations if row["comparability_rule"] == "not_cumulative"]
    assert [(row["area_id"], row["value"]) for row in rows] == [
        ("QN", "1758"), ("QN", "1290"), ("VN", "13864"), ("VN", "102633"), ("VN", "36962"),
        ("VN", "50687"),
    ]  # fmt: skip


def test_fourteen_rows_are_related_measures(ingested: Ingested) -> None:
    related = [row for row in ingested.observations if row["measure"]]
    named = {row["measure"] for row in related}
    assert len(related) == 14
    assert "Người bệnh nội trú" in named
    assert "Chỉ tiêu chung, không chia địa bàn" in named


# References


def test_every_reference_is_to_a_row_that_exists(ingested: Ingested) -> None:
    known = {
        "series_id": {row["series_id"] for row in rows_of(DATA / "plan/series.csv")},
        "unit_id": {row["unit_id"] for row in rows_of(DATA / "plan/units.csv")},
        "level_id": {row["level_id"] for row in rows_of(DATA / "plan/levels.csv")},
        "area_id": {row["area_id"] for row in rows_of(DATA / "reference/areas.csv")},
        "source_id": {row["source_id"] for row in ingested.sources},
        "predecessor_id": {row["agency_id"] for row in rows_of(DATA / "plan/agencies.csv")},
        "successor_id": {row["agency_id"] for row in rows_of(DATA / "plan/agencies.csv")},
    }
    tables = [ingested.observations, ingested.comparison_targets, ingested.agency_successions]
    breaks = rows_of(DATA / "reference/breaks.csv")
    aliases = rows_of(DATA / "reference/unit_aliases.csv")
    for row in [row for table in [*tables, breaks, aliases] for row in table]:
        for column in known.keys() & row.keys():
            assert row[column] in known[column], (column, row)


def test_every_source_is_used(ingested: Ingested) -> None:
    tables = [ingested.observations, ingested.comparison_targets, ingested.agency_successions]
    used = {row["source_id"] for table in tables for row in table}
    assert used == {row["source_id"] for row in ingested.sources}


# What is declared


def test_what_is_declared_is_complete_and_nothing_is_declared_in_vain() -> None:
    facts, recorded = read_facts(DATA), read_tables(DATA)
    units = {row["unit_source"] for row in recorded.observations + recorded.comparison_targets}
    set_by = {row["framework"] for row in recorded.comparison_targets if row["unit_source"]}
    publishers = {row["publisher"] for row in recorded.sources}
    assert set(facts.publishers) == publishers | set(facts.agencies)
    only_way = {"người/1.000 dân"}  # nothing was collected in it yet, but 6.18 is asked for in it
    assert set(facts.units) == units - {""} | only_way
    assert set(facts.scopes) == {row["scope_en"] for row in recorded.agency_successions} - {""}
    assert set(facts.documents.values()) == set_by
    assert set(facts.copies) <= {origin_of(row).host for row in recorded.sources}


def test_declared_tiers_levels_and_units_are_known_ones() -> None:
    facts = read_facts(DATA)
    levels = {row["level_id"]: row["scale"] for row in rows_of(DATA / "plan/levels.csv")}
    units = {row["unit_id"] for row in rows_of(DATA / "plan/units.csv")}
    assert {one.tier for one in facts.publishers.values()} == set(TIERS)
    assert set(facts.copies.values()) == {"other"}
    assert all(levels[level] == scale for (scale, _), level in facts.level_texts.items())
    assert {*facts.ordinal_units, facts.rank_unit} <= units


def test_declared_parts_are_other_wordings_of_a_sub_row() -> None:
    printed = {row["part_source"] for row in rows_of(DATA / "plan/series.csv")}
    [rural] = [one for one in read_facts(DATA).series["11.1"] if one.series_id == "11.1-rural"]
    assert "Nông thôn" in rural.parts - {"Nông thôn (tối thiểu 60 lít/người/ngày)"}
    assert rural.parts & printed


def test_the_hints_at_a_language_never_contradict_each_other(ingested: Ingested) -> None:
    facts = read_facts(DATA)
    for source in ingested.sources:
        languages = stated_languages(origin_of(source), facts)
        assert len(languages) <= 1, source
        assert [source["language"]] == (languages or [""])


def test_every_copy_of_an_official_table_is_of_the_lowest_tier(ingested: Ingested) -> None:
    copies = [row for row in ingested.sources if "github.com" in row["url"]]
    assert len(copies) == 26
    assert {row["tier"] for row in copies} == {"other"}


def test_areas_say_when_the_district_level_ended() -> None:
    areas = rows_of(DATA / "reference/areas.csv")
    ended = {row["area_id"] for row in areas if row["valid_to"] == "2025-06-30"}
    assert len(ended) == 7
    assert {row["area_id"] for row in areas} - ended == {"VN", "QN", "QN-urban", "QN-rural"}
    assert {row["valid_from"] for row in areas} == {""}


def test_breaks_have_periods_and_reasons_in_both_languages() -> None:
    for row in rows_of(DATA / "reference/breaks.csv"):
        assert is_period(row["from_period"])
        assert row["reason_vi"].endswith(".")
        assert row["reason_en"].endswith(".")


def test_breaks_of_the_country_are_those_of_the_poverty_standard_and_of_the_districts() -> None:
    cuts: dict[str, set[tuple[str, str]]] = {}
    for row in rows_of(DATA / "reference/breaks.csv"):
        cuts.setdefault(row["area_id"], set()).add((row["series_id"], row["from_period"]))
    national = {("6.10", "2016"), ("6.10", "2022"), ("7.1", "2025-07"), ("7.9", "2025-07")}
    assert cuts["VN"] == national < cuts["QN"]


def test_the_countrys_survey_series_is_not_cut_by_the_provinces_change(view: pd.DataFrame) -> None:
    assert not of(view, "4.3", 2023)["is_current_segment"]
    assert of(view, "4.3", 2016, "VN")["is_current_segment"]
    assert of(view, "6.10", 2022, "VN")["segment"] == 2
    assert not of(view, "6.10", 2021, "VN")["is_current_segment"]


@pytest.mark.parametrize("path", sorted(DATA.glob("[or]*/*.csv")), ids=lambda path: path.stem)
def test_the_files_are_plain_and_in_one_form_of_unicode(path: Path) -> None:
    content = path.read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert unicodedata.is_normalized("NFC", content.decode())


def test_task_updates_have_their_header_and_no_rows() -> None:
    assert (DATA / "observed/task_updates.csv").read_text() == (
        "task_id,date,source_id,status,addition_id,note\n"
    )


def test_written_tables_are_read_back_as_they_are(ingested: Ingested) -> None:
    assert read_tables(DATA).observations[:548] == ingested.observations


# The current view, checked by hand


def test_training_is_cut_between_survey_and_administrative_counts(view: pd.DataFrame) -> None:
    values = [of(view, "4.3", year) for year in (2015, 2020, 2023, 2024, 2025)]
    assert [row["value"] for row in values] == [35.6, 45, 50, 51, 43]
    assert [row["segment"] for row in values] == [0, 1, 1, 1, 2]
    assert [row["is_current_segment"] for row in values] == [False, False, False, False, True]


def test_poverty_is_cut_where_the_standard_changes(view: pd.DataFrame) -> None:
    years = (2015, 2018, 2020, 2021, 2022, 2023, 2025)
    values = [of(view, "6.10", year) for year in years]
    assert [row["value"] for row in values] == [4.56, 1.2, 0.36, 0.41, 0.067, 0, 0]
    assert [row["segment"] for row in values] == [0, 1, 1, 1, 2, 2, 2]
    assert (values[4]["decided_by"], values[4]["set_aside"]) == ("published", "obs-0174 obs-0176")


def test_older_poverty_lines_come_in_only_as_proxies(view: pd.DataFrame) -> None:
    with_proxies = current_view(*frames(), as_of=DAY, include_proxy=True)
    assert of(with_proxies, "6.10", 2014)["comparability"] == "proxy"
    assert of(with_proxies, "6.10", 2015)["value"] == 4.56
    in_2014 = (view["series_id"] == "6.10") & (view["year"] == 2014)
    assert not in_2014.any()


def test_health_insurance_in_2025_is_the_value_of_the_year(view: pd.DataFrame) -> None:
    row = of(view, "5.7", 2025)
    assert (row["value"], row["period"], row["part_year"]) == (95.76, "2025", False)
    assert (row["decided_by"], row["set_aside"]) == ("coverage", "obs-0130 obs-0131 obs-0132")


def test_staff_ratios_leave_out_counts_of_the_department_alone(view: pd.DataFrame) -> None:
    doctors = view[(view["series_id"] == "8.4-doctors") & (view["area_id"] == "QN")]
    assert doctors[["year", "value"]].to_numpy().tolist() == [
        [2020, 14.8],
        [2022, 14.85],
        [2024, 15],
        [2025, 17.4],
    ]
    assert doctors["is_current_segment"].tolist() == [False, False, False, True]
    assert of(view, "8.4-pharmacists", 2024)["segment"] == 1
    assert of(view, "8.4-beds", 2020)["decided_by"] == "published"


def test_schools_in_2025_are_chosen_by_the_last_rule_and_say_so(view: pd.DataFrame) -> None:
    row = of(view, "7.17", 2025)
    assert (row["value"], row["decided_by"], row["n_candidates"]) == (92.07, "observation_id", 6)
    assert of(view, "7.17", 2023)["value"] == 89.19
    last_part = of(view, "7.17", 2024)
    assert (last_part["period"], last_part["part_year"]) == ("2024-08", True)


def test_the_human_development_index_is_judged_by_rank_alone(view: pd.DataFrame) -> None:
    ranks = view[view["series_id"] == "4.1"]
    assert ranks[["area_id", "period", "value", "text"]].to_numpy().tolist() == [
        ["QN", "2025-02", 6.0, "Thứ 6 cả nước"]
    ]


def test_levels_are_judged_by_their_ordinal(view: pd.DataFrame) -> None:
    levels = [of(view, "7.15", year)["level"] for year in (2022, 2023, 2024, 2025)]
    assert levels == [2, 2, 3, 3]


def test_districts_can_no_longer_be_observed(view: pd.DataFrame) -> None:
    row = of(view, "7.9", 2022)
    assert (row["value"], row["is_current_segment"]) == (100, False)
    before = current_view(*frames(), as_of=date(2025, 6, 30))
    assert of(before, "7.9", 2022)["is_current_segment"]


def test_history_shows_what_the_view_leaves_out() -> None:
    observations, sources, *_ = frames()
    found = history(observations, sources, "5.9")
    assert set(found["measure"]) == {"", "Người bệnh nội trú"}
    assert found["publisher"].notna().all()
