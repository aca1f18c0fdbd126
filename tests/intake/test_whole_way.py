"""The whole way of a number: asked for in a form, filled in by LibreOffice, taken in, reported on.

And back again, when the addition is taken back.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from analysis.intake.reading import read_book
from tests.conftest import ROOT
from tests.intake.forms import office
from tests.intake.forms.books import place_of
from tests.intake.papers import project

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed"),
]

CHOSEN = ("--kind", "gap", "--kind", "trend", "--group", "5", "--group", "9", "--json")
CONCERNED = {"vi-gap-05", "vi-trend-05"}
TITLE = "Báo cáo số 12/BC-SYT"
ATOM = "{http://www.w3.org/2005/Atom}"


def started(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "analysis.cli", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PLAN155_SITE": "no"}
    pipes: dict[str, Any] = dict.fromkeys(("stdout", "stderr"), subprocess.PIPE)
    return subprocess.Popen(command, text=True, env=environment, **pipes)


def plan155(*arguments: object) -> str:
    """What a command prints that must succeed."""
    process = started(*arguments)
    stdout, stderr = process.communicate()
    assert process.returncode == 0, stderr
    return stdout


@dataclass(frozen=True)
class Run:
    """What a run made, and what it left."""

    made: dict[str, list[str]]
    results: dict[str, bytes]
    atom: str
    items: list[dict[str, Any]]


def run(root: Path) -> Run:
    """Run the reports of two groups; while an addition is at work, once that has ended."""
    process = started("run", "--root", root, *CHOSEN)
    stdout, stderr = process.communicate()
    if process.returncode == 3:
        assert "the data are in use" in stderr
        stdout = plan155("run", "--root", root, *CHOSEN)
    else:
        assert process.returncode == 0, stderr
    jobs = json.loads(stdout)["jobs"]
    outputs = root / "outputs"
    return Run(
        {job["id"]: job["reasons"] for job in jobs if job["status"] == "done"},
        {path.name: path.read_bytes() for path in (outputs / "results").glob("*.csv")},
        (outputs / "changes" / "feed.vi.atom").read_text("utf-8"),
        json.loads((outputs / "changes" / "feed.vi.json").read_text("utf-8"))["items"],
    )


def filled_in(root: Path, folder: Path) -> Path:
    """Ask an agency for its numbers of 2025, and let one be typed into the form."""
    asked = ("form", "--agency", "so-y-te", "--year", 2025, "--to", folder, "--json")
    [path] = json.loads(plan155(*asked, "--root", root))["forms"]
    book = read_book(Path(path))
    places = {
        ("source", "title"): TITLE, ("source", "published"): "15/01/2026",
        ("5.7", "value"): "96,1", ("5.7", "status"): "Chính thức theo nguồn",
    }  # fmt: skip
    typed = [(place_of(book, *key), text) for key, text in places.items()]
    saved = folder / "returned.ods"
    steps = office.filling(Path(path), [(at.sheet, at.cell, text) for at, text in typed], [saved])
    office.work(folder / "office", steps)
    return saved


def wait_until_in_use(root: Path, process: subprocess.Popen[str]) -> None:
    """Wait until a process has locked the data, or has ended."""
    descriptor = os.open(root / "data", os.O_RDONLY)
    try:
        while process.poll() is None:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            fcntl.flock(descriptor, fcntl.LOCK_UN)
            os.sched_yield()
    finally:
        os.close(descriptor)


def test_a_number_goes_its_whole_way_and_back(tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    first = run(root)
    assert set(first.made) == {*CONCERNED, "vi-gap-09", "vi-trend-09"}

    form = filled_in(root, tmp_path / "forms")
    adding = started("add", form, "--yes", "--accept-warnings", "--json", "--root", root)
    wait_until_in_use(root, adding)
    second = run(root)
    stdout, stderr = adding.communicate()
    assert adding.returncode == 0, stderr
    taken = json.loads(stdout)
    assert (taken["addition_id"], taken["counts"]["conflict"]) == ("add-0002", 1)

    assert set(second.made) == CONCERNED
    assert all("data: observations" in why for why in second.made.values())
    told = [item for item in second.items if TITLE in json.dumps(item, ensure_ascii=False)]
    assert told
    assert "96,1" in json.dumps(told, ensure_ascii=False)
    assert TITLE in second.atom
    assert len(ElementTree.fromstring(second.atom).findall(f"{ATOM}entry")) == len(second.items)
    assert second.results != first.results

    plan155("undo", "--yes", "--reason", "Nhập nhầm", "--root", root)
    third = run(root)
    assert set(third.made) == CONCERNED
    assert third.results == first.results
    newest = third.items[0]["_plan155"]
    assert newest["before"]["observation_id"] == "obs-0549"
    assert newest["after"]["observation_id"] == "obs-0129"
    assert "96,1" in third.items[0]["summary"]
    assert len(third.items) > len(second.items)
    assert third.items[0]["summary"].split(";")[0] in third.atom
