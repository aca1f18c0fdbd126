"""Putting a batch of rows behind the tables: seen to be sound first, then all at once."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.errors import UserError, raise_all
from analysis.intake.ledger.batches import Batch
from analysis.intake.recorded import Recorded, path_of
from analysis.observe.rows import Row
from analysis.package import check
from analysis.package.changing import DATA, READY, change
from analysis.results import generated_texts
from analysis.results.generated import CITATION


def commit(root: Path, batch: Batch, recorded: Recorded) -> None:
    """Append rows to the tables, and describe the package anew.

    To be called while nobody else can change the data
    (:func:`analysis.package.changing.changing`).

    Parameters
    ----------
    root
        The folder of the package.
    batch
        The rows.
    recorded
        What is recorded, as it was when the batch was made.

    Raises
    ------
    UserErrors
        If the data are not those the batch was made for, or the package would not be sound with
        these rows; then nothing was changed.
    """
    changed = [name for name, data in recorded.files.items() if _now(root, name) != data]
    what = "the table was changed since the file was looked at"
    raise_all(UserError(what, str(root / path_of(name)), "run it again") for name in changed)
    files = {
        path_of(name).as_posix(): _appended(recorded, name, rows)
        for name, rows in batch.rows.items()
    }
    change(root, {**files, **_described(root, files)})


def _now(root: Path, table: str) -> bytes:
    return (root / path_of(table)).read_bytes()


def _appended(recorded: Recorded, table: str, rows: Sequence[Row]) -> bytes:
    """Return a table with rows at its end; not a byte of what it holds is another."""
    before = recorded.files[table]
    text = io.StringIO(newline="")
    csv.DictWriter(text, recorded.columns[table], lineterminator="\n").writerows(rows)
    end = b"" if before.endswith(b"\n") else b"\n"
    return before + end + text.getvalue().encode("utf-8")


def _described(root: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that describe the package with its new rows, if it is sound with them."""
    with tempfile.TemporaryDirectory(prefix="plan155-") as folder:
        staged = Path(folder)
        ignored = shutil.ignore_patterns(f"{READY}*")
        shutil.copytree(root / DATA, staged / DATA, ignore=ignored)
        for path, content in files.items():
            (staged / path).write_bytes(content)
        if (root / CITATION).is_file():
            shutil.copy(root / CITATION, staged / CITATION)
        texts = {name: text.encode("utf-8") for name, text in generated_texts(staged).items()}
        for path, content in texts.items():
            (staged / path).parent.mkdir(exist_ok=True)
            (staged / path).write_bytes(content)
        raise_all(_faults(staged))
    return {path: content for path, content in texts.items() if (root / path).parent.is_dir()}


def _faults(staged: Path) -> list[UserError]:
    """Return what makes the package unsound, as seen from its own folder."""
    return [
        UserError(one.what, one.where.replace(f"{staged}/", ""), one.mend)
        for one in check(staged).findings
        if one.severity == "error"
    ]
