from __future__ import annotations

import base64
import io
import re
import struct
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import nbformat
import pytest
from bs4 import BeautifulSoup
from matplotlib.figure import Figure

from analysis.charts.style import MARKS
from analysis.reports.table import Table, cells
from analysis.runs.dom import dark_figures, png_size
from analysis.runs.html import Page, stylesheet, to_html, write_page
from analysis.runs.job import Job
from analysis.words import Words
from tests.runs.pages import active, fetched, headings, parse, skips_a_level
from tests.runs.project import notebook

PIXEL = "iVBORw0KGgo="


def page(language: str = "vi", name: str = "Đói & nghèo") -> Page:
    parameters = {"group_id": 2, "language": language, "as_of": "2026-03-01"}
    words = Words(language)
    kinds = {kind: words(f"page.kind.{kind}") for kind in ("gap", "trend")}
    subject = words("page.subject.group_id", n="2", name=name)
    return Page(Job("gap", "2", language), subject, kinds, (), "small", "1.0.0", parameters)


def data(kind: str, content: str, **metadata: str) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {kind: content}, "metadata": {kind: metadata}}


def stream(name: str, text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def exported(*outputs: dict[str, Any], language: str = "vi", **cell: Any) -> str:
    """The page of a notebook with one cell that left these outputs."""
    content = notebook(["print('the code')"])
    content["cells"][-1] |= {"outputs": list(outputs), "execution_count": 1} | cell
    return to_html(nbformat.from_dict(content), page(language))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_is_in_the_language_of_its_report(language: str) -> None:
    root = parse(exported(language=language)).html
    assert root is not None
    assert root["lang"] == language


def test_the_title_names_group_kind_and_plan() -> None:
    title = parse(exported()).title
    assert title is not None
    assert title.get_text() == (
        "Nhóm 2. Đói & nghèo: Khoảng cách tới mục tiêu – Kế hoạch 155/KH-UBND"
    )


def test_a_name_with_markup_stays_text() -> None:
    content = nbformat.from_dict(notebook([]))
    html = to_html(content, page(name="<script>alert(1)</script>"))
    assert active(html) == []


def test_nothing_is_fetched_and_nothing_runs() -> None:
    html = exported(data("text/markdown", "# A\n\n$x$"), data("image/png", PIXEL, alt="A line"))
    assert fetched(html) == []
    assert active(html) == []


def test_a_browser_is_told_to_fetch_nothing() -> None:
    meta = parse(exported()).find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert meta is not None
    assert str(meta["content"]).startswith("default-src 'none'")


def test_code_parameters_and_what_is_for_those_who_open_the_notebook_are_left_out() -> None:
    html = exported(data("text/markdown", "seen"))
    assert "the code" not in html
    assert "threshold" not in html
    assert "What is this?" not in html
    assert "seen" in html


def test_the_parameters_stand_at_the_foot() -> None:
    foot = parse(exported()).find(class_="made")
    assert foot is not None
    text = foot.get_text()
    assert "group_id = 2, language = vi, as_of = 2026-03-01" in text
    assert "small phiên bản 1.0.0" in text


@pytest.mark.parametrize(("language", "shown"), [("vi", "Xin chào"), ("en", "Hello")])
def test_cells_of_the_other_language_are_left_out(language: str, shown: str) -> None:
    content = notebook([])
    for name, text in (("vi", "Xin chào"), ("en", "Hello")):
        metadata = {"tags": [f"lang-{name}"]}
        cell = {"cell_type": "markdown", "id": name, "metadata": metadata, "source": text}
        content["cells"].append(cell)
    html = to_html(nbformat.from_dict(content), page(language))
    assert [text for text in ("Xin chào", "Hello") if text in html] == [shown]


def test_headings_stay_as_they_are_without_anchors() -> None:
    html = exported(data("text/markdown", "# One\n\n## Two\n\n### Three"))
    assert headings(html) == [1, 2, 3, 2]
    assert not skips_a_level(headings(html))
    assert "¶" not in html


def test_a_figure_keeps_its_text_alternative() -> None:
    image = parse(exported(data("image/png", PIXEL, alt='5 < 6 "so"'))).find("img")
    assert image is not None
    assert image["alt"] == '5 < 6 "so"'


def test_a_table_scrolls_in_a_box_of_its_own_named_by_its_caption() -> None:
    table = "<table border='1'><caption>Một  bảng</caption><tr><td>1</td></tr></table>"
    box = parse(exported(data("text/html", table))).find(role="region")
    assert box is not None
    assert (box["aria-label"], box["tabindex"], box["class"]) == ("Một bảng", "0", ["scroll"])
    inner = box.find("table")
    assert inner is not None
    assert inner.get("border") is None


def test_a_table_without_a_caption_is_numbered() -> None:
    soup = parse(exported(data("text/markdown", "| a |\n|---|\n| 1 |\n"), language="en"))
    assert [box["aria-label"] for box in soup.find_all(role="region")] == ["Table 1"]


def test_a_table_that_has_its_box_is_not_boxed_again() -> None:
    table = (
        "<div role='region' tabindex='0' aria-label='x'><table><tr><td>1</td></tr></table></div>"
    )
    assert len(parse(exported(data("text/html", table))).find_all(role="region")) == 1


def test_warnings_stay_in_the_notebook() -> None:
    html = exported(stream("stderr", "FutureWarning: x"), stream("stdout", "a line"))
    assert "FutureWarning" not in html
    assert "a line" in html


def test_the_first_link_skips_to_the_content() -> None:
    soup = parse(exported())
    first = soup.find("a")
    assert first is not None
    assert soup.find(id=str(first["href"]).removeprefix("#")) is not None


def test_links_lead_back_to_the_index_and_to_the_files() -> None:
    hrefs = [link["href"] for link in parse(exported()).find_all("a")]
    assert {"../../index.html", "results.csv", "results.json", "report.ipynb"} <= set(hrefs)


def test_links_to_sibling_reports_are_hidden_until_these_exist() -> None:
    items = parse(exported()).find_all(class_="sibling")
    assert [item["data-report"] for item in items] == [
        "../../vi/trend-02/report.html",
        "../../en/gap-02/report.html",
    ]
    assert all(item.has_attr("hidden") for item in items)
    english = items[1].find("a")
    assert english is not None
    assert (english["lang"], english.get_text()) == ("en", "English")


def test_the_same_notebook_gives_the_same_page(tmp_path: Path) -> None:
    nbformat.write(nbformat.from_dict(notebook(["1"])), tmp_path / "report.ipynb")
    for name in ("a.html", "b.html"):
        write_page(tmp_path / "report.ipynb", tmp_path / name, page())
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


@pytest.mark.parametrize("verdict", MARKS)
def test_every_verdict_has_the_mark_of_the_charts(verdict: str) -> None:
    (rule,) = (
        line
        for line in stylesheet().splitlines()
        if re.match(rf".*\.verdict-{verdict}\b.* {{", line)
    )
    assert f'--mark: "{MARKS[verdict].symbol}";' in rule


def test_the_table_of_a_report_comes_with_its_box_and_without_its_style() -> None:
    table = Table("Một bảng", ("a", "b"), (cells(["c", "d"]),))
    html = exported(data("text/html", table._repr_html_()))
    soup = parse(html)
    assert [box["aria-label"] for box in soup.find_all(role="region")] == ["Một bảng"]
    assert soup.select("main style") == []
    assert ".plan155-table" in soup.select("head style")[0].get_text()


def test_of_an_output_that_can_be_shown_by_a_script_the_plain_form_is_shown() -> None:
    widget = "application/vnd.jupyter.widget-view+json"
    output = data("text/html", "<p>plain</p>")
    output["data"] |= {widget: {"model_id": "x"}, "application/javascript": "alert(1)"}
    html = exported(output)
    assert "<p>plain</p>" in html
    assert active(html) == []


def figure(folder: Path) -> str:
    """A saved figure with its dark variant; its PNG as a notebook holds it."""
    (folder / "a.png").write_bytes(b"light")
    (folder / "a-dark.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><a b="#1"/></svg>')
    return base64.b64encode(b"light").decode()


def exported_with_figures(picture: str, folder: Path) -> BeautifulSoup:
    content = notebook(["1"])
    outputs = [data("image/png", picture, alt="A line")]
    content["cells"][-1] |= {"outputs": outputs, "execution_count": 1}
    return parse(to_html(nbformat.from_dict(content), page(), dark_figures(folder)))


def test_a_dark_screen_gets_the_dark_variant_of_a_figure(tmp_path: Path) -> None:
    picture = exported_with_figures(figure(tmp_path), tmp_path).find("picture")
    assert picture is not None
    source, image = picture.find_all(True)
    assert (source["media"], source["type"]) == (
        "screen and (prefers-color-scheme: dark)", "image/svg+xml",
    )  # fmt: skip
    address = str(source["srcset"])
    assert " " not in address
    assert unquote(address) == (
        'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"><a b="#1"/></svg>'
    )
    assert image["alt"] == "A line"


def test_a_figure_is_as_large_as_its_resolution_says() -> None:
    buffer = io.BytesIO()
    Figure(figsize=(5, 2)).savefig(buffer, dpi=150)
    assert png_size(buffer.getvalue()) == {"width": 480, "height": 192}
    shown = base64.b64encode(buffer.getvalue()).decode()
    image = parse(exported(data("image/png", shown, alt="A line"))).find("img")
    assert image is not None
    assert (image["width"], image["height"]) == ("480", "192")


def test_a_picture_without_a_resolution_keeps_its_pixels() -> None:
    header = b"\x89PNG\r\n\x1a\n" + bytes(8) + struct.pack(">II", 30, 20) + bytes(9)
    assert png_size(header) == {"width": 30, "height": 20}


@pytest.mark.parametrize("content", [b"", b"no picture at all", b"\x89PNG\r\n\x1a\nshort"])
def test_what_is_no_picture_has_no_size(content: bytes) -> None:
    assert png_size(content) == {}


def test_a_figure_that_scrolls_can_be_reached_with_the_keyboard_and_has_a_name() -> None:
    outputs = [data("text/markdown", "## Xu hướng"), data("image/png", PIXEL, alt="A line")]
    figure = parse(exported(*outputs)).find("figure")
    assert figure is not None
    assert (figure["role"], figure["tabindex"]) == ("region", "0")
    assert figure["aria-label"] == "Hình: Xu hướng"


def test_figures_below_one_heading_have_names_of_their_own() -> None:
    lines = [data("image/png", PIXEL, alt=alt) for alt in ("A line", "Another line")]
    soup = parse(exported(data("text/markdown", "## Trends"), *lines, language="en"))
    names = [figure["aria-label"] for figure in soup.find_all("figure")]
    assert names == ["Figure: Trends", "Figure: Trends (2)"]


def test_a_figure_above_every_heading_is_still_named() -> None:
    figure = parse(exported(data("image/png", PIXEL, alt="A line"), language="en")).find("figure")
    assert figure is not None
    assert figure["aria-label"] == "Figure"


def test_a_figure_without_a_dark_variant_is_shown_as_it_is(tmp_path: Path) -> None:
    figure(tmp_path)
    other = base64.b64encode(b"another figure").decode()
    assert exported_with_figures(other, tmp_path).find("picture") is None
    (tmp_path / "a-dark.svg").unlink()
    assert (
        exported_with_figures(base64.b64encode(b"light").decode(), tmp_path).find("source") is None
    )


def test_dark_variants_are_found_beside_the_notebook(tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    content = notebook(["1"])
    outputs = [data("image/png", figure(tmp_path / "figures"), alt="A line")]
    content["cells"][-1] |= {"outputs": outputs, "execution_count": 1}
    nbformat.write(nbformat.from_dict(content), tmp_path / "report.ipynb")
    write_page(tmp_path / "report.ipynb", tmp_path / "report.html", page())
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert parse(html).find("source") is not None
    assert fetched(html) == []


def sections(count: int) -> str:
    return "# Title\n\n" + "\n\n".join(f"## Part *{n}*\n\ntext" for n in range(1, count + 1))


def test_a_page_of_many_sections_begins_with_a_list_of_them() -> None:
    soup = parse(exported(data("text/markdown", sections(6))))
    contents = soup.find("nav", class_="contents")
    assert contents is not None
    assert contents["aria-label"] == "Mục lục"
    links = contents.find_all("a")
    assert [link.get_text() for link in links] == [f"Part {n}" for n in range(1, 7)]
    for link in links:
        heading = soup.find(id=str(link["href"]).removeprefix("#"))
        assert heading is not None
        assert heading.get_text() == link.get_text()


def order(*texts: str) -> list[str]:
    """The title, the list of sections and the first section, as they follow each other."""
    soup = parse(exported(*(data("text/markdown", text) for text in texts)))
    return [tag.name for tag in soup.select("main :is(h1, nav, h2)")][:3]


def test_the_list_of_sections_follows_the_title_and_precedes_the_first_section() -> None:
    title, _, rest = sections(6).partition("\n\n")
    assert order(f"{title}\n\n{rest}") == ["h1", "nav", "h2"]
    assert order(title, "what opens the report", rest) == ["h1", "nav", "h2"]


def test_a_page_of_few_sections_has_no_list_of_them() -> None:
    assert parse(exported(data("text/markdown", sections(5)))).find(class_="contents") is None
