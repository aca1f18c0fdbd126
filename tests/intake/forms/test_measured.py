"""What a form knows of a series is what the ingestion takes for the series' own."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.charts.rows import records
from analysis.intake.forms.measured import PROVINCE, Measured, measured
from analysis.observe.collected import Collected, ingest_rows
from analysis.observe.facts import Facts, read_facts
from analysis.package import Tables, load

ROOT = Path(__file__).resolve().parents[3]
SERIES = sorted(measured(load(ROOT)))


@pytest.fixture(scope="module")
def facts(root: Path) -> Facts:
    return read_facts(root / "data")


@pytest.fixture(scope="module")
def known(tables: Tables) -> dict[str, Measured]:
    return measured(tables)


def row(series: Measured, value: str) -> dict[str, str]:
    """Return a collected row as a form gives it."""
    return {
        "indicator_code": series.indicator_id,
        "part": series.part,
        "area": PROVINCE,
        "period": "2025",
        "value": value,
        "unit": series.unit_text,
        "status": "actual",
        "comparability": "exact",
        "source_url": "https://example.org/",
        "source_title": "Báo cáo",
        "publisher": "Cục Thống kê tỉnh Quảng Ninh",
        "published": "2026-01-15",
        "note": "",
    }


def values(series: Measured, tables: Tables) -> list[str]:
    """Return values that the form can give: every level of a scale, else a number."""
    levels = [one for one in records(tables["levels"]) if one["scale"] == series.scale]
    return [one["label_vi"] for one in levels] if series.kind == "level" else ["3"]


@pytest.mark.parametrize("series_id", SERIES)
def test_the_ingestion_takes_what_a_form_gives_as_the_series_own(
    series_id: str, known: dict[str, Measured], facts: Facts, tables: Tables
) -> None:
    series = known[series_id]
    publisher = next(iter(facts.publishers))
    for value in values(series, tables):
        collected = {**row(series, value), "publisher": publisher}
        [observation] = ingest_rows(Collected(values=[collected]), facts).observations
        assert (observation["series_id"], observation["measure"]) == (series_id, "")
        assert observation["unit_id"] == series.unit_id
        assert (observation["comparability"], observation["comparability_rule"]) == (
            "exact",
            "as_collected",
        )
        assert (observation["level_id"] != "none") == (series.kind == "level")


def test_words_without_a_scale_are_kept_for_context_only(
    known: dict[str, Measured], facts: Facts
) -> None:
    wordy = [one for one in known.values() if one.kind == "words"]
    assert [one.series_id for one in wordy] == ["8.10"]
    collected = {**row(wordy[0], "Cơ bản loại trừ"), "publisher": next(iter(facts.publishers))}
    [observation] = ingest_rows(Collected(values=[collected]), facts).observations
    assert observation["comparability_rule"] == "level_unreadable"


def test_ordinal_series_are_those_that_the_ingestion_has_as_ordinal(
    known: dict[str, Measured], facts: Facts
) -> None:
    ordinal = {one.series_id for one in known.values() if one.unit_id in facts.ordinal_units}
    assert ordinal == {one.series_id for one in known.values() if one.kind != "number"}


def test_a_unit_is_written_as_printed_where_that_is_known(known: dict[str, Measured]) -> None:
    assert known["8.2"].unit_text == "Tuổi"
    assert known["1"].unit_text == "USD/person"
    assert known["8.4-nurses"].unit_text == "người/10.000 dân"
    assert known["5.6"].unit_text == known["10.2"].unit_text == "Mức độ"


def test_a_unit_that_nobody_has_collected_yet_is_written_by_its_symbol(tables: Tables) -> None:
    none_known = {**tables, "unit_aliases": tables["unit_aliases"].head(0)}
    assert measured(none_known)["5.7"].unit_text == "%"
    assert measured(none_known)["4.1"].unit_text == ""


def test_limits_and_fractions_go_by_the_unit(known: dict[str, Measured]) -> None:
    assert (known["5.7"].low, known["5.7"].high, known["5.7"].is_ratio) == (0, 100, True)
    assert (known["8.2"].low, known["8.2"].high, known["8.2"].is_ratio) == (0, None, False)
    assert (known["8.10"].low, known["8.10"].high) == (None, None)
    assert known["6.18"].is_ratio
    assert known["10.1"].whole
    assert not known["5.7"].whole
