"""The workflows of GitHub Actions: well formed, modest, and doing what they say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.scheduling.small import ROOT, write_script
from tests.test_repository import makefile_targets

FOLDER = ROOT / ".github/workflows"
NAMES = ("check", "refresh")
PINNED = re.compile(r"actions/[a-z-]+@[0-9a-f]{40}")
BRANCH = "refresh/generated-files"

each = pytest.mark.parametrize("name", NAMES)


def tool(name: str) -> str | None:
    """The path of a program: the environment's, else the machine's."""
    own = str(Path(sys.executable).parent)
    return shutil.which(name, path=own) or shutil.which(name)


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.yml").read_text(encoding="utf-8")


def workflow(name: str) -> dict[Any, Any]:
    """A workflow as YAML reads it; its key ``on`` is read as the word for true."""
    content: dict[Any, Any] = yaml.safe_load(text_of(name))
    return content


def steps(name: str) -> list[dict[str, Any]]:
    return [step for job in workflow(name)["jobs"].values() for step in job["steps"]]


def faults(content: dict[Any, Any]) -> list[str]:
    """What a workflow lacks of what each of ours must have."""
    found = []
    if content.get("permissions") != {}:
        found.append("it asks for rights for all jobs")
    if "concurrency" not in content:
        found.append("two may run at once")
    for name, job in content["jobs"].items():
        found += [
            f"{name}: no {key}" for key in ("timeout-minutes", "permissions") if key not in job
        ]
        for step in job["steps"]:
            used = step.get("uses", "actions/x@" + "0" * 40)
            if not PINNED.fullmatch(used):
                found.append(f"{name}: {used} is not pinned to a commit")
            if (
                "/checkout@" in used
                and step.get("with", {}).get("persist-credentials") is not False
            ):
                found.append(f"{name}: the checkout leaves its token behind")
    return found


def test_every_workflow_is_looked_at() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == [f"{name}.yml" for name in NAMES]


@each
def test_a_workflow_is_modest_bounded_and_pinned(name: str) -> None:
    assert faults(workflow(name)) == []


def test_a_workflow_that_is_not_would_be_found() -> None:
    steps = [{"uses": "actions/checkout@v6"}, {"uses": "someone/else@" + "0" * 40}]
    assert faults({"jobs": {"a": {"steps": steps, "permissions": {}}}}) == [
        "it asks for rights for all jobs",
        "two may run at once",
        "a: no timeout-minutes",
        "a: actions/checkout@v6 is not pinned to a commit",
        "a: the checkout leaves its token behind",
        f"a: someone/else@{'0' * 40} is not pinned to a commit",
    ]


@each
def test_a_pin_says_which_release_it_is(name: str) -> None:
    lines = [line for line in text_of(name).splitlines() if "uses:" in line]
    assert [line for line in lines if not re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)] == []


def test_an_action_is_pinned_to_the_same_commit_everywhere() -> None:
    pins = {step["uses"] for name in NAMES for step in steps(name) if "uses" in step}
    assert len({pin.partition("@")[0] for pin in pins}) == len(pins)


@each
def test_a_workflow_uses_no_secret(name: str) -> None:
    assert "secrets." not in text_of(name)


@each
@pytest.mark.skipif(tool("actionlint") is None, reason="actionlint is not installed")
def test_actionlint_finds_nothing(name: str) -> None:
    command = [str(tool("actionlint")), str(FOLDER / f"{name}.yml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == ""
    assert done.returncode == 0


@each
def test_the_schema_of_workflows_allows_it(name: str) -> None:
    schema = ["--builtin-schema", "vendor.github-workflows"]
    command = [str(tool("check-jsonschema")), *schema, str(FOLDER / f"{name}.yml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_check_is_the_one_command_of_every_machine() -> None:
    assert [step["run"] for step in steps("check") if "run" in step] == ["bash .ci/run"]


def test_the_refresh_starts_every_week_at_an_odd_minute_and_by_hand() -> None:
    when = workflow("refresh")[True]
    assert set(when) == {"schedule", "workflow_dispatch"}
    assert when["schedule"] == [{"cron": "17 22 * * 0"}]  # Monday, 05:17 at UTC+7


def test_the_refresh_calls_commands_that_people_type() -> None:
    called = {re.match(r"make ([a-z]+)", step.get("run", "")) for step in steps("refresh")}
    assert {match[1] for match in called if match} == {"run", "build"} <= makefile_targets()


def test_rights_to_write_are_where_they_are_used_alone() -> None:
    jobs = workflow("refresh")["jobs"]
    rights = {
        name: {k for k, v in job["permissions"].items() if v == "write"}
        for name, job in jobs.items()
    }
    assert rights == {
        "reports": set(),
        "site": {"pages", "id-token"},
        "generated": {"contents", "pull-requests"},
    }


# The proposal of what changed


def git(where: Path, *arguments: str) -> str:
    command = ["git", "-C", str(where), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository as a job of the workflow has it, with one commit and a place to push to."""
    remote, here = tmp_path / "remote.git", tmp_path / "checkout"
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)
    subprocess.run(["git", "init", "--quiet", "--initial-branch", "main", str(here)], check=True)
    (here / "datapackage.json").write_text("{}\n")
    git(here, "add", "--all")
    git(here, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "first")
    git(here, "remote", "add", "origin", str(remote))
    git(here, "push", "--quiet", "origin", "main")
    return here


def propose(checkout: Path, open_requests: str = "") -> list[str]:
    """Run the step as the runner does, with a stand-in for gh; return the calls of gh."""
    calls = checkout.parent / "calls"
    calls.touch()
    words = (
        f'echo "$1 $2" >> "{calls}"\nif [ "$1 $2" = "pr list" ]; then echo "{open_requests}"; fi'
    )
    write_script(checkout.parent / "bin/gh", words)
    (step,) = [step for step in steps("refresh") if step.get("name") == "propose what changed"]
    environment = {
        "PATH": f"{checkout.parent}/bin:{os.environ['PATH']}",
        "HOME": str(checkout.parent),
        "BRANCH": step["env"]["BRANCH"],
        "GITHUB_REF_NAME": "main",
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    subprocess.run(command, cwd=checkout, env=environment, check=True, capture_output=True)
    return calls.read_text().splitlines()


def test_nothing_is_proposed_where_nothing_changed(checkout: Path) -> None:
    assert propose(checkout) == []
    assert git(checkout, "ls-remote", "--heads", "origin").count("refs/heads/") == 1


def test_what_changed_is_pushed_to_a_branch_and_proposed(checkout: Path) -> None:
    (checkout / "datapackage.json").write_text('{"a": 1}\n')
    (checkout / "new.csv").write_text("a\n")
    assert propose(checkout) == ["auth setup-git", "pr list", "pr create"]
    changed = git(checkout, "diff", "--name-only", "main", f"origin/{BRANCH}").splitlines()
    assert changed == ["datapackage.json", "new.csv"]
    assert git(checkout, "rev-parse", "origin/main") == git(checkout, "rev-parse", "main")


def test_a_proposal_that_is_open_is_renewed_and_not_made_twice(checkout: Path) -> None:
    again = shutil.copytree(checkout, checkout.parent / "again")
    (checkout / "datapackage.json").write_text("1\n")
    (again / "datapackage.json").write_text("2\n")
    propose(checkout)
    assert propose(again, open_requests="7")[3:] == ["auth setup-git", "pr list"]
    assert git(again, "show", f"origin/{BRANCH}:datapackage.json") == "2"
