"""The worst files, each read by a process that may use one gigabyte of addresses and no more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

import pytest

from analysis.intake.reading.limits import (
    CELL,
    CELLS,
    COLUMNS,
    ELEMENTS,
    FILE,
    MEMBERS,
    MERGES,
    ROWS,
    TEXT,
)
from tests.intake.reading.builders import (
    ods,
    ods_row,
    ods_text,
    packed,
    shared,
    text_file,
    xlsx,
    xlsx_parts,
)
from tests.intake.reading.mutations import LONG

GIGABYTE = 1024**3

READ = """
import json, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[1])))
from analysis.errors import UserError, UserErrors
from analysis.intake.reading import read_book

def peak():
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmPeak")), 0)

for path in sys.argv[2:]:
    try:
        book = read_book(Path(path))
        said = ["read", str(sum(len(row) for sheet in book.sheets for row in sheet.rows))]
        del book
    except (UserError, UserErrors) as refused:
        said = ["refused", *(error.what for error in getattr(refused, "errors", [refused]))]
    print(json.dumps([*said, f"at most {peak()} MB so far"]), flush=True)
"""


def told(paths: Iterable[Path], limit: int = GIGABYTE) -> list[list[str]]:
    """What a process with little memory says of files that it reads one after the other."""
    command = [sys.executable, "-c", READ, str(limit), *map(str, paths)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def separators(folder: Path) -> Path:
    """Ten million cells in which there is nothing."""
    return text_file(folder, b"," * (FILE // 2))


def line_ends(folder: Path) -> Path:
    return text_file(folder, b"a\n" * (FILE // 2))


def open_quote(folder: Path) -> Path:
    return text_file(folder, b'a\n"' + b"x" * (FILE - 10))


def wide_characters(folder: Path) -> Path:
    line = ("\N{GRINNING FACE}" + "x" * (CELL - 10) + "\n").encode()
    return text_file(folder, b"a\n" + line * (FILE // 4 // len(line)))


def piled_marks(folder: Path) -> Path:
    """Composing them all would take hours."""
    line = ("a" + "\u0301\u0323" * (CELL // 2 - 5) + "\n").encode()
    return text_file(folder, b"a\n" + line * (FILE // 4 // len(line)))


def inner_blanks(folder: Path) -> Path:
    """A search for blanks at the end that begins anew at each blank would take hours."""
    line = b"a" + b" " * (CELL - 10) + b"b\n"
    return text_file(folder, b"a\n" + line * (FILE // 4 // len(line)))


def repeated_rows(folder: Path) -> Path:
    wide = ods_text("a" * CELL, 'table:number-columns-repeated="16384"')
    return ods(folder, ods_row(wide, 'table:number-rows-repeated="1048576"') * 10)


def bomb(folder: Path) -> Path:
    return packed(folder / "a.xlsx", xlsx_parts() | {"xl/a.xml": b" " * (150 * 1024 * 1024)})


def long_tag(folder: Path) -> Path:
    noise = " ".join(f"a{number:x}=''" for number in range(300_000))
    return xlsx(folder, f"<row {noise}/>")


def many_merges(folder: Path) -> Path:
    rows = "".join(f'<row r="{row}"><c><v>1</v></c></row>' for row in range(1, 501))
    ranges = '<mergeCell ref="A1:XFD1048576"/>' * MERGES
    return xlsx(folder, rows, after=f"<mergeCells>{ranges}</mergeCells>")


def long_entity_free_text(folder: Path) -> Path:
    words = " ".join(str(number) for number in range(500_000))
    return xlsx(folder, '<row><c t="s"><v>0</v></c></row>', texts=shared(f"<t>{words}</t>"))


def one_text_in_many_cells(folder: Path) -> Path:
    cells = '<c t="s"><v>0</v></c>' * COLUMNS
    return xlsx(folder, f"<row>{cells}</row>" * 50, texts=shared(f"<t>{'ỹ' * CELL}</t>"))


def many_formulas(folder: Path) -> Path:
    return xlsx(folder, f"<row>{'<c><f>1</f></c>' * COLUMNS}</row>" * 100)


def many_members(folder: Path) -> Path:
    return packed(folder / "a.xlsx", {str(number): "" for number in range(5 * MEMBERS)})


def full_sheet(folder: Path) -> Path:
    wide = CELLS // ROWS
    rows = (
        "".join(f"<c><v>{row * wide + column}.5</v></c>" for column in range(wide))
        for row in range(ROWS)
    )
    return xlsx(folder, "".join(f"<row>{row}</row>" for row in rows))


def full_text(folder: Path) -> Path:
    noise = [sha256(str(number).encode()).hexdigest() for number in range(TEXT // 64 - 10_000)]
    long = ["ỹ" + "".join(noise[at : at + 150]) for at in range(0, len(noise), 150)]
    texts = "".join(f"<si><t>{text}</t></si>" for text in long)
    rows = "".join(f'<row><c t="s"><v>{number}</v></c></row>' for number in range(len(long)))
    return xlsx(folder, rows, texts=shared().replace("</sst>", f"{texts}</sst>"))


def many_texts(folder: Path) -> Path:
    texts = "".join(f"<si><t>{number}</t></si>" for number in range(CELLS + 1))
    return xlsx(folder, texts=shared().replace("</sst>", f"{texts}</sst>"))


def million_rows(folder: Path) -> Path:
    rows = "".join(f'<row r="{row}" ht="15"><c s="1"/></row>' for row in range(2, 1_048_577))
    before = '<dimension ref="A1:XFD1048576"/>'
    return xlsx(folder, f"<row><c><v>1</v></c></row>{rows}", before=before)


def many_elements(folder: Path) -> Path:
    rows = (f'<row r="{row}"><c/><c/><c/><c/></row>' for row in range(1, ELEMENTS // 5 + 2))
    return xlsx(folder, "".join(rows))


WORST = {
    separators: "read",
    line_ends: "refused",
    open_quote: "refused",
    wide_characters: "read",
    piled_marks: "refused",
    inner_blanks: "read",
    repeated_rows: "refused",
    bomb: "refused",
    long_tag: "refused",
    many_merges: "refused",
    long_entity_free_text: "refused",
    one_text_in_many_cells: "read",
    many_formulas: "refused",
    many_members: "refused",
}
WORST_AND_LONG = {
    full_sheet: "read",
    full_text: "read",
    many_texts: "refused",
    million_rows: "read",
    many_elements: "refused",
}
"""Files that take many seconds each, tried only if asked for."""


ALL = WORST | (WORST_AND_LONG if LONG else {})


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What is said of each of the worst files."""
    paths = [make(tmp_path_factory.mktemp(make.__name__)) for make in ALL]
    return dict(zip((make.__name__ for make in ALL), told(paths), strict=True))


@pytest.mark.parametrize(("make", "end"), ALL.items())
def test_the_worst_files_are_read_or_refused_within_a_gigabyte(
    answers: dict[str, list[str]], make: Callable[[Path], Path], end: str
) -> None:
    print(make.__name__, answers[make.__name__])
    assert answers[make.__name__][0] == end


def test_the_process_has_indeed_no_more_memory_than_that(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"(?i)memory|import|allocat|failed to map"):
        told([separators(tmp_path)], limit=GIGABYTE // 8)
