from __future__ import annotations

from analysis.intake.layouts.headers import SEARCHED, headed, names_of, nearest, top
from analysis.intake.model import Place
from tests.intake.layouts.cells import FILE, sheet

LAYOUTS = {"pairs": ("name", "value"), "triples": ("name", "value", "unit")}


def texts(rows: object) -> list[list[str]]:
    return [[one.text for one in row] for row in rows]  # type: ignore[attr-defined]


def test_the_columns_may_stand_in_any_order_and_in_capitals() -> None:
    found = headed(sheet(["Value", " NAME "], [3, "a"]), LAYOUTS)
    assert found is not None
    assert found.layout == "pairs"
    assert {name: cell.text for name, cell in found.cells(found.rows[0]).items()} == {
        "name": "a", "value": "3",
    }  # fmt: skip


def test_titles_may_precede_and_empty_rows_are_left_out() -> None:
    found = headed(
        sheet(["A title"], [], ["name", "value"], [], ["a", 1], [None, ""], ["b", 2]), LAYOUTS
    )
    assert found is not None
    assert texts(found.rows) == [["a", "1"], ["b", "2"]]
    assert found.rows[1][0].place == Place(FILE, "Bảng", 7, 1)


def test_columns_are_looked_for_near_the_top_only() -> None:
    for above, expected in ((SEARCHED - 1, True), (SEARCHED, False)):
        rows = [["x"]] * above
        assert (headed(sheet(*rows, ["name", "value"]), LAYOUTS) is not None) == expected


def test_a_column_too_many_or_too_few_or_twice_is_no_layout() -> None:
    for names in (["name"], ["name", "value", "note"], ["name", "name"], ["name", "", "value"]):
        assert headed(sheet(names, ["a", "b"]), LAYOUTS) is None
    assert headed(sheet(), LAYOUTS) is None


def test_empty_cells_behind_the_names_are_no_columns() -> None:
    assert names_of(sheet(["name", "value", "", None]).rows[0]) == ("name", "value")
    found = headed(sheet(["name", "value", ""], ["a", "b", "beside"]), LAYOUTS)
    assert found is not None
    assert set(found.cells(found.rows[0])) == {"name", "value"}


def test_the_nearest_layout_is_the_one_with_most_of_the_names() -> None:
    assert nearest(sheet(["name", "unit"]), LAYOUTS) == ("triples", ("value",))
    assert nearest(sheet(["name", "value", "extra"]), LAYOUTS) == ("pairs", ())
    assert nearest(sheet(["other"]), LAYOUTS) == ("", ())
    assert nearest(sheet(), LAYOUTS) == ("", ())


def test_the_place_of_a_sheet_is_none_of_its_cells() -> None:
    assert str(top(sheet(), FILE)) == "a.xlsx, sheet 'Bảng'"
