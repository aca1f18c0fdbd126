"""What the project gives away comes back: nothing of it is new, and what was changed is named."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.api import load
from analysis.intake.adding import Desk, look
from analysis.intake.model import Finding
from analysis.intake.preview import Preview
from analysis.package.describing import outline
from analysis.publish import Edition
from analysis.publish.copies.about import about
from analysis.publish.copies.tables import Cell, Content, Table, tables_of
from analysis.publish.copies.xlsx import RESULTS, write_xlsx
from analysis.results.declared import result_facts
from analysis.runs.places import Outputs
from tests.conftest import AS_OF, ROOT
from tests.intake.forms import office
from tests.intake.papers import COLUMNS, DAY, workbook

COLLECTED = ROOT / "tests" / "data" / "collected" / "observed_values.csv"
SEED = 155


def content(*, truths: bool) -> tuple[Edition, Content]:
    """The tables of the data, and results without rows; truth values may be written as words."""
    plan = load(ROOT)
    edition = Edition(plan, ROOT, Outputs(ROOT / "outputs"), AS_OF, 2020)
    resources = {one["name"]: one for one in outline(result_facts())["resources"]}
    results = [Table(resources[name], ()) for name in RESULTS]
    data = tables_of(plan.recorded)
    if not truths:
        data = tuple(replace(one, rows=tuple(map(_in_words, one.rows))) for one in data)
    return edition, Content(data, results)


def _in_words(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return tuple(str(cell).lower() if isinstance(cell, bool) else cell for cell in row)


def copy(path: Path, *, truths: bool = True) -> Path:
    """Write the project's own workbook of the data."""
    edition, tables = content(truths=truths)
    return write_xlsx(about(edition), tables, [], path)


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def paths(desk: Desk) -> dict[str, Path]:
    return {one["name"]: ROOT / one["path"] for one in desk.descriptor["resources"]}


def handed_in(desk: Desk, path: Path) -> Preview:
    return look(desk, [path], as_of=DAY)


def assert_nothing_new(found: Preview) -> None:
    assert [one for one in found.findings if one.severity != "notice"] == []
    assert found.nothing_new


def compared(found: Preview) -> set[str]:
    """The sheets that were compared with tables of the package."""
    [file] = found.submissions
    aside = {one.place.sheet for one in found.findings if one.code == "sheet-left-aside"}
    return {sheet.name for sheet in file.book.sheets} - aside


def test_every_table_handed_in_as_it_is_published_is_nothing_new(desk: Desk) -> None:
    assert len(paths(desk)) > 20
    for path in paths(desk).values():
        found = handed_in(desk, path)
        assert_nothing_new(found)
        assert found.submissions[0].layout == "table"


def test_the_workbook_of_the_project_is_nothing_new(desk: Desk, tmp_path: Path) -> None:
    found = handed_in(desk, copy(tmp_path / "copy.xlsx"))
    assert_nothing_new(found)
    assert compared(found) == set(paths(desk))


@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
def test_the_workbook_saved_as_an_opendocument_spreadsheet_is_nothing_new(
    desk: Desk, tmp_path: Path
) -> None:
    """Truth values are words in it: LibreOffice writes those of a workbook as formulas."""
    path, saved = copy(tmp_path / "copy.xlsx", truths=False), tmp_path / "copy.ods"
    office.work(tmp_path / "office", office.filling(path, [], [saved]))
    found = handed_in(desk, saved)
    assert_nothing_new(found)
    assert compared(found) == set(paths(desk))


def changed(rows: list[list[str]], chosen: random.Random) -> tuple[int, int]:
    """Change one cell; return where it stands in the file."""
    row, column = chosen.randrange(1, len(rows)), chosen.randrange(len(rows[0]))
    rows[row][column] += "7"
    return row + 1, column + 1


def test_a_changed_cell_of_any_table_is_refused_and_named(desk: Desk, tmp_path: Path) -> None:
    chosen = random.Random(SEED)
    for name, path in paths(desk).items():
        rows = rows_of(path)
        if len(rows) == 1:
            continue
        row, column = changed(rows, chosen)
        file = tmp_path / f"{name}.csv"
        with file.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened).writerows(rows)
        [finding] = handed_in(desk, file).of("error")
        assert_names(finding, name, row, column)


def assert_names(finding: Finding, table: str, row: int, column: int) -> None:
    """Assert that a finding names the cell, or the row if its key is no more the one recorded."""
    assert finding.place.row == row, table
    assert f"table {table}" in finding.what
    assert finding.mend
    known = finding.code == "not-as-recorded" and finding.place.column == column
    assert known or (finding.code, finding.place.column) == ("not-recorded", 0)


def test_a_changed_cell_of_a_workbook_is_refused_and_named(desk: Desk, tmp_path: Path) -> None:
    names, *rows = rows_of(paths(desk)["targets"])
    at = names.index("high")
    cells: list[Sequence[object]] = [
        [float(cell) if number == at and cell else cell for number, cell in enumerate(row)]
        for row in rows
    ]
    row = next(number for number, one in enumerate(cells) if one[at])
    wrong = [*cells[:row], [*cells[row][:at], 77.7, *cells[row][at + 1 :]], *cells[row + 1 :]]
    assert_nothing_new(handed_in(desk, workbook(tmp_path / "a.xlsx", targets=[names, *cells])))
    found = handed_in(desk, workbook(tmp_path / "b.xlsx", targets=[names, *wrong]))
    [finding] = found.of("error")
    assert finding.place.sheet == "targets"
    assert (finding.place.row, finding.place.column) == (row + 2, at + 1)
    assert "77.7" in finding.what


def test_the_first_collection_is_nothing_new_as_a_text_file_and_as_a_workbook(
    desk: Desk, tmp_path: Path
) -> None:
    names, *rows = rows_of(COLLECTED)
    at = names.index("value")
    assert tuple(names) == COLUMNS
    typed = [[*row[:at], _typed(row[at]), *row[at + 1 :]] for row in rows]
    for path in (COLLECTED, workbook(tmp_path / "a.xlsx", values=[names, *typed])):
        found = handed_in(desk, path)
        assert_nothing_new(found)
        assert found.counts["same"] == len(rows)


def _typed(cell: str) -> object:
    try:
        return float(cell)
    except ValueError:
        return cell


def test_a_changed_value_of_the_first_collection_is_seen(desk: Desk, tmp_path: Path) -> None:
    rows = rows_of(COLLECTED)
    at = COLUMNS.index("value")
    assert rows[1][at] == "3776"
    rows[1][at] = "3777"
    file = tmp_path / "a.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(rows)
    found = handed_in(desk, file)
    assert found.counts == {"new": 0, "revision": 1, "conflict": 0, "same": len(rows) - 2}
    assert found.taken[0].against[0]["observation_id"] == "obs-0001"
