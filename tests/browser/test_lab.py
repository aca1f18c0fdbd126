"""The notebook for exploring in a real JupyterLab and a real browser, as a researcher meets it."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nbformat
import pytest

from analysis.api import Plan
from analysis.explore import BASE_YEARS, verdicts
from analysis.words import Words

pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="Chromium is not installed"),
]

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = Path("notebooks/explore.ipynb")
TOKEN = "a-token-of-the-tests"
START_LIMIT = 60.0  # seconds
PAGE_LIMIT = 120_000  # milliseconds
POLLING = 500  # milliseconds: asked at every frame, JupyterLab would never find time to draw
SILENT = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PRIVATE = (
    "HOME",
    "IPYTHONDIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
)
PROMPTS = (
    "Array.from(document.querySelectorAll('.jp-CodeCell .jp-InputPrompt'), e => e.textContent)"
)
ERRORS = "document.querySelectorAll('[data-mime-type=\"application/vnd.jupyter.stderr\"]').length"
ENDED = f"() => {ERRORS} || ({PROMPTS}.length && {PROMPTS}.every(t => /\\[\\d+\\]/.test(t)))"


@dataclass
class Lab:
    """A running JupyterLab.

    Attributes
    ----------
    address
        Where it serves, with the token.
    said
        What it has written so far.
    """

    address: str = ""
    said: list[str] = field(default_factory=list)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of what the notebook needs: JupyterLab saves what it opens."""
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copy(ROOT / "datapackage.json", folder)
    shutil.copytree(ROOT / "data", folder / "data")
    (folder / "notebooks").mkdir()
    notebook = nbformat.read(ROOT / NOTEBOOK, as_version=4)
    parameters = next(c for c in notebook.cells if "parameters" in c.metadata.get("tags", []))
    parameters.source += '\nas_of = "2026-11-25"'
    nbformat.write(notebook, folder / NOTEBOOK)
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def lab(project: Path, tmp_path: Path) -> Iterator[Lab]:
    """Start ``plan155 lab`` as a user would, on a port and with settings of its own."""
    own = {name: str(tmp_path / "home" / name.lower()) for name in PRIVATE}
    command = [
        *(sys.executable, "-m", "analysis.cli", "lab", "--root", str(project), "--no-browser"),
        *("--ip=127.0.0.1", f"--port={free_port()}", "--allow-root"),
        f"--IdentityProvider.token={TOKEN}",
    ]
    environment = os.environ | own | {"PYTHONPATH": str(ROOT / "src")}
    process = subprocess.Popen(
        command, cwd=project, env=environment, stderr=subprocess.PIPE, text=True
    )
    too_long = threading.Timer(START_LIMIT, process.kill)
    too_long.start()
    try:
        yield served(process)
    finally:
        too_long.cancel()
        process.terminate()
        try:
            process.wait(timeout=20)
        finally:
            process.kill()


def served(process: subprocess.Popen[str]) -> Lab:
    """Wait until the server says where it serves, and go on reading what it says."""
    assert process.stderr is not None
    lab = Lab()
    for line in process.stderr:
        lab.said.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
            lab.address = f"{found[0]}?token={TOKEN}"
            break
    assert lab.address, "JupyterLab did not start:\n" + "".join(lab.said)
    threading.Thread(target=lab.said.extend, args=(process.stderr,), daemon=True).start()
    return lab


@dataclass
class Visit:
    """The notebook, opened and run in a browser.

    Attributes
    ----------
    page
        The page of the browser.
    asked
        The addresses that the page has asked for.
    """

    page: Any
    asked: list[str]


@pytest.fixture
def visit(lab: Lab) -> Iterator[Visit]:
    """Open the lab and run all cells of the notebook that it opens by itself."""
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=list(SILENT))
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(PAGE_LIMIT)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(lab.address)
        page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell")
        page.wait_for_selector("#jp-main-statusbar :text('| Idle')")
        page.click(".lm-MenuBar-item:has-text('Run')")
        page.click(".lm-Menu-item:has-text('Run All Cells') >> nth=0")
        page.wait_for_function(ENDED, polling=POLLING)
        yield Visit(page, asked)
        browser.close()


def telling_year(plan: Plan, as_of: date) -> int:
    """Return the base year nearest to the default that changes a verdict of group 5."""
    for year in sorted(BASE_YEARS, key=lambda year: abs(year - 2020)):
        if verdicts(plan, group=5, base_year=year, as_of=as_of)["changed"].any():
            return year
    raise AssertionError("no base year changes a verdict of group 5: take another group")


def test_a_researcher_moves_the_base_year_and_sees_verdicts_change(
    visit: Visit, plan: Plan, as_of: date
) -> None:
    """One test: each would need a server, a kernel and a browser of its own."""
    the_lab_opened_the_notebook_for_exploring(visit)
    every_cell_ran_without_an_error(visit)
    explorer = visit.page.locator(".jp-OutputArea-output:has(.plan155-explore)").first
    the_chart_is_that_of_the_theme(explorer)
    a_moved_slider_changes_the_table(explorer, plan, as_of)
    another_language_is_spoken_at_once(explorer)
    the_lab_is_set_to_fetch_nothing(visit)
    nothing_was_asked_for_beyond_this_machine(visit)


def the_lab_opened_the_notebook_for_exploring(visit: Visit) -> None:
    assert urlsplit(visit.page.url).path == f"/lab/tree/{NOTEBOOK.as_posix()}"


def every_cell_ran_without_an_error(visit: Visit) -> None:
    errors = visit.page.locator("[data-mime-type='application/vnd.jupyter.stderr']")
    assert errors.all_text_contents() == []
    assert all(re.search(r"\[\d+\]", prompt) for prompt in visit.page.evaluate(PROMPTS))


def the_chart_is_that_of_the_theme(explorer: Any) -> None:
    sync_api.expect(explorer.locator("img.theme-light")).to_be_visible()
    sync_api.expect(explorer.locator("img.theme-dark")).to_be_hidden()


def a_moved_slider_changes_the_table(explorer: Any, plan: Plan, as_of: date) -> None:
    year = telling_year(plan, as_of)
    table = explorer.locator(".plan155-explore table").first
    changed = Words("vi")("explore.change.changed")
    assert changed not in table.inner_text()
    slider = explorer.get_by_role("slider")
    slider.focus()
    for _ in range(abs(year - 2020)):
        slider.press("ArrowLeft" if year < 2020 else "ArrowRight")
    chosen = explorer.locator(".plan155-explore .quiet").first
    sync_api.expect(chosen).to_contain_text(f"năm gốc {year}", timeout=PAGE_LIMIT)
    assert changed in table.inner_text()
    expected = verdicts(plan, group=5, base_year=year, as_of=as_of)["changed"].sum()
    assert explorer.locator("li.changed").count() == expected > 0


def another_language_is_spoken_at_once(explorer: Any) -> None:
    explorer.get_by_label("Ngôn ngữ · Language").select_option(label="English")
    title = explorer.locator(".plan155-explore h3")
    sync_api.expect(title).to_contain_text("Social insurance", timeout=PAGE_LIMIT)
    sync_api.expect(explorer.get_by_text("Base year", exact=True)).to_be_visible()


def the_lab_is_set_to_fetch_nothing(visit: Visit) -> None:
    config = json.loads(visit.page.locator("#jupyter-config-data").text_content())
    assert config["news"] == {"disabled": True}
    assert config["extensionManager"]["can_install"] is False
    assert "@jupyterlab/apputils-extension:announcements" in config["disabledExtensions"]


def nothing_was_asked_for_beyond_this_machine(visit: Visit) -> None:
    addresses = [urlsplit(address) for address in visit.asked]
    hosts = {address.hostname for address in addresses if address.scheme in ("http", "https")}
    assert hosts == {"127.0.0.1"}
    assert not {address.path for address in addresses} & {"/lab/api/news", "/lab/api/update"}
