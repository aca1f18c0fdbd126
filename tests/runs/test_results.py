"""The results as data, made of the committed package and published whole or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from analysis.errors import UserErrors
from analysis.runs import gate
from analysis.runs.parameters import Selection
from analysis.runs.places import Outputs
from analysis.runs.results import Maker, ResultsRecord, maker, parameters_of, publish_results

ROOT = Path(__file__).parents[2]
SELECTION = Selection((), {"gap": {"as_of": "2026-06-30", "base_year": 2021}})


@pytest.fixture
def outputs(tmp_path: Path) -> Outputs:
    outputs = Outputs(tmp_path / "outputs")
    outputs.work.mkdir(parents=True)
    return outputs


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run publishes; tests must not change it."""
    folder = tmp_path_factory.mktemp("results")
    maker(ROOT, SELECTION)(folder)
    return folder


UNTIL = "2026-12-31"


def write(text: str) -> Maker:
    def make(folder: Path) -> str:
        (folder / "a.csv").write_text(text)
        return UNTIL

    return make


def test_the_day_and_base_year_are_those_of_the_run(results: Path) -> None:
    told = json.loads((results / "datapackage.json").read_text(encoding="utf-8"))
    assert (told["assessedOn"], told["baseYear"]) == ("2026-06-30", 2021)


@pytest.mark.parametrize(
    ("parameters", "year"),
    [
        ({"trend": {"base_year": 2022}, "gap": {"base_year": 2021}}, 2021),
        ({"trend": {"base_year": 2022}}, 2022),
        ({"trend": {}}, 2020),
        ({"tasks": {}, "overview": {"base_year": 2019}}, 2019),
    ],
)
def test_the_base_year_is_that_of_the_gap_reports_if_there_are_any(
    parameters: dict[str, dict[str, int]], year: int
) -> None:
    told = {kind: {"as_of": "2026-06-30", **values} for kind, values in parameters.items()}
    assert parameters_of(Selection((), told)) == {"as_of": "2026-06-30", "base_year": year}


def test_what_is_published_is_valid_and_what_is_spoilt_is_refused(
    results: Path, tmp_path: Path
) -> None:
    gate.refuse_invalid_results(results)
    spoilt = Path(shutil.copytree(results, tmp_path / "spoilt"))
    table = spoilt / "results_gap.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("NO_DATA", "NOTHING", 1))
    with pytest.raises(UserErrors, match="NOTHING"):
        gate.refuse_invalid_results(spoilt)


def test_results_without_a_file_are_refused(results: Path, tmp_path: Path) -> None:
    spoilt = Path(shutil.copytree(results, tmp_path / "spoilt"))
    (spoilt / "results_trend.csv").unlink()
    with pytest.raises(UserErrors, match="results_trend is missing"):
        gate.refuse_invalid_results(spoilt)


def test_results_take_the_place_of_those_of_before(outputs: Outputs) -> None:
    for text in ("old", "new"):
        record, until = publish_results(outputs, write(text), SELECTION)
        assert (record.status, until) == ("done", UNTIL)
    assert [path.name for path in outputs.results.iterdir()] == ["a.csv"]
    assert (outputs.results / "a.csv").read_text() == "new"
    assert record.files == {"a.csv": hashlib.sha256(b"new").hexdigest()}
    assert list(outputs.work.iterdir()) == []


def test_a_failure_is_told_and_touches_nothing(outputs: Outputs) -> None:
    publish_results(outputs, write("old"), SELECTION)

    def fails(folder: Path) -> str:
        (folder / "a.csv").write_text("half")
        raise KeyError("series")

    record, until = publish_results(outputs, fails, SELECTION)
    assert until == ""
    assert (record.status, record.folder, record.files) == ("failed", "failed/results", {})
    assert str(record.failure) == "KeyError: 'series'"
    assert (outputs.results / "a.csv").read_text() == "old"
    assert "Traceback" in (outputs.failed_results / "log.txt").read_text()


def test_success_clears_an_earlier_failure(outputs: Outputs) -> None:
    outputs.failed_results.mkdir(parents=True)
    publish_results(outputs, write("new"), SELECTION)
    assert not outputs.failed_results.exists()


def test_a_full_disk_is_a_failure_as_well(
    outputs: Outputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("analysis.runs.publish.put_in_place", full)
    record, _ = publish_results(outputs, write("new"), SELECTION)
    assert record.status == "failed"
    assert "No space left" in str(record.failure)


def test_before_anything_was_made_there_is_nothing_to_tell() -> None:
    told = ResultsRecord().as_dict()
    assert (told["status"], told["folder"], told["files"], told["failure"]) == (
        "not_run", "", {}, None,
    )  # fmt: skip
