"""A site of the real data to upload."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.publish import Edition


@pytest.fixture(scope="session")
def site(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that holds the data package and nothing else."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copyfile(edition.root / "datapackage.json", folder / "datapackage.json")
    for resource in edition.descriptor["resources"]:
        target = folder / resource["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(edition.root / resource["path"], target)
    return folder
