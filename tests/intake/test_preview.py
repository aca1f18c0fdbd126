from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.intake.adding import Desk
from analysis.intake.model import Entry, Finding, Place, TaskEntry
from analysis.intake.preview import KINDS, Line, Preview, is_recorded, preview
from analysis.intake.recorded import Recorded
from analysis.observe.rows import Row, read_rows
from tests.conftest import ROOT
from tests.intake.memory import (
    PAPER,
    entry,
    facts,
    line,
    observation,
    recorded,
    shown,
    source,
    submission,
    task,
)

REPORTED: Row = {
    "task_id": "I.1",
    "date": "2025-01-31",
    "source_id": "report",
    "status": "under_way",
    "addition_id": "add-0001",
    "note": "",
}


def against(one: Line) -> list[str]:
    return [row["observation_id"] for row in one.against]


def codes(found: Preview) -> list[tuple[str, str]]:
    return [(one.code, one.severity) for one in found.findings]


# What is new, what is known


def test_a_value_of_which_nothing_is_recorded_is_new() -> None:
    found = line(entry(), recorded())
    assert (found.kind, found.against) == ("new", ())
    assert found.said["series_id"] == "5.7"
    assert found.origin.title == "Report"


@pytest.mark.parametrize("cells", [{"period": "2023"}, {"area": "VN"}, {"part": "Nữ"}])
def test_a_value_of_another_period_area_or_measure_is_new(cells: dict[str, str]) -> None:
    assert line(entry(**cells), recorded(observation(1))).kind == "new"


def test_a_value_as_recorded_is_nothing_new() -> None:
    found = shown(entry(), beside=recorded(observation(1)))
    assert [one.kind for one in found.lines] == ["same"]
    assert against(found.lines[0]) == ["obs-0001"]
    assert found.nothing_new
    assert (found.taken, found.findings) == ((), ())


def test_the_last_zero_that_a_spreadsheet_drops_is_no_correction() -> None:
    assert line(entry(value="95.3"), recorded(observation(1, value="95.30"))).kind == "same"
    assert line(entry(value="95.30"), recorded(observation(1))).kind == "same"


@pytest.mark.parametrize("cells", [{"status": "preliminary"}, {"note": "At the end of June"}])
def test_a_number_as_recorded_of_which_something_else_is_said_is_a_correction(
    cells: dict[str, str],
) -> None:
    assert line(entry(**cells), recorded(observation(1))).kind == "revision"


def test_a_value_that_was_taken_back_is_new_again() -> None:
    gone = recorded(
        observation(1, addition_id="add-0002"),
        additions=2,
        withdrawals=[{"addition_id": "add-0002", "withdrawn_on": "2026-12-01", "reason": ""}],
    )
    assert line(entry(), gone).kind == "new"


# Corrections


def test_the_same_text_corrects_itself() -> None:
    found = line(entry(value="95.4"), recorded(observation(1)))
    assert (found.kind, against(found)) == ("revision", ["obs-0001"])


def test_a_newspaper_corrects_only_the_very_same_article() -> None:
    article = source("news", title="News", publisher="Paper", url="https://paper.example/a")
    beside = recorded(observation(1, "news"), sources=[article])
    assert line(entry(value="95.4", **PAPER), beside).kind == "revision"
    other = {**PAPER, "source_url": "https://paper.example/b"}
    assert line(entry(value="95.4", **other), beside).kind == "conflict"


@pytest.mark.parametrize(
    ("published", "kind"),
    [
        ("2025-03-02", "revision"),
        ("2025-03-01", "revision"),
        ("2025-02-28", "conflict"),
        ("2024", "conflict"),
        ("2026", "revision"),
        ("", "revision"),
    ],
)
def test_a_later_report_of_the_same_office_corrects_an_earlier_one(
    published: str, kind: str
) -> None:
    later = entry(value="95.4", source_title="Yearbook", published=published)
    assert line(later, recorded(observation(1))).kind == kind


def test_another_office_corrects_nothing() -> None:
    other = entry(value="95.4", publisher="Department", published="2026-01-01")
    assert line(other, recorded(observation(1))).kind == "conflict"


def test_a_correction_of_a_correction_replaces_the_last_one_alone() -> None:
    beside = recorded(
        observation(1),
        observation(2, value="95.4", addition_id="add-0002"),
        additions=2,
        revisions=[{"observation_id": "obs-0002", "revises_id": "obs-0001"}],
    )
    found = line(entry(value="95.5"), beside)
    assert (found.kind, against(found)) == ("revision", ["obs-0002"])
    assert line(entry(value="95.4"), beside).kind == "same"
    assert line(entry(value="95.3"), beside).kind == "revision"


@pytest.mark.parametrize(
    ("before", "now", "kind"),
    [
        ("preliminary", "actual", "revision"),
        ("estimate", "preliminary", "revision"),
        ("actual", "estimate", "conflict"),
        ("preliminary", "estimate", "conflict"),
    ],
)
def test_what_is_final_is_not_replaced_by_a_later_estimate(
    before: str, now: str, kind: str
) -> None:
    later = entry(value="95.4", status=now, source_title="Yearbook", published="2026-01-01")
    assert line(later, recorded(observation(1, status=before))).kind == kind


def test_the_same_text_may_say_that_it_was_an_estimate() -> None:
    assert line(entry(status="estimate"), recorded(observation(1))).kind == "revision"


@pytest.mark.parametrize("again", [{}, {"source_title": "Yearbook", "published": "2026-01-01"}])
def test_a_value_in_another_unit_replaces_none(again: dict[str, str]) -> None:
    persons = entry(value="1200", unit="người", **again)
    assert line(persons, recorded(observation(1))).kind == "new"
    counted = observation(1, value="1200", unit_id="persons", comparability="proxy")
    assert line(entry(**again), recorded(counted)).kind == "new"


def test_a_proxy_replaces_no_value_that_counts_nor_is_replaced_by_one() -> None:
    proxy = entry(value="99.9", comparability="proxy", note="Of the insured")
    assert line(proxy, recorded(observation(1))).kind == "new"
    beside = recorded(observation(1, comparability="proxy", note="Of the insured", value="99.9"))
    assert line(entry(), beside).kind == "new"


def test_a_number_may_be_found_to_be_a_proxy_after_all() -> None:
    found = line(entry(comparability="proxy", note="Of the insured"), recorded(observation(1)))
    assert found.kind == "revision"


def test_proxies_replace_each_other_only_where_the_same_is_noted() -> None:
    beside = recorded(observation(1, comparability="proxy", note="Primary schools"))
    same = entry(value="95.4", comparability="proxy", note="Primary schools")
    other = entry(value="95.4", comparability="proxy", note="Secondary schools")
    assert line(same, beside).kind == "revision"
    assert line(other, beside).kind == "new"


def test_words_that_name_no_level_are_not_the_same_number() -> None:
    said = {"unit": "Mức độ", "indicator_code": "7.14", "comparability": "proxy"}
    words = observation(
        1, series_id="7.14", value="", text="55/63", unit_source="Mức độ",
        unit_id="education-level", comparability="proxy", comparability_rule="level_unreadable",
    )  # fmt: skip
    assert line(entry(value="55/63", **said), recorded(words)).kind == "same"
    assert line(entry(value="60/63", note="Counted anew", **said), recorded(words)).kind == "new"


def test_several_earlier_values_are_told_and_none_is_replaced() -> None:
    found = shown(entry(value="97"), beside=recorded(observation(1), observation(2, value="96")))
    assert against(found.lines[0]) == ["obs-0001", "obs-0002"]
    [finding] = found.findings
    assert (finding.code, finding.severity) == ("several-earlier", "warning")
    assert "95.3 (obs-0001, report), 96 (obs-0002, report)" in finding.what
    assert finding.place == Place("a.csv", "", 2, 5)


def test_two_rows_cannot_replace_the_same_value() -> None:
    rows = [
        entry(2, value="95.4", source_title="Yearbook", published="2026-01-01"),
        entry(3, value="95.5", source_title="Almanac", published="2026-02-01"),
    ]
    found = shown(*rows, beside=recorded(observation(1)))
    assert codes(found) == [("replaced-twice", "error")]
    assert found.findings[0].place.row == 3
    assert "a.csv, E2" in found.findings[0].what
    assert codes(shown(rows[0], beside=recorded(observation(1)))) == []


# Contradictions


def test_another_source_that_says_otherwise_is_told_and_both_are_kept() -> None:
    found = shown(entry(value="96", **PAPER), beside=recorded(observation(1)))
    assert [one.kind for one in found.taken] == ["conflict"]
    [finding] = found.findings
    assert (finding.code, finding.severity) == ("conflict", "notice")
    assert finding.what == "recorded is 95.3 (obs-0001, report); here 96"


@pytest.mark.parametrize("value", ["95.3", "95.30"])
def test_another_source_that_says_the_same_contradicts_nothing(value: str) -> None:
    found = shown(entry(value=value, **PAPER), beside=recorded(observation(1)))
    assert [one.kind for one in found.taken] == ["new"]
    assert found.findings == ()


def test_levels_are_compared_as_levels() -> None:
    level = observation(
        1, series_id="7.14", value="", level_id="education-3", text="Mức độ 3",
        unit_source="Mức độ", unit_id="education-level",
    )  # fmt: skip
    said = {"unit": "Mức độ", "indicator_code": "7.14", **PAPER}
    assert line(entry(value="Mức độ 3", **said), recorded(level)).kind == "new"
    assert line(entry(value="Mức độ 2", **said), recorded(level)).kind == "conflict"


# Reports of tasks


def test_a_report_of_a_task_is_new_or_known() -> None:
    assert [one.kind for one in shown(task(), beside=recorded()).tasks] == ["new"]
    known = shown(task(), beside=recorded(task_updates=[REPORTED]))
    assert [one.kind for one in known.tasks] == ["same"]
    assert known.nothing_new
    assert known.tasks_taken == ()


@pytest.mark.parametrize(
    "cells", [{"date": "2025-02-28"}, {"task_id": "I.2"}, {"source_title": "Another report"}]
)
def test_a_report_of_another_day_task_or_source_is_new(cells: dict[str, str]) -> None:
    found = shown(task(**cells, status="done"), beside=recorded(task_updates=[REPORTED]))
    assert [one.kind for one in found.tasks_taken] == ["new"]
    assert found.findings == ()


@pytest.mark.parametrize("cells", [{"status": "done"}, {"note": "At last"}])
def test_a_source_that_says_otherwise_of_the_same_day_is_refused(cells: dict[str, str]) -> None:
    found = shown(task(**cells), beside=recorded(task_updates=[REPORTED]))
    assert codes(found) == [("contradicts-itself", "error")]
    assert "'under_way'" in found.findings[0].what
    assert found.findings[0].place == Place("a.csv", "", 2, 3)


# The preview as a whole


def test_kinds_are_counted_and_only_what_is_new_is_taken() -> None:
    rows: list[Entry | TaskEntry] = [
        entry(2), entry(3, value="96", **PAPER), entry(4, period="2023"), task(2),
    ]  # fmt: skip
    found = shown(*rows, beside=recorded(observation(1), task_updates=[REPORTED]))
    assert found.counts == {"new": 1, "revision": 0, "conflict": 1, "same": 2}
    assert tuple(found.counts) == KINDS
    assert [one.entry for one in found.taken] == rows[1:3]
    [file] = found.submissions
    assert found.new_of(file).entries == tuple(rows[1:3])
    assert found.new_of(file).tasks == ()
    assert not found.nothing_new


def test_findings_stand_worst_first_and_then_by_place() -> None:
    notice, error = (
        Finding("a", severity, "", Place("a.csv", "", 1)) for severity in ("notice", "error")
    )
    late = replace(error, place=Place("a.csv", "", 9))
    found = Preview((), findings=(notice,)).with_findings([late, error])
    assert found.findings == (error, late, notice)
    assert found.of("error") == (error, late)
    assert found.of("question") == ()


def test_a_row_without_publisher_is_of_the_one_known_by_address_and_title() -> None:
    site = source(
        "site", "2025-03-01", title="Page", url="https://paper.example/x", publisher="Paper"
    )
    said = {"source_url": "https://paper.example/x", "source_title": "Page", "publisher": ""}
    assert line(entry(**said), recorded(observation(1, "site"), sources=[site])).kind == "same"


def test_a_row_is_recorded_only_if_it_says_just_that() -> None:
    beside = recorded(observation(1))
    row = entry().row
    assert is_recorded(row, beside, facts())
    for cells in ({"value": "953"}, {"note": "x"}, {"period": "2023"}, {"indicator_code": "99"}):
        assert not is_recorded({**row, **cells}, beside, facts())


# The committed data


def left_out(desk: Desk, number: int) -> Recorded:
    rows = desk.recorded.rows["observations"]
    others = (*rows[:number], *rows[number + 1 :])
    return replace(desk.recorded, rows={**desk.recorded.rows, "observations": others})


def test_of_the_first_collection_hardly_a_value_would_have_replaced_another(desk: Desk) -> None:
    """Each value as if it came in last: what it would replace, by the ids of both."""
    _, rows = read_rows(ROOT / "tests" / "data" / "collected" / "observed_values.csv")
    found: dict[str, list[str]] = {}
    for number, row in enumerate(rows):
        places = {"value": Place("a.csv", "", number + 2, 5)}
        said = preview([submission(Entry(row, places))], left_out(desk, number), desk.facts)
        if said.lines[0].kind == "revision":
            found[f"obs-{number + 1:04}"] = against(said.lines[0])
    assert found == {
        # one article gives the rate of a school year and that of the next, both for 2023
        "obs-0221": ["obs-0222"],
        "obs-0222": ["obs-0221"],
        # the same page of a state body, in Vietnamese with its date and in English without: the
        # numbers are the same, so nothing is lost
        "obs-0371": ["obs-0372"],
        "obs-0372": ["obs-0371"],
        "obs-0402": ["obs-0403"],
        "obs-0403": ["obs-0402"],
    }
