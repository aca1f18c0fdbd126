from __future__ import annotations

from pathlib import Path

import pytest

from tests.package.builder import build


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the small valid package; tests must not change it."""
    return build(tmp_path_factory.mktemp("package"))
