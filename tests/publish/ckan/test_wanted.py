"""Reading what a portal shall hold from the record of a catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analysis.errors import UserErrors
from analysis.publish.ckan.wanted import read_wanted
from tests.publish.ckan.site import FILES, package, write_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path, FILES)


def test_the_files_are_those_of_the_record_in_its_order(site: Path) -> None:
    wanted = read_wanted(package("name", FILES), site)
    assert [each.path for each in wanted.files] == list(FILES)
    assert [each.read(site) for each in wanted.files] == list(FILES.values())
    assert wanted.tags == ("an sinh xã hội", "quang-ninh")
    assert wanted.extras == {"as_of": "2026-11-25", "language": "vi, en"}
    assert set(wanted.fields) == {"title", "notes", "license_id", "version"}


def test_neither_the_path_nor_the_size_is_told_as_a_field(site: Path) -> None:
    first = read_wanted(package("name", FILES), site).files[0]
    assert set(first.fields) == {"name", "description", "format", "mimetype", "hash"}


def test_every_file_that_is_not_that_of_the_catalogue_is_named(site: Path) -> None:
    (site / "data/plan/targets.csv").write_bytes(b"")
    (site / "data/plan/tasks.csv").unlink()
    with pytest.raises(UserErrors) as refused:
        read_wanted(package("name", FILES), site)
    assert len(refused.value.errors) == 2
    assert all("plan155 publish" in each.mend for each in refused.value.errors)


@pytest.mark.parametrize(
    "changed",
    [
        {"url": "../secret.csv"},
        {"url": "/etc/hostname"},
        {"hash": "md5:00"},
        {"url": "data/plan/tasks.csv"},
        {"description": None},
        {"languages": ["vi"]},
    ],
)
def test_a_record_that_is_not_sound_is_a_fault_of_the_program(
    site: Path, changed: dict[str, Any]
) -> None:
    record = package("name", FILES)
    record["resources"][0] |= changed
    with pytest.raises(ValueError, match=r"."):
        read_wanted(record, site)
