from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from analysis.charts.style import CLASS_OF, DARK, LIGHT
from analysis.reports.sortable import WIDGET, SortableTable, frame, options, ranks
from analysis.reports.table import Cell, Table, cells

HOSTILE = "<script>alert(\"1\")</script> & *a* [b](javascript:c) `d` {{<i>e</i>}} 'f'"


def soup(table: Table) -> BeautifulSoup:
    return BeautifulSoup(table._repr_html_(), "html.parser")


def one(table: Table, selector: str) -> Tag:
    (found,) = soup(table).select(selector)
    return found


@pytest.fixture
def table() -> Table:
    """Two rows: a value with its source, and no data."""
    return Table(
        "Giá trị & nguồn",
        ("Chỉ tiêu", "Giá trị", "Đánh giá", "Nguồn"),
        (
            (
                Cell("5.7 Tham gia BHYT", ("Dòng 527",)),
                Cell("95,76 %", ("2025", "ước tính"), kind="number wrap"),
                Cell("Đạt", kind="verdict verdict-MET"),
                Cell("Báo", href="https://example.org/?a=1&b=2"),
            ),
            cells(["5.8 Hài lòng", Cell("chưa có số liệu", kind="quiet"), "–", ""]),
        ),
    )


def test_a_table_is_a_named_region_that_the_keyboard_reaches(table: Table) -> None:
    region = one(table, "div[role=region]")
    assert (region["aria-label"], region["tabindex"]) == ("Giá trị & nguồn", "0")


def test_a_table_has_its_caption_first(table: Table) -> None:
    element = one(table, "table")
    assert next(iter(element.children)) == element.caption
    assert element.caption is not None
    assert element.caption.get_text() == "Giá trị & nguồn"


def test_headings_are_headers_of_columns(table: Table) -> None:
    found = soup(table).select("thead > tr > *")
    assert [(tag.name, tag["scope"], tag.get_text()) for tag in found] == [
        ("th", "col", name) for name in table.columns
    ]


def test_the_first_cell_of_a_row_is_its_header_and_the_others_are_not(table: Table) -> None:
    rows = soup(table).select("tbody > tr")
    assert len(rows) == 2
    for row in rows:
        first, *others = row.find_all(["th", "td"])
        assert (first.name, first["scope"]) == ("th", "row")
        assert {tag.name for tag in others} == {"td"}


def test_second_lines_are_small_and_below(table: Table) -> None:
    cell = soup(table).select("tbody td")[0]
    assert [tag.name for tag in cell.find_all(True)] == ["span", "br", "small", "br", "small"]
    assert [tag.get_text() for tag in cell.find_all(True)] == [
        "95,76 %", "", "2025", "", "ước tính",
    ]  # fmt: skip


def test_a_source_is_a_link(table: Table) -> None:
    link = one(table, "a")
    assert (link["href"], link.get_text()) == ("https://example.org/?a=1&b=2", "Báo")


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//example.org", "HTTPS:x", "file:///etc"],
)
def test_what_is_no_web_address_is_not_linked(address: str) -> None:
    cell = one(Table("a", ("b",), (cells([Cell("c", href=address)]),)), "tbody th")
    assert cell.find("a") is None
    assert cell.get_text() == "c"


def test_a_cell_keeps_its_classes(table: Table) -> None:
    assert one(table, "td.verdict")["class"] == ["verdict", "verdict-MET"]


def test_a_column_of_numbers_is_one_in_its_heading_and_where_a_number_lacks(table: Table) -> None:
    found = soup(table).select("thead th:nth-child(2), tbody td:nth-child(2)")
    assert [tag["class"] for tag in found] == [
        ["number"], ["number", "wrap"], ["quiet", "number", "wrap"],
    ]  # fmt: skip
    assert soup(table).select("thead th[class]") == found[:1]


def test_a_text_in_another_language_is_marked_so() -> None:
    row = cells([Cell("Nguồn", ("a line",), lang="vi"), Cell("c", href="http://d", lang="vi")])
    marked = soup(Table("a", ("b", "c"), (row,), language="en")).select("[lang=vi]")
    assert [tag.get_text() for tag in marked] == ["Nguồn", "c"]


def test_everything_from_data_stays_text() -> None:
    cell = Cell(HOSTILE, (HOSTILE,), href=f"https://example.org/{HOSTILE}", lang='"><i>')
    page = soup(Table(HOSTILE, (HOSTILE, HOSTILE), (cells([HOSTILE, cell]),)))
    assert page.find(["script", "i", "em", "code"]) is None
    (link,) = page.find_all("a")
    assert link["href"] == f"https://example.org/{HOSTILE}"
    texts = [tag.get_text() for tag in page.select("caption, th, td > a, small")]
    assert texts == [HOSTILE] * 6
    assert page.select("[role=region]")[0]["aria-label"] == HOSTILE


def test_a_kind_of_cell_can_end_no_attribute() -> None:
    page = soup(Table("a", ("b",), (cells([Cell("c", kind='"><i>')]),)))
    assert page.find("i") is None


def test_nothing_is_styled_in_place_and_nothing_has_an_identifier(table: Table) -> None:
    tags = soup(table).find_all(True)
    assert {name for tag in tags for name in tag.attrs} == {
        "class", "role", "aria-label", "tabindex", "scope", "href",
    }  # fmt: skip


def test_the_same_table_gives_the_same_bytes(table: Table) -> None:
    assert table._repr_html_() == table._repr_html_()


def test_a_table_without_rows_has_its_headings() -> None:
    empty = Table("a", ("b", "c"), ())
    assert [tag.get_text() for tag in soup(empty).select("th")] == ["b", "c"]
    assert soup(empty).select("tbody tr") == []


def test_a_table_of_one_column_has_headers_of_rows() -> None:
    assert one(Table("a", ("b",), (cells(["c"]),)), "tbody th").get_text() == "c"


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        Table("a", ("b", "c"), (cells(["d"]),))


def test_a_table_without_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="without columns: a"):
        Table("a", (), ())


def test_in_a_notebook_marks_and_colours_of_verdicts_are_those_of_the_charts(table: Table) -> None:
    rules = one(table, "style").get_text().splitlines()
    for code in CLASS_OF:
        light, dark = (rule for rule in rules if f".verdict-{code}," in rule.replace(")", ","))
        assert f"--verdict: {LIGHT.verdicts[code]};" in light
        assert f"--verdict: {DARK.verdicts[code]};" in dark


def test_a_table_without_verdicts_carries_no_colours_of_them() -> None:
    assert "--verdict:" not in Table("a", ("b",), ())._repr_html_()


def test_as_text_a_table_is_its_rows(table: Table) -> None:
    assert repr(table).splitlines() == [
        "Giá trị & nguồn",
        "Chỉ tiêu | Giá trị | Đánh giá | Nguồn",
        "5.7 Tham gia BHYT | 95,76 % | Đạt | Báo",
        "5.8 Hài lòng | chưa có số liệu | – | ",
    ]


def test_the_table_can_be_had_for_great_tables(table: Table) -> None:
    titled = table.great_table().tab_header("Ở đầu bảng").as_raw_html()
    assert "Ở đầu bảng" in titled
    assert "95,76 %" in titled


def test_reports_are_imported_without_the_libraries_that_show_tables() -> None:
    code = (
        "import sys, analysis.reports; "
        "print(sorted({'great_tables', 'itables', 'bs4'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def bundle(table: Table) -> dict[str, Any]:
    return table.sortable()._repr_mimebundle_()


def test_a_sortable_table_shows_a_widget_with_the_plain_table_beside_it(table: Table) -> None:
    pytest.importorskip("itables")
    shown = bundle(table)
    assert set(shown) == {WIDGET, "text/html", "text/plain"}
    assert shown[WIDGET]["model_id"]
    assert shown["text/html"] == table._repr_html_()


def test_a_sortable_table_is_one_widget_however_often_it_is_shown(table: Table) -> None:
    pytest.importorskip("itables")
    sortable = SortableTable(table)
    first, second = (sortable._repr_mimebundle_()[WIDGET]["model_id"] for _ in range(2))
    assert first == second


@pytest.mark.parametrize(("language", "hint"), [("vi", "cài itables"), ("en", "install itables")])
def test_without_itables_the_plain_table_is_shown_with_a_hint(
    monkeypatch: pytest.MonkeyPatch, language: str, hint: str
) -> None:
    monkeypatch.setattr("analysis.reports.sortable.find_spec", lambda _: None)
    shown = bundle(Table("a", ("b",), (cells(["c"]),), language))
    assert set(shown) == {"text/html", "text/plain"}
    assert hint in shown["text/html"]
    assert "<caption>a</caption>" in shown["text/html"]


def test_the_widget_has_all_rows_and_fetches_nothing(table: Table) -> None:
    pytest.importorskip("itables")
    many = Table("a", ("b",), tuple(cells(["x" * 500]) for _ in range(1000)))
    arguments = many.sortable().widget._dt_args
    assert "downsampling_warning" not in arguments
    script = str(table.sortable().widget._esm)
    assert "unpkg" not in script
    assert "jsdelivr" not in script


def test_the_widget_escapes_what_comes_from_data() -> None:
    pytest.importorskip("itables")
    hostile = Table(HOSTILE, (HOSTILE,), (cells([Cell(HOSTILE, (HOSTILE,))]),))
    arguments = hostile.sortable().widget._dt_args
    for markup in (arguments["table_html"], arguments["data_json"], arguments["drawCallback"]):
        assert "script" in markup
        assert "<script" not in markup
        assert "<i>" not in markup


def test_the_widget_speaks_the_language_of_the_table(table: Table) -> None:
    pytest.importorskip("itables")
    told = options(table)["language"]
    assert told["search"] == "Tìm trong bảng:"
    assert told["aria"]["orderable"] == ": bấm để sắp xếp"


def test_every_column_is_sorted_by_its_hidden_ranks(table: Table) -> None:
    pytest.importorskip("itables")
    told = options(table)["columnDefs"]
    assert {one["targets"]: one["orderData"] for one in told if "orderData" in one} == {
        0: [4], 1: [5], 2: [6], 3: [7],
    }  # fmt: skip
    assert told[-1] == {"targets": [4, 5, 6, 7], "visible": False, "searchable": False}
    assert list(frame(table).iloc[:, 5]) == [0, 1]


def test_an_empty_table_can_be_asked_to_sort() -> None:
    assert frame(Table("a", ("b", "c"), ())).shape == (0, 4)


def numbers(*texts: str) -> list[Cell]:
    return [Cell(text, kind="number wrap") for text in texts]


def test_numbers_are_sorted_as_numbers_in_the_language_of_the_table() -> None:
    assert ranks(numbers("1.000", "95,8 %", "95,76 %", "−2", "+3,5"), "vi") == [4, 3, 2, 0, 1]
    assert ranks(numbers("1,000", "95.8 %", "95.76 %", "−2", "+3.5"), "en") == [4, 3, 2, 0, 1]


def test_a_value_goes_before_what_the_text_says() -> None:
    column = [Cell("≥ 95 %", value=95.0), Cell("≤ 5 %", value=5.0), Cell("100 %", value=100.0)]
    assert ranks(column, "vi") == [1, 0, 2]


def test_cells_without_a_number_follow_those_with_one_and_empty_ones_come_last() -> None:
    column = [Cell("–"), Cell("chưa có số liệu", kind="quiet"), *numbers("2", "10"), Cell("")]
    assert ranks(column, "vi") == [4, 2, 0, 1, 3]


def test_verdicts_are_sorted_from_the_best_to_those_without_an_answer() -> None:
    codes = ["NO_DATA", "MET", "NOT_MET", "ON_TRACK", "NOT_ASSESSABLE"]
    column = [Cell("a", kind=f"verdict verdict-{code}") for code in codes]
    assert ranks(column, "vi") == [4, 0, 2, 1, 3]


def test_equal_cells_share_a_place() -> None:
    assert ranks([Cell("b"), Cell("a"), Cell("B")], "vi") == [1, 0, 1]
