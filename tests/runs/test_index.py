from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.runs.facts import PackageFacts, Subject, read_facts
from analysis.runs.index import render, write_index
from analysis.runs.job import Job
from analysis.runs.kinds import Kind
from analysis.runs.places import Outputs
from analysis.runs.record import write_json
from tests.runs.pages import active, dead_links, fetched, headings, parse, skips_a_level
from tests.runs.project import KINDS, write_package, write_report

DAY = "2026-03-01"


@pytest.fixture
def facts(tmp_path: Path) -> PackageFacts:
    return read_facts(write_package(tmp_path / "package"))


@pytest.fixture
def outputs(tmp_path: Path) -> Outputs:
    return Outputs(tmp_path / "outputs")


def add_report(outputs: Outputs, job: Job, as_of: str = DAY, summary: object = None) -> None:
    folder = outputs.place(job)
    write_report(folder, job)
    (folder / "report.html").touch()
    record = {"parameters": {"as_of": as_of}, "data": {"version": "1.0.0"}}
    write_json(folder / "job.json", record)
    if summary is not None:
        marker = json.loads((folder / "done.json").read_text())
        write_json(folder / "done.json", marker | {"summary": summary})


def add_failure(outputs: Outputs, job: Job, with_notebook: bool = True) -> None:
    outputs.failed(job).mkdir(parents=True)
    for name in ("log.txt", "report.ipynb") if with_notebook else ("log.txt",):
        (outputs.failed(job) / name).touch()


def links(html: str) -> list[str]:
    return [str(link["href"]) for link in parse(html).find_all("a", href=True)]


def test_all_reports_notebooks_and_tables_are_linked(outputs: Outputs, facts: PackageFacts) -> None:
    add_report(outputs, Job("gap", "1", "vi"))
    write_index(outputs, facts, KINDS, DAY)
    write_json(outputs.summary, {})
    found = links(outputs.index.read_text())
    for name in ("report.html", "report.ipynb", "results.csv", "results.json"):
        assert f"vi/gap-01/{name}" in found
    assert dead_links(outputs.index) == []


def test_nothing_is_fetched_and_nothing_runs(outputs: Outputs, facts: PackageFacts) -> None:
    add_report(outputs, Job("gap", "1", "vi"))
    html = render(outputs, facts, KINDS, DAY)
    assert fetched(html) == []
    assert active(html) == []


def test_the_page_is_vietnamese_with_english_beside_and_marked_so(
    outputs: Outputs, facts: PackageFacts
) -> None:
    add_report(outputs, Job("gap", "1", "vi"))
    soup = parse(render(outputs, facts, KINDS, DAY))
    assert soup.html is not None
    assert soup.html["lang"] == "vi"
    card = soup.find(id="group-2")
    assert card is not None
    title = card.find("h3")
    assert title is not None
    assert "Đói & nghèo" in title.get_text()
    english = title.find(lang="en")
    assert english is not None
    assert english.get_text() == "Poverty"


def test_day_version_and_number_of_reports_are_told(outputs: Outputs, facts: PackageFacts) -> None:
    add_report(outputs, Job("gap", "1", "vi"))
    told = [tag.get_text() for tag in parse(render(outputs, facts, KINDS, DAY)).find_all("dd")]
    assert told == ["1/3/2026", "1.0.0", "1 trên 6"]


def test_headings_skip_no_level(outputs: Outputs, facts: PackageFacts) -> None:
    levels = headings(render(outputs, facts, KINDS, DAY))
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert not skips_a_level(levels)


def test_a_failed_report_is_told_with_its_notebook_and_log(
    outputs: Outputs, facts: PackageFacts
) -> None:
    add_failure(outputs, Job("gap", "1", "vi"))
    html = render(outputs, facts, KINDS, DAY)
    assert {"failed/vi-gap-01/report.ipynb", "failed/vi-gap-01/log.txt"} <= set(links(html))
    assert "vi/gap-01/report.html" not in links(html)
    assert "không lập được" in html


def test_a_failure_that_left_no_notebook_links_to_none(
    outputs: Outputs, facts: PackageFacts
) -> None:
    add_failure(outputs, Job("gap", "1", "vi"), with_notebook=False)
    write_index(outputs, facts, KINDS, DAY)
    write_json(outputs.summary, {})
    assert dead_links(outputs.index) == []


def test_a_report_kept_from_before_a_failure_stays_linked(
    outputs: Outputs, facts: PackageFacts
) -> None:
    add_report(outputs, Job("gap", "1", "vi"))
    add_failure(outputs, Job("gap", "1", "vi"))
    html = render(outputs, facts, KINDS, DAY)
    assert "vi/gap-01/report.html" in links(html)
    assert "giữ nguyên" in html


def test_without_failures_none_are_told(outputs: Outputs, facts: PackageFacts) -> None:
    add_report(outputs, Job("gap", "1", "vi"))
    assert parse(render(outputs, facts, KINDS, DAY)).find(class_=["alarm", "failure"]) is None


def test_a_report_of_another_day_says_so(outputs: Outputs, facts: PackageFacts) -> None:
    add_report(outputs, Job("gap", "1", "vi"), as_of="2025-12-31")
    add_report(outputs, Job("gap", "2", "vi"))
    html = render(outputs, facts, KINDS, DAY)
    assert html.count("Lập theo ngày đánh giá") == 1
    assert "31/12/2025" in html


def test_english_is_expected_only_once_there_is_any(outputs: Outputs, facts: PackageFacts) -> None:
    add_report(outputs, Job("gap", "1", "vi"))
    assert "1 trên 6" in render(outputs, facts, KINDS, DAY)
    add_report(outputs, Job("gap", "1", "en"))
    assert "2 trên 12" in render(outputs, facts, KINDS, DAY)


SUMMARY = {
    "counts": {"2025": {"MET": 3, "LOST": 0}, "2030": {"ON_TRACK": 1, "XYZ": 2}},
    "sentence": {"vi": "Ba <trong> năm.", "en": "Three of five."},
}


def told(html: str, identity: str, selector: str) -> list[str]:
    """The texts of a part of the page."""
    part = parse(html).find(id=identity)
    assert part is not None
    return [" ".join(tag.get_text(" ").split()) for tag in part.select(selector)]


def test_a_report_without_counts_is_told_in_a_sentence_in_both_languages(
    outputs: Outputs, facts: PackageFacts
) -> None:
    add_report(outputs, Job("trend", "1", "vi"), summary=SUMMARY | {"counts": {}})
    html = render(outputs, facts, KINDS, DAY)
    assert told(html, "group-1", ".lead p") == ["Ba <trong> năm.", "Three of five."]


def test_counts_that_are_drawn_are_not_told_in_a_sentence_as_well(
    outputs: Outputs, facts: PackageFacts
) -> None:
    add_report(outputs, Job("gap", "1", "vi"), summary=SUMMARY)
    assert told(render(outputs, facts, KINDS, DAY), "group-1", ".lead") == []


def test_counts_of_something_else_than_verdicts_are_not_drawn(
    outputs: Outputs, facts: PackageFacts
) -> None:
    add_report(outputs, Job("trend", "1", "vi"), summary=SUMMARY | {"counts": {"overdue": 3}})
    html = render(outputs, facts, KINDS, DAY)
    assert told(html, "group-1", ".bar") == []
    assert told(html, "group-1", ".lead p") == ["Ba <trong> năm.", "Three of five."]


def test_counts_are_drawn_and_told_in_words(outputs: Outputs, facts: PackageFacts) -> None:
    add_report(outputs, Job("gap", "1", "vi"), summary=SUMMARY)
    soup = parse(render(outputs, facts, KINDS, DAY))
    assert [span["style"] for span in soup.select(".card .bar span")] == ["--n:3", "--n:1", "--n:2"]
    told = [" ".join(item.get_text(" ").split()) for item in soup.select(".card .legend li")]
    assert told == ["3 đạt met", "1 đúng tiến độ on track", "2 xyz xyz"]
    assert all(bar["aria-hidden"] == "true" for bar in soup.select(".bar"))


def test_counts_of_all_groups_are_added_up(outputs: Outputs, facts: PackageFacts) -> None:
    add_report(
        outputs, Job("gap", "1", "vi"), summary={"counts": {"2030": {"NO_DATA": 2, "MET": 1}}}
    )
    add_report(outputs, Job("gap", "2", "vi"), summary={"counts": {"2030": {"LOST": 4, "MET": 3}}})
    add_report(outputs, Job("trend", "1", "vi"), summary={"counts": {"2030": {"MET": 100}}})
    totals = parse(render(outputs, facts, KINDS, DAY)).select_one(".totals")
    assert totals is not None
    drawn = [(span["class"], span["style"]) for span in totals.select(".bar span")]
    assert drawn == [
        (["verdict-MET"], "--n:4"),
        (["verdict-LOST"], "--n:4"),
        (["verdict-NO_DATA"], "--n:2"),
    ]
    assert "cộng từ 2 trong 3 nhóm" in totals.get_text()


def test_counts_without_years_make_one_bar(outputs: Outputs, facts: PackageFacts) -> None:
    add_report(outputs, Job("gap", "1", "vi"), summary={"counts": {"MET": 1, "NO_DATA": 2}})
    assert len(parse(render(outputs, facts, KINDS, DAY)).select(".card .bar")) == 1


@pytest.mark.parametrize("summary", [{}, {"counts": {}}, {"counts": {"2025": {"MET": 0}}}])
def test_a_summary_that_says_nothing_draws_nothing(
    outputs: Outputs, facts: PackageFacts, summary: object
) -> None:
    add_report(outputs, Job("gap", "1", "vi"), summary=summary)
    assert parse(render(outputs, facts, KINDS, DAY)).select(".bar") == []


def test_the_same_outputs_give_the_same_page(outputs: Outputs, facts: PackageFacts) -> None:
    add_report(outputs, Job("gap", "1", "vi"), summary=SUMMARY)
    assert render(outputs, facts, KINDS, DAY) == render(outputs, facts, KINDS, DAY)


def add_results(outputs: Outputs, as_of: str = DAY) -> None:
    outputs.results.mkdir(parents=True)
    names = {"vi": "Khoảng cách <tới> mục tiêu", "en": "Gaps"}
    tables = [
        {"name": name, "path": f"{name}.csv", "titles": names, "rowCount": 220}
        for name in ("results_gap", "results_areas")
    ]
    for name in ("results_gap.csv", "results_gap.json", "results_areas.csv"):
        (outputs.results / name).touch()
    told = {"assessedOn": as_of, "basedOn": {"version": "1.0.0"}, "resources": tables}
    write_json(outputs.results / "datapackage.json", told)


def test_the_results_are_linked_with_their_descriptor(
    outputs: Outputs, facts: PackageFacts
) -> None:
    add_results(outputs)
    write_index(outputs, facts, KINDS, DAY)
    write_json(outputs.summary, {})
    html = outputs.index.read_text()
    assert [link for link in links(html) if link.startswith("results/")] == [
        "results/results_gap.csv", "results/results_gap.json", "results/results_areas.csv",
        "results/datapackage.json",
    ]  # fmt: skip
    assert dead_links(outputs.index) == []
    assert fetched(html) == active(html) == []
    assert not skips_a_level(headings(html))


def test_the_results_are_told_in_both_languages(outputs: Outputs, facts: PackageFacts) -> None:
    add_results(outputs)
    card = parse(render(outputs, facts, KINDS, DAY)).find(id="results")
    assert card is not None
    text = card.get_text()
    for words in (
        "Kết quả dạng dữ liệu",
        "Results as data",
        "Khoảng cách <tới> mục tiêu",
        "220 dòng",
    ):
        assert words in text
    assert "Lập theo ngày" not in text


def test_results_of_another_day_say_so(outputs: Outputs, facts: PackageFacts) -> None:
    add_results(outputs, as_of="2025-12-31")
    card = parse(render(outputs, facts, KINDS, DAY)).find(id="results")
    assert card is not None
    assert "31/12/2025" in card.get_text()


def test_results_that_failed_link_to_their_log(outputs: Outputs, facts: PackageFacts) -> None:
    outputs.failed_results.mkdir(parents=True)
    (outputs.failed_results / "log.txt").touch()
    html = render(outputs, facts, KINDS, DAY)
    assert "failed/results/log.txt" in links(html)
    assert "results/datapackage.json" not in links(html)


def test_without_results_nothing_is_told_of_them(outputs: Outputs, facts: PackageFacts) -> None:
    add_report(outputs, Job("gap", "1", "vi"))
    assert parse(render(outputs, facts, KINDS, DAY)).find(id="results") is None


ALL_KINDS = (
    Kind("overview", "", 10), *KINDS, Kind("tasks", "task_group_id", 50),
    Kind("agency", "agency_id", 60),
)  # fmt: skip


@pytest.fixture
def whole(facts: PackageFacts) -> PackageFacts:
    """A package with task groups and agencies as well."""
    task_groups = (Subject("I", "Về lao động", "On labour"), Subject("IV", "Về y tế", "On health"))
    agencies = (
        Subject("so-y-te", "Sở Y tế", "Department of Health"),
        Subject("cong-an", "Công an", "Police"),
        Subject("ban-dan-toc", "Ban Dân tộc", "Committee for Ethnic Minorities"),
    )
    more = {"task_group_id": task_groups, "agency_id": agencies}
    return replace(facts, subjects={**facts.subjects, **more})


def test_the_plan_comes_first_then_groups_task_groups_and_agencies(
    outputs: Outputs, whole: PackageFacts
) -> None:
    add_results(outputs)
    soup = parse(render(outputs, whole, ALL_KINDS, DAY))
    parts = ["plan", "group", "task_group", "agency", "results"]
    assert [part["id"] for part in soup.select("main > section")] == parts
    assert [link["href"] for link in soup.select("nav a")] == [f"#{name}" for name in parts]


def test_all_kinds_of_report_are_linked_in_each_language(
    outputs: Outputs, whole: PackageFacts
) -> None:
    jobs = [
        Job(kind, subject, language)
        for kind, subject in (
            ("overview", ""), ("gap", "2"), ("trend", "2"), ("tasks", "IV"), ("agency", "so-y-te"),
        )
        for language in ("vi", "en")
    ]  # fmt: skip
    for job in jobs:
        add_report(outputs, job)
    write_index(outputs, whole, ALL_KINDS, DAY)
    write_json(outputs.summary, {})
    html = outputs.index.read_text()
    assert {f"{job.folder}/report.html" for job in jobs} <= set(links(html))
    assert dead_links(outputs.index) == []
    assert fetched(html) == active(html) == []
    assert not skips_a_level(headings(html))


def test_a_name_leads_to_the_report_in_its_language(outputs: Outputs, whole: PackageFacts) -> None:
    for language in ("vi", "en"):
        add_report(outputs, Job("agency", "so-y-te", language))
        add_report(outputs, Job("tasks", "IV", language))
    soup = parse(render(outputs, whole, ALL_KINDS, DAY))
    found = {
        str(link["href"]): (link.get_text(), link.get("lang"))
        for link in soup.select("#agency-so-y-te a, #task_group-IV h3 a")
    }
    assert found == {
        "vi/agency-so-y-te/report.html": ("Sở Y tế", None),
        "en/agency-so-y-te/report.html": ("Department of Health", "en"),
        "vi/tasks-IV/report.html": ("Về y tế", None),
        "en/tasks-IV/report.html": ("On health", "en"),
    }


def test_a_name_without_a_report_is_no_link(outputs: Outputs, whole: PackageFacts) -> None:
    add_report(outputs, Job("agency", "so-y-te", "vi"))
    html = render(outputs, whole, ALL_KINDS, DAY)
    assert told(html, "agency-so-y-te", "a") == ["Sở Y tế"]
    assert told(html, "agency-cong-an", "a") == []
    assert told(html, "agency-cong-an", "span") == ["Công an", "Police"]


def test_agencies_are_listed_by_their_names(outputs: Outputs, whole: PackageFacts) -> None:
    add_report(outputs, Job("agency", "so-y-te", "vi"))
    items = parse(render(outputs, whole, ALL_KINDS, DAY)).select("#agency li")
    assert [item["id"] for item in items] == [
        "agency-ban-dan-toc", "agency-cong-an", "agency-so-y-te",
    ]  # fmt: skip


def test_an_agency_whose_report_failed_says_so(outputs: Outputs, whole: PackageFacts) -> None:
    add_failure(outputs, Job("agency", "cong-an", "vi"))
    html = render(outputs, whole, ALL_KINDS, DAY)
    assert "không lập được" in told(html, "agency-cong-an", ".failure")[0]
    assert "failed/vi-agency-cong-an/log.txt" in links(html)


def test_a_part_of_which_nothing_was_made_says_so_in_one_line(
    outputs: Outputs, whole: PackageFacts
) -> None:
    add_report(outputs, Job("gap", "1", "vi"))
    html = render(outputs, whole, ALL_KINDS, DAY)
    assert told(html, "agency", "p") == [
        "Chưa lập báo cáo nào thuộc phần này. No report of this part has been made yet."
    ]
    assert told(html, "agency", "li") == []


def test_a_kind_of_report_that_is_new_is_told_by_the_title_it_gives(
    outputs: Outputs, facts: PackageFacts
) -> None:
    kind = Kind("costs", "", 70, {"vi": "Kinh <phí>", "en": "Costs"})
    add_report(outputs, Job("costs", "", "vi"), summary=SUMMARY)
    html = render(outputs, facts, (*KINDS, kind), DAY)
    assert told(html, "plan", "h3") == ["Kinh <phí> Costs"]
    assert told(html, "plan", ".lead p") == ["Ba <trong> năm.", "Three of five."]
