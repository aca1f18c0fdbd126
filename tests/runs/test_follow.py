"""From run to run with the data of this repository: first, the same, changed, damaged."""

from __future__ import annotations

import csv
import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from analysis.package import write_descriptor
from analysis.runs import parameters
from analysis.runs.accept import digest
from analysis.runs.facts import read_facts
from analysis.runs.follow import FEEDS, Follower, follow
from analysis.runs.kinds import Kind
from analysis.runs.parameters import Request, Selection
from analysis.runs.places import Outputs
from analysis.runs.runner import run
from analysis.runs.settings import STANDARD, Limits, Settings
from analysis.runs.summary import RunRecord
from tests.observe.amended import GONE, amend
from tests.runs.feed_rules import ATOM, atom_faults, json_feed_faults
from tests.runs.project import KINDS, good, write_notebook

ROOT = Path(__file__).parents[2]
DAY, LATER = "2026-11-25", "2026-12-06"
SOURCE = {
    "source_id": "health-insurance-2026-12-05",
    "title": "Báo cáo <b>bảo hiểm y tế</b> năm 2026 ]]>",
    "url": "https://example.org/bhyt?a=1&b=2",
    "publisher": "Bảo hiểm xã hội tỉnh",
    "tier": "official",
    "published": "2026-12-05",
}
RECORD = {
    "series_id": "5.7",
    "area_id": "QN",
    "period": "2026",
    "value": "96.4",
    "level_id": "none",
    "unit_source": "%",
    "unit_id": "percent",
    "status": "preliminary",
    "comparability": "exact",
    "comparability_rule": "as_collected",
    "source_id": SOURCE["source_id"],
    "recorded_on": LATER,
    "addition_id": "add-0002",
}
ADDITION = {"addition_id": "add-0002", "recorded_on": LATER}
REPORT = {
    "task_id": "IV.1",
    "date": "2026-12-01",
    "source_id": SOURCE["source_id"],
    "status": "under_way",
    "addition_id": "add-0002",
}


def copy(root: Path) -> Path:
    shutil.copytree(ROOT / "data", root / "data")
    shutil.copy(ROOT / "datapackage.json", root)
    return root


def add(root: Path, table: str, row: dict[str, str]) -> None:
    path = root / "data" / "observed" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        columns = next(csv.reader(lines))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, restval="", lineterminator="\n").writerow(row)


def add_record(root: Path, **changed: str) -> None:
    table = root / "data" / "observed" / "observations.csv"
    number = len(table.read_text(encoding="utf-8").splitlines())
    add(root, "observations", {"observation_id": f"obs-{number:04}", **RECORD, **changed})


def add_news(root: Path) -> None:
    add(root, "additions", ADDITION)
    add(root, "sources", SOURCE)
    add_record(root)
    add(root, "task_updates", REPORT)
    write_descriptor(root)


class Story:
    """Runs that follow one another on one copy of the data, without making the reports."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.outputs = Outputs(root / "outputs")

    @property
    def folder(self) -> Path:
        return self.outputs.root / "changes"

    def run(self, day: str, at: str, status: str = "done", base_year: int = 2020) -> RunRecord:
        facts = read_facts(self.root)
        self.outputs.results.mkdir(parents=True, exist_ok=True)
        if status == "done":
            told = {"assessedOn": day, "baseYear": base_year, "basedOn": {"sha256": facts.sha256}}
            (self.outputs.results / "datapackage.json").write_text(json.dumps(told))
        return follow(self.outputs, facts, selection(day), record(facts, at, status))

    def entries(self) -> list[dict[str, Any]]:
        content = json.loads((self.folder / "history.json").read_text(encoding="utf-8"))
        return list(content["entries"])

    def digests(self) -> dict[str, str]:
        paths = [self.folder / "history.json", *(self.folder / name for name in FEEDS)]
        return {path.name: digest(path) for path in paths}

    def letter(self, name: str = "run.en.md") -> str:
        return (self.outputs.root / name).read_text(encoding="utf-8")


def selection(day: str) -> Selection:
    return Selection((), {"gap": {"as_of": day}}, (Kind("gap", "group_id", 30),))


def record(facts: Any, at: str, status: str) -> RunRecord:
    part = {"status": status, "seconds": 1.0, "folder": "results", "failure": None}
    content = {
        "status": "done",
        "finished": at,
        "seconds": 3.0,
        "data": {"name": facts.name, "version": facts.version, "sha256": facts.sha256},
        "jobs": [{"id": "vi-gap-05", "kind": "gap", **part}],
        "results": part,
    }
    return RunRecord(content, 0)


AT = [f"2026-12-0{n}T03:12:00+00:00" for n in range(1, 10)]


@pytest.fixture(scope="module")
def told_once(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """A first run; tests must not change it."""
    story = Story(copy(tmp_path_factory.mktemp("first")))
    assert story.run(DAY, AT[0]).exit_code == 0
    return story


@pytest.fixture(scope="module")
def told_twice(told_once: Story, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """A second run, after a value, its source and a report on a task came in."""
    root = tmp_path_factory.mktemp("second") / "project"
    shutil.copytree(told_once.root, root)
    add_news(root)
    story = Story(root)
    assert story.run(LATER, AT[1]).exit_code == 0
    return story


@pytest.fixture
def story(told_once: Story, tmp_path: Path) -> Story:
    """A copy of the first run that a test may change."""
    shutil.copytree(told_once.root, tmp_path / "project")
    return Story(tmp_path / "project")


# The first run


def test_the_first_run_has_no_changes_and_says_when_the_feed_began(told_once: Story) -> None:
    assert told_once.entries() == []
    vietnamese = (told_once.folder / "feed.vi.atom").read_text(encoding="utf-8")
    assert "ghi từ ngày 1/12/2026" in vietnamese
    assert "The state was noted for the first time" in told_once.letter()


def test_all_files_are_there_and_no_part_of_one(told_once: Story) -> None:
    names = {path.name for path in told_once.folder.iterdir()}
    assert names == {*FEEDS, "history.json", "snapshot.json"}
    letters = {path.name for path in told_once.outputs.root.glob("run*")}
    assert letters == {"run.md", "run.en.md"}
    assert list(told_once.outputs.root.rglob("*.part")) == []


# The same again


def test_a_run_on_the_same_data_changes_no_byte_of_feed_and_history(story: Story) -> None:
    before = story.digests()
    story.run(DAY, AT[1])
    assert story.digests() == before
    assert "Nothing has changed." in story.letter()


def test_neither_does_a_run_on_another_day_on_which_nothing_is_said_otherwise(
    story: Story,
) -> None:
    before = story.digests()
    story.run("2026-11-26", AT[1])
    assert story.digests() == before
    snapshot = json.loads((story.folder / "snapshot.json").read_text(encoding="utf-8"))
    assert snapshot["as_of"] == "2026-11-26"


def test_a_run_with_nothing_to_do_touches_nothing(story: Story) -> None:
    paths = [path for path in story.outputs.root.rglob("*") if path.is_file()]
    before = {path: path.stat().st_mtime_ns for path in paths}
    story.run(DAY, AT[1], status="fresh")
    assert {path: path.stat().st_mtime_ns for path in paths} == before


@pytest.mark.parametrize("lost", ["changes/feed.en.json", "changes/history.json", "run.md"])
def test_unless_a_file_is_missing(story: Story, lost: str) -> None:
    (story.outputs.root / lost).unlink()
    story.run(DAY, AT[1], status="fresh")
    assert (story.outputs.root / lost).is_file()


# A change


def test_a_new_record_its_source_and_a_report_on_a_task_are_told_once_each(
    told_twice: Story,
) -> None:
    found = [(one["kind"], one["report"]) for one in told_twice.entries()]
    assert found == [("value", "gap-05"), ("task", "tasks-IV"), ("source", "coverage")]


def test_the_value_is_told_with_its_verdict_and_source_in_both_languages(
    told_twice: Story,
) -> None:
    value = told_twice.entries()[0]
    assert value["texts"]["vi"]["lines"] == [
        "5.7 Dân số tham gia BHYT: giá trị mới 96,4\u00a0% (2026, sơ bộ) thay cho 95,76\u00a0% "
        "(2025, ước tính), nguồn: Bảo hiểm xã hội tỉnh, 5/12/2026; đánh giá mục tiêu 2030: Có tiến "
        "bộ, cần đẩy nhanh tiến độ → Đúng tiến độ, có khả năng đạt.",
        "Xét tại ngày 6/12/2026, gói dữ liệu phiên bản 1.1.0.",
    ]
    assert value["texts"]["en"]["lines"][0] == (
        "5.7 Population in health insurance: new value 96.4\u00a0% (2026, preliminary) instead of "
        "95.76\u00a0% (2025, estimate), source: Bảo hiểm xã hội tỉnh, 5 December 2026; verdict on "
        "the 2030 target: Progress, but must accelerate → On track."
    )
    assert value["cause"] == "data"


def test_the_feeds_keep_the_rules_of_their_formats(told_twice: Story) -> None:
    for name in FEEDS:
        text = (told_twice.folder / name).read_text(encoding="utf-8")
        faults = atom_faults(text) if name.endswith("atom") else json_feed_faults(text)
        assert faults == [], name


def test_links_lead_to_the_index_where_there_is_no_report(told_twice: Story) -> None:
    root = ElementTree.parse(told_twice.folder / "feed.en.atom").getroot()
    link = root.find(f"{ATOM}entry/{ATOM}link")
    assert link is not None
    assert link.get("href") == "../index.html"


def test_the_letter_tells_the_changes(told_twice: Story) -> None:
    assert "3 thay đổi." in told_twice.letter("run.md")
    assert "3 changes." in told_twice.letter()
    assert r"New source: Báo cáo \<b\>bảo hiểm y tế\</b\>" in told_twice.letter()


def test_what_was_told_is_not_told_again(told_twice: Story, tmp_path: Path) -> None:
    shutil.copytree(told_twice.root, tmp_path / "project")
    again = Story(tmp_path / "project")
    again.run(LATER, AT[2])
    assert again.digests() == told_twice.digests()


def test_a_run_that_was_killed_before_the_snapshot_was_written_tells_nothing_twice(
    told_once: Story, told_twice: Story, tmp_path: Path
) -> None:
    shutil.copytree(told_twice.root, tmp_path / "project")
    again = Story(tmp_path / "project")
    shutil.copy(told_once.folder / "snapshot.json", again.folder)
    again.run(LATER, AT[2])
    assert again.digests() == told_twice.digests()


def test_a_change_by_another_base_year_alone_says_so(story: Story) -> None:
    story.run(DAY, AT[1], base_year=2015)
    assert {one["cause"] for one in story.entries()} == {"base_year"}


def test_a_change_by_the_calendar_alone_says_so(story: Story) -> None:
    story.run("2031-02-01", AT[1])
    entries = story.entries()
    assert {one["cause"] for one in entries} == {"calendar"}
    assert {"verdict", "task"} <= {one["kind"] for one in entries}
    line = "Chỉ do ngày đánh giá chuyển từ 25/11/2026 sang 1/2/2031, không do số liệu."
    assert all(one["texts"]["vi"]["lines"][1] == line for one in entries)


# Links


@pytest.mark.parametrize(
    ("there", "language", "found"),
    [
        ([], "vi", "index.html"),
        (["vi"], "vi", "vi/gap-05/report.html"),
        (["vi"], "en", "vi/gap-05/report.html"),
        (["vi", "en"], "en", "en/gap-05/report.html"),
    ],
)
def test_a_report_is_looked_for_in_its_language_then_in_the_other(
    tmp_path: Path, there: list[str], language: str, found: str
) -> None:
    for name in there:
        (tmp_path / name / "gap-05").mkdir(parents=True)
        (tmp_path / name / "gap-05" / "report.html").touch()
    assert follower(tmp_path).find("gap-05", language) == found


def test_what_is_no_name_of_a_report_is_not_looked_for(tmp_path: Path) -> None:
    (tmp_path / "report.html").touch()
    (tmp_path / "vi").mkdir()
    assert follower(tmp_path).find("..", "vi") == "index.html"


def follower(root: Path) -> Follower:
    facts = read_facts(ROOT)
    return Follower(Outputs(root), facts, record(facts, AT[0], "done"))


# Damage


@pytest.mark.parametrize("damage", [b"{", b"[]", b"\xff\xfe", b'{"format": "other"}', b"[" * 9999])
def test_a_history_that_cannot_be_read_is_kept_and_a_new_one_says_so(
    story: Story, damage: bytes
) -> None:
    (story.folder / "history.json").write_bytes(damage)
    assert story.run(DAY, AT[1]).exit_code == 0
    assert (story.folder / "history.unreadable-1.json").read_bytes() == damage
    (notice,) = story.entries()
    assert "history.unreadable-1.json" in notice["texts"]["vi"]["lines"][0]
    assert "kept as history.unreadable-1.json" in story.letter()
    assert "kept since 2 December 2026" in (story.folder / "feed.en.json").read_text()


def test_what_has_changed_since_is_told_all_the_same(story: Story) -> None:
    (story.folder / "history.json").write_text("?")
    add_news(story.root)
    story.run(LATER, AT[1])
    assert [one["kind"] for one in story.entries()] == ["notice", "value", "task", "source"]


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"format": "plan155-snapshot/9"}'])
def test_a_snapshot_that_cannot_be_read_is_kept_and_the_feed_says_so(
    told_twice: Story, tmp_path: Path, damage: bytes
) -> None:
    shutil.copytree(told_twice.root, tmp_path / "project")
    story = Story(tmp_path / "project")
    (story.folder / "snapshot.json").write_bytes(damage)
    assert story.run(LATER, AT[2]).exit_code == 0
    assert (story.folder / "snapshot.unreadable-1.json").read_bytes() == damage
    assert [one["kind"] for one in story.entries()] == ["value", "task", "source", "notice"]
    assert "changes between that run and this one are not listed" in story.letter()
    before = story.digests()
    story.run(LATER, AT[3])
    assert story.digests() == before


def test_a_snapshot_that_is_gone_is_said_too(story: Story) -> None:
    (story.folder / "snapshot.json").unlink()
    story.run(DAY, AT[1])
    assert [one["field"] for one in story.entries()] == ["snapshot_absent"]


def test_if_both_are_damaged_both_are_kept_and_said(story: Story) -> None:
    for name in ("history.json", "snapshot.json"):
        (story.folder / name).write_text("?")
    story.run(DAY, AT[1])
    assert [one["field"] for one in story.entries()] == ["history", "snapshot"]


def test_a_feed_that_cannot_be_made_fails_the_run_and_says_why(
    story: Story, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = story.digests()
    with monkeypatch.context() as broken:
        broken.setattr("analysis.runs.taking.take", None)
        add_news(story.root)
        assert story.run(LATER, AT[1]).exit_code == 1
    assert "failed: change feed: TypeError" in capsys.readouterr().err
    log = story.outputs.root / "failed" / "changes" / "log.txt"
    assert "Traceback" in log.read_text(encoding="utf-8")
    assert "Not compared, because of an error: TypeError" in story.letter()
    assert story.digests() == before
    assert story.run(LATER, AT[2]).exit_code == 0
    assert len(story.entries()) == 3
    assert not log.parent.exists()


def test_a_file_is_whole_or_as_it_was(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = story.digests()
    add_news(story.root)
    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", full)
        with pytest.raises(OSError, match="No space left"):
            story.run(LATER, AT[1])
    assert story.digests() == before


# Corrected, taken back, without an address


def test_what_does_not_stand_any_more_is_told_and_a_source_on_paper_is_no_link(
    story: Story, tmp_path: Path
) -> None:
    later = amend(tmp_path / "later")
    shutil.copytree(later / "data", story.root / "data", dirs_exist_ok=True)
    shutil.copy(later / "datapackage.json", story.root)
    story.run(LATER, AT[1])
    kinds = [one["kind"] for one in story.entries()]
    assert kinds == ["value", "task", "source", "observation"]
    corrected = story.entries()[3]["texts"]["en"]["title"]
    assert "observation corrected, 95\u00a0% (2020" in corrected
    assert "95.5\u00a0%" in " ".join(story.entries()[3]["texts"]["en"]["lines"])
    told = "".join(path.read_text(encoding="utf-8") for path in story.folder.glob("feed.en.*"))
    assert told.count("Báo cáo số 01/BC-SYT") >= len(FEEDS) / 2
    assert "nan" not in re.findall(r"\w+", told)
    assert GONE not in told
    assert "99.0" not in told
    on_paper = [one for one in json_items(story) if "BC-SYT" in one["content_html"]]
    assert on_paper
    assert not [one for one in on_paper if "<a " in one["content_html"] or "external_url" in one]


def json_items(story: Story) -> list[dict[str, Any]]:
    content = json.loads((story.folder / "feed.en.json").read_text(encoding="utf-8"))
    return list(content["items"])


# Results that are not there


@pytest.mark.parametrize("status", ["failed", "not_run"])
def test_results_that_were_not_published_are_not_compared(story: Story, status: str) -> None:
    before = story.digests()
    add_news(story.root)
    assert story.run(LATER, AT[1], status=status).exit_code == 0
    assert story.digests() == before
    assert "Not compared, because the result tables were not published" in story.letter()


def test_the_changes_are_told_by_the_next_run_that_publishes_them(story: Story) -> None:
    add_news(story.root)
    story.run(LATER, AT[1], status="failed")
    story.run(LATER, AT[2])
    assert len(story.entries()) == 3


# The run itself


def test_a_whole_run_is_followed(tmp_path: Path) -> None:
    root = copy(tmp_path)
    write_notebook(root / "notebooks", "gap", good("gap"))
    first = whole_run(root, DAY)
    add_news(root)
    second = whole_run(root, LATER)
    assert (first.exit_code, second.exit_code) == (0, 0)
    story = Story(root)
    assert [one["kind"] for one in story.entries()] == ["value", "task", "source"]
    assert all(one["at"] == second.content["finished"] for one in story.entries())
    link = ElementTree.parse(story.folder / "feed.en.atom").find(f"{ATOM}entry/{ATOM}link")
    assert link is not None
    assert link.get("href") == "../vi/gap-05/report.html"
    assert "Assessed as of: 6 December 2026" in story.letter()


def whole_run(root: Path, day: str) -> RunRecord:
    facts = read_facts(root)
    request = Request(kinds=("gap",), subjects={"group_id": ("5",)}, as_of=day)
    chosen = parameters.select(request, facts, KINDS[:1], root / "notebooks", date(2026, 1, 1))
    settings = Settings(root / "notebooks", root / "outputs", 1, Limits(), STANDARD)

    def results(folder: Path) -> str:
        told = {"assessedOn": day, "baseYear": 2020}
        (folder / "datapackage.json").write_text(json.dumps(told))
        return day

    return run(chosen, facts, settings, results)
