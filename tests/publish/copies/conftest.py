from __future__ import annotations

from pathlib import Path

import pytest

from analysis.publish import Edition
from analysis.publish.copies import write_copies
from tests.publish.copies.expected import Row, all_cells, standing_cells
from tests.publish.copies.hostile import hostile

NAME = "plan-155-quang-ninh"


@pytest.fixture(scope="session")
def copies(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all copies of the real data; tests must not change them."""
    folder = tmp_path_factory.mktemp("copies")
    write_copies(edition, folder)
    return folder


@pytest.fixture(scope="session")
def expected(edition: Edition) -> dict[str, list[Row]]:
    """The typed rows of every table, from the CSV files."""
    return all_cells(edition)


@pytest.fixture(scope="session")
def standing(edition: Edition) -> dict[str, list[Row]]:
    """The same without what was corrected or taken back."""
    return standing_cells(edition)


@pytest.fixture(scope="session")
def hostile_edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return hostile(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def hostile_copies(hostile_edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all copies of a small package with hostile texts."""
    folder = tmp_path_factory.mktemp("hostile-copies")
    write_copies(hostile_edition, folder)
    return folder


@pytest.fixture(scope="session")
def hostile_expected(hostile_edition: Edition) -> dict[str, list[Row]]:
    return all_cells(hostile_edition)
