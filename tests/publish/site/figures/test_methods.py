"""Every scenario of a series is shown, in its own words, and what differs is told apart."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.charts.sensitivity_matrix import cell_word, judged_somehow
from analysis.publish import Edition
from analysis.publish.site.figures import marks, method_strip, tokens
from analysis.publish.site.writer import Writer
from analysis.reports.scenarios import placed
from tests.publish.site.figures.reading import keys, rows


@pytest.fixture(scope="session")
def scenarios(edition: Edition) -> pd.DataFrame:
    return judged_somehow(placed(edition.sensitivity))


@pytest.mark.parametrize("series_id", ["5.7", "6.10", "4.3", "7.15"])
def test_every_scenario_of_every_target_is_a_cell(
    scenarios: pd.DataFrame, vi: Writer, series_id: str
) -> None:
    frame = scenarios[scenarios["series_id"].eq(series_id)]
    cells = rows(method_strip(vi, series_id), "cells")
    assert {(row["scenario_id"], row["year"]) for row in cells} == set(
        zip(frame["scenario_id"], frame["target_year"], strict=True)
    )
    assert len(cells) == len(frame)


def test_a_cell_speaks_in_the_words_of_its_method(scenarios: pd.DataFrame, vi: Writer) -> None:
    frame = scenarios[scenarios["series_id"].eq("5.7")]
    expected = {cell_word(row, vi.words) for row in frame.to_dict("records")}
    assert {" ".join(row["text"]) for row in rows(method_strip(vi, "5.7"), "texts")} == expected


def test_what_differs_from_the_default_has_a_frame(scenarios: pd.DataFrame, vi: Writer) -> None:
    frame = scenarios[scenarios["series_id"].eq("5.7")]
    differs = frame["differs"].fillna(False).astype(bool)
    cells = rows(method_strip(vi, "5.7"), "cells")
    framed = {(row["scenario_id"], row["year"]) for row in cells if row["edge"] == tokens.INK}
    assert differs.any()
    assert framed == set(zip(frame[differs]["scenario_id"], frame[differs]["target_year"],
                             strict=True))  # fmt: skip
    assert keys(method_strip(vi, "5.7")) == ["khác với đánh giá mặc định"]


def test_the_default_is_bold(edition: Edition, vi: Writer) -> None:
    bold = [row["text"] for row in rows(method_strip(vi, "5.7"), "names")
            if row["weight"] == "bold"]  # fmt: skip
    assert [" ".join(text) for text in bold] == [f"Năm gốc {edition.base_year} (mặc định)"]


def test_a_judgement_has_the_mark_of_its_verdict_and_silence_has_none(
    scenarios: pd.DataFrame, vi: Writer
) -> None:
    frame = scenarios[scenarios["series_id"].eq("5.7")]
    silent = ("NOT_ASSESSABLE", "NO_DATA", "NO_TARGET", "")
    judged = frame[~frame["placed"].isin(silent)]
    signs = rows(method_strip(vi, "5.7"), "signs")
    assert 0 < len(judged) < len(frame)
    assert sorted(row["shape"] for row in signs) == sorted(
        marks.VERDICTS[code] for code in judged["placed"]
    )


def test_a_series_that_no_scenario_judges_has_no_picture(
    scenarios: pd.DataFrame, vi: Writer
) -> None:
    assert "2" not in set(scenarios["series_id"])
    assert method_strip(vi, "2") is None


def test_the_alternative_lists_the_scenarios_of_every_verdict(vi: Writer) -> None:
    figure = method_strip(vi, "5.7")
    assert figure is not None
    assert "Mục tiêu 2030, mặc định Cần đẩy nhanh:" in figure.alt
    assert "Nắng: Destatis thời tiết" in figure.alt
