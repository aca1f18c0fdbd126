"""What a report depends on, and nothing else, has a digest."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from analysis.runs.job import Job
from analysis.runs.keys import CODE, LIBRARIES, ROOT, Surroundings, differing, digest, files_digest
from analysis.runs.kinds import Kind
from tests.runs.project import write_project

GAP = Kind("gap", "group_id", 30)
JOB = Job("gap", "1", "vi")
GIVEN = {"base_year": 2020, "as_of": "2026-03-01"}


@pytest.fixture
def around(tmp_path: Path) -> Surroundings:
    root = write_project(tmp_path)
    return Surroundings(root, root / "notebooks")


def changed(around: Surroundings, **given: object) -> list[str]:
    """What differs between the report as it is, and as it is asked for otherwise."""
    first = around.of_job(JOB, GAP, GIVEN)
    return differing(first, around.of_job(JOB, GAP, {**GIVEN, **given}))


def test_the_same_report_has_the_same_digests(around: Surroundings) -> None:
    assert changed(around) == []


def test_the_day_is_no_part_of_them(around: Surroundings) -> None:
    assert changed(around, as_of="2027-01-01") == []


def test_another_parameter_is(around: Surroundings) -> None:
    assert changed(around, base_year=2021) == ["parameters"]


@pytest.mark.parametrize("job", [Job("gap", "2", "vi"), Job("gap", "1", "en")])
def test_another_subject_or_language_is(around: Surroundings, job: Job) -> None:
    first, second = (around.of_job(one, GAP, GIVEN) for one in (JOB, job))
    assert differing(first, second) == ["parameters"]


def test_another_notebook_is(around: Surroundings) -> None:
    before = around.of_job(JOB, GAP, GIVEN)
    (around.notebooks / "gap.ipynb").write_text("{}")
    assert differing(before, around.of_job(JOB, GAP, GIVEN)) == ["notebook"]


def test_the_rows_of_another_group_are_not(around: Surroundings) -> None:
    before, whole = around.data_of_job(JOB, GAP), around.data_digest
    table = around.data_root / "data" / "plan" / "indicator_groups.csv"
    table.write_text(table.read_text().replace("Health", "Well-being"))
    now = Surroundings(around.data_root, around.notebooks)
    assert now.data_of_job(JOB, GAP) == before
    assert now.data_of_job(Job("gap", "3", "vi"), GAP) != around.data_of_job(
        Job("gap", "3", "vi"), GAP
    )
    assert now.data_digest != whole


def test_the_versions_of_libraries_are_told_as_they_are(around: Surroundings) -> None:
    assert around.shared["library: pandas"] == version("pandas")
    assert {f"library: {name}" for name in LIBRARIES} <= set(around.shared)
    assert "none" not in {around.shared[f"library: {name}"] for name in LIBRARIES}


def test_only_the_texts_that_are_asked_for_matter(around: Surroundings) -> None:
    keys = ["vi/verdict.MET", "vi/never.there"]
    before = around.digest_of_texts(keys)
    other = Surroundings(around.data_root, around.notebooks)
    texts = {**around.texts, "vi/verdict.NOT_MET": "otherwise"}
    other.__dict__["texts"] = texts
    assert other.digest_of_texts(keys) == before
    other.__dict__["texts"] = {**texts, "vi/never.there": "now it is"}
    assert other.digest_of_texts(keys) != before
    other.__dict__["texts"] = {**texts, "vi/verdict.MET": "otherwise"}
    assert other.digest_of_texts(keys) != before


def test_digests_tell_where_one_part_ends_and_the_next_begins() -> None:
    assert digest(b"ab", b"c") != digest(b"a", b"bc")
    assert digest(b"") != digest()


def test_the_name_of_a_file_is_part_of_its_digest_and_its_place_is_not(tmp_path: Path) -> None:
    for folder, name in (("one", "a.py"), ("two", "a.py"), ("three", "b.py")):
        (tmp_path / folder / "room" / "__pycache__").mkdir(parents=True)
        (tmp_path / folder / "room" / name).write_text("x = 1\n")
        (tmp_path / folder / "room" / "__pycache__" / "a.pyc").write_text(folder)
    one, two, three = (files_digest(tmp_path / name, ["room"]) for name in ("one", "two", "three"))
    assert one == two != three


def imported(path: Path) -> Iterator[Path]:
    """The modules of ours that a module imports, for type checking alone or not."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            if name.partition(".")[0] == "analysis":
                place = ROOT.joinpath(*name.split(".")[1:])
                yield from (
                    one
                    for one in (place.with_suffix(".py"), place / "__init__.py")
                    if one.is_file()
                )


def reached(*starts: str) -> set[Path]:
    """All modules that a report's making can import, from the modules that make it."""
    front, seen = [ROOT / start for start in starts], set[Path]()
    while front:
        path = front.pop()
        if path not in seen:
            seen.add(path)
            front += imported(path)
    return seen


NOT_IN_A_REPORT = {
    "runs/job.py", "runs/kinds.py", "runs/__init__.py",  # how reports are named
    "plan",  # package knows the names of its tables
    "observe/what_if.py",  # inside a room that counts as a whole
}  # fmt: skip


def test_every_module_that_a_report_is_made_with_counts() -> None:
    counted = [ROOT / name for names in CODE.values() for name in names]
    left_out = [ROOT / name for name in NOT_IN_A_REPORT]
    missing = {
        path.relative_to(ROOT).as_posix()
        for path in reached("reports/__init__.py", "runs/html.py")
        if not any(path == one or one in path.parents for one in (*counted, *left_out))
    }
    assert missing == set()


def test_every_file_that_counts_is_there() -> None:
    assert [name for names in CODE.values() for name in names if not (ROOT / name).exists()] == []
