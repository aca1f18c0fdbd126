"""A project that is not well is refused before anything is touched; the outputs stay as they are.

Each test spoils a copy of the whole project, with outputs that were made of it when it was well.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.test_run import ROOT, plan155
from tests.e2e.whole import bytes_of, faults
from tests.test_cli import plan155 as here

pytestmark = pytest.mark.e2e

ASKED = ("--kind", "tasks", "--task-group", "IV", "--as-of", "2026-09-30")

OBSERVATIONS = Path("data/observed/observations.csv")
SOURCES = Path("data/observed/sources.csv")
TARGETS = Path("data/plan/targets.csv")
DESCRIPTOR = Path("datapackage.json")
TEXT = Path("data/source/155-kh-ubnd.txt")


@pytest.fixture(scope="module")
def well(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("well")
    for name in ("data", "docs", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / DESCRIPTOR, folder)
    (folder / TEXT).chmod(0o644)
    result = plan155("run", "--root", str(folder), *ASKED)
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture
def root(well: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(well, tmp_path / "project"))


def rewrite(path: Path, how: Callable[[bytes], bytes]) -> None:
    content = path.read_bytes()
    changed = how(content)
    assert changed != content
    path.write_bytes(changed)


def rewrite_descriptor(root: Path, how: Callable[[dict[str, Any]], object]) -> None:
    content = json.loads((root / DESCRIPTOR).read_bytes())
    how(content)
    (root / DESCRIPTOR).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def resource(descriptor: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in descriptor["resources"] if one["name"] == name)
    return found


def fields(descriptor: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = resource(descriptor, name)["schema"]["fields"]
    return found


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def cut_between_rows(content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    return b"".join(lines[: len(lines) // 2])


def not_utf8(content: bytes) -> bytes:
    return content.replace("ả".encode(), b"\xe1\xba", 1)


def with_nul(content: bytes) -> bytes:
    return content.replace(b",", b",\0", 1) if b"\n" not in content else _in_last_line(content)


def _in_last_line(content: bytes) -> bytes:
    head, _, last = content.rstrip(b"\n").rpartition(b"\n")
    return head + b"\n" + last.replace(b",", b"\0,", 1) + b"\n"


def one_column_more(content: bytes) -> bytes:
    head, *rows = content.splitlines()
    return b"\n".join([head + b",more", *(row + b",1" for row in rows)]) + b"\n"


def one_cell_more(content: bytes) -> bytes:
    return content.rstrip(b"\n") + b",1\n"


SPOILT: dict[str, Callable[[Path], object]] = {
    "a table cut in half": lambda root: rewrite(root / OBSERVATIONS, cut),
    "a table cut between two rows": lambda root: rewrite(root / OBSERVATIONS, cut_between_rows),
    "a table without a row": lambda root: rewrite(root / OBSERVATIONS, lambda _: b""),
    "a table that is not UTF-8": lambda root: rewrite(root / SOURCES, not_utf8),
    "a table with a NUL": lambda root: rewrite(root / OBSERVATIONS, with_nul),
    "a column too many": lambda root: rewrite(root / OBSERVATIONS, one_column_more),
    "a cell too many": lambda root: rewrite(root / OBSERVATIONS, one_cell_more),
    "a table of agencies without its key": lambda root: rewrite(
        root / "data/plan/indicator_agencies.csv", lambda text: text.replace(b"agency_id", b"x", 1)
    ),
    "a table of the plan cut in half": lambda root: rewrite(root / TARGETS, cut),
    "a table of the plan that is not UTF-8": lambda root: rewrite(root / TARGETS, not_utf8),
    "a table of the plan that is gone": lambda root: (root / TARGETS).unlink(),
    "a table that is gone": lambda root: (root / SOURCES).unlink(),
    "a folder in the place of a table": lambda root: (
        (root / SOURCES).unlink(),
        (root / SOURCES).mkdir(),
    ),
    "a column of another type": lambda root: rewrite_descriptor(
        root, lambda told: fields(told, "observations")[0].update(type="integer")
    ),
    "a column that is not described": lambda root: rewrite_descriptor(
        root, lambda told: fields(told, "observations").pop()
    ),
    "a table without a schema": lambda root: rewrite_descriptor(
        root, lambda told: resource(told, "observations").pop("schema")
    ),
    "a table that is not described": lambda root: rewrite_descriptor(
        root, lambda told: told["resources"].remove(resource(told, "sources"))
    ),
    "resources that are no list of objects": lambda root: rewrite_descriptor(
        root, lambda told: told.update(resources=["sources"])
    ),
    "a resource without a path": lambda root: rewrite_descriptor(
        root, lambda told: resource(told, "sources").pop("path")
    ),
    "no resources": lambda root: rewrite_descriptor(root, lambda told: told.pop("resources")),
    "a column of another name": lambda root: rewrite_descriptor(
        root, lambda told: fields(told, "series")[0].update(name="series")
    ),
    "no descriptor": lambda root: (root / DESCRIPTOR).unlink(),
    "a descriptor that is not JSON": lambda root: rewrite(root / DESCRIPTOR, cut),
    "a descriptor that is a list": lambda root: rewrite(root / DESCRIPTOR, lambda _: b"[]"),
    "a descriptor that is not UTF-8": lambda root: rewrite(root / DESCRIPTOR, not_utf8),
    "no text of the plan": lambda root: (root / TEXT).unlink(),
    "another text of the plan": lambda root: rewrite(root / TEXT, cut),
    "no notebooks": lambda root: shutil.rmtree(root / "notebooks"),
    "a notebook that is cut off": lambda root: rewrite(root / "notebooks" / "tasks.ipynb", cut),
    "a notebook without cells": lambda root: (root / "notebooks" / "tasks.ipynb").write_text(
        '{"metadata": {"plan155": {"subject": "task_group_id", "order": 50}}}'
    ),
    "a notebook that is a list": lambda root: (root / "notebooks" / "gap.ipynb").write_text("[]"),
}

SAID = {
    "a table of the plan cut in half": str(TARGETS),
    "a table of the plan that is not UTF-8": "cannot be read",
    "a table of the plan that is gone": "targets",
    "a table with a NUL": str(OBSERVATIONS),
    "a column too many": "observations",
    "a column of another name": "series",
    "no descriptor": "no datapackage.json",
    "a descriptor that is not JSON": "not JSON",
    "no text of the plan": TEXT.name,
    "another text of the plan": TEXT.name,
    "a notebook that is cut off": "tasks.ipynb",
}


def test_the_project_is_well_before_it_is_spoilt(root: Path) -> None:
    before = bytes_of(root / "outputs" / "vi")
    result = plan155("run", "--root", str(root), *ASKED)
    assert (result.returncode, "1 fresh" in result.stdout) == (0, True)
    assert faults(root / "outputs") == []
    assert bytes_of(root / "outputs" / "vi") == before


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_project_is_refused_with_what_where_and_how_to_mend_it(
    root: Path, how: str
) -> None:
    SPOILT[how](root)
    before = bytes_of(root / "outputs")
    result = here("run", "--root", root, *ASKED)
    assert result.exit_code == 2, result.stderr
    assert "Traceback" not in result.stderr
    for word in ("error: ", "  where: ", "  mend:  "):
        assert word in result.stderr
    assert SAID.get(how, "") in result.stderr
    assert bytes_of(root / "outputs") == before
    assert not list((root / "outputs").glob(".work-*"))


def test_a_folder_of_notebooks_that_is_not_there_is_refused(well: Path) -> None:
    before = bytes_of(well / "outputs")
    result = here("run", "--root", well, "--notebooks", well / "nowhere")
    assert result.exit_code == 2
    assert "no folder of notebooks" in result.stderr
    assert bytes_of(well / "outputs") == before
