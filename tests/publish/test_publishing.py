"""Publishing as a whole: the site is made or not, and never by halves."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.errors import UserError
from analysis.publish import Edition, freshness, open_edition, publishing
from analysis.publish.edition import folder_address
from analysis.publish.publishing import Published, attempt, publish
from analysis.runs.places import Outputs
from analysis.runs.publish import LockedError, exclusive

ROOT = Path(__file__).parents[2]


def small(edition: Edition, site: Path) -> None:
    """Make a site of two files, where what is tested is not what a site holds."""
    site.mkdir()
    (site / "index.html").write_text(f"{edition.version} {edition.base_url}", encoding="utf-8")
    (site / "assets").mkdir()
    (site / "assets" / "site.css").write_text("a {}", encoding="utf-8")


@pytest.fixture
def own(outputs: Outputs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Outputs:
    """Outputs that hold the results of the real data, and may be changed."""
    import shutil

    monkeypatch.setattr(publishing, "build", small)
    shutil.copytree(outputs.results, tmp_path / "results")
    return Outputs(tmp_path)


def test_the_site_is_made_once_and_then_fresh(own: Outputs) -> None:
    assert publish(ROOT, own) == Published(own.site, made=True)
    assert publish(ROOT, own) == Published(own.site, made=False)
    assert publish(ROOT, own, force=True).made


@pytest.mark.parametrize("name", ["index.html", "assets/site.css"])
def test_a_file_of_the_site_that_is_gone_or_spoilt_is_noticed(own: Outputs, name: str) -> None:
    publish(ROOT, own)
    (own.site / name).write_text("spoilt", encoding="utf-8")
    assert publish(ROOT, own).made
    (own.site / name).unlink()
    assert publish(ROOT, own).made
    assert (own.site / name).is_file()


def test_another_address_results_or_report_make_another_site(own: Outputs) -> None:
    publish(ROOT, own)
    assert publish(ROOT, own, base_url="https://example.org/a").made
    assert "https://example.org/a/" in (own.site / "index.html").read_text()
    assert not publish(ROOT, own, base_url="https://example.org/a/").made
    report = own.root / "vi" / "gap-05"
    report.mkdir(parents=True)
    (report / "report.html").write_text("a report")
    assert publish(ROOT, own, base_url="https://example.org/a").made
    path = own.results / "datapackage.json"
    path.write_text(path.read_text().replace('"baseYear": 2020', '"baseYear": 2019'))
    assert publish(ROOT, own, base_url="https://example.org/a").made


def test_a_failure_leaves_the_site_of_before(own: Outputs, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(ROOT, own)
    before = (own.site / "index.html").stat()

    def fail(_: Edition, site: Path) -> None:
        site.mkdir()
        (site / "index.html").write_text("half")
        raise RuntimeError("no more")

    monkeypatch.setattr(publishing, "build", fail)
    assert attempt(ROOT, own, "https://example.org/") == "RuntimeError: no more"
    assert (own.site / "index.html").stat() == before
    assert "no more" in (own.root / "failed" / "site" / "log.txt").read_text()
    assert list(own.root.glob(".work-*")) == []
    monkeypatch.setattr(publishing, "build", small)
    assert attempt(ROOT, own, "https://example.org/") == ""
    assert not (own.root / "failed" / "site").exists()


def test_while_a_run_is_at_work_nothing_is_published(own: Outputs) -> None:
    with exclusive(own), pytest.raises(LockedError):
        publish(ROOT, own)


def test_without_results_there_is_nothing_to_publish(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no results"):
        publish(ROOT, Outputs(tmp_path))


def test_results_of_other_data_are_not_published(own: Outputs) -> None:
    path = own.results / "datapackage.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    told["basedOn"]["sha256"] = "0" * 64
    path.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(UserError, match="other data"):
        publish(ROOT, own)


@pytest.mark.parametrize("bad", ["example.org", "ftp://example.org/", "https://", "https://a/?b=c"])
def test_what_is_no_address_of_a_folder_is_refused(own: Outputs, bad: str) -> None:
    with pytest.raises(UserError, match="not the address"):
        publish(ROOT, own, base_url=bad)


def test_an_address_gets_its_slash() -> None:
    assert folder_address("https://example.org/a") == "https://example.org/a/"
    assert folder_address("") == ""


def test_a_library_that_is_not_there_is_named(
    own: Outputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "NEEDED", ("polars", "not_a_library"))
    with pytest.raises(UserError, match="needs not_a_library"):
        publish(ROOT, own)


def test_the_edition_is_that_of_the_results(outputs: Outputs) -> None:
    edition = open_edition(ROOT, outputs)
    told = json.loads((outputs.results / "datapackage.json").read_text(encoding="utf-8"))
    assert edition.as_of.isoformat() == told["assessedOn"]
    assert edition.base_year == told["baseYear"]
    assert len(edition.gap) == 220


def test_nothing_heavy_is_imported_to_find_a_site_fresh(own: Outputs) -> None:
    publish(ROOT, own)
    code = (
        "import sys; from pathlib import Path; from analysis.publish import freshness\n"
        "from analysis.runs.places import Outputs\n"
        "root, outputs = Path(sys.argv[1]), Outputs(Path(sys.argv[2]))\n"
        "print(freshness.is_fresh(outputs, freshness.state_of(root, outputs, '')))\n"
        "print(sorted({'pandas', 'jinja2', 'polars', 'rdflib', 'frictionless'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, str(ROOT), str(own.root)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.split("\n")[:2] == ["True", "[]"]


def test_the_command_says_what_it_did(own: Outputs) -> None:
    arguments = ["publish", "--root", str(ROOT), "--outputs", str(own.root)]
    first, second = (CliRunner().invoke(main, arguments) for _ in range(2))
    assert first.output == f"made: {own.site / 'index.html'}\n"
    assert second.output == f"fresh: {own.site / 'index.html'}\n"
    told = json.loads(CliRunner().invoke(main, [*arguments, "--json"]).output)
    assert told == {"site": str(own.site), "made": False}


KILLED = """
import sys, time
from pathlib import Path
from analysis.publish import publishing
from analysis.runs.places import Outputs

def slow(edition, site):
    site.mkdir()
    for number in range(20):
        (site / f"{number}.txt").write_text(sys.argv[3])
        time.sleep(0.02)

publishing.build = slow
print("ready", flush=True)
publishing.publish(Path(sys.argv[1]), Outputs(Path(sys.argv[2])), force=True)
"""


def test_whenever_it_is_killed_the_site_is_whole_and_the_next_one_works(own: Outputs) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    chance = random.Random(155)

    def start(text: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", KILLED, str(ROOT), str(own.root), text]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    assert start("0").wait() == 0
    for turn in range(1, 9):
        process = start(str(turn))
        time.sleep(chance.uniform(0, 2.5))
        process.send_signal(signal.SIGKILL)
        process.wait()
        texts = [path.read_text() for path in own.site.iterdir()]
        assert len(texts) == 20
        assert len(set(texts)) == 1
    assert start("last").wait() == 0
    assert {path.read_text() for path in own.site.iterdir()} == {"last"}
    assert list(own.root.glob(".work-*")) == []


def test_what_a_site_depends_on_is_told_by_name() -> None:
    state = freshness.state_of(ROOT, Outputs(Path("nowhere")), "")
    assert set(state) == {
        "base_url", "code", "libraries", "package", "results", "reports", "feeds",
    }  # fmt: skip
    assert "none" not in state["libraries"].values()
