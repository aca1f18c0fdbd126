"""The database, read by the standard library: cells, keys, views, what it says of itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import UserErrors
from analysis.observe import standing as standing_rows
from analysis.package import Tables
from analysis.publish import Edition
from analysis.publish.copies.about import about
from analysis.publish.copies.sqlite import write_sqlite
from analysis.publish.copies.tables import Content, Table, read_content
from analysis.publish.copies.views import views
from tests.publish.copies.conftest import NAME
from tests.publish.copies.expected import Row, all_fields, descriptor, typed

VIEWS = [view.name for view in views()]


@pytest.fixture(scope="module")
def database(copies: Path) -> Iterator[sqlite3.Connection]:
    with closing(opened(copies)) as connection:
        yield connection


@pytest.fixture
def own(copies: Path) -> Iterator[sqlite3.Connection]:
    """A copy in memory, whose rows may be changed."""
    with closing(sqlite3.connect(":memory:")) as connection:
        with closing(opened(copies)) as file:
            file.backup(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def opened(folder: Path) -> sqlite3.Connection:
    address = f"{(folder / f'{NAME}.sqlite').as_uri()}?mode=ro"
    return sqlite3.connect(address, uri=True)


def rows_of(connection: sqlite3.Connection, query: str) -> list[Row]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def stored(rows: list[Row]) -> list[Row]:
    """Return rows as SQLite stores them: days as texts, booleans as 1 and 0."""
    return [{name: _stored(cell) for name, cell in row.items()} for row in rows]


def _stored(cell: Any) -> Any:
    if isinstance(cell, date):
        return cell.isoformat()
    return int(cell) if isinstance(cell, bool) else cell


def test_it_is_sound_and_no_reference_is_broken(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_every_cell_is_that_of_the_csv_file(
    database: sqlite3.Connection, expected: dict[str, list[Row]]
) -> None:
    for name, rows in expected.items():
        found = rows_of(database, f'SELECT * FROM "{name}" ORDER BY rowid')
        assert typed(found) == typed(stored(rows)), name


def test_hostile_texts_stay_texts(
    hostile_copies: Path, hostile_expected: dict[str, list[Row]]
) -> None:
    with closing(opened(hostile_copies)) as connection:
        for name, rows in hostile_expected.items():
            found = rows_of(connection, f'SELECT * FROM "{name}" ORDER BY rowid')
            assert typed(found) == typed(stored(rows)), name


def test_no_statement_needs_what_other_clients_lack(database: sqlite3.Connection) -> None:
    statements = [
        row[0] for row in database.execute("SELECT sql FROM sqlite_schema WHERE sql > ''")
    ]
    assert len(statements) > 30
    for statement in statements:
        assert "REGEXP" not in statement
        assert not statement.rstrip().endswith("STRICT")


def test_keys_are_those_of_the_schema(database: sqlite3.Connection, edition: Edition) -> None:
    for folder in (edition.root, edition.outputs.results):
        for one in descriptor(folder)["resources"]:
            info = database.execute(f"PRAGMA table_info('{one['name']}')").fetchall()
            key = [row[1] for row in sorted(info, key=lambda row: row[5]) if row[5]]
            assert key == one["schema"]["primaryKey"], one["name"]
            wanted = {
                (key["fields"][0], key["reference"]["resource"], key["reference"]["fields"][0])
                for key in one["schema"].get("foreignKeys", ())
            }
            listed = database.execute(f"PRAGMA foreign_key_list('{one['name']}')").fetchall()
            assert wanted <= {(row[3], row[2], row[4]) for row in listed}, one["name"]


def test_results_refer_to_the_data(database: sqlite3.Connection) -> None:
    listed = database.execute("PRAGMA foreign_key_list('results_gap')").fetchall()
    assert {(row[3], row[2]) for row in listed} == {
        ("series_id", "series"),
        ("indicator_id", "indicators"),
        ("group_id", "indicator_groups"),
        ("unit_id", "units"),
        ("level_id", "levels"),
        ("value_source_id", "sources"),
        ("value_observation_id", "observations"),
    }
    (task_group,) = database.execute(
        "SELECT \"table\" FROM pragma_foreign_key_list('results_tasks') "
        "WHERE \"from\" = 'task_group_id'"
    ).fetchone()
    assert task_group == "task_groups"


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO units SELECT * FROM units LIMIT 1",
        "UPDATE series SET unit_id = 'ell' WHERE series_id = '1'",
        "UPDATE results_gap SET value_source_id = 'nobody' WHERE value_source_id IS NOT NULL",
        "UPDATE targets SET kind = 'wish'",
        "UPDATE targets SET inherited = 2",
        "UPDATE targets SET inherited = 'true'",
        "UPDATE targets SET low = 'much'",
        "UPDATE targets SET source_line = 0",
        "UPDATE indicators SET position = 1",
        "UPDATE indicators SET name_vi = NULL",
        "UPDATE documents SET date = '19/6/2024'",
        "UPDATE results_gap SET verdict = 'FINE'",
        "DELETE FROM sources",
    ],
)
def test_it_refuses_what_the_schema_refuses(own: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        own.execute(statement)


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_runs_has_rows_and_each_column_once(database: sqlite3.Connection, name: str) -> None:
    cursor = database.execute(f"SELECT * FROM {name}")
    names = [column[0] for column in cursor.description]
    assert len(set(names)) == len(names)
    assert cursor.fetchall()


def test_views_have_the_rows_that_they_are_of(
    database: sqlite3.Connection, standing: dict[str, list[Row]]
) -> None:
    for view, table in {
        "v_gap": "results_gap",
        "v_trend": "results_trend",
        "v_observations": "observations",
        "v_tasks": "results_tasks",
        "v_other_targets": "results_targets",
        "v_country": "results_areas",
    }.items():
        (count,) = database.execute(f"SELECT count(*) FROM {view}").fetchone()
        assert count == len(standing[table]), view


def test_a_verdict_has_names_labels_and_source_beside_it(
    database: sqlite3.Connection, edition: Edition, expected: dict[str, list[Row]]
) -> None:
    labels = all_fields(edition)["results_gap"]["verdict"]["enumLabels"]
    urls = {row["source_id"]: row["url"] for row in expected["sources"]}
    names = {row["indicator_id"]: row["name_vi"] for row in expected["indicators"]}
    groups = {row["group_id"]: row["name_en"] for row in expected["indicator_groups"]}
    units = {row["unit_id"]: row["label_vi"] for row in expected["units"]}
    for row, gap in zip(
        rows_of(database, "SELECT * FROM v_gap"), stored(expected["results_gap"]), strict=True
    ):
        assert {name: row[name] for name in gap if name in row} == {
            name: cell for name, cell in gap.items() if name in row
        }
        assert {"vi": row["verdict_vi"], "en": row["verdict_en"]} == labels[gap["verdict"]]
        assert row["indicator_vi"] == names[gap["indicator_id"]]
        assert row["group_en"] == groups[gap["group_id"]]
        assert row["unit_vi"] == units[gap["unit_id"]]
        assert row["url"] == urls.get(gap["value_source_id"])


def test_a_value_has_its_source_beside_it(
    database: sqlite3.Connection, standing: dict[str, list[Row]]
) -> None:
    sources = {row["source_id"]: row for row in standing["sources"]}
    seen = {row["observation_id"]: row for row in stored(standing["observations"])}
    found = rows_of(database, "SELECT * FROM v_observations")
    assert {row["observation_id"] for row in found} == set(seen)
    for row in found:
        own, source = seen[row["observation_id"]], sources[row["source_id"]]
        assert (row["value"], row["period"], row["note"]) == (
            own["value"],
            own["period"],
            own["note"],
        )
        assert (row["url"], row["publisher"]) == (source["url"], source["publisher"])


def test_values_that_were_corrected_or_taken_back_are_in_the_table_but_not_in_the_view(
    hostile_copies: Path,
) -> None:
    with closing(opened(hostile_copies)) as connection:
        told = [ids(connection, name) for name in ("observations", "v_observations")]
    assert told[0] - told[1] == {"obs-0002", "obs-0008"}
    assert told[1] < told[0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    additions=st.lists(st.integers(2, 4), min_size=5, max_size=5).map(sorted),
    earlier=st.lists(st.integers(0, 4), min_size=5, max_size=5),
    withdrawn=st.sets(st.integers(2, 4)),
)
def test_the_view_has_what_stands(
    own: sqlite3.Connection, additions: list[int], earlier: list[int], withdrawn: set[int]
) -> None:
    """Some values get other additions, and some revise others: as it may be after years."""
    names = [f"obs-{number:04}" for number in range(1, 6)]
    own.execute("BEGIN")
    for number in (2, 3, 4):
        own.execute("INSERT INTO additions VALUES (?, '2026-12-01', NULL)", (f"add-{number:04}",))
    for name, number in zip(names, additions, strict=True):
        change = "UPDATE observations SET addition_id = ? WHERE observation_id = ?"
        own.execute(change, (f"add-{number:04}", name))
    pairs = [(new, names[old - 1]) for new, old in zip(names, earlier, strict=True) if old]
    pairs = [(new, old) for new, old in pairs if old < new]
    own.executemany("INSERT INTO revisions VALUES (?, ?)", pairs)
    gone = [(f"add-{number:04}",) for number in sorted(withdrawn)]
    own.executemany("INSERT INTO withdrawals VALUES (?, '2026-12-02', NULL)", gone)
    found, tables = ids(own, "v_observations"), package(own)
    own.execute("ROLLBACK")
    assert found == set(standing_rows(tables)["observations"]["observation_id"])


def ids(connection: sqlite3.Connection, table: str) -> set[str]:
    return {row[0] for row in connection.execute(f"SELECT observation_id FROM {table}")}


def package(connection: sqlite3.Connection) -> Tables:
    """Return the tables that say what stands, as frames."""
    names = (
        "observations", "task_updates", "sources", "agency_successions", "comparison_targets",
        "revisions", "withdrawals",
    )  # fmt: skip
    frames = {name: pd.read_sql_query(f"SELECT * FROM {name}", connection) for name in names}
    return Tables(frames, {}, "here")


def test_who_answers_is_told_for_every_assignment_and_every_succession(
    database: sqlite3.Connection, expected: dict[str, list[Row]]
) -> None:
    wanted = []
    for table, key in (("indicator_agencies", "series_id"), ("task_agencies", "task_id")):
        for row in expected[table]:
            later = [
                one
                for one in expected["agency_successions"]
                if one["predecessor_id"] == row["agency_id"]
            ]
            for one in later or [{"successor_id": None, "confidence": None}]:
                answer = (row[key], row["agency_id"], row["role"])
                wanted.append((*answer, one["successor_id"], one["confidence"]))
    query = (
        "SELECT coalesce(series_id, task_id), agency_id, role, successor_id, confidence "
        "FROM v_answers"
    )
    found = database.execute(query).fetchall()
    assert sorted(found, key=str) == sorted(wanted, key=str)


def test_inferred_successors_are_said_to_be_inferred(database: sqlite3.Connection) -> None:
    query = (
        "SELECT DISTINCT successor_id, confidence_en FROM v_answers "
        "WHERE agency_id = 'so-lao-dong-thuong-binh-va-xa-hoi'"
    )
    assert dict(database.execute(query).fetchall()) == {
        "so-noi-vu": "Reported by the source",
        "so-y-te": "Inferred, to be confirmed",
        "so-giao-duc-va-dao-tao": "Inferred, to be confirmed",
        "so-nong-nghiep-va-moi-truong": "Inferred, to be confirmed",
    }


def test_about_lists_every_table_and_view_with_its_rows(database: sqlite3.Connection) -> None:
    there = database.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
    told = rows_of(database, "SELECT * FROM about")
    assert {row["name"] for row in told} == {name for (name,) in there}
    for row in told:
        (count,) = database.execute(f'SELECT count(*) FROM "{row["name"]}"').fetchone()
        assert row["row_count"] == count, row["name"]
        assert row["title_vi"] != row["title_en"]


def test_every_column_of_data_results_and_views_is_explained(
    database: sqlite3.Connection,
) -> None:
    told = database.execute("SELECT table_name, column_name FROM about_columns ORDER BY rowid")
    shown = "SELECT name FROM about WHERE kind <> 'about' ORDER BY rowid"
    there = [
        (name, column[0])
        for (name,) in database.execute(shown).fetchall()
        for column in database.execute(f'SELECT * FROM "{name}" LIMIT 0').description
    ]
    assert told.fetchall() == there
    empty = "SELECT count(*) FROM about_columns WHERE trim(description_vi) = ''"
    assert database.execute(empty).fetchone() == (0,)


def test_every_code_is_explained(database: sqlite3.Connection, edition: Edition) -> None:
    wanted = {
        (table, column, code): (label["vi"], label["en"])
        for table, fields in all_fields(edition).items()
        for column, field in fields.items()
        for code, label in field.get("enumLabels", {}).items()
    }
    query = "SELECT table_name, column_name, code, label_vi, label_en FROM codes"
    found = {row[:3]: row[3:] for row in database.execute(query)}
    of_views = {key: label for key, label in found.items() if key[0] in VIEWS}
    assert {key: label for key, label in found.items() if key not in of_views} == wanted
    assert of_views["v_gap", "verdict", "MET"] == wanted["results_gap", "verdict", "MET"]


def test_version_and_licence_are_told(database: sqlite3.Connection, edition: Edition) -> None:
    told = {name: (vi, en) for name, vi, en in database.execute("SELECT * FROM about_package")}
    assert told["version"] == (edition.version, edition.version)
    assert told["licence_code"][0] == "CC-BY-4.0"
    assert told["title"] == tuple(descriptor(edition.root)["titles"].values())
    assert edition.version in told["citation"][1]
    assert "unofficial" in told["english"][1]
    assert told["assessed_on"][0] == edition.as_of.isoformat()


def test_a_broken_reference_is_refused_and_named(edition: Edition, tmp_path: Path) -> None:
    content = read_content(edition)
    sources = content["sources"]
    fewer = Table(sources.resource, sources.rows[1:])
    data = [fewer if table.name == "sources" else table for table in content.data]
    with pytest.raises(UserErrors, match="what table sources does not have"):
        write_sqlite(about(edition), Content(data, content.results), tmp_path / "x.sqlite")
