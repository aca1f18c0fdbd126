from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from analysis.errors import UserError
from analysis.intake.reading.limits import FILE
from analysis.intake.reading.source import read_bytes, shown


def refused(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_bytes(path)
    assert caught.value.where == shown(path)
    assert caught.value.mend
    return caught.value.what


def test_a_regular_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert read_bytes(tmp_path / "a") == b"abc"


def test_a_link_to_a_regular_file_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert read_bytes(tmp_path / "link") == b"abc"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "a") == "there is no such file"


def test_a_link_to_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert refused(tmp_path / "link") == "there is no such file"


def test_links_in_a_ring_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert refused(tmp_path / "a").startswith("the file cannot be read: ")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path) == "that is a folder"


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe") == "that is no regular file"


def test_what_becomes_a_pipe_after_the_first_look_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "a").write_bytes(b"abc")
    regular = (tmp_path / "a").stat()
    monkeypatch.setattr(Path, "stat", lambda _self: regular)
    assert refused(tmp_path / "pipe") == "that is no regular file"


def test_a_device_that_never_ends_is_not_read() -> None:
    assert refused(Path("/dev/zero")) == "that is no regular file"


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("s")
        assert refused(Path("s")) == "that is no regular file"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert refused(tmp_path / "a") == "the file is empty"


def test_a_file_at_the_limit_is_read_and_one_beyond_it_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.touch()
    os.truncate(path, FILE)
    assert len(read_bytes(path)) == FILE
    os.truncate(path, FILE + 1)
    assert refused(path) == "the file is larger than 20 MB"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_must_not_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    (tmp_path / "a").chmod(0)
    assert refused(tmp_path / "a").startswith("the file cannot be read: ")


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "x" * 300])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path / name)


def test_a_name_that_would_command_the_terminal_is_shown_without_it() -> None:
    assert shown(Path("a\x1b[31m\u202eb\n.csv")) == "a�[31m�b�.csv"


def test_a_vietnamese_name_is_shown_as_it_is() -> None:
    assert shown(Path("Báo cáo năm 2025.xlsx")) == "Báo cáo năm 2025.xlsx"
