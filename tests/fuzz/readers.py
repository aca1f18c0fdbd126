"""Look for files with which the reading of files fails: ``python -m tests.fuzz.readers --runs N``.

Atheris follows which lines of the readers a file reaches and makes new files from those that reach
new ones. It begins with the good files of ``tests/intake/reading``: as they are, and taken apart
into members, since bytes that were changed in an archive hardly ever get past its check sums.

A file must be read, or refused with ``UserError`` or ``UserErrors``; anything else, more than two
gigabytes of memory or more than a minute ends the search, and the bytes that did it are kept.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from analysis.errors import UserError, UserErrors
from analysis.intake.reading import read_book
from tests.intake.reading.mutations import (
    CSV,
    LIBREOFFICE_ODS,
    LIBREOFFICE_XLSX,
    SMALL_ODS,
    SMALL_XLSX,
    TELLING,
    put_together,
    taken_apart,
)

SMALL: Final = {".xlsx": SMALL_XLSX, ".ods": SMALL_ODS}
WHOLE: Final = (".csv", ".tsv", ".xlsx", ".ods")
"""Endings of files whose bytes are all made up."""

PARTS: Final = {ending: taken_apart(data) for ending, data in SMALL.items()}
MEMBERS: Final = [(ending, name) for ending, parts in PARTS.items() for name in parts]
"""Members whose bytes are made up, in an archive whose other members are good."""

LONGEST: Final = 20_000
MEMORY: Final = 2_048
SECONDS: Final = 60


def file_of(data: bytes) -> tuple[str, bytes]:
    """Return the ending and the bytes of the file that some bytes stand for.

    The first byte says which kind of file it is, or which member of which workbook.
    """
    kind, content = data[0] if data else 0, data[1:]
    if kind < len(WHOLE):
        return WHOLE[kind], content
    ending, name = MEMBERS[(kind - len(WHOLE)) % len(MEMBERS)]
    return ending, put_together(PARTS[ending] | {name: content})


def seeds() -> Iterator[bytes]:
    """Give the bytes to begin with, such as :func:`file_of` takes."""
    yield bytes([0]) + CSV
    yield bytes([0]) + CSV.decode().encode("utf-16")
    yield bytes([1]) + CSV.replace(b", %", b" %").replace(b",", b"\t")
    for kind, whole in ((2, SMALL_XLSX), (3, SMALL_ODS)):
        yield bytes([kind]) + whole
    for number, (ending, name) in enumerate(MEMBERS, len(WHOLE)):
        for data in (SMALL[ending], LIBREOFFICE_XLSX, LIBREOFFICE_ODS):
            content = taken_apart(data).get(name, b"")
            if 0 < len(content) < LONGEST:
                yield bytes([number]) + content


START: Final = """
import sys
import atheris
with atheris.instrument_imports(include=["analysis.intake.reading"]):
    from tests.fuzz import readers
readers.search(sys.argv[1], sys.argv[2])
"""
"""What the searching process runs: the readers are watched from their import on."""


def search(folder: str, runs: str) -> None:
    """Search in this process, which ends with it.

    Parameters
    ----------
    folder
        Where files may be written.
    runs
        How many files to try.
    """
    import atheris

    arguments = [
        f"-runs={runs}",
        f"-max_len={LONGEST}",
        "-len_control=0",
        f"-rss_limit_mb={MEMORY}",
        f"-timeout={SECONDS}",
        f"-artifact_prefix={folder}/failed-",
        f"-dict={_dictionary(Path(folder))}",
        "-print_final_stats=1",
        str(_corpus(Path(folder))),
    ]
    atheris.Setup([sys.argv[0], *arguments], _reader(Path(folder)))
    atheris.Fuzz()


def _reader(folder: Path) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        ending, content = file_of(data)
        path = folder / f"a{ending}"
        path.write_bytes(content)
        with suppress(UserError, UserErrors):
            read_book(path)

    return read


def _dictionary(folder: Path) -> Path:
    path = folder / "dictionary"
    written = ("".join(f"\\x{byte:02x}" for byte in piece) for piece in TELLING if piece)
    path.write_text("".join(f'"{piece}"\n' for piece in written), "ascii")
    return path


def _corpus(folder: Path) -> Path:
    path = folder / "corpus"
    path.mkdir()
    for number, seed in enumerate(seeds()):
        (path / str(number)).write_bytes(seed)
    return path


def main() -> int:
    """Search in a process of its own; return 0 if nothing was found, or atheris is missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=100_000, help="files to try (%(default)s)")
    asked = parser.parse_args()
    if find_spec("atheris") is None:
        print("skipped: atheris is not installed; run `python -m pip install atheris`")
        return 0
    folder = Path(tempfile.mkdtemp(prefix="plan155-readers-"))
    paths = os.pathsep.join(filter(None, ["src", os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-c", START, str(folder), str(asked.runs)]
    done = subprocess.run(command, check=False, env={**os.environ, "PYTHONPATH": paths})
    failed = sorted(folder.glob("failed-*"))
    if failed:
        print(f"a file failed: {failed[0]} (see file_of)", file=sys.stderr)
        return 1
    shutil.rmtree(folder)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
