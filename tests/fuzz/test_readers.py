from __future__ import annotations

import sys
from pathlib import Path

import pytest

from analysis.intake.reading import read_book
from tests.fuzz import readers
from tests.intake.reading.mutations import CSV


def test_the_first_byte_says_which_file_is_meant() -> None:
    assert readers.file_of(b"") == (".csv", b"")
    assert readers.file_of(b"\0" + CSV) == (".csv", CSV)
    for kind in range(256):
        ending, content = readers.file_of(bytes([kind]) + b"x")
        assert ending in readers.WHOLE
        assert content == b"x" or content.startswith(b"PK")


def test_the_seeds_stand_for_every_kind_of_file_and_are_mostly_good(tmp_path: Path) -> None:
    kinds = {seed[0] for seed in readers.seeds()}
    assert kinds == set(range(len(readers.WHOLE) + len(readers.MEMBERS)))
    for seed in (seed for seed in readers.seeds() if seed[0] < len(readers.WHOLE)):
        ending, content = readers.file_of(seed)
        (tmp_path / f"a{ending}").write_bytes(content)
        assert read_book(tmp_path / f"a{ending}").sheets


def test_without_atheris_it_says_that_nothing_was_tried(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["readers", "--runs", "1"])
    monkeypatch.setattr(readers, "find_spec", lambda _name: None)
    assert readers.main() == 0
    assert "atheris is not installed" in capsys.readouterr().out
