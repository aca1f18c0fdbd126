from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analysis.publish import Edition
from analysis.publish.interface import write_interface
from tests.publish.copies.expected import Row, standing_cells
from tests.publish.copies.hostile import hostile

Documents = dict[str, dict[str, Any]]


def refuse(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def read(folder: Path) -> Documents:
    """Return every document by its address."""
    return {
        path.relative_to(folder).as_posix(): json.loads(
            path.read_text(encoding="utf-8"), parse_constant=refuse
        )
        for path in sorted(folder.rglob("*.json"))
    }


@pytest.fixture(scope="session")
def folder(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interface to the real data; tests must not change it."""
    folder = tmp_path_factory.mktemp("interface") / "api" / "v1"
    write_interface(edition, folder)
    return folder


@pytest.fixture(scope="session")
def documents(folder: Path) -> Documents:
    """All documents but the schema; tests must not change them."""
    return {name: one for name, one in read(folder).items() if name != "schema.json"}


@pytest.fixture(scope="session")
def schema(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "schema.json").read_bytes())
    return found


@pytest.fixture(scope="session")
def expected(edition: Edition) -> dict[str, list[Row]]:
    """The typed rows of every table that stand, from the CSV files."""
    return standing_cells(edition)


@pytest.fixture(scope="session")
def hostile_edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return hostile(tmp_path_factory.mktemp("hostile"))
