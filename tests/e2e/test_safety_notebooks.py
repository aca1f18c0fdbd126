"""Notebooks that misbehave: the run's verdict on each is right, and the others do not suffer."""

from __future__ import annotations

import json
import os
import select
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.small import Runs, serving, versions, write
from tests.e2e.whole import bytes_of, faults, reports
from tests.runs.project import only_for

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform != "linux", reason="the warm engine needs Linux"),
]

QUICKLY = 60
"""Seconds after which something hangs, on a machine however busy."""


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    with serving() as process:
        yield process


def run(runs: Runs, root: Path, **options: Any) -> tuple[int, dict[str, dict[str, Any]]]:
    """The exit code of a run of the reports on gaps of two groups, and their records."""
    chosen = {"kinds": ["gap"], "groups": ["1", "2"], **options}
    code, content = runs.run(root, **chosen)
    return code, {one["id"]: one for one in content["jobs"]}


def failures(jobs: dict[str, dict[str, Any]]) -> dict[str, tuple[str, str]]:
    return {
        name: (one["failure"]["stage"], one["failure"]["what"])
        for name, one in jobs.items()
        if one["failure"] is not None
    }


LATER = """\
import os, subprocess
os.rename(folder / "done.json", folder / "later.json")
subprocess.Popen(["sh", "-c", "sleep 0.5; mv later.json done.json"], start_new_session=True)
"""

CHANGED = """\
told = json.loads((folder / "done.json").read_text())
told.update({})
(folder / "done.json").write_text(json.dumps(told))
"""

LATE_OR_WRONG = {
    "no marker": ('(folder / "done.json").unlink()', "did not write its completion marker"),
    "a marker that comes too late": (LATER, "did not write its completion marker"),
    "half a marker": ('(folder / "done.json").write_text("{")', "completion marker"),
    "a marker that is a list": ('(folder / "done.json").write_text("[]")', "completion marker"),
    "a marker of another group": (CHANGED.format({"subject": "2"}), "says subject '2', not '1'"),
    "a marker of no files": (CHANGED.format({"files": {}}), "does not list results.csv"),
    "a marker without digests": (
        CHANGED.format({"files": {"results.csv": None, "results.json": 1}}),
        "its digest differs",
    ),
    "a marker that holds for ever": (
        CHANGED.format({"holds_until": "soon"}),
        "says holds_until 'soon', which is no day",
    ),
    "a marker that holds until nothing": (CHANGED.format({"holds_until": None}), "is no day"),
    "texts that are no list": (CHANGED.format({"words": 5}), "no list of texts"),
    "a summary that is a text": (CHANGED.format({"summary": "good"}), "no object"),
    "counts that are texts": (
        CHANGED.format({"summary": {"counts": {"2030": {"MET": "two"}}}}),
        "counts that are not whole numbers",
    ),
    "a sentence that is a number": (
        CHANGED.format({"summary": {"sentence": {"vi": 1}}}),
        "not one text for each language",
    ),
    "a table changed after the marker": (
        '(folder / "results.csv").write_text("other")',
        "results.csv is not the file that done.json describes",
    ),
    "a file after the marker": ('(folder / "more.csv").write_text("1")', "more.csv was written"),
    "a link in the place of a table": (
        'import os\nos.rename(folder / "results.csv", "/tmp/" + folder.resolve().name)\n'
        'os.symlink("/tmp/" + folder.resolve().name, folder / "results.csv")',
        "results.csv is neither a file nor a folder",
    ),
    "a pipe": ('import os\nos.mkfifo(folder / "pipe")', "pipe is neither a file nor a folder"),
}


@pytest.mark.parametrize("how", LATE_OR_WRONG)
def test_a_report_is_not_published_without_its_marker_or_with_a_wrong_one(
    runs: Runs, tmp_path: Path, how: str
) -> None:
    cell, said = LATE_OR_WRONG[how]
    root = write(tmp_path, last=[only_for(1, cell)])
    code, jobs = run(runs, root)
    assert code == 1
    ((name, (stage, what)),) = failures(jobs).items()
    assert (name, stage) == ("vi-gap-01", "results")
    assert said in what
    assert jobs["vi-gap-02"]["status"] == "done"
    assert reports(root / "outputs").keys() == {"vi/gap-02"}
    assert faults(root / "outputs") == []
    kept = {path.name for path in (root / "outputs" / "failed" / "vi-gap-01").iterdir()}
    assert kept == {"report.ipynb", "log.txt", "job.json"}


def test_a_notebook_that_writes_into_the_place_of_another_does_not_spoil_it(
    runs: Runs, tmp_path: Path
) -> None:
    root = write(tmp_path)
    assert run(runs, root)[0] == 0
    spoil = 'pathlib.Path("../../vi/gap-02/results.csv").write_text("spoilt")'
    write(root, only_for(1, spoil))
    code, jobs = run(runs, root, groups=["1"])
    assert code == 0
    assert (root / "outputs" / "vi" / "gap-02" / "results.csv").read_text() == "spoilt"
    write(root, only_for(1, spoil + "\nmore = 1"))
    code, jobs = run(runs, root)
    assert (code, failures(jobs)) == (0, {})
    assert faults(root / "outputs") == []
    assert set(versions(root / "outputs")) == {"1"}


def test_a_fresh_report_that_another_notebook_spoils_is_made_again_in_the_same_run(
    runs: Runs, tmp_path: Path
) -> None:
    root = write(tmp_path)
    assert run(runs, root)[0] == 0
    trend = root / "notebooks" / "trend.ipynb"
    spoil = 'pathlib.Path("../../vi/gap-02/results.csv").unlink()'
    write(tmp_path / "other", only_for(1, spoil))
    trend.write_bytes((tmp_path / "other" / "notebooks" / "trend.ipynb").read_bytes())
    code, jobs = run(runs, root, kinds=["gap", "trend"])
    assert (code, failures(jobs)) == (0, {})
    assert {name: one["status"] for name, one in jobs.items()} == {
        "vi-gap-01": "fresh",
        "vi-gap-02": "done",
        "vi-trend-01": "done",
        "vi-trend-02": "done",
    }
    assert jobs["vi-gap-02"]["reasons"] == ["output: results.csv"]
    assert faults(root / "outputs") == []


def test_reports_that_spoil_each_other_again_and_again_are_taken_away(
    runs: Runs, tmp_path: Path
) -> None:
    spoil = (
        'for other in pathlib.Path("../../vi").glob("*/results.csv"):\n'
        '    other.write_text("spoilt")'
    )
    root = write(tmp_path, spoil)
    code, jobs = run(runs, root, workers=1)
    assert code == 1
    ((name, (stage, what)),) = failures(jobs).items()
    assert stage == "results"
    assert "changed, again and again, after it had come to its place" in what
    assert name.replace("-", "/", 1) not in reports(root / "outputs")
    assert faults(root / "outputs") == []


def test_a_notebook_that_writes_where_others_may_be_made_does_not_reach_them(
    runs: Runs, tmp_path: Path
) -> None:
    stray = (
        'for name in ("vi-gap-01", "vi-gap-02"):\n'
        '    other = pathlib.Path("..") / name\n'
        "    other.mkdir(exist_ok=True)\n"
        '    (other / "stray.csv").write_text("1")'
    )
    root = write(tmp_path, stray)
    code, jobs = run(runs, root)
    assert (code, failures(jobs)) == (0, {})
    assert faults(root / "outputs") == []


ITS_OWN_FOLDER = {
    "removed": "import shutil\nshutil.rmtree(folder.resolve())",
    "emptied": "import shutil\nfor one in folder.iterdir():\n"
    "    shutil.rmtree(one) if one.is_dir() else one.unlink()",
    "moved away": 'import os\nhere = folder.resolve()\nos.rename(here, here.with_name("away"))',
    "a file now": (
        'import shutil\nhere = folder.resolve()\nshutil.rmtree(here)\nhere.write_text("")'
    ),
    "a link now": "import shutil\nhere = folder.resolve()\nshutil.rmtree(here)\n"
    'here.symlink_to("/tmp")',
    "with another notebook in it": 'path = folder.resolve() / "report.ipynb"\n'
    "import atexit, os\nos.truncate(path, 0)\nos._exit(0)",
    "with a notebook of another form": 'path = folder.resolve() / "report.ipynb"\n'
    'import os\npath.write_text(\'{"cells": 5, "metadata": []}\')\nos._exit(0)',
}


@pytest.mark.parametrize("how", ITS_OWN_FOLDER)
def test_a_notebook_that_spoils_its_own_folder_fails_alone(
    runs: Runs, tmp_path: Path, how: str
) -> None:
    root = write(tmp_path)
    assert run(runs, root)[0] == 0
    write(root, last=[only_for(1, ITS_OWN_FOLDER[how])], version="2")
    before = bytes_of(root / "outputs" / "vi" / "gap-01")
    code, jobs = run(runs, root)
    assert code == 1
    assert failures(jobs).keys() == {"vi-gap-01"}
    assert all(what for _, what in failures(jobs).values())
    after = bytes_of(root / "outputs" / "vi" / "gap-01")
    assert after.pop("report.html") != before.pop("report.html")  # it says that it was kept
    assert after == before
    assert sorted(versions(root / "outputs")) == ["1", "2", "2"]
    assert faults(root / "outputs") == []
    told = json.loads((root / "outputs/failed/vi-gap-01/job.json").read_text(encoding="utf-8"))
    assert told["failure"] == jobs["vi-gap-01"]["failure"]


LEFT = {
    "a process": "import subprocess\nsubprocess.Popen(['sh', '-c', {say!r}])",
    "a process of its own session": (
        "import subprocess\nsubprocess.Popen(['sh', '-c', {say!r}], start_new_session=True)"
    ),
    "a process in the background of a shell": (
        "import os\nos.system('setsid sh -c \"' + {say!r} + '\" > /dev/null 2>&1 &')"
    ),
    "a fork that waits": (
        "import os, signal\nif os.fork() == 0:\n"
        "    os.system('echo here > {pipe}')\n    pipe = open({pipe!r}, 'w')\n"
        "    pipe.write('here\\n'); pipe.flush()\n    signal.pause()"
    ),
}


DYING = "import os; os._exit(3)"
ENDINGS = [*((how, "") for how in LEFT), ("a process", DYING), ("a fork that waits", DYING)]


@pytest.mark.parametrize(("how", "ending"), ENDINGS)
def test_what_a_notebook_leaves_running_ends_with_it(
    runs: Runs, tmp_path: Path, how: str, ending: str
) -> None:
    pipe = str(tmp_path / "pipe")
    os.mkfifo(pipe)
    say = f"exec 3> {pipe}; echo here >&3; exec sleep 600"
    hear = f"open({pipe!r}).readline()"  # so that it is surely there before the notebook ends
    cell = LEFT[how].format(say=say, pipe=pipe)
    root = write(tmp_path / "project", last=[only_for(1, f"{cell}\n{hear}\n{ending}")])
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        code, jobs = run(runs, root, groups=["1"])
        assert gone(reading)
    finally:
        os.close(reading)
    assert (code, failures(jobs).keys()) == ((1, {"vi-gap-01"}) if ending else (0, set()))
    assert faults(root / "outputs") == []


def gone(reading: int) -> bool:
    """Whether nobody holds the other end of a pipe any more."""
    while select.select([reading], [], [], QUICKLY)[0]:
        if not os.read(reading, 100):
            return True
    return False
