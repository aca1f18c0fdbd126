"""The real notebooks, of each kind some subjects in both languages, run as a user would."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from analysis.runs import gate
from analysis.runs.facts import read_facts
from analysis.runs.job import Job
from analysis.runs.parameters import Request, select
from analysis.words import LANGUAGES
from tests.browser.reports import AS_OF, ASKED, JOBS, KINDS, SUBJECTS, shared
from tests.runs.pages import active, dead_links, fetched, headings, parse, skips_a_level

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
GROUPS = SUBJECTS["group_id"]
BY_GROUP = ("gap", "trend")
OF_OTHERS = ("changes", "site")
"""What tells of the run before, or is made of it."""


def plan155(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "analysis.cli", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@pytest.fixture(scope="session")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of a run of :data:`tests.browser.reports.JOBS`."""
    return shared(tmp_path_factory)


def page(outputs: Path, job: Job) -> str:
    return (outputs / job.folder / "report.html").read_text(encoding="utf-8")


def rows(outputs: Path, job: Job) -> list[dict[str, str]]:
    with (outputs / job.folder / "results.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


each_job = pytest.mark.parametrize("job", JOBS, ids=lambda job: job.id)


def test_by_default_every_report_is_made_in_vietnamese() -> None:
    facts = read_facts(ROOT)
    selection = select(Request(), facts, KINDS, ROOT / "notebooks", date(2026, 6, 30))
    counts = Counter(job.kind for job in selection.jobs)
    agencies = len(facts.subjects["agency_id"])
    assert counts == {
        "overview": 1, "coverage": 1, "gap": 11, "trend": 11, "tasks": 9, "agency": agencies,
    }  # fmt: skip
    assert agencies > 30
    assert len(set(selection.jobs)) == sum(counts.values())
    assert {job.language for job in selection.jobs} == {"vi"}


@each_job
def test_every_report_has_its_files_as_the_marker_describes_them(outputs: Path, job: Job) -> None:
    folder = outputs / job.folder
    marker: dict[str, Any] = json.loads((folder / "done.json").read_text(encoding="utf-8"))
    assert {"results.csv", "results.json"} <= set(marker["files"])
    for name, sha256 in marker["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == sha256
    for name in ("report.ipynb", "report.html", "log.txt", "job.json"):
        assert (folder / name).stat().st_size > 0


@each_job
def test_every_page_stands_alone(outputs: Path, job: Job) -> None:
    html = page(outputs, job)
    assert fetched(html) == []
    assert active(html) == []
    assert dead_links(outputs / job.folder / "report.html") == []


@each_job
def test_every_page_is_in_its_language_and_titled_by_its_subject(outputs: Path, job: Job) -> None:
    soup = parse(page(outputs, job))
    parameter = next(kind.subject for kind in KINDS if kind.name == job.kind)
    subject = read_facts(ROOT).subject(parameter, job.subject) if parameter else None
    name = subject.name(job.language) if subject else ""
    assert soup.html is not None
    assert soup.html["lang"] == job.language
    (title,) = soup.find_all("h1")
    assert name in title.get_text()


@each_job
def test_headings_skip_no_level(outputs: Path, job: Job) -> None:
    assert not skips_a_level(headings(page(outputs, job)))


@each_job
def test_every_figure_has_a_text_alternative_of_its_own(outputs: Path, job: Job) -> None:
    images = parse(page(outputs, job)).find_all("img")
    assert len(images) == len(list((outputs / job.folder).glob("figures/*.png")))
    assert all(len(str(image["alt"])) > 30 for image in images)


@each_job
def test_no_code_and_no_warning_is_on_a_page(outputs: Path, job: Job) -> None:
    text = parse(page(outputs, job)).get_text()
    assert "Report.open" not in text
    for sign in ("Warning", "Traceback", "nan", "NaN", "None"):
        assert sign not in text.split(), sign


def test_the_figures_of_a_group_with_data_are_there(outputs: Path) -> None:
    for kind in BY_GROUP:
        assert list((outputs / "vi" / f"{kind}-05").glob("figures/*.png"))


def test_the_gap_table_has_a_row_for_each_series_and_target_year(outputs: Path) -> None:
    found = {(row["series_id"], row["target_year"]) for row in rows(outputs, Job("gap", "5", "vi"))}
    assert len(found) == 22
    assert {year for _, year in found} == {"2025", "2030"}


def test_the_trend_table_has_a_row_for_each_series(outputs: Path) -> None:
    found = [row["series_id"] for row in rows(outputs, Job("trend", "5", "vi"))]
    assert len(found) == len(set(found)) == 11


def test_the_numbers_are_the_same_in_both_languages(outputs: Path) -> None:
    for kind in BY_GROUP:
        for group in GROUPS:
            vietnamese, english = (rows(outputs, Job(kind, group, name)) for name in LANGUAGES)
            ids = [(row["series_id"], row.get("verdict")) for row in vietnamese]
            assert ids == [(row["series_id"], row.get("verdict")) for row in english]


def test_where_there_are_no_data_the_report_says_so_and_shows_no_verdict(outputs: Path) -> None:
    verdicts = {row["verdict"] for row in rows(outputs, Job("gap", "9", "vi"))}
    assert "NO_DATA" in verdicts
    assert "chưa có số liệu" in page(outputs, Job("gap", "9", "vi")).lower()
    assert "no data" in page(outputs, Job("gap", "9", "en")).lower()


def test_the_record_follows_its_schema_and_names_the_data(outputs: Path) -> None:
    record = json.loads((outputs / "run.json").read_text(encoding="utf-8"))
    schema = json.loads(files("analysis.runs").joinpath("run.schema.json").read_text())
    jsonschema.validate(record, schema)
    descriptor = (ROOT / "datapackage.json").read_bytes()
    assert record["data"]["sha256"] == hashlib.sha256(descriptor).hexdigest()
    assert record["data"]["version"] == json.loads(descriptor)["version"]
    assert {job["id"] for job in record["jobs"]} == {job.id for job in JOBS}
    assert record["parameters"]["gap"]["as_of"] == AS_OF


def test_the_index_leads_to_every_report(outputs: Path) -> None:
    html = (outputs / "index.html").read_text(encoding="utf-8")
    links = {str(link["href"]) for link in parse(html).find_all("a", href=True)}
    assert {f"{job.folder}/report.html" for job in JOBS} <= links
    assert dead_links(outputs / "index.html") == []
    assert fetched(html) == active(html) == []


def test_the_results_are_a_valid_package_of_the_same_data_and_day(outputs: Path) -> None:
    gate.refuse_invalid_results(outputs / "results")
    record = json.loads((outputs / "run.json").read_text(encoding="utf-8"))
    told = json.loads((outputs / "results" / "datapackage.json").read_text(encoding="utf-8"))
    assert record["results"]["status"] == "done"
    assert told["basedOn"] == record["data"]
    assert told["assessedOn"] == AS_OF
    for name, sha256 in record["results"]["files"].items():
        assert hashlib.sha256((outputs / "results" / name).read_bytes()).hexdigest() == sha256


def test_frictionless_itself_calls_the_results_valid(outputs: Path) -> None:
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    done = subprocess.run(
        command, cwd=outputs / "results", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert '"valid": true' in done.stdout


@pytest.mark.parametrize("kind", BY_GROUP)
def test_the_table_of_a_report_is_its_part_of_the_results(outputs: Path, kind: str) -> None:
    with (outputs / "results" / f"results_{kind}.csv").open(encoding="utf-8", newline="") as lines:
        whole = list(csv.DictReader(lines))
    for group in GROUPS:
        part = [row for row in whole if row["group_id"] == group]
        assert part == rows(outputs, Job(kind, group, "vi"))


def test_the_index_leads_to_the_results(outputs: Path) -> None:
    html = (outputs / "index.html").read_text(encoding="utf-8")
    links = {str(link["href"]) for link in parse(html).find_all("a", href=True)}
    files = {f"results/{path.name}" for path in (outputs / "results").iterdir()}
    assert len(files) == 12
    assert files <= links


def test_status_tells_what_was_made(outputs: Path) -> None:
    result = plan155("status", "--json", "--root", str(ROOT), "--outputs", str(outputs))
    told = json.loads(result.stdout)
    there = {*told["fresh"], *told["stale"]}
    assert there == {job.id for job in JOBS}
    assert told["failed"] == []
    assert not there & set(told["missing"])


def test_a_second_run_gives_the_same_bytes(outputs: Path, tmp_path: Path) -> None:
    """The reports in Vietnamese are made again among those in English, on a copy."""
    again = tmp_path / "again"
    shutil.copytree(outputs, again, ignore=shutil.ignore_patterns("site"))
    asked = [*ASKED, "--language", "vi", "--force", "--json"]
    done = plan155("run", "--root", str(ROOT), "--outputs", str(again), *asked)
    record = json.loads(done.stdout)
    assert [job["status"] for job in record["jobs"]] == ["done"] * (len(JOBS) // 2)
    assert record["results"]["status"] == "done"
    with_clock = {
        *("run.md", "run.en.md"),
        *("report.ipynb", "log.txt", "job.json", "run.json", "state.json", ".lock"),
    }
    for path in sorted(outputs.rglob("*")):
        name = path.relative_to(outputs)
        if path.is_file() and path.name not in with_clock and name.parts[0] not in OF_OTHERS:
            assert (again / name).read_bytes() == path.read_bytes(), name


def test_a_notebook_gives_the_same_results_with_plain_papermill(
    outputs: Path, tmp_path: Path
) -> None:
    results = tmp_path / "results"
    results.mkdir()
    parameters = {"group_id": 5, "language": "vi", "as_of": AS_OF, "results": str(results)}
    options = [word for name, value in parameters.items() for word in ("-p", name, str(value))]
    command = [sys.executable, "-m", "papermill", "--no-progress-bar", "-k", "python3"]
    places = [str(ROOT / "notebooks" / "gap.ipynb"), str(tmp_path / "out.ipynb")]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    subprocess.run(
        [*command, *options, *places], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    made = sorted(path.relative_to(results) for path in results.rglob("*") if path.is_file())
    assert Path("results.csv") in made
    for name in made:
        assert (results / name).read_bytes() == (outputs / "vi" / "gap-05" / name).read_bytes()
