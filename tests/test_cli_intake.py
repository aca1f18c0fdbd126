"""The commands that take numbers in, as they are typed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from analysis.cli import main
from analysis.intake.recorded import Recorded
from analysis.package import check
from analysis.package.changing import reading
from tests.intake.folder import unchecked
from tests.intake.papers import (
    digest,
    project,
    report,
    tasks_file,
    value,
    values_file,
)

COMMANDS = ("form", "add", "history", "undo")
FINDING = {"code", "severity", "what", "where", "mend", "either"}
DOCUMENT = {"counts", "values", "tasks", "findings", "addition_id"}


def plan155(*arguments: str | Path) -> Result:
    """What a command says and does, without a process of its own and without a terminal."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def said(result: Result) -> dict[str, Any]:
    """The one document that a command prints with ``--json``."""
    content: dict[str, Any] = json.loads(result.stdout)
    return content


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which nothing is taken in; that is asserted."""
    return project(tmp_path_factory.mktemp("untouched"))


@pytest.fixture(scope="module")
def digest_before(root: Path) -> str:
    return digest(root)


@pytest.fixture
def untouched(root: Path, digest_before: str) -> Iterator[Path]:
    """That copy; not a byte of it may be another afterwards."""
    yield root
    assert digest(root) == digest_before


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return values_file(tmp_path / "good.csv", value())


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A value of which there is something to warn about."""
    return values_file(tmp_path / "odd.csv", value(value="82"))


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """Two cells that cannot be read, among rows that can."""
    rows = [value(period="2024"), value(value="many"), value(period="2025", area="Atlantis")]
    return values_file(tmp_path / "bad.csv", *rows)


# Help


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    result = plan155(name, "--help")
    assert result.exit_code == 0
    assert f"\n  Example:\n    plan155 {name}" in result.output
    assert name in plan155("--help").output


def test_the_help_of_add_tells_its_exit_codes() -> None:
    text = " ".join(plan155("add", "--help").output.split())
    assert "Exit code: 0 taken in, or nothing new; 1 not taken in" in text
    for option in ("--dry-run", "--yes", "--accept-warnings", "--note", "--wait", "--json"):
        assert option in text


# Adding without being asked


def test_a_dry_run_shows_what_would_be_done_and_does_nothing(untouched: Path, good: Path) -> None:
    result = plan155("add", good, "--dry-run", "--root", untouched)
    assert result.exit_code == 0
    assert "8.4-beds" in result.stdout
    assert "1 new, 0 revision, 0 conflict, 0 same\nnothing was changed\n" in result.stdout
    told = said(plan155("add", good, "--dry-run", "--yes", "--json", "--root", untouched))
    assert (told["counts"]["new"], told["addition_id"]) == (1, None)


def test_without_a_terminal_nothing_is_done_unless_it_is_confirmed(
    untouched: Path, good: Path
) -> None:
    result = plan155("add", good, "--root", untouched)
    assert result.exit_code == 1
    assert result.stderr == "not taken in: nobody confirmed\n  mend:  add --yes\n"
    as_json = plan155("add", good, "--json", "--root", untouched)
    assert as_json.exit_code == 1
    assert (said(as_json)["counts"]["new"], said(as_json)["addition_id"]) == (1, None)


def test_warnings_must_be_accepted_on_their_own(untouched: Path, odd: Path) -> None:
    result = plan155("add", odd, "--yes", "--root", untouched)
    assert result.exit_code == 1
    assert "not taken in: warnings to be confirmed: 1" in result.stderr
    assert "--yes --accept-warnings" in result.stderr
    assert "warning: 8.4-beds" in result.stdout
    assert plan155("add", odd, "--accept-warnings", "--root", untouched).exit_code == 1


def test_a_refused_file_is_told_cell_by_cell_and_changes_nothing(
    untouched: Path, good: Path, bad: Path
) -> None:
    result = plan155("add", good, bad, "--yes", "--root", untouched)
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert [line.split(":")[0].strip() for line in lines] == ["error", "where", "mend"] * 2
    assert [line for line in lines if "where" in line] == [
        "  where: bad.csv, E3", "  where: bad.csv, C4",
    ]  # fmt: skip


def test_a_question_that_nobody_answers_refuses_the_file(untouched: Path, tmp_path: Path) -> None:
    file = values_file(tmp_path / "a.csv", value(value="8.200"))
    result = plan155("add", file, "--yes", "--root", untouched)
    assert result.exit_code == 2
    assert "can be read in two ways" in result.stderr
    assert "write 8200 if thousands are meant" in result.stderr


def test_what_is_recorded_already_is_nothing_new(untouched: Path) -> None:
    known = Path(__file__).parent / "data" / "collected" / "observed_values.csv"
    result = plan155("add", known, "--root", untouched)
    assert result.exit_code == 0
    assert "0 new, 0 revision, 0 conflict, 548 same\n" in result.stdout
    assert result.stdout.endswith("nothing new\n")


def test_data_that_are_in_use_are_waited_for_and_then_left_alone(
    untouched: Path, good: Path
) -> None:
    with reading(untouched):
        result = plan155("add", good, "--yes", "--wait", "0", "--root", untouched)
        as_json = plan155("add", good, "--yes", "--json", "--wait", "0", "--root", untouched)
    assert (result.exit_code, as_json.exit_code) == (3, 3)
    assert "waiting for a run or another addition to end" in result.stderr
    assert "error: the data are in use" in result.stderr
    assert [one["code"] for one in said(as_json)["findings"]] == ["in-use"]
    assert said(as_json)["counts"]["new"] == 1


# One document, whatever happens


def test_errors_in_cells_are_findings_of_the_document(untouched: Path, bad: Path) -> None:
    result = plan155("add", bad, "--yes", "--json", "--root", untouched)
    assert (result.exit_code, result.stderr) == (2, "")
    told = said(result)
    assert set(told) == DOCUMENT
    assert [one["where"] for one in told["findings"] if one["severity"] == "error"] == [
        "bad.csv, E3", "bad.csv, C4",
    ]  # fmt: skip
    assert all(set(one) == FINDING for one in told["findings"])
    assert told["addition_id"] is None


@pytest.mark.parametrize(
    ("content", "where"), [(b"name\nAn\n", "a.csv"), (b"\xff\xff", "a.csv"), (b"", None)]
)
def test_a_file_that_is_no_submission_is_a_finding_too(
    content: bytes, where: str | None, untouched: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    result = plan155("add", tmp_path / "a.csv", "--json", "--root", untouched)
    assert result.exit_code == 2
    told = said(result)
    assert set(told) == DOCUMENT
    [finding] = told["findings"]
    assert set(finding) == FINDING
    assert finding["where"] == (where or str(tmp_path / "a.csv"))
    assert f"error: {finding['what']}" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "/nowhere/a.csv"],
        ["add"],
        ["add", "a.csv", "--bogus"],
        ["history", "99.9"],
        ["history", "5.7", "--area", "Atlantis"],
        ["undo", "--yes"],
        ["form", "--agency", "so-nowhere", "--year", "2025"],
        ["form", "--agency", "so-y-te", "--year", "soon"],
    ],
)
def test_every_refusal_is_a_document_with_findings(arguments: list[str], untouched: Path) -> None:
    result = plan155(*arguments, "--json", "--root", untouched)
    assert result.exit_code == 2
    findings = said(result)["findings"]
    assert findings
    assert all(set(one) == FINDING and one["what"] for one in findings)
    assert {one["severity"] for one in findings} == {"error"}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_folder_that_is_no_project_is_a_document_too(name: str, tmp_path: Path) -> None:
    rest = {"form": ["--agency", "all", "--year", "2025"], "add": ["a.csv"], "history": ["5.7"]}
    result = plan155(name, *rest.get(name, []), "--json", "--root", tmp_path)
    assert result.exit_code == 2
    assert said(result)["findings"][0]["what"] == "this is not a folder of the project"


def test_a_package_that_lacks_a_table_is_told_without_a_traceback(
    tmp_path: Path, good: Path
) -> None:
    root = project(tmp_path)
    (root / "data" / "observed" / "withdrawals.csv").unlink()
    for command in (["add", good], ["undo", "--yes"], ["history", "5.7"]):
        result = plan155(*command, "--root", root)
        assert result.exit_code in {1, 2}
        assert "withdrawals" in result.stderr
        assert result.exception is None or isinstance(result.exception, SystemExit)


# Forms and histories


def test_a_form_is_written_and_its_path_told(untouched: Path, tmp_path: Path) -> None:
    asked: list[str | Path] = [
        "form",
        "--agency",
        "so-tu-phap",
        "--year",
        "2025",
        "--root",
        untouched,
    ]
    path = tmp_path / "forms" / "plan155-so-tu-phap-2025.xlsx"
    assert plan155(*asked, "--to", tmp_path / "forms").stdout == f"{path}\n"
    assert path.is_file()
    told = said(plan155(*asked, "--json", "--to", tmp_path / "forms"))
    assert told == {"forms": [str(path)]}


def test_an_unfilled_form_is_nothing_new(untouched: Path, tmp_path: Path) -> None:
    asked: list[str | Path] = [
        "form",
        "--agency",
        "so-tu-phap",
        "--year",
        "2025",
        "--root",
        untouched,
    ]
    [path] = said(plan155(*asked, "--json", "--to", tmp_path))["forms"]
    result = plan155("add", path, "--root", untouched)
    assert result.exit_code == 0
    assert result.stdout.endswith("nothing new\n")
    assert "notice: " in result.stdout


def test_the_history_of_a_series_tells_every_vintage(untouched: Path) -> None:
    result = plan155("history", "5.7", "--area", "QN", "--root", untouched)
    assert result.exit_code == 0
    assert "series 5.7" in result.stdout
    told = said(plan155("history", "5.7", "--area", "QN", "--json", "--root", untouched))
    assert told["series_id"] == "5.7"
    assert {one["state"] for one in told["vintages"]} == {"stands"}
    assert {one["area_id"] for one in told["vintages"]} == {"QN"}


# Taking in and taking back


def test_what_is_added_can_be_seen_and_taken_back(tmp_path: Path, good: Path, odd: Path) -> None:
    root = project(tmp_path / "project")
    tasks = tasks_file(tmp_path / "tasks.csv", report())
    with unchecked():
        _taken_corrected_and_taken_back(root, (good, tasks), odd)
    assert check(root).exit_code == 0


def _taken_corrected_and_taken_back(root: Path, files: tuple[Path, Path], odd: Path) -> None:
    taken = plan155("add", *files, "--yes", "--note", "Quý IV", "--root", root)
    assert taken.exit_code == 0
    counts = "values: 1, corrections among them: 0, reports of tasks: 1, new sources: 2"
    assert f"recorded as add-0002: {counts}\nnext: plan155 run\n" in taken.stdout
    recorded = Recorded.read(root)
    assert recorded.rows["additions"][-1]["note"] == "Quý IV"

    again = plan155("add", *files, "--yes", "--root", root)
    assert (again.exit_code, again.stdout.endswith("2 same\nnothing new\n")) == (0, True)

    corrected = plan155("add", odd, "--yes", "--accept-warnings", "--json", "--root", root)
    told = said(corrected)
    assert (corrected.exit_code, told["addition_id"]) == (0, "add-0003")
    assert told["counts"]["revision"] == 1
    assert told["values"][0]["against"] == ["obs-0549"]

    states = [one["state"] for one in said(
        plan155("history", "8.4-beds", "--json", "--root", root))["vintages"]][-2:]  # fmt: skip
    assert "replaced by obs-0550" in states

    before = digest(root)
    asked = plan155("undo", "--root", root)
    assert asked.exit_code == 1
    assert "add-0003, to be taken back:" in asked.stdout
    assert "obs-0550 8.4-beds, QN, 2026: 82" in asked.stdout
    assert "nothing was changed; to do it without asking: --yes" in asked.stderr
    assert plan155("undo", "--json", "--root", root).exit_code == 1
    assert digest(root) == before

    back = said(plan155("undo", "--yes", "--json", "--reason", "too many", "--root", root))
    assert back["addition_id"] == "add-0003"
    assert Recorded.read(root).rows["withdrawals"] == (
        {"addition_id": "add-0003", "withdrawn_on": back["withdrawn_on"], "reason": "too many"},
    )
    told_back = plan155("undo", "--yes", "--root", root)
    assert "add-0002 is taken back; next: plan155 run" in told_back.stdout
    assert "task IV.1, 2026-06-30: under_way" in told_back.stdout
    last = plan155("undo", "--yes", "--root", root)
    assert (last.exit_code, "only the first collection stands" in last.stderr) == (2, True)
