"""Thousands of damaged and falsified files offered to the intake: none may lose or corrupt a thing.

    python -m tests.fuzz.files --files 10000 --seed 1

Good files of each kind (a filled form as XLSX and ODS, values as CSV, XLSX and ODS, reports of
tasks) are changed in their bytes, in the members of their archives, and in single cells. Each is
offered to ``look`` beside a copy of the committed data. Nothing but errors that a person can mend
may come of it, nothing may be recorded that the file does not hold, no byte of the data may change,
and memory stays bounded. Of the files that would be taken some are recorded in another copy, whose
package must then be sound.
"""

from __future__ import annotations

import argparse
import html
import random
import re
import resource
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from analysis.errors import UserErrors
from analysis.intake.adding import Desk, look, record, undo
from analysis.intake.forms import write_forms
from analysis.intake.model import Cell, Place, Placed
from analysis.intake.preview import Preview
from analysis.intake.reading import read_book
from tests.conftest import AS_OF
from tests.intake.forms import office
from tests.intake.forms.books import place_of, record_of
from tests.intake.papers import (
    COLUMNS,
    DAY,
    digest,
    project,
    report,
    tasks_file,
    value,
    values_file,
    workbook,
)
from tests.intake.reading.mutations import TELLING, put_together, taken_apart

AGENCY, YEAR = "so-y-te", 2025
MEMORY: Final = 400 * 2**20
"""Bytes by which the memory of the process may grow."""

RECORDED: Final = 20
"""Files that are recorded in a copy of the project."""

ODD: Final = (
    "", " ", "0", "-1", "87,5", "87.5", "8.200", "1.234.567", "1,234.5", "1e5", "８７", "½", ">90",
    "NaN", "sNaN", "Infinity", "1_000", "99999999999999999999", "0.87", "870", "=1+1", "+1", "-x",
    "@a", "#REF!", "#DIV/0!", "####", "true", "2025", "2025-13", "31/02/2025", "03/04/2026",
    "31/12/2025", "46022", "2025-Q5", "2024-2025", "5.1", "5.10", "8.4", "99.9", "IV.1", "IV.99",
    "exact", "proxy", "actual", "estimate", "done", "%", "người", "QN", "VN", "QN-ha-long",
    "https://example.org/a", "javascript:alert(1)", "http://", "Sở Y tế", "Nobody",
    "So\u0302\u0309 Y te\u0302\u0301", "Së Y tÕ", "\u202egnp", "a\u200bb", "a\nb", "a\tb",
    "<b>", "&amp;", "'", '"', ";", "x" * 2100, "x" * 11000, "obs-0001", "add-0001", "../../etc",
)  # fmt: skip
"""What is written into cells: the odd, the wrong, and what is right elsewhere."""

Chosen = random.Random
Change = Callable[[bytes, Chosen], bytes]


@dataclass(frozen=True)
class Good:
    """A file that is taken as it is."""

    ending: str
    data: bytes


@dataclass
class Counts:
    """What came of the files, by kind of file and outcome."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    recorded: int = 0

    def table(self) -> str:
        """Return the counts as a table."""
        endings = sorted({ending for ending, _ in self.outcomes})
        names = sorted({name for _, name in self.outcomes})
        lines = [["", *endings, "all"]]
        for name in names:
            numbers = [self.outcomes[ending, name] for ending in endings]
            lines.append([name, *map(str, numbers), str(sum(numbers))])
        lines.append(["recorded in a copy", *[""] * len(endings), str(self.recorded)])
        return "\n".join(
            line[0].ljust(24) + "".join(cell.rjust(9) for cell in line[1:]) for line in lines
        )


# Good files


def good_files(folder: Path, desk: Desk) -> list[Good]:
    """Make the files from which all others are made; those in ODS only where LibreOffice is."""
    rows = [value(period=str(year), status="actual") for year in range(2021, 2026)]
    rows += [
        value(), value(indicator_code="5.7", part="", unit="%", value="96.1", note="Ước tính"),
        value(indicator_code="7.14", part="", unit="Mức độ", value="Mức độ 3", period="2025"),
    ]  # fmt: skip
    cells: list[Sequence[object]] = [[*row.values()] for row in rows]
    for row in cells:
        row[4] = float(str(row[4])) if re.fullmatch(r"[0-9.]+", str(row[4])) else row[4]  # type: ignore[index]
    paths = [
        values_file(folder / "values.csv", *rows),
        tasks_file(folder / "tasks.csv", report(), report(task_id="II.5", status="done")),
        workbook(folder / "values.xlsx", values=[COLUMNS, *cells]),
        filled_form(folder, desk),
    ]
    if office.program() is not None:
        saved = [folder / f"{path.stem}.ods" for path in paths[2:]]
        steps = [
            office.filling(path, [], [ods]) for path, ods in zip(paths[2:], saved, strict=True)
        ]
        office.work(folder / "office", [step for some in steps for step in some])
        paths += saved
    return [Good(path.suffix, path.read_bytes()) for path in paths]


def filled_form(folder: Path, desk: Desk) -> Path:
    """Fill in the form of an agency."""
    import openpyxl

    [path] = write_forms(desk.tables, folder, agency_id=AGENCY, year=YEAR, as_of=AS_OF)
    book = read_book(path)
    keys = [line.key for line in record_of(book).of("values")]
    task = record_of(book).of("tasks")[0].key
    typed: list[tuple[str, str, object]] = [
        ("source", "title", "Báo cáo số 12/BC-SYT"), ("source", "published", "15/01/2026"),
        ("8.4-beds", "value", 59.5), ("8.4-beds", "status", "Chính thức theo nguồn"),
        ("5.7", "value", "96,1"), ("5.7", "status", "Sơ bộ"), ("5.7", "note", "Đến 31/12"),
        (task, "status", "Đang thực hiện"), (task, "date", "31/12/2025"),
    ]  # fmt: skip
    opened = openpyxl.load_workbook(path)
    for key, column, text in typed:
        if key in {*keys, "source", task}:
            place = place_of(book, key, column)
            opened[place.sheet].cell(place.row, place.column).value = text  # type: ignore[assignment]
    opened.save(path)
    return path


# Changes


def _bits(data: bytes, chosen: Chosen) -> bytes:
    if not data:
        return data
    at = chosen.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chosen.randrange(8)]) + data[at + 1 :]


def _cut(data: bytes, chosen: Chosen) -> bytes:
    at = chosen.randrange(len(data) + 1)
    return data[:at] + data[at + chosen.choice((1, 2, 7, 100, len(data))) :]


def _inserted(data: bytes, chosen: Chosen) -> bytes:
    at = chosen.randrange(len(data) + 1)
    return data[:at] + chosen.choice(TELLING) + data[at:]


def _doubled(data: bytes, chosen: Chosen) -> bytes:
    at = chosen.randrange(len(data) + 1)
    piece = data[at : at + chosen.choice((1, 10, 300))]
    return data[:at] + piece * chosen.choice((2, 3, 50)) + data[at + len(piece) :]


_BYTES: Final[tuple[Change, ...]] = (_bits, _cut, _inserted, _doubled)


def bytes_changed(data: bytes, chosen: Chosen) -> bytes:
    """Change the bytes of a file here and there."""
    for _ in range(chosen.choice((1, 1, 1, 2, 4))):
        data = chosen.choice(_BYTES)(data, chosen)
    return data


def members_changed(data: bytes, chosen: Chosen) -> bytes:
    """Change a member of an archive, swap two, or leave one out."""
    members = taken_apart(data)
    one, other = chosen.choice(sorted(members)), chosen.choice(sorted(members))
    happens = chosen.choice(["changed"] * 6 + ["swapped", "copied", "lost"])
    if happens == "changed":
        members[one] = bytes_changed(members[one], chosen)
    elif happens == "swapped":
        members[one], members[other] = members[other], members[one]
    elif happens == "copied":
        members[one] = members[other]
    else:
        del members[one]
    return put_together(members)


_CONTENT: Final = re.compile(
    rb"(?<=<v>)[^<]*(?=</v>)|(?<=<t>)[^<]*(?=</t>)|(?<=<text:p>)[^<]*(?=</text:p>)"
    rb'|(?<=office:value=")[^"]*(?=")|(?<=office:date-value=")[^"]*(?=")'
)
"""What stands in cells, in the markup of both formats."""


def cells_changed(data: bytes, chosen: Chosen) -> bytes:
    """Write other things into one to three cells."""
    for _ in range(chosen.choice((1, 1, 2, 3))):
        data = _cell_changed(data, chosen)
    return data


def _cell_changed(data: bytes, chosen: Chosen) -> bytes:
    text = chosen.choice(ODD)
    if not data.startswith(b"PK"):
        places = [found.span() for found in re.finditer(rb"(?<=[,\n])[^,\n]*", data)]
        quoted = f'"{text}"' if set(text) & set(',"\n') else text
        return _put(data, chosen.choice(places), quoted)
    members = taken_apart(data)
    names = [name for name in sorted(members) if _CONTENT.search(members[name])]
    name = chosen.choice(names)
    places = [found.span() for found in _CONTENT.finditer(members[name])]
    members[name] = _put(members[name], chosen.choice(places), escape(text, {'"': "&quot;"}))
    return put_together(members)


def _put(data: bytes, place: tuple[int, int], text: str) -> bytes:
    return data[: place[0]] + text.encode("utf-8", "surrogatepass") + data[place[1] :]


def damaged(good: Good, chosen: Chosen) -> bytes:
    """Return what becomes of a good file."""
    if good.ending == ".csv":
        changes: tuple[Change, ...] = (bytes_changed, cells_changed, cells_changed)
    else:
        changes = (bytes_changed, members_changed, members_changed, cells_changed, cells_changed)
    return chosen.choice(changes)(good.data, chosen)


# Offers


def offered(desk: Desk, path: Path) -> tuple[str, Preview | None]:
    """Offer a file; return what came of it, and the preview if it would be taken."""
    try:
        shown = look(desk, [path], as_of=DAY)
    except UserErrors as refused:
        if not all(one.what and one.where for one in refused.errors):
            raise
        return "refused as a file", None
    for severity in ("error", "question"):
        if shown.of(severity):
            return f"refused: {severity}", None
    if shown.nothing_new:
        return "nothing new", None
    assert_held(shown, path)
    return "would be taken" if not shown.of("warning") else "taken if confirmed", shown


def assert_held(shown: Preview, path: Path) -> None:
    """Assert that the file holds, in bytes that anybody can read, what would be recorded of it."""
    held = _held(path.read_bytes())
    [submission] = shown.submissions
    cells = {
        cell.place: cell for sheet in submission.book.sheets for row in sheet.rows for cell in row
    }
    for line in shown.taken:
        _assert_number(line.entry, line.said["value"], cells)
        _assert_cells(line.entry, cells, held)
    for task in shown.tasks_taken:
        _assert_cells(task.entry, cells, held)


def _assert_number(entry: Placed, said: str, cells: Mapping[Place, Cell]) -> None:
    """Assert that a number has the digits of its cell."""
    cell = cells[entry.at("value")]
    if not said:
        return
    if cell.number is not None:
        assert cell.number == Decimal(said), (cell, said)
    else:
        assert _digits(cell.text) == _digits(said), (cell, said)


def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", text).strip("0")


def _assert_cells(entry: Placed, cells: Mapping[Place, Cell], held: Held) -> None:
    """Assert that what stands in the cells of a row stands in the bytes of the file."""
    for place in entry.places.values():
        cell = cells.get(place, Cell(place))
        if cell.number is not None:
            assert cell.number in held.numbers, cell
        elif cell.kind == "text":
            text = "".join(cell.text.split())
            assert text in held.text or _per_cent(text) in held.numbers, cell


def _per_cent(text: str) -> Decimal | None:
    """Return the share that a file holds of a cell that shows it as a percentage."""
    number = text.removesuffix("%").replace(",", ".")
    return Decimal(number) / 100 if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", number) else None


@dataclass(frozen=True)
class Held:
    """What a file holds: all texts as one, without blanks and markup, and all numbers."""

    text: str
    numbers: frozenset[Decimal]


def _held(data: bytes) -> Held:
    """Look into the bytes of a file, by other means than those that read it."""
    parts = [*taken_apart(data).values()] if data.startswith(b"PK") else [data]
    texts = [_decoded(part) for part in parts]
    texts += [re.sub("<[^>]*>", "", text) for text in texts]
    texts += [html.unescape(text) for text in texts]
    plain = unicodedata.normalize("NFC", "\n".join(texts))
    return Held("".join(plain.split()), frozenset(_numbers("\n".join(texts))))


def _decoded(part: bytes) -> str:
    encoding = "utf-16" if part[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    return part.decode(encoding, "replace").replace('""', '"')


def _numbers(text: str) -> Iterator[Decimal]:
    """Give the numbers in a text, with the fifteen digits that spreadsheets calculate with."""
    for number in set(re.findall(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,3})?", text)):
        yield Decimal(f"{float(number):.15g}")


class Copy:
    """A copy of the project, in which files are recorded and taken back."""

    def __init__(self, folder: Path) -> None:
        self.root = project(folder)

    def take(self, path: Path) -> None:
        """Record a file; the package must be sound with it, which the ledger makes sure of."""
        desk = Desk.open(self.root)
        shown = look(desk, [path], as_of=DAY)
        before = desk.recorded.files
        record(desk, shown, day=DAY)
        after = Desk.open(self.root)
        for name, data in before.items():
            assert after.recorded.files[name].startswith(data), name
        assert look(after, [path], as_of=DAY).nothing_new, "it is not found to be recorded"
        undo(after, day=DAY)


def run(files: int, seed: int, folder: Path, *, recorded: int = RECORDED) -> Counts:
    """Offer so many files.

    Parameters
    ----------
    files
        How many.
    seed
        The same number gives the same files.
    folder
        Where they are written; one that fails is left there.
    recorded
        How many of those that would be taken are recorded in a copy of the project.

    Raises
    ------
    AssertionError
        If something is lost or corrupted; any other error but those for people passes through.
    """
    desk = Desk.open(project(folder / "untouched"))
    before = digest(desk.root)
    goods = good_files(folder, desk)
    copy, counts = Copy(folder / "copy"), Counts()
    for good in goods:
        outcome, _ = offered(desk, _written(folder, good.ending, good.data))
        assert "taken" in outcome, f"the good file {good.ending} is not taken: {outcome}"
    memory = _memory()
    for number in range(files):
        chosen = random.Random(f"{seed}-{number}")
        good = chosen.choice(goods)
        path = _written(folder, good.ending, damaged(good, chosen))
        outcome, shown = offered(desk, path)
        counts.outcomes[good.ending, outcome] += 1
        if shown is not None and counts.recorded < recorded and path.read_bytes() != good.data:
            copy.take(path)
            counts.recorded += 1
        if number % 1000 == 999:
            assert digest(desk.root) == before, "the data were changed"
            print(f"{number + 1} files, memory {_memory() >> 20} MB", file=sys.stderr, flush=True)
    assert digest(desk.root) == before, "the data were changed"
    grown = _memory() - memory
    assert grown < MEMORY, f"the memory grew by {grown >> 20} MB"
    return counts


def _written(folder: Path, ending: str, data: bytes) -> Path:
    path = folder / f"a{ending}"
    path.write_bytes(data)
    return path


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> None:
    """Run by hand."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="plan155-fuzz-"))
    print(f"the last file offered is in {folder}", file=sys.stderr)
    print(run(options.files, options.seed, folder).table())


if __name__ == "__main__":
    main()
