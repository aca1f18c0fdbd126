"""Markdown of the repository as HTML of the site: nothing but what was meant becomes markup."""

from __future__ import annotations

from bs4 import BeautifulSoup

from analysis.publish.site.markdown import Document, document, inline

TEXT = """\
<!-- for those who edit -->

# A title

One <!-- x -->2<!--/--> and `<code>`, <b onclick="x()">bold</b>. [Here](there.md), [gone](lost.md),
[out](https://example.org/), [script](javascript:alert(1)).

## Same name

| a | b |
|---|--:|
| `x` | 1 |
| <img src=x onerror=alert(1)> | 2 |

## Same name

```
x = 1 <!-- no comment in code is left either --> < 2
```
"""


def made() -> Document:
    def resolve(target: str) -> str | None:
        return {"there.md": "../there.html"}.get(
            target, target if target.startswith("https:") else None
        )

    return document(TEXT, resolve, lambda number, heading: f"{heading}, table {number}")


def body() -> BeautifulSoup:
    return BeautifulSoup(made().body, "html.parser")


def test_the_first_heading_is_the_title_and_not_in_the_body() -> None:
    assert made().title == "A title"
    assert body().find("h1") is None


def test_headings_have_addresses_and_no_two_have_the_same() -> None:
    assert [one["id"] for one in body().select("h2")] == ["same-name", "same-name--2"]
    assert [one.anchor for one in made().chapters] == ["same-name", "same-name--2"]


def test_a_link_leads_to_its_place_in_the_site() -> None:
    assert {one.get_text(): one["href"] for one in body().select("a")} == {
        "Here": "../there.html",
        "out": "https://example.org/",
    }


def test_a_link_that_leads_nowhere_in_the_site_is_its_text() -> None:
    assert "gone" in body().get_text()
    assert "lost.md" not in str(made().body)


def test_html_in_the_text_is_text() -> None:
    assert body().select("b, img, script, [onclick], [onerror]") == []
    assert '<b onclick="x()">bold</b>' in body().get_text()
    assert "<img src=x onerror=alert(1)>" in body().get_text()


def test_comments_are_left_out_and_what_stands_between_them_is_not() -> None:
    assert "One 2 and" in body().get_text()
    assert "--" not in body().get_text()


def test_a_table_has_a_name_headers_of_columns_and_of_rows() -> None:
    table = body().find("table")
    assert table is not None
    region = table.parent
    assert region is not None
    assert (region["role"], region["tabindex"]) == ("region", "0")
    assert region["aria-label"] == "Same name, table 1"
    assert [one.get_text() for one in table.select("thead th[scope=col]")] == ["a", "b"]
    assert next(one.get_text() for one in table.select("tbody th[scope=row]")) == "x"
    assert len(table.select("tbody tr")) == len(table.select("tbody th[scope=row]")) == 2


def test_cells_that_stand_to_the_right_have_a_class_and_nothing_has_a_style() -> None:
    assert body().select("[style]") == []
    assert [one.get_text() for one in body().select("td.number")] == ["1", "2"]


def test_code_that_scrolls_can_be_reached_by_the_keyboard() -> None:
    (block,) = body().select("pre")
    assert block["tabindex"] == "0"
    assert block.get_text() == "x = 1  < 2\n"


def test_of_a_short_text_only_what_stands_between_backticks_is_marked() -> None:
    assert inline("`a` *b* [c](d) <e>") == "<code>a</code> *b* [c](d) &lt;e&gt;"
