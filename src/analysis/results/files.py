"""Result tables as text: CSV and JSON, written so that reading gives back what was computed."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

import pandas as pd

from analysis.package.declared import FieldFacts
from analysis.results.declared import resource

Cell = str | int | float | bool | None


def result_csv(name: str, frame: pd.DataFrame) -> str:
    """Return a result table as CSV.

    Parameters
    ----------
    name
        The table, such as ``results_gap``; its facts say which columns are written and as what.
    frame
        Has at least these columns; others are left out.

    Returns
    -------
    str
        Comma, header, line feed, quotes where needed; a missing value or an empty text is empty,
        a boolean ``true`` or ``false``, a number the shortest text that reads back as the same, a
        date ``YYYY-MM-DD``.

    Raises
    ------
    ValueError
        If a column is missing, or a value is not of the declared type; all are named at once.
    """
    columns = _columns(name, frame)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_shown(cell) for cell in row] for row in zip(*columns.values(), strict=True))
    return text.getvalue()


def result_records(name: str, frame: pd.DataFrame) -> list[dict[str, Cell]]:
    """Return the rows of a result table as objects for JSON; a missing value is ``None``.

    Parameters and errors are those of :func:`result_csv`.
    """
    columns = _columns(name, frame)
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def result_json(name: str, frame: pd.DataFrame) -> str:
    """Return a result table as a JSON array of objects, each on a line of its own.

    Parameters and errors are those of :func:`result_csv`.
    """
    rows = [json.dumps(one, ensure_ascii=False) for one in result_records(name, frame)]
    return "[\n" + ",\n".join(rows) + "\n]\n"


def _columns(name: str, frame: pd.DataFrame) -> dict[str, list[Cell]]:
    """Return the declared columns as typed cells."""
    fields = resource(name).fields
    faults = [f"no column {one.name}" for one in fields if one.name not in frame]
    columns = {
        one.name: _cells(one, frame[one.name], faults) for one in fields if one.name in frame
    }
    if faults:
        raise ValueError(f"{name}: " + "; ".join(faults))
    return columns


def _cells(facts: FieldFacts, column: pd.Series, faults: list[str]) -> list[Cell]:
    convert = _TYPES[facts.type]
    cells: list[Cell] = []
    for value in column.tolist():
        try:
            cells.append(None if pd.isna(value) or value == "" else convert(value))
        except ValueError as fault:
            faults.append(f"column {facts.name}: {value!r} is no {facts.type} ({fault})")
    return cells


def _integer(value: Any) -> int:
    if int(value) != value:
        raise ValueError("not whole")
    return int(value)


def _number(value: Any) -> float:
    if not math.isfinite(value):
        raise ValueError("not finite")
    return float(value)


def _boolean(value: Any) -> bool:
    if value not in (True, False):
        raise ValueError("neither true nor false")
    return bool(value)


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def _date(value: Any) -> str:
    if not isinstance(value, datetime) or value != value.replace(hour=0, minute=0, second=0):
        raise ValueError("not a day")
    return value.date().isoformat()


_TYPES: Final[Mapping[str, Callable[[Any], Cell]]] = {
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "string": _string,
    "date": _date,
}


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return repr(cell) if isinstance(cell, float) else str(cell)
