from __future__ import annotations

import io
import struct
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from analysis.errors import UserError
from analysis.intake.reading import read_book
from analysis.intake.reading.archive import Archive
from analysis.intake.reading.desk import Desk
from analysis.intake.reading.limits import MEGABYTE, MEMBERS, SMALL
from tests.intake.reading.builders import cells, packed, refusal, xlsx_parts


def archive_of(parts: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with ZipFile(written, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(UserError) as caught:
        Archive(data, Desk("a.xlsx"))
    assert caught.value.where == "a.xlsx"
    assert caught.value.mend
    return caught.value.what


def with_size(data: bytes, name: str, size: int) -> bytes:
    """Let the headers of a member lie about its unpacked length."""
    encoded = name.encode()
    at = data.index(b"PK\x03\x04")
    central = data.index(b"PK\x01\x02")
    assert data[at + 30 :].startswith(encoded)
    assert data[central + 46 :].startswith(encoded)
    lie = struct.pack("<I", size)
    data = data[: central + 24] + lie + data[central + 28 :]
    return data[: at + 22] + lie + data[at + 26 :]


def test_members_are_found_by_name_whatever_the_case() -> None:
    archive = Archive(archive_of({"XL/Sheet.xml": b"abc"}), Desk("a.xlsx"))
    assert "xl/sheet.XML" in archive
    assert b"".join(archive.chunks("xl/sheet.xml")) == b"abc"
    assert archive.names == ("XL/Sheet.xml",)


def test_a_member_that_is_not_there_is_missed() -> None:
    archive = Archive(archive_of({"a": b"abc"}), Desk("a.xlsx"))
    with pytest.raises(UserError, match="the part 'b' is missing"):
        archive.chunks("b")


def test_bytes_that_only_begin_like_an_archive_are_refused() -> None:
    assert refused(b"PK\x03\x04" + b"x" * 100).endswith("the archive that it is cannot be opened")


@pytest.mark.parametrize("kept", [10, 100, -1, -30])
def test_an_archive_cut_short_is_refused(kept: int) -> None:
    assert "damaged" in refused(archive_of({"a": b"abc" * 100})[:kept])


def test_a_member_whose_bytes_were_changed_is_refused() -> None:
    data = archive_of({"a": b"abcabc"}, ZIP_STORED).replace(b"abcabc", b"abcabd")
    assert refused(data).endswith("the part 'a' cannot be unpacked")


def test_a_bomb_is_not_unpacked() -> None:
    assert "unpacks to far more" in refused(archive_of({"a": b"\0" * (50 * MEGABYTE)}))


def test_a_bomb_that_lies_about_its_length_is_refused() -> None:
    bomb = archive_of({"a": b"\0" * (50 * MEGABYTE)})
    assert "cannot be unpacked" in refused(with_size(bomb, "a", 100))
    assert "unpacks to far more" in refused(with_size(bomb, "a", 2**32 - 2))


def test_many_members_that_are_a_bomb_together_are_refused() -> None:
    noise = b"".join(sha256(bytes([each])).digest() for each in range(256)) * 2
    content = noise + b"\0" * (2 * MEGABYTE)
    assert Archive(archive_of({"a": content}), Desk("a.xlsx"))
    members = {str(number): content for number in range(100)}
    assert "unpacks to far more" in refused(archive_of(members))


def test_a_small_member_may_grow_as_it_likes() -> None:
    assert Archive(archive_of({"a": b"\0" * SMALL}), Desk("a.xlsx"))


def test_too_many_members_are_refused() -> None:
    assert Archive(archive_of({str(each): b"" for each in range(MEMBERS)}), Desk("a.xlsx"))
    many = archive_of({str(each): b"" for each in range(MEMBERS + 1)})
    assert refused(many) == "the file has more than 2,000 parts"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["a.xml", "A.XML"])
def test_a_member_that_is_there_twice_is_refused(second: str) -> None:
    written = io.BytesIO()
    with ZipFile(written, "w") as archive:
        archive.writestr("a.xml", b"1")
        archive.writestr(second, b"2")
    assert "twice" in refused(written.getvalue())


def test_a_method_of_packing_that_no_spreadsheet_uses_is_refused() -> None:
    assert "packed by a method" in refused(archive_of({"a": b"abc"}, ZIP_BZIP2))


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(archive_of({"a": b"abc"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert refused(bytes(data)) == "the file is protected by a password"


@pytest.mark.parametrize(
    "declared", ["<!DOCTYPE a>", "<!DOCTYPE a SYSTEM 'http://a'>", "<!ENTITY a 'b'>"]
)
def test_a_declaration_is_refused_in_a_part_that_nobody_reads(
    tmp_path: Path, declared: str
) -> None:
    parts = xlsx_parts() | {"docProps/app.xml": f"<?xml version='1.0'?>{declared}<a/>"}
    error = refusal(packed(tmp_path / "a.xlsx", parts))
    assert error.what.startswith("the part 'docProps/app.xml' declares a document type")


def test_a_declaration_across_two_pieces_is_found(tmp_path: Path) -> None:
    for before in range(64 * 1024 - 9, 64 * 1024 + 1):
        content = " " * before + "<!DOCTYPE a>"
        parts = xlsx_parts() | {"docProps/app.xml": content}
        assert "declares" in refusal(packed(tmp_path / "a.xlsx", parts)).what


def test_the_same_letters_in_a_picture_are_no_declaration(tmp_path: Path) -> None:
    parts = xlsx_parts("<row><c><v>1</v></c></row>") | {"xl/media/a.png": b"<!DOCTYPE"}
    assert cells(read_book(packed(tmp_path / "a.xlsx", parts))) == [["1"]]
