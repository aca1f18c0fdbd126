from __future__ import annotations

import io
import json

from rich.console import Console

from analysis.intake.model import Entry, Finding, Place, TaskEntry
from analysis.intake.preview import KINDS, Preview
from analysis.intake.showing import preview_as_dict, preview_table, vintages_table
from analysis.intake.vintages import Vintage
from tests.intake.memory import PAPER, entry, observation, recorded, shown, source, task

HOSTILE = "[bold]a[/b] [/] [link=https://evil.example].csv"


def printed(thing: object, width: int = 200) -> str:
    text = io.StringIO()
    Console(file=text, width=width).print(thing)
    return text.getvalue()


def previewed() -> Preview:
    beside = recorded(observation(1))
    rows: list[Entry | TaskEntry] = [
        entry(2, file=HOSTILE, value="96"),
        entry(3, period="2023"),
        entry(4),
        task(5),
    ]
    return shown(*rows, beside=beside)


def test_what_would_be_recorded_is_told_and_what_is_known_is_not() -> None:
    lines = printed(preview_table(previewed())).splitlines()
    assert len(lines) == 4
    assert lines[1].split()[:6] == ["revision", "5.7", "QN", "2024", "96", "percent"]
    assert "95.3 (obs-0001)" in lines[1]
    assert lines[2].split()[:4] == ["new", "5.7", "QN", "2023"]
    assert lines[3].split()[:4] == ["new", "I.1", "2025-01-31", "under_way"]
    assert lines[3].rstrip().endswith("a.csv, C5")


def test_the_name_of_a_file_is_no_markup_of_the_terminal() -> None:
    assert f"{HOSTILE}, E2" in printed(preview_table(previewed()))


def test_programs_get_every_line_and_finding() -> None:
    finding = Finding("odd", "question", "What?", Place("a.csv", "", 2, 5), "Say", ("1", "2"))
    found = preview_as_dict(previewed().with_findings([finding]))
    assert json.loads(json.dumps(found)) == found
    assert found["counts"] == {"new": 2, "revision": 1, "conflict": 0, "same": 1}
    assert [one["kind"] for one in found["values"]] == ["revision", "new", "same"]
    assert found["values"][0]["against"] == ["obs-0001"]
    assert found["values"][0]["publisher"] == "Statistics"
    assert found["values"][1]["where"] == "a.csv, E3"
    assert found["tasks"] == [
        {"kind": "new", "where": "a.csv, C5", "task_id": "I.1", "date": "2025-01-31",
         "status": "under_way", "note": "", "source_url": "", "source_title": "Report",
         "publisher": "Statistics", "published": "2025-03-01"},
    ]  # fmt: skip
    assert found["findings"] == [
        {"code": "odd", "severity": "question", "what": "What?", "where": "a.csv, E2",
         "mend": "Say", "either": ["1", "2"]},
    ]  # fmt: skip


def test_an_empty_preview_has_all_keys() -> None:
    assert preview_as_dict(Preview(())) == {
        "counts": dict.fromkeys(KINDS, 0), "values": [], "tasks": [], "findings": [],
    }  # fmt: skip


def test_vintages_are_told_with_value_unit_and_state() -> None:
    row = observation(1, measure="Nữ [b]", addition_id="add-0002")
    told = [
        Vintage(row, source("report", publisher="[x] Press"), True, "stands"),
        Vintage(
            observation(2, value="", text="Mức độ 3", level_id="education-3"),
            source("report"), False, "replaced by obs-0001",
        ),
    ]  # fmt: skip
    title, _, one, other = printed(vintages_table("5.7", told)).splitlines()
    assert title.strip() == "series 5.7"
    assert "95.3 percent (Nữ [b])" in one
    assert "[x] Press" in one
    assert "Mức độ 3" in other
    assert other.rstrip().endswith("replaced by obs-0001")


def test_a_contradiction_is_told_beside_what_it_contradicts() -> None:
    found = shown(entry(value="96", **PAPER), beside=recorded(observation(1)))
    assert "conflict" in printed(preview_table(found))
    assert "95.3 (obs-0001)" in printed(preview_table(found))
