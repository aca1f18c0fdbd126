from __future__ import annotations

import sys

import pytest

from analysis.runs.cluster import likeness
from analysis.runs.cluster.likeness import difference, refusals

HERE = {"library: pandas": "3.1.1", "code: measures": "a" * 64}


def test_what_is_alike_is_not_refused() -> None:
    assert refusals(HERE, {"tcp://a:1": dict(HERE)}) == []


def test_both_releases_are_named() -> None:
    (refused,) = refusals(HERE, {"tcp://a:1": {**HERE, "library: pandas": "2.3.0"}})
    assert refused.what == (
        "it is not made of what is installed here: library: pandas: 2.3.0 there, 3.1.1 here"
    )
    assert refused.where == "tcp://a:1"


def test_digests_are_named_by_their_beginnings() -> None:
    told = difference(HERE, {**HERE, "code: measures": "b" * 64})
    assert told.endswith("code: measures: bbbbbbbbbbbb there, aaaaaaaaaaaa here")


def test_what_is_missing_there_is_told_as_none() -> None:
    assert "library: pandas: none there, 3.1.1 here" in difference(HERE, {})


def test_what_is_there_besides_does_not_matter() -> None:
    assert difference(HERE, {**HERE, "library: other": "1"}) == ""


def test_workers_that_differ_in_the_same_way_are_told_together() -> None:
    other = {**HERE, "library: pandas": "2.3.0"}
    (refused,) = refusals(HERE, {f"tcp://a:{n}": other for n in range(5, 0, -1)})
    assert refused.where == "tcp://a:1, tcp://a:2, tcp://a:3 and 2 more"


def test_what_cannot_be_asked_is_refused_with_the_reason() -> None:
    (refused,) = refusals(HERE, {"tcp://a:1": ModuleNotFoundError("No module named 'analysis'")})
    assert refused.what.endswith("No module named 'analysis'")


@pytest.fixture
def dask(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dask in some release, whether it is installed or not."""
    monkeypatch.setattr(likeness, "version", lambda _: "2026.1.0")


@pytest.mark.usefixtures("dask")
def test_this_process_tells_code_texts_and_releases() -> None:
    told = likeness.made_of()
    assert told["library: python"] == sys.version.split()[0]
    assert told["library: distributed"] == "2026.1.0"
    assert {"code: runs", "code: words, texts", "code: measures", "library: pandas"} <= {*told}


@pytest.mark.usefixtures("dask")
def test_a_scheduler_must_have_what_passes_jobs_on_and_need_not_have_the_rest() -> None:
    told = likeness.of_carriers(likeness.made_of())
    assert {*told} == {
        *("library: cloudpickle", "library: dask", "library: distributed", "code: runs"),
    }
