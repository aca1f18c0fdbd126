"""The looking itself: a fault that is put on a page is found, and a good page has none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.looking import NARROW, WIDE, View, faults, show

pytestmark = pytest.mark.browser

PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
GOOD = f"""<!DOCTYPE html>
<html lang="vi">
<head><meta charset="utf-8"><title>Báo cáo</title></head>
<body>
<main>
<h1>Báo cáo</h1>
<h2>Bảng</h2>
<div role="region" aria-label="Một bảng" tabindex="0">
<table><thead><tr><th scope="col">Chỉ tiêu</th><th scope="col">Giá trị</th></tr></thead>
<tbody><tr><th scope="row">5.7</th><td>95,76 %</td></tr></tbody></table>
</div>
<img src="{PIXEL}" alt="Một biểu đồ với các giá trị">
</main>
</body>
</html>
"""

Look = Callable[[str], list[str]]


@pytest.fixture
def look(window: View, tmp_path: Path) -> Look:
    """Look at a page on a telephone and return its faults."""

    def faults_of(html: str) -> list[str]:
        (tmp_path / "page.html").write_text(html, encoding="utf-8")
        found = faults(show(window, (tmp_path / "page.html").as_uri(), width=NARROW))
        return [one for one in found if "page.html" not in one]

    return faults_of


def test_a_good_page_has_no_fault(look: Look) -> None:
    assert look(GOOD) == []


@pytest.mark.parametrize(
    ("good", "bad", "found"),
    [
        (' alt="Một biểu đồ với các giá trị"', "", "image-alt"),
        (' alt="Một biểu đồ với các giá trị"', ' alt=""', "no text alternative"),
        (PIXEL, "data:image/png;base64,AAAA", "not shown"),
        ("<h1>", '<h1 style="color: #aaa">', "color-contrast"),
        ("<h2>Bảng</h2>", "<h4>Bảng</h4>", "a level is skipped before: Bảng"),
        ("<h2>Bảng</h2>", "<h1>Bảng</h1>", "no single title"),
        ("<h2>Bảng</h2>", "<h2></h2>", "an empty heading"),
        ('<th scope="row">5.7</th>', "<td>5.7</td>", "1 rows without a header: Một bảng"),
        ('aria-label="Một bảng"', "", "a table without a name"),
        (' scope="col"', "", "a table without headings"),
        (' lang="vi"', "", "html-has-lang"),
        ("</main>", '<p style="width: 500px">x</p></main>', "px are needed and 360 there"),
        ("</main>", '<a href="x"></a></main>', "link-name"),
        ("</main>", "<script>console.error('oh')</script></main>", "error: oh"),
        ("</main>", "<script>throw new Error('oh')</script></main>", "error: oh"),
        ("</main>", '<link rel="stylesheet" href="http://127.0.0.1:9/x"></main>', "another host"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(look: Look, good: str, bad: str, found: str) -> None:
    assert good in GOOD
    faults_found = look(GOOD.replace(good, bad))
    assert any(found in fault for fault in faults_found), faults_found


ROWS = "".join(f'<tr id="row-{n}"><th scope="row">{n}</th><td>{n} %</td></tr>' for n in range(40))


def test_texts_that_look_alike_are_asked_for_their_contrast_like_all_others(look: Look) -> None:
    many = GOOD.replace("</tbody>", f"{ROWS}</tbody>")
    assert look(many) == []
    for pale in (
        "#row-29 td { color: #aaa }",
        "tr:nth-child(5n + 4) { background: #555 }",
        "#row-35 { opacity: 0.4 }",
        "@media (max-width: 400px) { #row-31 th { color: #bbb } }",
    ):
        found = look(many.replace("</head>", f"<style>{pale}</style></head>"))
        assert any("color-contrast" in fault for fault in found), pale
    hidden = many.replace("</head>", "<style>#row-29 { color: #aaa; display: none }</style></head>")
    assert look(hidden) == []


def test_a_window_shows_each_page_as_if_it_were_the_first(window: View, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(GOOD.replace("</main>", "<script>console.error('oh')</script></main>"))
    show(window, page.as_uri(), "dark", NARROW)
    window.page.emulate_media(media="print")
    assert window.said == ["error: oh"]
    page.write_text(GOOD, encoding="utf-8")
    show(window, page.as_uri())
    asked = (
        "[innerWidth, ...['print', '(prefers-color-scheme: dark)'].map(q => matchMedia(q).matches)]"
    )
    assert window.page.evaluate(asked) == [WIDE, False, False]
    assert window.said == []
