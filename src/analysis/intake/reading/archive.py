"""The archive that a workbook is: its members, unpacked bit by bit and never beyond a limit."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from analysis.errors import UserError
from analysis.intake.reading.desk import Desk
from analysis.intake.reading.faults import Fault, damaged, quoted
from analysis.intake.reading.limits import CHUNK, MEGABYTE, MEMBERS, RATIO, SMALL, UNPACKED

_ENTRY: Final = b"PK\x01\x02"
"""With which each entry of the list of members begins."""

_ENCRYPTED: Final = 0x1
_DAMAGE: Final = (
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)
"""What ``zipfile`` raises over bytes that are no sound archive."""

_MARKUP: Final = re.compile(r"\.(?:xml|rels|rdf|vml)$", re.IGNORECASE)
_DECLARATION: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_DECLARATION_LENGTH: Final = 9

PASSWORD: Final = Fault(
    "the file is protected by a password",
    "open it, remove the password for opening (File, Info, Protect) and save it again",
)


class Archive:
    """A ZIP archive of which every member was unpacked once, counted and found whole.

    Parameters
    ----------
    data
        The bytes of the file.
    desk
        The reading to which it belongs; faults that do not hinder reading are noted there.

    Raises
    ------
    UserError
        If the archive is damaged, encrypted or too large, or uses a method of packing that no
        spreadsheet uses.
    """

    def __init__(self, data: bytes, desk: Desk) -> None:
        self._desk = desk
        if data.count(_ENTRY) > MEMBERS:
            raise _too_many(desk.file)
        try:
            self._zip = ZipFile(io.BytesIO(data))
        except _DAMAGE:
            raise damaged(desk.file, "the archive that it is cannot be opened") from None
        self._members = self._by_name(self._zip.infolist())
        self._check()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members, in the order of the archive."""
        return tuple(info.filename for info in self._members.values())

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._members

    def chunks(self, name: str) -> Iterator[bytes]:
        """Give the bytes of a member, bit by bit.

        Raises
        ------
        UserError
            If there is no such member, or it is damaged.
        """
        info = self._members.get(name.casefold())
        if info is None:
            raise damaged(self._desk.file, f"the part {quoted(name)} is missing")
        return self._chunks(info)

    def _by_name(self, infos: list[ZipInfo]) -> dict[str, ZipInfo]:
        members = {info.filename.casefold(): info for info in infos}
        if len(members) < len(infos):
            raise damaged(self._desk.file, "a part of it is there twice")
        return members

    def _chunks(self, info: ZipInfo) -> Iterator[bytes]:
        try:
            with self._zip.open(info) as member:
                while chunk := member.read(CHUNK):
                    yield chunk
        except _DAMAGE:
            why = f"the part {quoted(info.filename)} cannot be unpacked"
            raise damaged(self._desk.file, why) from None

    def _check(self) -> None:
        infos = self._members.values()
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise PASSWORD.at(self._desk.file)
        if any(info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for info in infos):
            why = "it is packed by a method that no spreadsheet uses"
            raise damaged(self._desk.file, why)
        total = 0
        for info in infos:
            total += self._unpack(info, total)

    def _unpack(self, info: ZipInfo, before: int) -> int:
        """Unpack a member and forget it; return its length, whatever its header says."""
        length, end, declares = 0, b"", False
        looks = bool(_MARKUP.search(info.filename))
        for chunk in self._chunks(info):
            length += len(chunk)
            if before + length > UNPACKED or _is_bomb(length, info.compress_size):
                raise _too_large(self._desk.file, info.filename)
            if looks and not declares:
                declares = bool(_DECLARATION.search(end + chunk))
                end = chunk[1 - _DECLARATION_LENGTH :]
        if declares:
            self._desk.faults.add(declaration(info.filename))
        return length


def declaration(part: str) -> Fault:
    """Return the fault of markup that defines entities or refers to a definition elsewhere."""
    return Fault(
        f"the part {quoted(part)} declares a document type or entities, which no spreadsheet needs",
        "copy the values into a new workbook",
    )


def _is_bomb(length: int, packed: int) -> bool:
    return length > SMALL and length > RATIO * max(packed, 1)


def _too_many(file: str) -> UserError:
    what = f"the file has more than {MEMBERS:,} parts"
    return UserError(what, file, "copy the table into a new workbook")


def _too_large(file: str, part: str) -> UserError:
    what = (
        f"the part {quoted(part)} unpacks to far more than a table needs "
        f"(over {UNPACKED // MEGABYTE} MB in all, or over {RATIO} times its size)"
    )
    return UserError(what, file, "copy the table alone into a new workbook")
