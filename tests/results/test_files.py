"""Result tables as CSV and JSON: what is read back is what was computed."""

from __future__ import annotations

import csv
import io
import json
import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.results import result_columns, result_csv, result_json, result_records

NAME = "results_rollup"


def frame(**columns: Any) -> pd.DataFrame:
    """One row of a table of counts, with some cells replaced."""
    cells = dict.fromkeys(result_columns(NAME), 0)
    texts = {"by": "plan", "part_id": "plan", "role": "none", "unit": "series", "due": True}
    names = {"name_vi": "Cả", "name_en": "All", "successor_ids": "", "inferred_successor_ids": ""}
    return pd.DataFrame([{**cells, **texts, **names, **columns}])


def trend_frame(**columns: Any) -> pd.DataFrame:
    cells: dict[str, Any] = dict.fromkeys(result_columns("results_trend"))
    return pd.DataFrame([{**cells, **columns}])


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_columns_are_the_declared_ones_in_their_order_and_no_others() -> None:
    text = result_csv(NAME, frame()[reversed(result_columns(NAME))].assign(other=1))
    assert text.splitlines()[0].split(",") == result_columns(NAME)


def test_booleans_are_words_whole_numbers_have_no_point_and_missing_is_empty() -> None:
    (row,) = read(result_csv(NAME, frame(n=3.0, due=False, successor_ids=None)))
    assert (row["n"], row["due"], row["successor_ids"]) == ("3", "false", "")


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, ""])
def test_every_kind_of_missing_is_empty_in_csv_and_null_in_json(missing: Any) -> None:
    table = trend_frame(series_id="1", slope=missing, years=missing, clear=missing)
    assert read(result_csv("results_trend", table))[0]["slope"] == ""
    assert result_records("results_trend", table)[0]["slope"] is None


def test_a_text_with_commas_quotes_and_marks_comes_back_whole() -> None:
    text = 'Nông dân, "phi chính thức": đủ'
    (row,) = read(result_csv(NAME, frame(name_vi=text)))
    assert row["name_vi"] == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_number_reads_back_as_the_same_from_csv_and_json(value: float) -> None:
    table = trend_frame(slope=value)
    (row,) = read(result_csv("results_trend", table))
    (record,) = json.loads(result_json("results_trend", table))
    assert float(row["slope"]) == record["slope"] == value
    assert math.copysign(1, float(row["slope"])) == math.copysign(1, value)


def test_json_is_one_object_a_line() -> None:
    lines = result_json(NAME, pd.concat([frame(n=1), frame(n=2)])).splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("[", "]", 4)
    assert [json.loads(line.rstrip(","))["n"] for line in lines[1:-1]] == [1, 2]


def test_a_table_without_rows_is_valid() -> None:
    empty = frame().iloc[:0]
    assert read(result_csv(NAME, empty)) == []
    assert json.loads(result_json(NAME, empty)) == []


@pytest.mark.parametrize(
    ("columns", "fault"),
    [
        ({"n": 1.5}, "column n: 1.5 is no integer"),
        ({"due": 2}, "column due: 2 is no boolean"),
        ({"part_id": 5}, "column part_id: 5 is no string"),
    ],
)
def test_a_value_of_another_type_is_refused(columns: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        result_csv(NAME, frame(**columns))


def test_a_number_that_is_not_finite_is_refused() -> None:
    with pytest.raises(ValueError, match="column slope: inf is no number"):
        result_csv("results_trend", trend_frame(slope=math.inf))


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(ValueError, match=r"no column n; column due: 'x' is no boolean"):
        result_csv(NAME, frame(due="x").drop(columns="n"))
