from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from analysis.cli import main
from analysis.runs import publish
from analysis.runs.places import Outputs
from tests.runs.project import good, only_for, write_project

ROOT = Path(__file__).parents[1]
HEAVY = ("pandas", "numpy", "matplotlib", "papermill", "frictionless", "nbconvert", "scipy", "yaml")
COMMANDS = ("build", "check", "run", "status", "lab")


def plan155(*arguments: str | Path) -> Result:
    """What a command says and does, without a process of its own."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, env=environment, check=False
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project's data and notebooks."""
    for name in ("data", "docs", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "datapackage.json", tmp_path)
    return tmp_path


@pytest.fixture
def _unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small packages of tests are no valid packages of the plan; let them through."""
    monkeypatch.setattr("analysis.runs.gate.refuse_invalid", lambda _: None)
    monkeypatch.setattr("analysis.runs.command.maker", lambda *_: lambda _: "2026-01-01")


@pytest.fixture
def small(tmp_path: Path, _unchecked: None) -> Path:
    return write_project(tmp_path)


def made_in(outputs: Path) -> list[str]:
    """What a run has left; the file by which runs keep each other out does not count."""
    return [path.name for path in outputs.rglob("*") if path.name != ".lock"]


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_every_command_explains_itself_with_an_example(arguments: Sequence[str]) -> None:
    result = plan155(*arguments)
    assert result.exit_code == 0
    assert "\n  Example:\n    plan155 " in result.output


@pytest.mark.parametrize(
    "code",
    [
        "import analysis.cli",
        "from analysis.cli import main; main(['--help'], standalone_mode=False)",
        "from analysis.cli import main; main(['run', '--help'], standalone_mode=False)",
    ],
)
def test_nothing_heavy_is_imported_to_give_help(code: str) -> None:
    loaded = f"{code}\nimport sys\nsys.exit(', '.join(set({HEAVY!r}) & set(sys.modules)))"
    result = python("-c", loaded)
    assert (result.returncode, result.stderr) == (1, "\n")


def test_the_same_watch_sees_a_heavy_import() -> None:
    loaded = f"import pandas, sys\nsys.exit(', '.join(set({HEAVY!r}) & set(sys.modules)))"
    assert "pandas" in python("-c", loaded).stderr


def test_status_imports_nothing_heavy(small: Path) -> None:
    plan155("run", "--root", small, "--group", "1")
    code = f"from analysis.cli import main; main(['status', '--root', {str(small)!r}])"
    watch = f"try:\n    {code}\nexcept SystemExit:\n    import sys; print(sorted(sys.modules))"
    result = python("-c", watch)
    heavy = [name for name in HEAVY if name != "yaml" and f"'{name}'" in result.stdout]
    assert "last run" in result.stdout
    assert heavy == []


def test_the_version_is_told() -> None:
    assert plan155("--version").output.startswith("plan155, version ")


def test_an_error_says_what_where_and_how_to_mend_without_a_traceback(tmp_path: Path) -> None:
    result = plan155("check", "--root", tmp_path)
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert lines[0] == "error: this is not a folder of the project"
    assert [line.split(":")[0].strip() for line in lines[1:]] == ["where", "mend"]
    assert result.stdout == ""


def test_build_makes_the_tables_and_counts_rows(copy: Path) -> None:
    (copy / "data" / "plan" / "targets.csv").unlink()
    result = plan155("build", "--root", copy)
    assert result.exit_code == 0
    assert "   220  targets\n" in result.output
    made, committed = (root / "data" / "plan" / "targets.csv" for root in (copy, ROOT))
    assert made.read_bytes() == committed.read_bytes()


def test_build_tells_programs_as_json(copy: Path) -> None:
    tables = json.loads(plan155("build", "--json", "--root", copy).output)["tables"]
    assert (tables["indicator_groups"], tables["indicators"], tables["tasks"]) == (11, 99, 41)


def test_build_check_is_content_with_the_committed_files() -> None:
    result = plan155("build", "--check", "--root", ROOT)
    assert result.exit_code == 0
    assert "up to date" in result.output


def test_build_check_names_what_differs_and_changes_nothing(copy: Path) -> None:
    table = copy / "data" / "plan" / "targets.csv"
    table.write_text("spoilt")
    result = plan155("build", "--check", "--root", copy)
    assert result.exit_code == 1
    assert "different: data/plan/targets.csv" in result.output
    assert table.read_text() == "spoilt"
    told = json.loads(plan155("build", "--check", "--json", "--root", copy).stdout)
    assert told == {"ok": False, "different": ["data/plan/targets.csv"]}


def test_build_tells_all_faults_of_the_source(copy: Path) -> None:
    (copy / "data" / "source" / "units.yaml").unlink()
    (copy / "data" / "source" / "levels.yaml").unlink()
    result = plan155("build", "--root", copy)
    assert result.exit_code == 2
    assert "units.yaml" in result.stderr
    assert "levels.yaml" in result.stderr


def test_check_lets_the_committed_package_through() -> None:
    result = plan155("check", "--root", ROOT)
    assert result.exit_code == 0
    assert "valid" in result.output


def test_check_fails_on_a_damaged_package(copy: Path) -> None:
    (copy / "data" / "observed" / "sources.csv").unlink()
    result = plan155("check", "--json", "--root", copy)
    assert result.exit_code == 1
    assert json.loads(result.output)["ok"] is False


def test_run_refuses_what_is_wrong_before_anything_starts(small: Path) -> None:
    wrong = ("--group", "9", "--kind", "gaps", "-p", "treshold", "1")
    result = plan155("run", "--root", small, *wrong)
    assert result.exit_code == 2
    assert result.stderr.count("error: ") == 4
    assert "did you mean 'gap'?" in result.stderr
    assert "did you mean 'threshold'?" in result.stderr
    assert not (small / "outputs").exists()


def test_run_refuses_a_data_folder_without_a_package(small: Path, tmp_path: Path) -> None:
    result = plan155("run", "--root", small, "--data", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "there is no datapackage.json" in result.stderr


def test_run_refuses_tables_that_are_not_those_of_the_source(copy: Path) -> None:
    (copy / "data" / "plan" / "targets.csv").write_text("spoilt")
    result = plan155("run", "--root", copy)
    assert result.exit_code == 2
    assert "plan155 build" in result.stderr
    assert made_in(copy / "outputs") == []


def test_run_refuses_an_invalid_package(copy: Path) -> None:
    observations = copy / "data" / "observed" / "observations.csv"
    observations.write_text(observations.read_text().replace("obs-0002", "obs-0001"))
    result = plan155("run", "--root", copy)
    assert result.exit_code == 2
    assert "observations" in result.stderr
    assert made_in(copy / "outputs") == []


@pytest.mark.parametrize("option", [["--workers", "0"], ["--cell-timeout", "0"], ["--nonsense"]])
def test_run_refuses_options_that_make_no_sense(small: Path, option: Sequence[str]) -> None:
    assert plan155("run", "--root", small, *option).exit_code == 2


def test_run_makes_the_reports_and_says_where(small: Path) -> None:
    result = plan155("run", "--root", small, "--group", "1", "--kind", "gap")
    assert result.exit_code == 0
    assert result.stdout == f"1 of 1 reports made: {small / 'outputs' / 'index.html'}\n"
    assert result.stderr.startswith("[1/1] done   vi-gap-01")
    assert (small / "outputs" / "vi" / "gap-01" / "report.html").is_file()


def test_run_tells_what_failed_and_exits_with_one(small: Path) -> None:
    write_project(small, gap=good("gap", only_for(2, "raise ValueError('x')")))
    result = plan155("run", "--root", small, "--group", "2", "--outputs", small / "there")
    assert result.exit_code == 1
    assert "1 of 2 reports made" in result.stdout
    assert "failed: vi-gap-02: cell 6: ValueError: x" in result.stderr
    assert str(small / "there" / "failed" / "vi-gap-02") in result.stderr


def test_run_tells_that_the_results_failed_and_exits_with_one(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Path) -> str:
        raise ValueError("no such column")

    monkeypatch.setattr("analysis.runs.command.maker", lambda *_: broken)
    result = plan155("run", "--root", small, "--group", "1", "--kind", "gap")
    assert result.exit_code == 1
    assert "1 of 1 reports made" in result.stdout
    assert "failed: results as data: ValueError: no such column" in result.stderr
    told = plan155("status", "--root", small, "--json")
    assert json.loads(told.stdout)["results"] == {"fresh": False, "reasons": ["never made"]}


def test_run_tells_programs_as_json(small: Path) -> None:
    result = plan155("run", "--root", small, "--group", "1", "--kind", "gap", "--json")
    assert json.loads(result.stdout) == json.loads((small / "outputs" / "run.json").read_text())


def test_status_without_a_run_says_how_to_make_one(small: Path) -> None:
    result = plan155("status", "--root", small)
    assert result.exit_code == 2
    assert "plan155 run" in result.stderr


def test_status_tells_what_is_there_and_what_is_missing(small: Path) -> None:
    plan155("run", "--root", small, "--group", "1")
    (small / "outputs" / "failed" / "vi-gap-02").mkdir(parents=True)
    result = plan155("status", "--root", small)
    assert result.exit_code == 1
    assert "fresh:    2 reports" in result.output
    assert "failed:   vi-gap-02" in result.output
    assert "missing:  vi-trend-02, vi-gap-03, vi-trend-03" in result.output
    told: dict[str, Any] = json.loads(plan155("status", "--json", "--root", small).output)
    assert told["fresh"] == ["vi-gap-01", "vi-trend-01"]
    assert told["complete"] is False


def test_status_tells_what_a_run_would_make_again_and_why(small: Path) -> None:
    plan155("run", "--root", small, "--group", "1")
    write_project(small, gap=good("gap", "1 + 1"))
    (small / "outputs" / "vi" / "trend-01" / "results.csv").write_text("spoilt")
    output = plan155("status", "--root", small).output
    assert "stale:    vi-gap-01: notebook\n" in output
    assert "stale:    vi-trend-01: output: results.csv\n" in output


def test_status_of_complete_outputs_is_zero(small: Path) -> None:
    assert plan155("run", "--root", small).exit_code == 0
    result = plan155("status", "--root", small)
    assert (result.exit_code, "fresh:    6 reports" in result.output) == (0, True)


def test_a_second_run_finds_nothing_to_do_and_says_so(small: Path) -> None:
    plan155("run", "--root", small, "--group", "1")
    result = plan155("run", "--root", small, "--group", "1", "--why")
    assert "0 of 2 reports made, 2 fresh" in result.stdout
    assert "fresh   vi-gap-01: nothing changed" in result.stdout


def test_what_is_fresh_is_made_all_the_same_if_that_is_asked_for(small: Path) -> None:
    plan155("run", "--root", small, "--group", "1")
    result = plan155("run", "--root", small, "--group", "1", "--force", "--why")
    assert "2 of 2 reports made" in result.stdout
    assert "done    vi-gap-01: forced" in result.stdout


def test_a_run_that_finds_another_one_at_work_exits_with_three(small: Path) -> None:
    with publish.exclusive(Outputs(small / "outputs")):
        result = plan155("run", "--root", small)
    assert result.exit_code == 3
    assert "another run is at work" in result.stderr


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    calls: list[list[str]] = []
    monkeypatch.setattr("os.execv", lambda _, command: calls.append(command))
    return calls


def test_lab_opens_on_the_notebooks_and_passes_arguments_on(
    small: Path, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: object())
    assert plan155("lab", "--root", small, "--no-browser").exit_code == 0
    (command,) = started
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert f"--ServerApp.root_dir={small}" in command
    assert "--LabApp.default_url=/lab/tree/notebooks" in command
    assert command[-1] == "--no-browser"


def test_lab_opens_the_notebook_for_exploring_if_there_is_one(
    small: Path, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: object())
    (small / "notebooks" / "explore.ipynb").touch()
    plan155("lab", "--root", small)
    assert "--LabApp.default_url=/lab/tree/notebooks/explore.ipynb" in started[0]


def test_lab_without_jupyterlab_says_how_to_get_it(
    small: Path, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    result = plan155("lab", "--root", small)
    assert result.exit_code == 2
    assert "JupyterLab is not installed" in result.stderr
    assert "make lab" in result.stderr
    assert started == []


def test_an_interrupt_before_the_run_has_the_exit_code_of_one(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("analysis.runs.gate.refuse_stale", interrupted)
    assert plan155("run", "--root", small).exit_code == 130


def test_a_folder_that_cannot_be_written_is_told_without_a_traceback(small: Path) -> None:
    (small / "outputs").write_text("a file in the way")
    result = plan155("run", "--root", small)
    assert result.exit_code == 2
    assert "error: the outputs cannot be written" in result.stderr
    assert str(small / "outputs") in result.stderr


def test_a_fault_of_the_disk_is_told_without_a_traceback(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "outputs/vi")

    monkeypatch.setattr("analysis.runs.publish.publish", full)
    result = plan155("run", "--root", small, "--group", "1", "--kind", "gap")
    assert result.exit_code == 1
    assert "failed: vi-gap-01: it cannot be published: " in result.stderr
    assert "No space left on device: 'outputs/vi'" in result.stderr
    assert "Traceback" not in result.stderr
    assert list((small / "outputs").glob(".work*")) == []


def test_the_command_works_in_a_process_of_its_own(small: Path) -> None:
    result = python("-m", "analysis.cli", "status", "--root", str(small))
    assert result.returncode == 2
    assert "there is no record of a run" in result.stderr
