"""What the tests of the intake share: the committed data as files are read beside them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.intake.adding import Desk
from tests.conftest import ROOT
from tests.intake.folder import Folder, unchecked
from tests.intake.papers import project
from tests.intake.processes import Server, serving


@pytest.fixture(scope="session")
def desk() -> Desk:
    """The committed package; nothing is recorded in it."""
    return Desk.open(ROOT)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    """A project of its own, in which additions are not checked each by each."""
    root, papers = tmp_path / "project", tmp_path / "papers"
    root.mkdir()
    papers.mkdir()
    with unchecked():
        yield Folder(project(root), papers)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """What runs commands in real processes."""
    with serving(tmp_path_factory.mktemp("server")) as opened:
        yield opened
