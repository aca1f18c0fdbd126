from __future__ import annotations

import csv
import hashlib
import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from analysis.errors import UserError, UserErrors
from analysis.intake.adding import Desk, look, record, undo
from analysis.intake.ledger import Batch
from analysis.intake.model import Finding, Place
from analysis.intake.preview import Preview
from analysis.intake.recorded import GROWING
from analysis.package import check
from analysis.package.changing import BusyError, changing, reading
from tests.conftest import ROOT
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

PERIODS = [str(year) for year in range(2021, 2027)]


def told(found: Preview, severity: str = "error") -> list[tuple[str, str]]:
    """The code of each finding, and where."""
    return [(one.code, str(one.place)) for one in found.of(severity)]


@contextmanager
def refused() -> Iterator[list[UserError]]:
    """The errors with which something is refused."""
    errors: list[UserError] = []
    with pytest.raises((UserError, UserErrors)) as caught:
        yield errors
    errors += getattr(caught.value, "errors", [caught.value])


# Looking


def test_a_good_file_is_new_and_nothing_is_found(desk: Desk, tmp_path: Path) -> None:
    found = look(desk, [values_file(tmp_path / "a.csv", value())], as_of=DAY)
    assert found.counts == {"new": 1, "revision": 0, "conflict": 0, "same": 0}
    assert found.findings == ()
    assert found.lines[0].said["series_id"] == "8.4-beds"


def test_one_bad_row_of_many_is_found_and_the_others_are_looked_at_all_the_same(
    desk: Desk, tmp_path: Path
) -> None:
    """In the file the rows count from 2; the sixth is bad, the seventh is out of limits."""
    rows = [value(period=period, published="2026-11-20") for period in PERIODS]
    rows[4]["value"] = "about 60"
    rows[5]["value"] = "-3"
    found = look(desk, [values_file(tmp_path / "a.csv", *rows)], as_of=DAY)
    assert told(found) == [("not-a-number", "a.csv, E6"), ("outside-limits", "a.csv, E7")]
    assert [line.said["period"] for line in found.lines] == [*PERIODS[:4], PERIODS[5]]
    with refused() as errors:
        record(desk, found, day=DAY)
    assert [one.where for one in errors] == ["a.csv, E6", "a.csv, E7"]
    assert all(one.what and one.mend for one in errors)


def test_the_errors_of_all_files_are_told_together(desk: Desk, tmp_path: Path) -> None:
    broken, strange = tmp_path / "b.xlsx", tmp_path / "c.csv"
    broken.write_bytes(b"PK\x03\x04 and no more")
    strange.write_text("name,age\nAn,7\n")
    formula = workbook(tmp_path / "d.xlsx", one=[COLUMNS, [*value().values()], ["=1+1"]])
    bad = values_file(tmp_path / "a.csv", value(area="Atlantis"), value(value="-1"))
    with refused() as errors:
        look(desk, [broken, strange, formula, tmp_path / "gone.csv", bad], as_of=DAY)
    places = [one.where.removeprefix(f"{tmp_path}/") for one in errors]
    assert places == ["b.xlsx", "d.xlsx, sheet 'one', A3", "gone.csv", "c.csv", "a.csv, C2",
                      "a.csv, E3"]  # fmt: skip


def test_two_files_of_one_name_are_refused(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    files = [values_file(tmp_path / name, value()) for name in ("a.csv", "x/a.csv")]
    with refused() as errors:
        look(desk, files, as_of=DAY)
    assert [one.where for one in errors] == ["a.csv"]


@pytest.mark.parametrize("name", [b"=a.csv", b"a\xff.csv", b"@a.csv"])
def test_a_file_whose_name_cannot_be_recorded_is_refused(
    name: bytes, desk: Desk, tmp_path: Path
) -> None:
    path = values_file(tmp_path / "a.csv", value()).rename(tmp_path / os.fsdecode(name))
    with refused() as errors:
        look(desk, [path], as_of=DAY)
    assert len(errors) == 1
    assert errors[0].where.isprintable()


def test_the_same_statement_in_two_files_is_refused(desk: Desk, tmp_path: Path) -> None:
    one = values_file(tmp_path / "a.csv", value())
    other = values_file(tmp_path / "b.csv", value(period="2025"), value(value="60"))
    assert told(look(desk, [one, other], as_of=DAY)) == [("in-two-files", "b.csv, E3")]
    elsewhere = values_file(tmp_path / "c.csv", value(source_title="Báo cáo số 13/BC-SYT"))
    assert told(look(desk, [one, elsewhere], as_of=DAY)) == []


def test_the_same_report_of_a_task_in_two_files_is_refused(desk: Desk, tmp_path: Path) -> None:
    one = tasks_file(tmp_path / "a.csv", report())
    other = tasks_file(tmp_path / "b.csv", report(status="done"), report(task_id="IV.2"))
    assert told(look(desk, [one, other], as_of=DAY)) == [("in-two-files", "b.csv, C2")]


def test_what_is_recorded_already_may_stand_in_two_files(desk: Desk, tmp_path: Path) -> None:
    known = ROOT / "tests" / "data" / "collected" / "observed_values.csv"
    with known.open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    files = [values_file(tmp_path / name, row) for name in ("a.csv", "b.csv")]
    found = look(desk, files, as_of=DAY)
    assert (found.counts["same"], found.findings) == (2, ())
    with refused() as errors:
        record(desk, found, day=DAY)
    assert [one.what for one in errors] == ["there is nothing new to be recorded"]


def test_a_period_that_begins_after_the_day_of_entry_is_refused(desk: Desk, tmp_path: Path) -> None:
    rows = [value(published="2025-12-01", period=period) for period in ("2026", "2025")]
    found = look(desk, [values_file(tmp_path / "a.csv", *rows)], as_of=date(2025, 12, 31))
    assert told(found) == [("future", "a.csv, D2")]


# Answers


def asked(desk: Desk, file: Path, **answers: str) -> tuple[Preview, Finding]:
    """What is found before and after an answer to the only question."""
    [question] = look(desk, [file], as_of=DAY).of("question")
    found = look(desk, [file], as_of=DAY, answers={question.place: answers["answer"]})
    return found, question


@pytest.mark.parametrize("answer", ["2026-04-03", "2026-03-04"])
def test_a_date_is_the_one_that_was_said_to_be_meant(
    answer: str, desk: Desk, tmp_path: Path
) -> None:
    file = values_file(tmp_path / "a.csv", value(published="03/04/2026", period="2025"))
    found, question = asked(desk, file, answer=answer)
    assert question.either == ("2026-04-03", "2026-03-04")
    assert found.of("question") == ()
    assert found.lines[0].origin.published == answer


@pytest.mark.parametrize(("answer", "number"), [("8200", "8200"), ("8.200", "8.200")])
def test_a_number_is_the_one_that_was_said_to_be_meant(
    answer: str, number: str, desk: Desk, tmp_path: Path
) -> None:
    found, question = asked(
        desk, values_file(tmp_path / "a.csv", value(value="8.200")), answer=answer
    )
    assert question.either == ("8200", "8.200")
    assert found.of("question") == ()
    assert found.lines[0].said["value"] == number


@pytest.mark.parametrize("answer", ["5.1", "5.10"])
def test_a_code_is_the_one_that_was_said_to_be_meant(
    answer: str, desk: Desk, tmp_path: Path
) -> None:
    row: list[object] = [*value(part="", unit="%", value="90", period="2025").values()]
    row[0] = 5.1
    found, question = asked(desk, workbook(tmp_path / "a.xlsx", one=[COLUMNS, row]), answer=answer)
    assert question.either == ("5.1", "5.10")
    assert found.of("question") == ()
    assert found.lines[0].entry.row["indicator_code"] == answer


def test_an_answer_for_another_file_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    file = values_file(tmp_path / "a.csv", value(value="8.200"))
    answers = {Place("b.csv", "", 2, 5): "8200"}
    assert len(look(desk, [file], as_of=DAY, answers=answers).of("question")) == 1


# Recording


@dataclass(frozen=True)
class Taken:
    """A project in which two files were taken in."""

    root: Path
    before: Desk
    shown: Preview
    batch: Batch
    files: tuple[Path, Path]


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    root = project(tmp_path_factory.mktemp("project"))
    folder = tmp_path_factory.mktemp("files")
    name = unicodedata.normalize("NFD", "số liệu.csv")
    files = (
        values_file(folder / name, value(), value(period="2025", status="actual")),
        tasks_file(folder / "tasks.csv", report()),
    )
    before = Desk.open(root)
    shown = look(before, files, as_of=DAY)
    batch = record(before, shown, day=DAY, note="Báo  cáo")
    return Taken(root, before, shown, batch, files)


def test_rows_are_put_behind_every_table_and_no_byte_before_them_is_another(taken: Taken) -> None:
    after = Desk.open(taken.root).recorded
    for name in GROWING:
        old, new = taken.before.recorded.files[name], after.files[name]
        assert new.startswith(old), name
        assert len(after.rows[name]) - len(taken.before.recorded.rows[name]) == taken.batch.count(
            name
        )
    assert {name: taken.batch.count(name) for name in GROWING} == {
        "additions": 1, "addition_files": 2, "observations": 2, "revisions": 0, "sources": 2,
        "task_updates": 1, "withdrawals": 0,
    }  # fmt: skip


def test_what_is_recorded_is_what_the_files_say(taken: Taken) -> None:
    rows = Desk.open(taken.root).recorded.rows
    *_, one, other = rows["observations"]
    assert (one["observation_id"], other["observation_id"]) == ("obs-0549", "obs-0550")
    assert (one["value"], one["period"], one["status"]) == ("59.5", "2026", "preliminary")
    assert (one["recorded_on"], one["addition_id"]) == (DAY.isoformat(), "add-0002")
    assert one["source_id"] == other["source_id"] == "so-y-te-2026-11-15"
    assert rows["task_updates"][-1] == {
        "task_id": "IV.1", "date": "2026-06-30", "source_id": "so-y-te-2026-07-15",
        "status": "under_way", "addition_id": "add-0002", "note": "",
    }  # fmt: skip


def test_the_addition_tells_its_day_note_and_the_digest_of_each_file(taken: Taken) -> None:
    rows = Desk.open(taken.root).recorded.rows
    assert rows["additions"][-1] == {
        "addition_id": "add-0002", "recorded_on": DAY.isoformat(), "note": "Báo cáo",
    }  # fmt: skip
    files = {row["file"]: row["sha256"] for row in rows["addition_files"][-2:]}
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in taken.files]
    assert files == dict(zip(["số liệu.csv", "tasks.csv"], digests, strict=True))


def test_the_package_is_sound_and_described_anew(taken: Taken) -> None:
    assert check(taken.root).exit_code == 0
    desk = Desk.open(taken.root)
    assert desk.descriptor["version"] == "1.1.0"
    assert desk.descriptor["created"] == f"{DAY}T00:00:00Z"
    pages = [path.read_text("utf-8") for path in sorted((taken.root / "docs").glob("*.md"))]
    assert any("1.1.0" in page for page in pages)


def test_the_same_files_are_nothing_new_then(taken: Taken) -> None:
    found = look(Desk.open(taken.root), taken.files, as_of=DAY)
    assert found.nothing_new
    assert found.counts["same"] == 3


def test_a_preview_of_data_that_have_changed_since_is_refused(taken: Taken) -> None:
    before = digest(taken.root)
    with refused() as errors:
        record(taken.before, taken.shown, day=DAY)
    assert {one.what for one in errors} == {"the table was changed since the file was looked at"}
    assert digest(taken.root) == before


def test_nothing_is_recorded_while_others_are_at_work(taken: Taken, tmp_path: Path) -> None:
    desk = Desk.open(taken.root)
    shown = look(desk, [values_file(tmp_path / "a.csv", value(period="2024"))], as_of=DAY)
    before, waits = digest(taken.root), list[str]()
    for others in (reading, changing):
        with others(taken.root), pytest.raises(BusyError, match="nothing was changed"):
            record(desk, shown, day=DAY, wait=0.15, waiting=lambda: waits.append("record"))
        with others(taken.root), pytest.raises(BusyError):
            undo(desk, day=DAY)
    assert waits == ["record", "record"]
    assert digest(taken.root) == before


def test_the_data_are_not_read_while_they_change(taken: Taken) -> None:
    with changing(taken.root), pytest.raises(BusyError):
        Desk.open(taken.root, wait=0)
    with reading(taken.root):
        assert Desk.open(taken.root, wait=0).recorded.rows["additions"]


@pytest.mark.parametrize("note", ["=1", "a\x07"])
def test_a_note_that_cannot_be_recorded_is_refused(note: str, taken: Taken, tmp_path: Path) -> None:
    desk, before = Desk.open(taken.root), digest(taken.root)
    shown = look(desk, [values_file(tmp_path / "a.csv", value(period="2024"))], as_of=DAY)
    with pytest.raises(UserError, match="the note on the addition"):
        record(desk, shown, day=DAY, note=note)
    with pytest.raises(UserError, match="the reason of the withdrawal"):
        undo(desk, day=DAY, reason=note)
    assert digest(taken.root) == before


def test_a_day_before_the_last_addition_is_refused(taken: Taken, tmp_path: Path) -> None:
    desk, early = Desk.open(taken.root), DAY - timedelta(days=1)
    shown = look(desk, [values_file(tmp_path / "a.csv", value(period="2024"))], as_of=DAY)
    said = f"the day is {early}, but something was recorded on {DAY}"
    with pytest.raises(UserErrors, match=said):
        record(desk, shown, day=early)
    with pytest.raises(UserErrors, match=said):
        undo(desk, day=early)


def test_rows_that_would_make_the_package_unsound_are_refused(taken: Taken, tmp_path: Path) -> None:
    """The file is good; what lies about in the folder of the data is not."""
    desk = Desk.open(taken.root)
    shown = look(desk, [values_file(tmp_path / "a.csv", value(period="2024"))], as_of=DAY)
    stray = taken.root / "data" / "reference" / "stray.csv"
    stray.write_text("a\n1\n")
    before = digest(taken.root)
    with refused() as errors:
        record(desk, shown, day=DAY)
    assert [one.where for one in errors] == ["data/reference/stray.csv"]
    assert digest(taken.root) == before
    stray.unlink()


def test_an_error_that_was_added_to_a_preview_refuses_it(taken: Taken) -> None:
    error = Finding("odd", "error", "It is odd", Place("a.csv", "", 2, 5), "Mend it")
    for severity in ("error", "question"):
        shown = taken.shown.with_findings([replace(error, severity=severity)])
        with refused() as errors:
            record(taken.before, shown, day=DAY)
        assert [(one.what, one.where) for one in errors] == [("It is odd", "a.csv, E2")]
