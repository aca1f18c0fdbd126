"""What is made again when something changes, on a copy of the project, as an operator would run it.

The tests of this module work on the same outputs: each begins with everything fresh. What a run
would make is mostly asked without making it; one test sees that it makes just that.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analysis.runs.facts import read_facts
from analysis.runs.kinds import read_kinds
from analysis.runs.parameters import Request, select
from analysis.runs.runner import Run
from analysis.runs.settings import Settings
from tests.e2e.test_run import ROOT, plan155

pytestmark = pytest.mark.e2e

DAY = "2026-09-30"
OPTIONS = {"group_id": "--group", "task_group_id": "--task-group", "agency_id": "--agency"}
SUBJECTS = {
    "group_id": ("5", "9"),
    "task_group_id": ("I", "IV"),
    "agency_id": ("so-y-te", "so-xay-dung"),
}
CHOSEN = (
    *("--kind", "overview", "--kind", "coverage", "--kind", "gap", "--kind", "trend"),
    *("--kind", "tasks", "--kind", "agency"),
    *(word for name, some in SUBJECTS.items() for one in some for word in (OPTIONS[name], one)),
)
ALL = {
    *("vi-overview", "vi-coverage", "vi-gap-05", "vi-trend-05", "vi-gap-09", "vi-trend-09"),
    *("vi-tasks-I", "vi-tasks-IV", "vi-agency-so-y-te", "vi-agency-so-xay-dung"),
}


def run(root: Path, *options: str, day: str = DAY) -> dict[str, Any]:
    """The record of a run on the copy."""
    asked = options or CHOSEN
    result = plan155("run", "--root", str(root), *asked, "--as-of", day, "--json")
    assert result.returncode == 0, result.stderr
    record: dict[str, Any] = json.loads(result.stdout)
    return record


def made(record: dict[str, Any]) -> dict[str, list[str]]:
    """The reports that a run has made, and why."""
    return {job["id"]: job["reasons"] for job in record["jobs"] if job["status"] == "done"}


def due(root: Path, *, day: str = DAY, base_year: str = "") -> dict[str, list[str]]:
    """The reports that a run would make, and why, as it finds out before it makes them."""
    facts, notebooks = read_facts(root), root / "notebooks"
    kinds = read_kinds(notebooks)
    names = tuple(kind.name for kind in kinds)
    request = Request(names, SUBJECTS, base_year=base_year, as_of=day)
    selection = select(request, facts, kinds, notebooks, date.fromisoformat(day))
    this = Run(selection, facts, Settings(notebooks, root / "outputs"))
    return {job.id: list(this.states[job].reasons) for job in this.due}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for name in ("data", "docs", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "datapackage.json", folder)
    (folder / "data" / "source" / "155-kh-ubnd.txt").chmod(0o644)
    assert set(made(run(folder))) == ALL
    return folder


@pytest.fixture(autouse=True)
def _fresh(root: Path) -> None:
    """Whatever a test before has changed, everything is made of the project as it is now."""
    run(root)


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_run_without_changes_makes_nothing_and_touches_nothing_but_its_record(
    root: Path,
) -> None:
    before = digests(root / "outputs")
    record = run(root)
    assert made(record) == {}
    assert {job["status"] for job in record["jobs"]} == {"fresh"}
    assert record["results"]["status"] == "fresh"
    after = digests(root / "outputs")
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    assert changed <= {"run.json", "run.md", "run.en.md"}


def test_a_new_day_alone_makes_nothing(root: Path) -> None:
    assert made(run(root, day="2026-10-01")) == {}


def test_a_day_on_which_something_falls_due_makes_the_reports_on_it(root: Path) -> None:
    reports = due(root, day="2026-10-02")  # ninety days before the end of the year
    assert set(reports) == {"vi-tasks-I", "vi-tasks-IV", *agencies_with_yearly_tasks(root)}
    assert all(why[0].startswith("day: ") for why in reports.values())


def agencies_with_yearly_tasks(root: Path) -> set[str]:
    def rows(name: str) -> list[dict[str, str]]:
        with (root / "data" / "plan" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    yearly = {row["task_id"] for row in rows("tasks") if row["recurrence"] == "yearly"}
    named = {row["agency_id"] for row in rows("task_agencies") if row["task_id"] in yearly}
    return {f"vi-agency-{name}" for name in named} & ALL


def test_a_new_year_makes_every_report_on_indicators(root: Path) -> None:
    assert {"vi-overview", "vi-coverage", "vi-gap-05", "vi-trend-05", "vi-gap-09"} <= set(
        due(root, day="2027-01-01")
    )


def test_a_day_before_the_one_they_were_made_for_makes_reports_again(root: Path) -> None:
    reports = due(root, day="2024-12-31")
    assert {"vi-overview", "vi-gap-05", "vi-trend-05", "vi-tasks-IV"} <= set(reports)
    assert all(why[0].startswith("day: it holds from ") for why in reports.values())


def test_a_new_observation_makes_the_reports_in_which_it_stands_and_no_others(root: Path) -> None:
    table, descriptor = root / "data/observed/observations.csv", root / "datapackage.json"
    before = {path: path.read_bytes() for path in (table, descriptor)}
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    known = next(row for row in rows if row["series_id"] == "5.7" and row["period"] == "2023")
    new = {**known, "observation_id": "obs-0549", "period": "2017", "note": "only a test"}
    with table.open("a", encoding="utf-8", newline="") as lines:
        csv.DictWriter(lines, list(new), lineterminator="\n").writerow(new)
    assert plan155("build", "--root", str(root)).returncode == 0
    try:
        reports = due(root)
    finally:
        for path, content in before.items():
            path.write_bytes(content)
    assert set(reports) == {
        *("vi-overview", "vi-coverage", "vi-gap-05", "vi-trend-05"),
        "vi-agency-so-y-te",  # it leads 5.7
    }
    assert all("data: observations" in why for why in reports.values())


def test_a_changed_notebook_makes_its_kind(root: Path) -> None:
    notebook = root / "notebooks" / "gap.ipynb"
    before = notebook.read_text(encoding="utf-8")
    notebook.write_text(before.replace("**Where does", "**Just where does"), encoding="utf-8")
    try:
        assert due(root) == {"vi-gap-05": ["notebook"], "vi-gap-09": ["notebook"]}
    finally:
        notebook.write_text(before, encoding="utf-8")


def test_another_base_year_makes_the_reports_again(root: Path) -> None:
    again = due(root, base_year="2021")
    assert {*again} >= {"vi-gap-05", "vi-gap-09"}
    assert {tuple(why) for why in again.values()} == {("parameters",)}


def flip(path: Path) -> None:
    """Change one bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def halve(path: Path) -> None:
    """Cut a file off in its middle."""
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def test_what_is_spoilt_removed_or_put_to_outputs_is_noticed_and_made_again(root: Path) -> None:
    reports = root / "outputs" / "vi"
    spoilt = ["done.json", "log.txt", "report.html", "report.ipynb", "results.csv"]
    for name in spoilt:
        flip(reports / "trend-05" / name)
    flip(reports / "trend-09" / "job.json")
    figure = next((reports / "gap-05" / "figures").glob("*.png"))
    figure.unlink()
    shutil.rmtree(reports / "tasks-IV")
    (reports / "tasks-I" / "more.csv").write_text("a\n")
    around = [root / "outputs" / name for name in ("results/results_gap.csv", "index.html")]
    before = [path.read_bytes() for path in around]
    for path in around:
        halve(path)
    expected = {
        "vi-gap-05": [f"output: figures/{figure.name}"],
        "vi-tasks-I": ["output: more.csv"],
        "vi-tasks-IV": ["never made"],
        "vi-trend-05": [f"output: {name}" for name in spoilt],
        "vi-trend-09": ["output: job.json"],
    }
    assert due(root) == expected
    record = run(root)
    assert made(record) == expected
    assert record["results"]["status"] == "done"
    assert [path.read_bytes() for path in around] == before
    assert figure.is_file()
    assert not (reports / "tasks-I" / "more.csv").exists()
    assert due(root) == {}


@pytest.mark.parametrize("name", ["state.json", "index.html"])
def test_what_stands_around_the_reports_is_repaired_alone(root: Path, name: str) -> None:
    path = root / "outputs" / name
    before = path.read_bytes()
    halve(path)
    assert made(run(root)) == {}
    if name != "state.json":  # which holds times
        assert path.read_bytes() == before
    assert made(run(root)) == {}
    assert json.loads((root / "outputs" / "run.json").read_text())["results"]["status"] == "fresh"


def test_status_agrees_with_what_a_run_would_do(root: Path) -> None:
    table = root / "outputs" / "vi" / "gap-09" / "results.csv"
    aside = table.rename(root / "results.csv")
    result = plan155("status", "--json", "--root", str(root))
    aside.rename(table)
    told = json.loads(result.stdout)
    assert result.returncode == 1
    assert told["stale"]["vi-gap-09"][-1] == "output: results.csv"


def test_a_run_with_nothing_to_do_imports_nothing_heavy(root: Path) -> None:
    arguments = ["run", "--root", str(root), *CHOSEN, "--as-of", DAY]
    script = (
        "import sys\nfrom analysis.cli import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "print(sorted({'pandas', 'numpy', 'papermill', 'matplotlib', 'frictionless', 'jinja2'}"
        " & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "", "PLAN155_SITE": "no"},
    )
    assert told.stdout.splitlines()[-1] == "[]"
