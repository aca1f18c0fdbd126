"""The settings with which JupyterLab is started: it fetches nothing of its own accord."""

from __future__ import annotations

import json
import os
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from traitlets.config.loader import Config

from analysis.cli import main

SETTINGS = Path(str(files("analysis.explore").joinpath("jupyter")))
ANNOUNCEMENTS = "@jupyterlab/apputils-extension:announcements"


def settings(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((SETTINGS / name).read_text(encoding="utf-8"))
    return content


@pytest.fixture
def environment(root: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return the environment in which `plan155 lab` starts JupyterLab."""
    kept: dict[str, str] = {}
    monkeypatch.setattr("importlib.util.find_spec", lambda _: object())
    monkeypatch.setattr("os.execv", lambda *_: kept.update(os.environ))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/etc/mine")
    assert CliRunner().invoke(main, ["lab", "--root", str(root)]).exit_code == 0
    return kept


def test_the_lab_is_started_with_the_settings_before_those_of_the_user(
    environment: dict[str, str],
) -> None:
    assert environment["JUPYTER_CONFIG_PATH"].split(os.pathsep) == [str(SETTINGS), "/etc/mine"]


def test_without_settings_of_the_user_there_is_no_empty_folder(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[str, str] = {}
    monkeypatch.setattr("os.execv", lambda *_: kept.update(os.environ))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "")
    CliRunner().invoke(main, ["lab", "--root", str(root)])
    assert kept["JUPYTER_CONFIG_PATH"] == str(SETTINGS)


def test_neither_news_nor_releases_nor_extensions_are_asked_for() -> None:
    lab = settings("jupyter_lab_config.json")["LabApp"]
    assert lab["news_url"] is None
    assert lab["check_for_updates_class"].endswith(".NeverCheckForUpdate")
    assert lab["extension_manager"] == "readonly"
    disabled = settings("labconfig/page_config.json")["disabledExtensions"]
    assert disabled == {ANNOUNCEMENTS: True}


def test_jupyterlab_knows_every_setting() -> None:
    labapp = pytest.importorskip("jupyterlab.labapp", reason="JupyterLab is not installed")
    from jupyter_client.manager import KernelManager

    known = {"LabApp": labapp.LabApp, "KernelManager": KernelManager}
    content = settings("jupyter_lab_config.json")
    for name, values in content.items():
        assert set(values) <= set(known[name].class_trait_names(config=True))
    app = labapp.LabApp(config=Config(content))
    assert app.news_url is None
    assert app.check_for_updates_class.__name__ == "NeverCheckForUpdate"
