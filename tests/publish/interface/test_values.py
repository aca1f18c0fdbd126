"""Every value of the interface is that of the CSV files, with its label and source beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest

from analysis.publish import Edition
from tests.publish.copies.expected import Row, all_fields, typed
from tests.publish.interface.conftest import Documents

OF_SERIES = {
    "targets": "targets",
    "answers": "indicator_agencies",
    "observations": "observations",
    "breaks": "breaks",
    "gap": "results_gap",
    "trend": "results_trend",
    "coverage": "results_coverage",
    "other_targets": "results_targets",
    "country": "results_areas",
}


def plain(rows: list[Row]) -> list[Row]:
    return [
        {key: cell.isoformat() if isinstance(cell, date) else cell for key, cell in row.items()}
        for row in rows
    ]


def assert_same(found: list[Row], wanted: list[Row]) -> None:
    """Compare the fields of rows, whatever stands beside them and in whatever order they are."""
    names = list(wanted[0]) if wanted else []
    own = [{name: row[name] for name in names} for row in found]
    assert sorted(typed(own), key=str) == sorted(typed(plain(wanted)), key=str)


def of_indicators(documents: Documents) -> list[dict[str, Any]]:
    return [one for name, one in documents.items() if name.startswith("indicators/")]


def all_series(documents: Documents) -> list[dict[str, Any]]:
    return [series for one in of_indicators(documents) for series in one["series"]]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Give every object in a document."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from objects(inner)


@pytest.mark.parametrize("key", OF_SERIES)
def test_the_rows_of_all_series_are_the_whole_table(
    documents: Documents, expected: dict[str, list[Row]], key: str
) -> None:
    found = [row for series in all_series(documents) for row in listed(series[key])]
    assert_same(found, expected[OF_SERIES[key]])


def test_indicators_series_and_their_units_are_the_whole_tables(
    documents: Documents, expected: dict[str, list[Row]]
) -> None:
    units = {row["unit_id"]: row for row in expected["units"]}
    assert_same([one["indicator"] for one in of_indicators(documents)], expected["indicators"])
    assert_same(documents["indicators.json"]["indicators"], expected["indicators"])
    assert_same(all_series(documents), expected["series"])
    for series in all_series(documents):
        assert series["unit"] == units[series["unit_id"]]


def test_a_series_alone_is_the_one_in_the_document_of_its_indicator(documents: Documents) -> None:
    for series in all_series(documents):
        alone = documents[f"series/{series['series_id']}.json"]
        assert alone["series"] == series
        assert alone["indicator"]["indicator_id"] == series["indicator_id"]


def test_groups_tasks_agencies_and_sources_are_the_whole_tables(
    documents: Documents, expected: dict[str, list[Row]]
) -> None:
    tasks = documents["tasks.json"]
    assert_same(documents["groups.json"]["groups"], expected["indicator_groups"])
    assert_same(tasks["task_groups"], expected["task_groups"])
    assert_same(tasks["tasks"], expected["tasks"])
    assert_same(tasks["tasks"], expected["results_tasks"])
    answers = [row for task in tasks["tasks"] for row in task["answers"]]
    assert_same(answers, expected["task_agencies"])
    updates = [row for task in tasks["tasks"] for row in task["updates"]]
    assert_same(updates, expected["task_updates"])
    assert_same(documents["agencies.json"]["agencies"], expected["agencies"])
    assert_same(documents["sources.json"]["sources"], expected["sources"])
    assert_same(documents["verdicts.json"]["verdicts"], expected["results_gap"])


def test_a_group_has_its_indicators_counts_and_coverage(
    documents: Documents, expected: dict[str, list[Row]]
) -> None:
    for group in expected["indicator_groups"]:
        key = group["group_id"]
        one = documents[f"groups/{key}.json"]
        own = [row for row in expected["indicators"] if row["group_id"] == key]
        assert_same(one["indicators"], own)
        assert one["group"]["n_indicators"] == len(own)
        for name, rows in (
            ("results_rollup", one["group"]["rollup"]),
            ("results_coverage_parts", [one["coverage"]]),
        ):
            part = {"by": "group", "part_id": str(key)}
            assert_same(rows, [row for row in expected[name] if part.items() <= row.items()])


def test_a_list_of_indicators_has_the_verdict_of_every_series_and_year(
    documents: Documents, expected: dict[str, list[Row]]
) -> None:
    found = [
        (one["series_id"], one["target_year"], one["verdict"], one["reason"], one["grade"])
        for row in documents["indicators.json"]["indicators"]
        for one in row["verdicts"]
    ]
    assert sorted(found, key=str) == sorted(
        (
            (row["series_id"], row["target_year"], row["verdict"], row["reason"], row["grade"])
            for row in expected["results_gap"]
        ),
        key=str,
    )


def test_the_current_view_is_that_of_the_edition(documents: Documents, edition: Edition) -> None:
    view = edition.view
    found = [row for series in all_series(documents) for row in series["current_view"]]
    assert len(found) == len(view)
    rows = {(row["series_id"], row["area_id"], row["year"]): row for row in found}
    for wanted in view.replace("", None).to_dict(orient="records"):
        row = rows[wanted["series_id"], wanted["area_id"], wanted["year"]]
        for name, cell in wanted.items():
            assert row[str(name)] == (None if pd.isna(cell) else cell), name


def test_sensitivity_counts_and_names_the_scenarios_that_differ(
    documents: Documents, expected: dict[str, list[Row]]
) -> None:
    differing = []
    for series in all_series(documents):
        for one in series["sensitivity"]:
            own = [
                row
                for row in expected["results_sensitivity"]
                if row["series_id"] == series["series_id"]
                and row["target_year"] == one["target_year"]
                and row["axis"] != "default"
            ]
            assert (
                one["n_scenarios"]
                == len(own)
                == sum(axis["n_scenarios"] for axis in one["by_axis"])
            )
            assert one["n_judged"] == len([row for row in own if row["differs"] is not None])
            assert one["n_differing"] == len(one["differing"])
            assert one["default_verdict"] == own[0]["default_verdict"]
            differing += one["differing"]
    assert differing
    wanted = [
        row
        for row in expected["results_sensitivity"]
        if row["differs"] and row["axis"] != "default"
    ]
    assert_same(differing, wanted)


def test_who_answers_today_is_told_with_scope_source_and_confidence(
    documents: Documents, expected: dict[str, list[Row]]
) -> None:
    answers = [row for series in all_series(documents) for row in series["answers"]]
    answers += [row for task in documents["tasks.json"]["tasks"] for row in task["answers"]]
    assert any(answer["now"] for answer in answers)
    for answer in answers:
        later = [
            row
            for row in expected["agency_successions"]
            if row["predecessor_id"] == answer["agency_id"]
        ]
        assert_same(answer["now"], later)


def test_successions_are_told_of_both_agencies(
    documents: Documents, expected: dict[str, list[Row]]
) -> None:
    agencies = [one for name, one in documents.items() if name.startswith("agencies/")]
    for key in ("predecessors", "successors"):
        found = [row for one in agencies for row in one[key]]
        assert_same(found, expected["agency_successions"])


def test_an_agency_has_what_the_plan_gives_to_it_by_role(
    documents: Documents, expected: dict[str, list[Row]]
) -> None:
    home = {row["series_id"]: row["indicator_id"] for row in expected["series"]}
    for agency in expected["agencies"]:
        key = agency["agency_id"]
        one = documents[f"agencies/{key}.json"]
        for items, table, column in (
            ("indicators", "indicator_agencies", "series_id"),
            ("tasks", "task_agencies", "task_id"),
        ):
            own = [row for row in expected[table] if row["agency_id"] == key]
            found = [row for row in one[items] if row["standing"] == "own"]
            assert sorted((row["item_id"], row["role"]) for row in found) == sorted(
                (row[column], row["role"]) for row in own
            )
            for row in one[items]:
                assert (row["named_id"] == key) == (row["standing"] == "own")
            for role in {row["role"] for row in own}:
                had = {home.get(row[column], row[column]) for row in own if row["role"] == role}
                assert one["agency"][f"n_{items}_{role}"] == len(had)


def test_work_that_only_may_have_passed_is_said_to_be_uncertain(documents: Documents) -> None:
    one = documents["agencies/so-noi-vu.json"]
    standings = {row["standing"] for row in one["indicators"]}
    assert standings == {"uncertain"}
    finance = documents["agencies/so-tai-chinh.json"]
    assert "taken_over" in {row["standing"] for row in finance["indicators"]}


def test_sources_count_the_values_read_in_them(
    documents: Documents, expected: dict[str, list[Row]]
) -> None:
    for source in documents["sources.json"]["sources"]:
        own = [
            row["series_id"]
            for row in expected["observations"]
            if row["source_id"] == source["source_id"]
        ]
        assert source["n_observations"] == len(own)
        assert source["series_ids"] == list(dict.fromkeys(own))


def test_beside_every_source_stands_its_address(
    documents: Documents, expected: dict[str, list[Row]]
) -> None:
    sources = {row["source_id"]: row for row in expected["sources"]}
    seen = set()
    for address, document in documents.items():
        named = set()
        for one in objects(document):
            for name in [name for name in one if name.endswith("source_id")]:
                if name == "source_id" and "tier" in one:
                    continue  # the row of the source itself
                prefix, source = name.removesuffix("source_id"), sources.get(one[name], {})
                for fact in ("url", "publisher", "title"):
                    told = (
                        one[fact]
                        if fact in one and not prefix
                        else one.get(f"{prefix}source_{fact}", "nothing")
                    )
                    assert told == source.get(fact), (address, name)
                named |= {one[name]} - {None}
        if address not in {"sources.json", "index.json"}:
            assert named <= {row["source_id"] for row in document["sources"]}, address
        seen |= named
    assert {row["source_id"] for row in expected["observations"]} <= seen


def test_beside_every_code_stands_its_meaning(documents: Documents, edition: Edition) -> None:
    fields = all_fields(edition)
    tables = {**OF_SERIES, "differing": "results_sensitivity", "now": "agency_successions"}
    counted = 0
    for document in documents.values():
        for holder in objects(document):
            for key, table in tables.items():
                rows = [row for row in listed(holder.get(key, [])) if isinstance(row, dict)]
                for row in rows:
                    for name, field in fields[table].items():
                        counted += _assert_labelled(row, name, field)
    assert counted > 10_000


def _assert_labelled(row: Row, name: str, field: dict[str, Any]) -> int:
    labels = field.get("enumLabels")
    if labels is None or name not in row:
        return 0
    if "separator" in field:
        codes = (row[name] or "").split()
        assert row[f"{name}_labels"] == [{"code": code, **labels[code]} for code in codes]
    else:
        wanted = None if row[name] is None else labels[str(row[name])]
        assert row[f"{name}_label"] == wanted
    return 1


def test_beside_every_id_stands_its_name(
    documents: Documents, expected: dict[str, list[Row]]
) -> None:
    names = {
        "unit_id": ("units", "label"),
        "agency_id": ("agencies", "name"),
        "area_id": ("areas", "name"),
        "group_id": ("indicator_groups", "name"),
        "level_id": ("levels", "label"),
    }
    for key, (table, stem) in names.items():
        wanted = {
            row[key]: {"vi": row[f"{stem}_vi"], "en": row[f"{stem}_en"]} for row in expected[table]
        }
        labelled = [
            one
            for document in documents.values()
            for one in objects(document)
            if f"{key}_label" in one
        ]
        assert labelled, key
        for one in labelled:
            assert one[f"{key}_label"] == wanted[one[key]]


def test_lists_of_agencies_are_named_one_by_one(
    documents: Documents, expected: dict[str, list[Row]]
) -> None:
    names = {row["agency_id"]: row["name_vi"] for row in expected["agencies"]}
    for task in documents["tasks.json"]["tasks"]:
        for key in ("lead_ids", "lead_successor_ids", "coordinating_ids"):
            codes = (task[key] or "").split()
            assert [one["code"] for one in task[f"{key}_labels"]] == codes
            assert [one["vi"] for one in task[f"{key}_labels"]] == [names[code] for code in codes]
        assert task["status_sources"] == []


def test_readings_that_a_document_refers_to_are_in_it(
    documents: Documents, expected: dict[str, list[Row]]
) -> None:
    known = {row["reading_id"]: row for row in expected["readings"]}
    one = documents["indicators/1.json"]
    assert [row["reading_id"] for row in one["readings"]] == ["R06"]
    for document in of_indicators(documents):
        used = {row["reading_id"] for series in document["series"] for row in series["targets"]}
        used |= {row["reading_id"] for series in document["series"] for row in series["answers"]}
        assert {row["reading_id"] for row in document["readings"]} == used - {"none"}
        assert_same(document["readings"], [known[row] for row in sorted(used - {"none"})])
