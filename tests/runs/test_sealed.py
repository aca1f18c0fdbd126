from __future__ import annotations

from pathlib import Path

import pytest

from analysis.runs.sealed import read_sealed, write_sealed

CONTENT = {"a": [1, 2.5, "đ"], "b": {"c": None}}


def test_what_was_sealed_is_read_as_it_was(tmp_path: Path) -> None:
    write_sealed(tmp_path / "x.json", {**CONTENT, "t": ("u",)})
    assert read_sealed(tmp_path / "x.json") == {**CONTENT, "t": ["u"]}


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("x", "y"):
        write_sealed(tmp_path / name, CONTENT)
    assert (tmp_path / "x").read_bytes() == (tmp_path / "y").read_bytes()


def test_a_change_of_any_character_that_matters_breaks_the_seal(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    write_sealed(path, CONTENT)
    whole = path.read_text(encoding="utf-8")
    for place, sign in enumerate(whole):
        if sign.isalnum():
            path.write_text(f"{whole[:place]}7{whole[place + 1 :]}" if sign != "7" else whole + "x")
            assert read_sealed(path) is None, whole[place : place + 20]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 1}', '{"a": 1, "seal": ""}'])
def test_what_is_cut_off_or_was_never_sealed_is_not_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text)
    assert read_sealed(tmp_path / "x.json") is None


def test_a_missing_file_is_not_read(tmp_path: Path) -> None:
    assert read_sealed(tmp_path / "none.json") is None
