"""The page of the reports lists those that are there, with their files, and no others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from analysis.publish import Edition
from analysis.publish.site import reports
from analysis.runs.places import Outputs
from analysis.words import LANGUAGES, Words
from tests.publish.site.tasks_pages import links, read, rendered, text

FILES = ("report.html", "results.csv", "results.json", "report.ipynb")
MADE = ("vi/overview", "vi/gap-05", "vi/trend-05", "en/gap-05", "vi/tasks-IV", "en/agency-so-y-te")


@pytest.fixture
def made(edition: Edition, tmp_path: Path) -> Edition:
    """The edition whose outputs hold some reports."""
    for folder in MADE:
        (tmp_path / folder).mkdir(parents=True)
        for name in FILES:
            (tmp_path / folder / name).write_text("x", encoding="utf-8")
    return replace(edition, outputs=Outputs(tmp_path))


def shown(edition: Edition, language: str) -> BeautifulSoup:
    (html,) = rendered(edition, language, reports.pages).values()
    return read(html)


def listed(page: BeautifulSoup) -> list[str]:
    main = page.select_one("main")
    assert main is not None
    return [one for one in links(main) if one.startswith("../reports/")]


def test_where_there_is_no_report_it_says_so(edition: Edition) -> None:
    for language in LANGUAGES:
        page = shown(edition, language)
        assert Words(language)("site.reports.none") in text(page)
        assert listed(page) == []


def test_every_report_that_is_there_is_listed_with_its_files(made: Edition) -> None:
    found = listed(shown(made, "vi"))
    wanted = [
        f"../reports/{folder}/{name}" for folder in MADE if folder[:2] == "vi" for name in FILES
    ]
    wanted += [f"../reports/en/agency-so-y-te/{name}" for name in FILES]
    assert sorted(found) == sorted(wanted)


def test_a_report_in_the_other_language_is_marked_as_such(made: Edition) -> None:
    page = shown(made, "vi")
    (link,) = page.select("a[href$='en/agency-so-y-te/report.html']")
    assert link["hreflang"] == "en"
    assert Words("vi")("site.reports.other_language") in text(link.find_parent("li"))
    assert page.select("a[href$='en/gap-05/report.html']") == []


def test_a_file_that_is_missing_is_not_offered(made: Edition, tmp_path: Path) -> None:
    (tmp_path / "vi/gap-05/results.json").unlink()
    found = listed(shown(made, "vi"))
    assert "../reports/vi/gap-05/results.json" not in found
    assert "../reports/vi/gap-05/results.csv" in found


def test_reports_stand_beside_the_page_of_what_they_are_about(made: Edition) -> None:
    page = shown(made, "vi")
    for subject, folder in (
        ("groups/5.html", "vi/gap-05"),
        ("tasks/IV.html", "vi/tasks-IV"),
        ("agencies/so-y-te.html", "en/agency-so-y-te"),
    ):
        (link,) = page.select(f"main a[href='{subject}']")
        line = link.find_parent("li")
        assert line is not None
        assert f"../reports/{folder}/report.html" in links(line)


def test_links_that_look_alike_say_what_they_lead_to(made: Edition) -> None:
    page = shown(made, "vi")
    names = [text(one) for one in page.select("main a[href^='../reports/']")]
    assert len(names) == len(set(names)) > 10


def test_a_report_of_another_day_says_so(made: Edition, tmp_path: Path) -> None:
    record = '{"parameters": {"as_of": "2025-01-31"}, "data": {"version": "0.0.9"}}'
    (tmp_path / "vi/gap-05/job.json").write_text(record, encoding="utf-8")
    page = shown(made, "vi")
    (link,) = page.select("a[href$='vi/gap-05/report.html']")
    assert "31/1/2025" in text(link.find_parent("div"))
