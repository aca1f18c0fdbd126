from __future__ import annotations

from typing import Any

import pytest

from analysis.intake.adding import Desk
from analysis.intake.layouts.headers import headed
from analysis.intake.layouts.tables import differences, table_layouts
from analysis.intake.model import Finding
from tests.intake.layouts.cells import Written, sheet

FIELDS = {"code": "string", "year": "integer", "share": "number", "kept": "boolean"}
DESCRIPTOR: dict[str, Any] = {
    "resources": [
        {
            "name": "things",
            "schema": {
                "fields": [{"name": name, "type": kind} for name, kind in FIELDS.items()],
                "primaryKey": ["code", "year"],
            },
        }
    ]
}
ROWS = [
    {"code": "5.1", "year": "2025", "share": "87.50", "kept": "true"},
    {"code": "5.10", "year": "2025", "share": "", "kept": "false"},
]


def compared(*rows: list[Written]) -> list[Finding]:
    found = headed(sheet(list(FIELDS), *rows), table_layouts(DESCRIPTOR))
    assert found is not None
    return list(differences(found, DESCRIPTOR, ROWS))


def told(*rows: list[Written]) -> list[tuple[str, str, str]]:
    return [(one.code, one.severity, one.place.cell) for one in compared(*rows)]


def test_every_table_of_the_package_is_a_layout(desk: Desk) -> None:
    layouts = table_layouts(desk.descriptor)
    assert len(layouts) == len(desk.descriptor["resources"])
    assert layouts["revisions"] == ("observation_id", "revises_id")


def test_rows_as_recorded_are_nothing_new_whatever_the_program_wrote() -> None:
    assert told(["5.1", "2025", "87.50", "true"], ["5.10", "2025", "", "false"]) == []
    assert told(["5.1", 2025, 87.5, True]) == []
    assert told(["5.10", 2025, None, "FALSE"]) == []
    assert told() == []


@pytest.mark.parametrize(
    ("row", "cell", "said"),
    [
        (["5.1", 2025, 87.6, True], "C2", "column share of table things says '87.50', this file"),
        (["5.1", 2025, "", True], "C2", "this file ''"),
        (["5.10", 2025, 0.0, False], "C2", "says '', this file '0.0'"),
        (["5.1", 2025, "87,5", True], "C2", "this file '87,5'"),
        (["5.1", 2025, 87.5, False], "D2", "column kept"),
    ],
)
def test_a_changed_cell_is_refused_and_named(row: list[Written], cell: str, said: str) -> None:
    [finding] = compared(row)
    assert (finding.code, finding.severity) == ("not-as-recorded", "error")
    assert finding.place.cell == cell
    assert said in finding.what
    assert "in a form" in finding.mend


@pytest.mark.parametrize("row", [["5.2", 2025, 1, True], ["5.1", 2026, 87.5, True]])
def test_a_row_that_is_not_in_the_table_is_refused(row: list[Written]) -> None:
    assert told(["5.1", 2025, 87.5, True], row) == [("not-recorded", "error", "row 3")]


@pytest.mark.parametrize("year", ["sNaN", "NaN", "Infinity", "2_025", "２０２５", "1e3", " "])
def test_what_only_python_takes_for_a_number_is_none(year: str) -> None:
    assert told(["5.1", year, "87.50", "true"]) == [("not-recorded", "error", "row 2")]
    assert [cell for _, _, cell in told(["5.1", 2025, year, True])] == ["C2"]


def test_every_difference_is_told() -> None:
    found = told(["5.1", 2025, 1, False], ["x", 1, 1, True], ["5.10", 2025, None, False])
    assert [cell for _, _, cell in found] == ["C2", "D2", "row 3"]
