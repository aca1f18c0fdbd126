"""What the page says: exact sentences of frames made by hand, in both languages."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup

from analysis.api import Plan
from analysis.explore import METHOD_NAMES, Findings, Page, choose
from analysis.explore.page import method_name
from analysis.words import Words
from tests.explore.frames import MISSING, SAME, VERDICT, areas, made, rows


def said(page: Page) -> list[str]:
    return [page.title(), *page.chosen(), *page.sentences(), *page.changes()]


def parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def test_a_changed_verdict_is_told_in_vietnamese(plan: Plan) -> None:
    due = {**SAME, "target_year": 2025, "due": True}
    page = Page(made(plan, rows({}, due, {**MISSING, "series_id": "5.9"}), base_year=2019))
    assert said(page) == [
        "Khám phá: 5. Bảo hiểm xã hội, bảo hiểm thất nghiệp, bảo hiểm y tế",
        "Lựa chọn: năm gốc 2019 · không dùng số liệu tham khảo · phương pháp: của dự án này · "
        "đánh giá tại ngày 25/11/2026 · gói dữ liệu phiên bản 1.2.3",
        "So với mặc định của các báo cáo: năm gốc 2020, không dùng số liệu tham khảo, phương "
        "pháp của dự án, chỉ dùng số liệu đã công bố.",
        "1 trong 2 đánh giá khác với mặc định.",
        "1 mục tiêu chưa có số liệu dùng được nên không có trong bảng.",
        "5.7 Dân số tham gia BHYT, mục tiêu 2030: từ “Có tiến bộ, cần đẩy nhanh tiến độ” thành "
        "“Đúng tiến độ, có khả năng đạt”.",
    ]


def test_a_changed_verdict_is_told_in_english(plan: Plan) -> None:
    page = Page(made(plan, rows({}, SAME), base_year=2019, include_proxy=True, language="en"))
    assert said(page) == [
        "Explore: 5. Social insurance, unemployment insurance and health insurance",
        "Chosen: base year 2019 · with proxies · method: of this project · assessed on 25 "
        "November 2026 · data package version 1.2.3",
        "Compared with the default of the reports: base year 2020, no proxies, the method of "
        "this project, published values only.",
        "1 verdict of 2 differs from the default.",
        "5.7 Population in health insurance, target 2030: from “Progress, but must accelerate” "
        "to “On track”.",
    ]


def test_the_default_says_that_it_is_the_default(plan: Plan) -> None:
    sentences = Page(made(plan, rows(SAME, SAME), language="en")).sentences()
    assert sentences == (
        "0 verdicts of 2 differ from the default.",
        "This is the default. Change the base year, the data or the method to compare.",
    )


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "vi",
            (
                "1 trong 1 đánh giá khác với mặc định.",
                "GIẢ ĐỊNH: 1 dòng số liệu dùng giá trị giả định; kết quả của dòng này không phải "
                "là kết quả theo số liệu đã công bố.",
                "1 giá trị giả định không có tác dụng: kỳ số liệu bắt đầu sau ngày đánh giá, hoặc "
                "là số liệu tham khảo mà lựa chọn này không dùng.",
            ),
        ),
        (
            "en",
            (
                "1 verdict of 1 differs from the default.",
                "WHAT IF: 1 series uses hypothetical values; its result is not what the "
                "published values say.",
                "1 hypothetical value has no effect: its period begins after the day of "
                "assessment, or it is a proxy and proxies are not admitted.",
            ),
        ),
    ],
)
def test_a_what_if_says_that_it_is_one(
    plan: Plan, language: str, sentences: tuple[str, ...]
) -> None:
    page = Page(made(plan, rows({"what_if": True}), unused=1, language=language))
    assert page.sentences() == sentences


def test_a_published_method_speaks_in_its_own_words(plan: Plan) -> None:
    differs = {"category": "limited_progress", "change": "differs", "changed": True}
    silent = {"category": "", "change": "not_judged", "changed": None, "reason": "METHOD_SILENT"}
    page = Page(made(plan, rows(differs, silent), method="statistics_canada", language="en"))
    assert page.sentences() == (
        "1 verdict of 2 differs from the default.",
        "This method does not judge 1 target; the column “As chosen” says why.",
        "The judgement is in the words of the method's publisher. The chart still follows the "
        "method of this project.",
    )
    assert page.changes() == (
        "5.7 Population in health insurance, target 2030: from “Progress, but must accelerate” "
        "to “Limited progress”.",
    )
    table = page.verdict_table()
    assert table is not None
    assert [row[5].text for row in table.rows] == ["Limited progress", "Not judged"]
    assert [row[6].text for row in table.rows] == [
        "DIFFERS from the default",
        "cannot be compared",
    ]
    assert table.rows[1][5].detail[0] == "the method gives no judgement"


def test_a_row_of_the_table_has_value_source_and_both_verdicts(plan: Plan) -> None:
    table = Page(made(plan, rows({}))).verdict_table()
    assert table is not None
    series, year, target, value, default, chosen, change = table.rows[0]
    assert (series.text, year.text) == ("5.7 Dân số tham gia BHYT", "2030")
    assert target.text == "≥\u00a097\u00a0%"
    assert (value.text, value.detail) == ("95,76\u00a0%", ("2025", "Báo <Ví dụ>"))
    assert value.link == "https://page.example/a?b=1&c=2"
    assert (default.text, default.kind) == (
        "Có tiến bộ, cần đẩy nhanh tiến độ",
        "verdict-NEEDS_ACCELERATION",
    )
    assert (default.detail, chosen.detail) == (("tính từ năm 2020",), ("tính từ năm 2018",))
    assert (change.text, change.kind) == ("KHÁC mặc định", "changed")


def test_a_target_that_is_due_names_no_base_year(plan: Plan) -> None:
    table = Page(made(plan, rows({**SAME, "due": True}))).verdict_table()
    assert table is not None
    assert table.rows[0][4].detail == ()


def test_a_verdict_without_ground_says_why(plan: Plan) -> None:
    none = {"verdict": "NOT_ASSESSABLE", "reason": "NO_BASELINE", "base_year": None}
    table = Page(made(plan, rows(none), language="en")).verdict_table()
    assert table is not None
    assert table.rows[0][5].detail == ("no value near the base year",)


def test_a_level_is_named_and_not_numbered(plan: Plan) -> None:
    level = {"mode": "level", "scale": "universal-education", "judged_value": 3.0}
    cells = {**level, "unit_id": "education-level", "kind": "level", "text_source": "Mức độ 3"}
    table = Page(made(plan, rows(cells))).verdict_table()
    assert table is not None
    assert table.rows[0][3].text == "Phổ cập giáo dục mức độ 3"
    sides = {"province_value": 3.0, "country_value": 2.0, "difference": 1.0}
    country = Page(made(plan, rows(), areas({**cells, **sides}))).country_table()
    assert country is not None
    assert [cell.text for cell in country.rows[0][2:5]] == [
        "Phổ cập giáo dục mức độ 3",
        "Phổ cập giáo dục mức độ 2",
        "–",
    ]


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "vi",
            [
                "5.7 Dân số tham gia BHYT", "2025", "95,76\u00a0%", "95,15\u00a0%",
                "+0,61\u00a0điểm\u00a0%", "tỉnh",
                "hai số liệu có mức so sánh được khác nhau; hai số liệu có tình trạng khác nhau "
                "(chính thức, sơ bộ, ước tính)",
            ],
        ),
        (
            "en",
            [
                "5.7 Population in health insurance", "2025", "95.76\u00a0%", "95.15\u00a0%",
                "+0.61\u00a0percentage points", "province",
                "the two are not equally close to the definition; the two differ in status "
                "(actual, preliminary, estimate)",
            ],
        ),
    ],
)  # fmt: skip
def test_the_country_stands_beside_the_province(
    plan: Plan, language: str, texts: list[str]
) -> None:
    table = Page(made(plan, rows(), areas({}), language=language)).country_table()
    assert table is not None
    assert [cell.text for cell in table.rows[0]] == texts
    assert all(cell.link for cell in table.rows[0][2:4])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_with_nothing_says_so_in_sentences(plan: Plan, language: str) -> None:
    page = Page(made(plan, rows(MISSING), language=language))
    assert (page.verdict_table(), page.country_table(), page.chart) == (None, None, None)
    words = Words(language)
    text = parsed(page.html()).get_text("\n", strip=True)
    for key in ("no_verdicts", "no_chart.gap", "no_country"):
        assert words(f"explore.{key}") in text
    assert not parsed(page.html()).find_all("table")


def test_texts_from_data_are_escaped(plan: Plan) -> None:
    evil = "<script>alert(1)</script>"
    page = Page(made(plan, rows({"label_vi": evil}), areas({"label_vi": evil})))
    html = page.html()
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 3
    assert "Báo &lt;Ví dụ&gt;" in html


def test_only_the_page_that_stands_alone_says_how_to_choose_by_hand(plan: Plan) -> None:
    page = Page(made(plan, rows({}), base_year=2019))
    hint = Words("vi")("explore.hint")
    assert hint not in parsed(page.html()).get_text()
    alone = parsed(page.plain_html())
    assert hint in alone.get_text()
    assert alone.pre is not None
    assert alone.pre.get_text() == (
        "explore.Explorer(plan, group_id=5, series_id='', base_year=2019, include_proxy=False, "
        "method='own', chart='gap', language='vi', as_of='2026-11-25')"
    )
    assert hint in page.text()


def test_the_call_on_the_page_makes_the_same_choice(plan: Plan, as_of: date) -> None:
    choice = choose(plan, as_of=as_of, series_id="8.4-beds", method="aarr", include_proxy=True)
    call = Page(Findings(plan, choice)).call()
    names = {"explore": Named, "plan": plan}
    assert eval(call, {"__builtins__": {}}, names) == choice


class Named:
    """Stands for the module in the call."""

    @staticmethod
    def Explorer(plan: Plan, **options: object) -> object:  # noqa: N802 - as in the call
        return choose(plan, **options)


def test_the_chart_comes_in_both_themes_and_alone_in_one(plan: Plan, as_of: date) -> None:
    page = Page(Findings(plan, choose(plan, as_of=as_of)))
    both = parsed(page.html()).find_all("img")
    assert [image["class"] for image in both] == [["theme-light"], ["theme-dark"]]
    assert [str(image["src"])[:26] for image in both] == ["data:image/svg+xml;base64,"] * 2
    assert both[0]["src"] != both[1]["src"]
    (alone,) = parsed(page.plain_html()).find_all("img")
    assert str(alone["src"]).startswith("data:image/png;base64,")
    assert {str(image["alt"]) for image in (*both, alone)} == {page.chart and page.chart.alt}


@pytest.mark.parametrize("group_id", range(1, 12))
def test_every_group_has_a_page(plan: Plan, as_of: date, group_id: int) -> None:
    language = "vi" if group_id % 2 else "en"
    options = {"include_proxy": True, "base_year": 2022, "method": "sdsn_arrows"}
    choice = choose(plan, as_of=as_of, group_id=group_id, language=language, **options)
    page = Page(Findings(plan, choice))
    words = Words(language)
    assert page.text().splitlines()[0].startswith(words("explore.title", name=group_id))
    shown = page.verdict_table()
    assert (shown is None) == page.shown.empty


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_method_has_a_name(language: str) -> None:
    names = [method_name(name, Words(language)) for name in METHOD_NAMES]
    assert len(set(names)) == len(METHOD_NAMES)
    assert all(names)


def test_the_frame_made_by_hand_has_the_columns_of_the_real_one(plan: Plan, as_of: date) -> None:
    choice = choose(plan, as_of=as_of)
    found = Findings(plan, choice)
    assert set(VERDICT) <= set(found.verdicts.columns)
    assert set(areas().columns) - set(VERDICT) <= set(found.country.columns)
