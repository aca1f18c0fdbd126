"""The files of data/source and the check of the plan's text."""

from __future__ import annotations

import shutil
import unicodedata
from hashlib import sha256
from pathlib import Path

import pytest

from analysis.plan.build import build
from analysis.plan.errors import PlanError, Problems
from analysis.plan.sources import check_source, read_sources


def check(content: bytes, declared: str | None = None) -> str:
    problems = Problems()
    text = check_source(content, declared or sha256(content).hexdigest(), problems)
    problems.raise_all()
    return text


def test_a_text_with_the_declared_sum_is_taken_as_it_is() -> None:
    assert check("Tỷ lệ\n".encode()) == "Tỷ lệ\n"


def test_an_edited_text_is_a_fault() -> None:
    with pytest.raises(PlanError, match="never edited"):
        check(b"edited", "0" * 64)


def test_a_text_that_is_not_utf8_is_a_fault() -> None:
    with pytest.raises(PlanError, match="not UTF-8"):
        check("Tỷ lệ".encode("utf-16"))


@pytest.mark.parametrize("text", [unicodedata.normalize("NFD", "a\nTỷ lệ"), "a\nb\r\n"])
def test_a_text_in_another_form_is_a_fault_that_names_the_line(text: str) -> None:
    with pytest.raises(PlanError, match="not in Unicode NFC") as raised:
        check(text.encode())
    assert "line 2" in str(raised.value)


@pytest.fixture
def copied(source_dir: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(source_dir, tmp_path / "source"))


def test_one_changed_byte_stops_the_build_from_disk(copied: Path) -> None:
    path = copied / "155-kh-ubnd.txt"
    path.chmod(0o644)
    path.write_text(path.read_text("utf-8").replace("19.000-20.000", "19.000-20.001"), "utf-8")
    with pytest.raises(PlanError, match="sha256"):
        build(copied)


def test_a_missing_file_is_a_fault_that_names_it(copied: Path) -> None:
    (copied / "series.yaml").unlink()
    (copied / "units.yaml").unlink()
    with pytest.raises(PlanError, match=r"series\.yaml") as raised:
        read_sources(copied)
    assert "units.yaml" in str(raised.value)


def test_a_file_that_is_not_yaml_is_a_fault_that_names_it(copied: Path) -> None:
    (copied / "levels.yaml").write_text("levels: [", "utf-8")
    with pytest.raises(PlanError, match=r"levels\.yaml"):
        read_sources(copied)


@pytest.mark.parametrize("name", ["agencies", "readings", "units"])
def test_a_file_without_its_list_is_a_fault_that_names_it(copied: Path, name: str) -> None:
    (copied / f"{name}.yaml").write_text("other: []\n", "utf-8")
    with pytest.raises(PlanError, match=name):
        read_sources(copied)
