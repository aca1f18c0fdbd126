"""Files made from good ones by what happens to files: bits that turn, pieces that go or come twice.

An archive is also taken apart, changed in one of its members and put together again, since a
change of its bytes is nearly always found by its check sums, before anything is read.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias
from zipfile import ZipFile

from hypothesis import strategies as st

from tests.intake.reading.builders import (
    PERCENT,
    ods_content,
    ods_number,
    ods_parts,
    ods_row,
    ods_table,
    ods_text,
    shared,
    xlsx_parts,
)

LONG: Final = bool(os.environ.get("PLAN155_LONG_TESTS"))
"""Whether to try many more files than each run of the suite can (``PLAN155_LONG_TESTS=1``)."""

EXAMPLES: Final = 10_000 if LONG else 60
"""Files that are made of each good one."""

Change: TypeAlias = Callable[[bytes], bytes]

TELLING: Final = (
    b"=", b"-", b"@", b'"', b"\r\n", b";", b",", b"\t", b"\0", b"\xef\xbb\xbf", b"\xff\xfe",
    b"\xff", b"<", b">", b"/>", b"&", b"&#0;", b"<!DOCTYPE a>", b"]]>", b"<!--", b"<?xml ",
    b"<f>1</f>",
    b"999999999", b"-1", b"0", b"1e999", b"NaN", b"", b' hidden="1"', b' t="e"', b' t="s"',
    b' r="XFD1048576"', b' r="A1"', b' s="7"', b"_x0000_", b"_xD800_", b"PK\x01\x02", b"PK\x05\x06",
    b' table:number-rows-repeated="1048576"', b' table:number-columns-repeated="16384"',
    b' office:value-type="date"', b' table:formula="of:=1"', b"<text:p>", b"</table:table>",
)  # fmt: skip
"""Bytes with a meaning in one of the formats."""


def _turned(at: int, bit: int) -> Change:
    def change(data: bytes) -> bytes:
        if not data:
            return data
        place = at % len(data)
        return data[:place] + bytes([data[place] ^ (1 << bit)]) + data[place + 1 :]

    return change


def _cut(at: int, length: int) -> Change:
    return lambda data: data[: at % (len(data) + 1)] + data[at % (len(data) + 1) + length :]


def _inserted(at: int, piece: bytes) -> Change:
    return lambda data: data[: at % (len(data) + 1)] + piece + data[at % (len(data) + 1) :]


def _doubled(at: int, length: int) -> Change:
    def change(data: bytes) -> bytes:
        place = at % (len(data) + 1)
        return data[: place + length] + data[place : place + length] + data[place + length :]

    return change


def _replaced(number: int, piece: bytes) -> Change:
    """Put a piece in place of what stands in one of the quotes or between two tags."""

    def change(data: bytes) -> bytes:
        marks = [at for at, each in enumerate(data) if each in b'">,;'] or [0]
        first = marks[number % len(marks)] + 1
        last = next((at for at in range(first, len(data)) if data[at] in b'"<,;\n'), len(data))
        return data[:first] + piece + data[last:]

    return change


_PLACES: Final = st.integers(0, 200_000)
_LENGTHS: Final = st.integers(1, 200)
_PIECES: Final = st.sampled_from(TELLING) | st.binary(max_size=8)

changes: Final[st.SearchStrategy[list[Change]]] = st.lists(
    st.one_of(
        st.builds(_turned, _PLACES, st.integers(0, 7)),
        st.builds(_cut, _PLACES, _LENGTHS),
        st.builds(_inserted, _PLACES, _PIECES),
        st.builds(_doubled, _PLACES, _LENGTHS),
        st.builds(_replaced, _PLACES, _PIECES),
    ),
    min_size=1,
    max_size=4,
)
"""What happens to the bytes of a file, one after the other."""


def changed(data: bytes, each: list[Change]) -> bytes:
    """Apply changes in their order."""
    for change in each:
        data = change(data)
    return data


def taken_apart(data: bytes) -> dict[str, bytes]:
    """Return the members of an archive."""
    with ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def put_together(members: Mapping[str, bytes]) -> bytes:
    """Return an archive of members, with sums that are right."""
    written = io.BytesIO()
    with ZipFile(written, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return written.getvalue()


@st.composite
def members_changed(draw: st.DrawFn, data: bytes) -> bytes:
    """Change one member of an archive, swap two, or leave one out."""
    members = taken_apart(data)
    one, other = draw(st.sampled_from(sorted(members))), draw(st.sampled_from(sorted(members)))
    happens = draw(st.sampled_from(["changed"] * 6 + ["swapped", "copied", "lost"]))
    if happens == "changed":
        members[one] = changed(members[one], draw(changes))
    elif happens == "swapped":
        members[one], members[other] = members[other], members[one]
    elif happens == "copied":
        members[one] = members[other]
    else:
        del members[one]
    return put_together(members)


def written(folder: Path, data: bytes, ending: str) -> Path:
    """Write a file over the one before."""
    path = folder / f"a{ending}"
    path.write_bytes(data)
    return path


FILES: Final = Path(__file__).parent / "files"

CSV = 'Mã,Chỉ tiêu,"Giá trị, %"\r\n5.7,"Tỷ lệ ""hộ"" nghèo\nđa chiều",87.5\r\n8.1,,-3\r\n'.encode()

SHEET = (
    f'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>'
    f'<row r="2" hidden="0"><c r="A2"><v>87.5</v></c><c r="B2" s="1"><v>46022</v></c>'
    f'<c r="C2" s="{PERCENT}"><v>0.5</v></c><c r="D2" t="b"><v>1</v></c></row>'
)
SMALL_XLSX = put_together(
    {
        name: str(content).encode()
        for name, content in xlsx_parts(
            SHEET,
            before='<cols><col min="9" max="9" hidden="1"/></cols>',
            after='<mergeCells><mergeCell ref="A9:B9"/></mergeCells>',
            texts=shared("<t>a</t>", "<r><t>b</t></r>"),
        ).items()
    }
)
SMALL_ODS = put_together(
    {
        name: str(content).encode()
        for name, content in ods_parts(
            ods_content(
                ods_table(
                    '<table:table-column table:number-columns-repeated="3"/>'
                    + ods_row(ods_text("a<text:s text:c='2'/>b") + ods_number("87.5"))
                    + ods_row(ods_text("b", 'table:number-columns-repeated="2"'), 'table:x=""')
                )
            )
        ).items()
    }
)
LIBREOFFICE_XLSX = (FILES / "libreoffice.xlsx").read_bytes()
LIBREOFFICE_ODS = (FILES / "libreoffice.ods").read_bytes()
