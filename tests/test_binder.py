"""Binder: the files from which it makes an environment and opens the notebook for exploring."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[1]
BINDER = ROOT / ".binder"
SCRIPTS = ("postBuild", "start")


def lines(name: str) -> list[str]:
    text = (BINDER / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_the_requirements_are_the_lock_of_the_lab() -> None:
    (line,) = lines("requirements.txt")
    option, name = line.split()
    assert option == "-r", "repo2docker must see that it needs the whole folder"
    lock = (BINDER / name).resolve()
    assert lock == ROOT / "requirements" / "lab.txt"
    assert "--hash=sha256:" in lock.read_text(encoding="utf-8")


def test_the_lock_can_install_the_project_without_the_network() -> None:
    locked = (ROOT / "requirements" / "lab.txt").read_text(encoding="utf-8")
    assert "\nsetuptools==" in locked, "postBuild builds without isolation"
    assert "\njupyterlab==" in locked
    assert "\nipywidgets==" in locked
    (command,) = [line for line in lines("postBuild") if "pip install" in line]
    assert {"--no-deps", "--no-build-isolation", "--editable"} <= set(command.split())


def test_the_python_of_binder_is_one_that_the_project_takes() -> None:
    (runtime,) = lines("runtime.txt")
    name, _, version = runtime.partition("-")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert name == "python"
    assert f"{version}.0" in SpecifierSet(project["requires-python"])
    assert f"Programming Language :: Python :: {version}" in project["classifiers"]


def test_binder_opens_a_notebook_that_exists() -> None:
    settings = json.loads((BINDER / "jupyter/jupyter_lab_config.json").read_text(encoding="utf-8"))
    page = settings["LabApp"]["default_url"]
    assert page.startswith("/lab/tree/")
    assert (ROOT / page.removeprefix("/lab/tree/")).is_file()


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_can_be_run_by_itself(name: str) -> None:
    assert (BINDER / name).read_text(encoding="utf-8").startswith("#!/bin/bash\n")
    assert (BINDER / name).stat().st_mode & 0o100, f"not executable: chmod +x .binder/{name}"
    subprocess.run(["bash", "-n", str(BINDER / name)], check=True)


def test_the_start_script_hands_over_with_settings_that_exist() -> None:
    code = "import os; print(os.environ['JUPYTER_CONFIG_PATH'])"
    command = [str(BINDER / "start"), sys.executable, "-c", code]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    folders = [Path(folder) for folder in result.stdout.strip().split(os.pathsep)]
    assert folders == [BINDER / "jupyter", ROOT / "src/analysis/explore/jupyter"]
    assert all((folder / "jupyter_lab_config.json").is_file() for folder in folders)
