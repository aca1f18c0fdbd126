"""The pages on scheduling: both say the same, and what they tell to type exists and works."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

import click
import pytest
import yaml

from analysis import cli
from analysis.errors import UserError
from analysis.runs.publish import LockedError
from analysis.runs.signals import Stop
from analysis.runs.summary import OK, SOME_FAILED
from tests.scheduling.small import INSTALLED, ROOT
from tests.scheduling.test_cron import TEXT, job
from tests.scheduling.test_systemd import complaints, needs_systemd, values
from tests.test_repository import (
    chapters,
    commands_of,
    inline_code,
    makefile_targets,
    relative_links,
)

PAGES = ("scheduling.md", "scheduling.vi.md")
OF_THE_SYSTEM = {"useradd", "make", "install", "rsync", "systemctl", "journalctl"}
ENGINE = "plan155-warm"

each = pytest.mark.parametrize("page", PAGES)


def text_of(page: str) -> str:
    return (ROOT / "docs" / page).read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def words_of(line: str) -> list[str]:
    """The words of a command, without sudo and the user that it names."""
    words = shlex.split(line)
    if words[0] == "sudo":
        words = words[3:] if words[1] == "-u" else words[1:]
    return words


def commands(text: str) -> list[list[str]]:
    lines = [line for block in blocks(text, "sh") for line in block.splitlines()]
    return [words_of(line) for line in lines]


def of_program(name: str) -> list[list[str]]:
    """The arguments of each call of a program from the project's environment."""
    found = [
        words for words in commands(text_of(PAGES[0])) if words[0].endswith(f".venv/bin/{name}")
    ]
    return [words[1:] for words in found]


@cache
def options_of(command: str) -> set[str]:
    known = cli.main.commands[command]
    return {
        name for option in known.params if isinstance(option, click.Option) for name in option.opts
    }


def unknown(arguments: Sequence[str]) -> list[str]:
    """The options of a call of plan155 that it does not have."""
    command, *rest = arguments
    return [word for word in rest if word.startswith("-") and word not in options_of(command)]


# Both pages


def test_both_pages_show_the_same_code_in_as_many_chapters() -> None:
    english, vietnamese = (text_of(page) for page in PAGES)
    assert re.findall(r"```.*?```", english, re.DOTALL) == re.findall(
        r"```.*?```", vietnamese, re.DOTALL
    )
    assert inline_code(english) == inline_code(vietnamese)
    assert chapters(english) == chapters(vietnamese) > 1


@each
def test_every_link_leads_to_a_file(page: str) -> None:
    links = relative_links(text_of(page))
    assert links
    assert [link for link in sorted(links) if not (ROOT / "docs" / link).exists()] == []


# What is typed


def test_every_command_is_of_the_project_or_the_system() -> None:
    programs = {words[0] for words in commands(text_of(PAGES[0]))}
    own = {"dask", "plan155", "papermill", "python"}
    assert {name for name in programs if Path(name).name not in own | OF_THE_SYSTEM} == set()


def test_every_file_of_the_project_that_a_command_names_is_there() -> None:
    words = {word for words in commands(text_of(PAGES[0])) for word in words}
    places = {
        word.removeprefix(INSTALLED).strip("/") for word in words if word.startswith(INSTALLED)
    }
    assert [
        name for name in places if not name.startswith(".venv") and not (ROOT / name).exists()
    ] == []


@each
def test_every_make_command_is_a_target(page: str) -> None:
    assert commands_of(text_of(page)) <= makefile_targets()
    calls = [words for words in commands(text_of(page)) if words[0] == "make"]
    assert [words[-1] for words in calls if words[-1] not in makefile_targets()] == []


def test_plan155_has_every_option_that_is_typed() -> None:
    calls = of_program("plan155")
    assert len(calls) == 4
    assert [unknown(call) for call in calls] == [[]] * len(calls)


@each
def test_plan155_has_every_option_that_is_named(page: str) -> None:
    named = set(re.findall(r"`(--[a-z-]+)[^`]*`", text_of(page)))
    assert len(named) > 5
    assert named <= options_of("run")


def test_an_option_that_is_not_there_would_be_found() -> None:
    assert unknown(["run", "--root", "x", "--langauge", "all"]) == ["--langauge"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like the project's, to type commands in that leave files behind."""
    here = tmp_path_factory.mktemp("typed")
    for name in ("data", "datapackage.json", "notebooks"):
        (here / name).symlink_to(ROOT / name)
    return here


def papermill_calls() -> list[list[str]]:
    return of_program("papermill")


@pytest.mark.parametrize("arguments", papermill_calls(), ids=" ".join)
def test_papermill_alone_runs_a_notebook(folder: Path, arguments: list[str]) -> None:
    if ENGINE in arguments and ENGINE not in entry_points(group="papermill.engine").names:
        pytest.skip("the project is not installed with its engine: make setup-dev")
    command = [sys.executable, "-m", "papermill", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    if "--help-notebook" in arguments:
        assert "group_id: int" in done.stdout
        return
    made = json.loads((folder / arguments[1]).read_text(encoding="utf-8"))
    assert made["metadata"]["papermill"]["parameters"]["group_id"] == 5
    assert made["metadata"]["papermill"]["exception"] is None


def test_the_web_server_gets_all_but_what_begins_with_a_dot(tmp_path: Path) -> None:
    if shutil.which("rsync") is None:
        pytest.skip("rsync is not installed")
    (words,) = [words for words in commands(text_of(PAGES[0])) if words[0] == "rsync"]
    here, there = tmp_path / "outputs", tmp_path / "www"
    (here / ".work-1").mkdir(parents=True)
    there.mkdir()
    for path in (here / "index.html", here / ".lock", there / "old.html"):
        path.touch()
    subprocess.run([*words[:-2], f"{here}/", f"{there}/"], check=True)
    assert [path.name for path in there.iterdir()] == ["index.html"]


@each
def test_the_programs_for_other_schedulers_are_python(page: str) -> None:
    for text in blocks(text_of(page), "python"):
        compile(text, page, "exec")
        assert re.findall(r'"(\d+ \d+ \* \* \d)"', text) == ["17 5 * * 1"]


@needs_systemd
def test_systemd_finds_nothing_wrong_with_the_unit_that_mails(tmp_path: Path) -> None:
    unit, addition = blocks(text_of(PAGES[0]), "ini")
    (path := tmp_path / "plan155-mail.service").write_text(unit, encoding="utf-8")
    assert complaints(path) == []
    assert addition == f"[Unit]\nOnFailure={path.name}\n"


# What is said


def codes(page: str) -> list[str]:
    return re.findall(r"^\| (\d+(?:, \d+)*) \|", text_of(page), flags=re.MULTILINE)


@each
def test_the_codes_are_those_of_the_command(page: str) -> None:
    stopped = ", ".join(str(Stop(0, number).exit_code) for number in (2, 15))
    errors = [UserError.exit_code, LockedError.exit_code]
    assert codes(page) == [str(OK), str(SOME_FAILED), *map(str, errors), stopped]


@each
def test_the_time_is_that_of_every_example(page: str) -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/refresh.yml").read_text(encoding="utf-8"))
    (schedule,) = workflow[True]["schedule"]
    assert f"`{schedule['cron']}`" in text_of(page)
    assert "05:17" in text_of(page)
    assert job(TEXT)[:5] == ["17", "5", "*", "*", "1"]
    assert values("plan155.timer", "OnCalendar") == ["Mon *-*-* 05:17:00 Asia/Ho_Chi_Minh"]


@each
def test_the_outputs_are_kept_as_long_as_said(page: str) -> None:
    text = (ROOT / ".github/workflows/refresh.yml").read_text(encoding="utf-8")
    (days,) = re.findall(r"retention-days: (\d+)", text)
    assert re.search(rf"\b{days}\b (days|ngày)", text_of(page))
