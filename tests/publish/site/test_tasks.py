"""The pages of tasks: all of them, as the plan words them, and no status that nobody reported."""

from __future__ import annotations

import re
from dataclasses import replace
from os.path import normpath
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.api import Plan
from analysis.publish import Edition
from analysis.publish.site import tasks
from analysis.words import LANGUAGES, Words
from tests.observe.amended import REASON, amended
from tests.publish.site.tasks_pages import (
    HOSTILE,
    cells,
    links,
    markup_of,
    read,
    renamed,
    rendered,
    text,
    with_tables,
)

Pages = dict[str, BeautifulSoup]


@pytest.fixture(scope="module")
def pages(edition: Edition, language: str) -> Pages:
    return {path: read(html) for path, html in rendered(edition, language, tasks.pages).items()}


def test_there_is_an_index_and_a_page_for_each_of_the_nine_groups(pages: Pages) -> None:
    groups = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    assert list(pages) == ["tasks.html", *(f"tasks/{name}.html" for name in groups)]


def test_the_index_has_every_task_once_in_plan_order_by_group(
    pages: Pages, edition: Edition, language: str
) -> None:
    rows = pages["tasks.html"].select("#groups tbody tr")
    frame = edition.plan["tasks"].sort_values("position")
    assert len(rows) == len(frame) == 41
    for row, (_, task) in zip(rows, frame.iterrows(), strict=True):
        first = cells(row)[0]
        assert first.startswith(f"{task['task_id']} {' '.join(task[f'name_{language}'].split())}")
        link = f"tasks/{task['task_group_id']}.html#{task['task_id']}"
        assert f"../{language}/{link}".endswith(links(row)[0].removeprefix("../"))


def test_the_index_gives_time_schedule_phase_and_status_of_each_task(
    pages: Pages, edition: Edition, words: Words
) -> None:
    rows = pages["tasks.html"].select("#groups tbody tr")
    for row, (_, task) in zip(rows, edition.tasks.iterrows(), strict=True):
        _, time, phase, status, *_ = cells(row)
        if isinstance(task["time_source"], str):
            assert task["time_source"] in time
        assert words(f"task.schedule.{task['schedule']}") in time
        assert phase.startswith(words(f"task.phase.{task['phase']}"))
        assert status.startswith(words(f"task.standing.{task['standing']}"))
        due = task["due_on"]
        if not pd.isna(due):
            assert words.date(str(due)) in phase or task["phase"] == "not_begun"


def test_every_phase_lists_its_tasks_and_all_tasks_are_in_one(
    pages: Pages, edition: Edition, words: Words
) -> None:
    parts = pages["tasks.html"].select("#phases dl > div")
    found = {text(part.dt): text(part.dd).split() for part in parts}
    phases = edition.tasks.groupby("phase", sort=False)["task_id"]
    assert found == {
        f"{len(ids)} {words(f'task.phase.{phase}')}": list(ids) for phase, ids in phases
    }


def test_no_status_is_invented_where_none_was_reported(
    pages: Pages, edition: Edition, words: Words
) -> None:
    assert edition.plan["task_updates"].empty
    silent = {words("task.standing.unreported"), words("task.standing.past_unreported")}
    told = [
        words(f"task.standing.{name}")
        for name in ("done", "done_late", "under_way", "not_started", "overdue", "dropped")
    ]
    for path, page in pages.items():
        shown = {text(tag) for tag in page.select(".verdict")}
        assert shown <= silent, path
        assert not [one for one in told if re.search(rf"\b{one}\b", text(page.main))], path


def test_the_facts_say_how_many_are_over_due_and_reported(pages: Pages, edition: Edition) -> None:
    shown = [text(tag) for tag in pages["tasks.html"].select(".facts dd")]
    phases = edition.tasks["phase"].value_counts()
    assert shown == ["41", str(phases["past_end"]), str(phases["due"]), "0"]


def test_each_lead_agency_lists_its_tasks(pages: Pages, edition: Edition) -> None:
    rows = edition.plan["task_agencies"]
    mine = rows[rows["role"].eq("lead")].groupby("agency_id")["task_id"].agg(set)
    shown = {}
    for part in pages["tasks.html"].select("#leads .card"):
        agency = links(part)[0].removeprefix("agencies/").removesuffix(".html")
        shown[agency] = {text(tag) for tag in part.select("li .code")}
    assert shown == mine.to_dict()


def test_every_row_of_task_agencies_stands_on_the_page_of_its_group(
    pages: Pages, edition: Edition, words: Words
) -> None:
    rows = edition.plan["task_agencies"].merge(edition.plan["tasks"], on="task_id")
    assert len(rows) == 122
    expected = {(row.task_id, row.role, row.agency_id) for row in rows.itertuples()}
    titles = {words(f"site.tasks.column.{role}"): role for role in ("lead", "coordinating")}
    found = set()
    for page in pages.values():
        for article in page.select("article.task"):
            for part in article.select("dl.pairs > div"):
                if role := titles.get(text(part.dt)):
                    named = [links(one)[0] for one in part.select(".answer")]
                    ids = [Path(link).stem for link in named]
                    found |= {(str(article["id"]), role, one) for one in ids}
    assert found == expected


def test_a_task_is_worded_in_both_languages_with_its_line_and_number(
    pages: Pages, edition: Edition, language: str
) -> None:
    other = "en" if language == "vi" else "vi"
    for _, task in edition.plan["tasks"].iterrows():
        page = pages[f"tasks/{task['task_group_id']}.html"]
        article = page.find(id=task["task_id"])
        assert article is not None
        assert text(article.h3).endswith(" ".join(task[f"name_{language}"].split()))
        translated = article.select_one(f".other [lang={other}]")
        assert text(translated) == " ".join(task[f"name_{other}"].split())
        assert str(task["source_line"]) in text(article)
        if task["name_source"] != task["name_vi"]:
            assert " ".join(task["name_source"].split()) in text(article)


def test_the_line_that_is_named_begins_the_task_in_the_plans_text(edition: Edition) -> None:
    lines = (edition.root / "data/source/155-kh-ubnd.txt").read_text(encoding="utf-8").split("\n")
    for _, task in edition.plan["tasks"].iterrows():
        assert lines[task["source_line"] - 1].strip() == task["source_number"]


def test_readings_stand_beside_the_tasks_that_need_them_and_nowhere_else(
    pages: Pages, edition: Edition, language: str
) -> None:
    reasons = edition.plan["readings"].set_index("reading_id")[f"reason_{language}"]
    assigned = edition.plan["task_agencies"].groupby("task_id")["reading_id"].agg(set)
    for _, task in edition.plan["tasks"].iterrows():
        ids = ({task["reading_id"]} | assigned[task["task_id"]]) - {"none"}
        page = pages[f"tasks/{task['task_group_id']}.html"]
        shown = text(page.find(id=task["task_id"]))
        assert set(re.findall(r"\bR\d\d\b", shown)) == ids
        assert all(" ".join(reasons[name].split()) in shown for name in ids)


def test_successions_stand_beside_the_agencies_with_their_confidence(
    pages: Pages, edition: Edition, words: Words
) -> None:
    successions = edition.plan["agency_successions"]
    assigned = edition.plan["task_agencies"]
    needed = successions[successions["predecessor_id"].isin(assigned["agency_id"])]
    moved = needed[needed["predecessor_id"].ne(needed["successor_id"])]
    assert set(moved["confidence"]) == {"reported", "inferred"}
    for _, row in moved.iterrows():
        mine = assigned[assigned["agency_id"].eq(row["predecessor_id"])]
        for task_id in mine["task_id"]:
            article = pages[f"tasks/{task_id.split('.')[0]}.html"].find(id=task_id)
            assert article is not None
            items = article.select(f"li.succession-{row['confidence']}")
            name = f"/{row['successor_id']}.html"
            texts = [text(one) for one in items if any(to.endswith(name) for to in links(one))]
            assert texts, (task_id, row["successor_id"])
            assert all(words(f"confidence.{row['confidence']}") in one for one in texts)


def test_the_index_says_who_answers_now_and_how_surely(pages: Pages, words: Words) -> None:
    table = pages["tasks.html"].find(id="groups")
    shown = {text(tag) for tag in table.select(".now")}  # type: ignore[union-attr]
    inferred = words("site.agencies.now.inferred", list="x").split("x")[1]
    reported = words("site.agencies.now.whole", list="x").split("x")[1]
    assert any(one.endswith(inferred) and reported in one for one in shown)
    assert all(reported in one or inferred in one for one in shown)


def test_a_report_on_a_task_is_shown_with_its_day_and_source(
    edition: Edition, language: str, words: Words
) -> None:
    source = edition.plan["sources"].iloc[0]
    update = pd.DataFrame(
        {
            "task_id": ["IV.2"],
            "date": pd.to_datetime(["2024-09-10"]).astype("datetime64[s]"),
            "source_id": [source["source_id"]],
            "status": ["done"],
            "addition_id": ["add-0001"],
            "note": ["seen"],
        }
    )
    told = with_tables(edition, task_updates=update)
    pages = {path: read(html) for path, html in rendered(told, language, tasks.pages).items()}
    article = pages["tasks/IV.html"].find(id="IV.2")
    assert words("task.standing.done") in text(article)
    assert words.date("2024-09-10") in text(article)
    assert source["url"] in links(article)  # type: ignore[arg-type]
    assert source["url"] in links(pages["tasks/IV.html"].find(id="told"))  # type: ignore[arg-type]
    assert [text(tag) for tag in pages["tasks.html"].select(".facts dd")][-1] == "1"
    assert words("task.standing.done") not in text(pages["tasks/V.html"].main)


def test_a_report_that_was_taken_back_is_told_beside_what_stands(
    edition: Edition, language: str, words: Words
) -> None:
    later = replace(edition, plan=Plan(amended()))
    html = rendered(later, language, tasks.pages, last="tasks/II.html")["tasks/II.html"]
    page = read(html)
    (former,) = page.select(".former")
    assert former.find_parent("article") is page.find(id="II.2")
    (told,) = former.select(".answer")
    status, day = words("task.status.done"), words.date("2026-07-31")
    assert text(told).startswith(words("cell.task_told", status=status, day=day))
    fate = words("site.tasks.former.withdrawn", day=words.date("2026-12-03"))
    assert text(told.small) == f"{fate}: {REASON}"
    reason = told.small.find("span") if told.small else None
    assert reason is not None
    assert reason.get("lang") == (None if language == "vi" else "vi")
    standing = words("task.status.under_way")
    assert standing in text(page.find(id="II.2"))
    assert words("task.standing.done") not in text(page.find(id="told"))


def test_links_to_tasks_lead_to_a_task(pages: Pages) -> None:
    for path, page in pages.items():
        for link in links(page.main):  # type: ignore[arg-type]
            target, _, anchor = link.partition("#")
            if not anchor:
                continue
            place = normpath(Path(path).parent / target) if target else path
            assert pages[place].find(id=anchor) is not None, (path, link)


def test_a_hostile_name_is_read_as_text(edition: Edition, language: str) -> None:
    bad = renamed(edition, "tasks", "task_id", "IV.2", HOSTILE)
    pages = rendered(bad, language, tasks.pages)
    for path in ("tasks.html", "tasks/IV.html"):
        page = read(pages[path])
        assert markup_of(page) == []
        assert HOSTILE in page.get_text()


def test_the_report_of_a_group_is_linked_only_where_a_run_has_made_it(
    edition: Edition, language: str, pages: Pages, tmp_path: Path
) -> None:
    assert not [one for one in links(pages["tasks/IV.html"]) if one.endswith("report.html")]
    place = tmp_path / language / "tasks-IV"
    place.mkdir(parents=True)
    (place / "report.html").write_text("x", encoding="utf-8")
    made = replace(edition, outputs=replace(edition.outputs, root=tmp_path))
    page = read(rendered(made, language, tasks.pages)["tasks/IV.html"])
    assert f"../../reports/{language}/tasks-IV/report.html" in links(page)


def test_the_pages_are_the_same_when_they_are_made_again(edition: Edition) -> None:
    assert rendered(edition, "vi", tasks.pages) == rendered(edition, "vi", tasks.pages)


def test_the_two_languages_differ_in_all_they_say_about_a_task(edition: Edition) -> None:
    vi, en = (read(rendered(edition, name, tasks.pages)["tasks.html"]) for name in LANGUAGES)
    for one, other in zip(
        vi.select("h1, h2, thead th"), en.select("h1, h2, thead th"), strict=True
    ):
        assert text(one) != text(other)
