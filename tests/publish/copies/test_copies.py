"""All copies together: the same bytes anywhere, nothing of the machine in them, their page."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from analysis.publish import Edition
from analysis.publish.copies import write_copies
from analysis.publish.copies.tables import read_content
from analysis.publish.copies.views import views
from tests.publish.copies.conftest import NAME
from tests.publish.copies.expected import Row

ROOT = Path(__file__).parents[3]
PAGES = {"en": ROOT / "docs" / "copies.md", "vi": ROOT / "docs" / "copies.vi.md"}
AGAIN = """
import sys
from pathlib import Path
from analysis.publish import open_edition
from analysis.publish.copies import write_copies
from analysis.runs.places import Outputs

root, outputs, folder = map(Path, sys.argv[1:])
write_copies(open_edition(root, Outputs(outputs)), folder)
"""


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def page(language: str) -> str:
    return PAGES[language].read_text(encoding="utf-8")


def blocks(language: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", page(language), re.DOTALL | re.MULTILINE)


def test_the_returned_paths_are_all_files_sorted(edition: Edition, tmp_path: Path) -> None:
    written = write_copies(edition, tmp_path / "a" / "b")
    assert list(written) == sorted(written)
    assert {path.relative_to(tmp_path / "a" / "b").as_posix() for path in written} == set(
        digests(tmp_path / "a" / "b")
    )


def test_another_process_at_another_time_and_place_writes_the_same_bytes(
    edition: Edition, copies: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "elsewhere"
    command = [sys.executable, "-c", AGAIN, edition.root, edition.outputs.root, folder]
    odd = {"TZ": "Asia/Ho_Chi_Minh", "PYTHONHASHSEED": "7", "LC_ALL": "C", "HOME": "/nowhere"}
    environment = {**os.environ, **odd, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run(command, check=True, env=environment, cwd=tmp_path)
    assert digests(folder) == digests(copies)


def test_writing_over_older_copies_gives_the_same_bytes(
    edition: Edition, copies: Path, tmp_path: Path
) -> None:
    for name in digests(copies):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"older")
    write_copies(edition, tmp_path)
    assert digests(tmp_path) == digests(copies)


def test_no_copy_names_the_machine_it_was_made_on(edition: Edition, copies: Path) -> None:
    places = [str(copies).encode(), str(edition.root).encode(), str(edition.outputs.root).encode()]
    for name in digests(copies):
        data = (copies / name).read_bytes()
        assert not [place for place in places if place in data], name


def test_the_tables_of_an_edition_are_typed_as_the_csv_files_say(
    edition: Edition, expected: dict[str, list[Row]]
) -> None:
    content = read_content(edition)
    assert {name: list(table.records) for name, table in content.items()} == expected


def test_a_column_is_known_to_take_its_values_from_a_table(edition: Edition) -> None:
    content = read_content(edition)
    known = {
        (table.name, column): content.reference(table, column)
        for table in content.values()
        for column in table.columns
    }
    assert known["agency_successions", "successor_id"] == ("agencies", "agency_id")
    assert known["results_targets", "target_source_id"] == ("sources", "source_id")
    assert known["results_tasks", "task_group_id"] == ("task_groups", "task_group_id")
    for nothing in (
        ("series", "series_id"),
        ("citations", "place_id"),
        ("results_sensitivity", "scenario_id"),
        ("results_rollup", "part_id"),
        ("results_tasks", "lead_ids"),
    ):
        assert known[nothing] is None


def test_every_declared_reference_of_the_results_is_to_a_value_that_is_there(
    edition: Edition, expected: dict[str, list[Row]]
) -> None:
    content = read_content(edition)
    for table in content.results:
        for column in table.columns:
            found = content.reference(table, column)
            if found is not None:
                home, key = found
                known = {row[key] for row in expected[home]}
                used = {row[column] for row in expected[table.name]} - {None}
                assert used <= known, (table.name, column)


# The page on them


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_view_has_a_query_that_finds_something(copies: Path, language: str) -> None:
    queries = blocks(language, "sql")
    assert len(queries) == len(views())
    for view, query in zip(views(), queries, strict=True):
        with closing(sqlite3.connect(copies / f"{NAME}.sqlite")) as connection:
            assert f"FROM {view.name}\n" in query
            assert connection.execute(query).fetchall(), query


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_python_code_of_the_page_runs(
    copies: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copies)
    found: dict[str, object] = {}
    for code in blocks(language, "python"):
        exec(code, found)
    assert "110 series" in repr(found["plan"])
    assert len(found["series"]) == 110  # type: ignore[arg-type]
    assert found["late"]


def test_both_pages_say_the_same_with_the_same_code() -> None:
    for kind in ("sql", "python"):
        vietnamese = [re.sub(r"_vi\b", "_en", code) for code in blocks("vi", kind)]
        assert vietnamese == blocks("en", kind)
    names = {
        language: sorted(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.S)))
        for language, text in ((each, page(each)) for each in PAGES)
    }
    assert names["vi"] == names["en"]
