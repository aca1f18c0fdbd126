"""A plan of six series in two groups, small enough to work every result out by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd

Tables = dict[str, pd.DataFrame]

# series, indicator, unit, mode, scale: a to c in group 1, the others in group 2.
SERIES = (
    ("a", "1.1", "percent", "up", "none"),
    ("b", "1.2", "percent", "down", "none"),
    ("c", "1.3", "fertility", "band", "none"),
    ("d-one", "2.1", "percent", "up", "none"),
    ("d-two", "2.1", "percent", "up", "none"),
    ("e", "2.2", "school", "level", "steps"),
    ("f", "2.3", "rank", "level", "none"),
    ("g", "2.4", "dwellings", "up", "none"),
)

TARGET = {
    "status": "stated",
    "kind": "none",
    "low": float("nan"),
    "high": float("nan"),
    "level_id": "none",
    "text_source": "",
    "text_en": "",
}

VALUE = {
    "area_id": "QN",
    "part_year": False,
    "level_id": "none",
    "text": "",
    "status": "actual",
    "comparability": "exact",
    "source_id": "office",
    "set_aside": "",
    "segment": 0,
    "is_current_segment": True,
}


def target(series_id: str, year: int, kind: str, **cells: Any) -> dict[str, Any]:
    return {**TARGET, "series_id": series_id, "year": year, "kind": kind, **cells}


def targets() -> list[dict[str, Any]]:
    return [
        target("a", 2030, "exact", low=90.0, high=90.0),
        target("b", 2030, "less_than", high=2.0),
        target("c", 2030, "exact", low=2.1, high=2.1),
        target("d-one", 2030, "at_least", low=50.0),
        target("d-two", 2030, "at_least", low=60.0),
        target("e", 2030, "level", level_id="step-2"),
        target("f", 2030, "at_most", high=5.0),
        target("g", 2030, "exact", low=100.0, high=100.0),
    ]


def tables(**changed: list[dict[str, Any]]) -> Tables:
    """Return the tables that the results look at; rows of a table can be given instead."""
    frames = {
        "series": _series(),
        "indicators": _indicators(),
        "indicator_groups": pd.DataFrame(
            {"group_id": [1, 2], "name_vi": ["Một", "Hai"], "name_en": ["One", "Two"]}
        ),
        "units": _units(),
        "levels": pd.DataFrame({"level_id": ["none", "step-1", "step-2"], "ordinal": [0, 1, 2]}),
        "targets": pd.DataFrame(targets()),
        "breaks": pd.DataFrame(columns=["series_id", "from_period", "area_id"], dtype="str"),
        "sources": pd.DataFrame({"source_id": ["office", "paper"], "tier": ["official", "press"]}),
        **_agencies(),
    }
    return {**frames, **{name: pd.DataFrame(rows) for name, rows in changed.items()}}


def _series() -> pd.DataFrame:
    columns = ["series_id", "indicator_id", "unit_id", "mode", "scale"]
    frame = pd.DataFrame(list(SERIES), columns=columns)
    return frame.assign(
        position=range(1, len(SERIES) + 1),
        part_vi="",
        part_en="",
        decimals=1,
        natural_min=0.0,
        natural_max=[100.0, 100.0, *[float("nan")], 100.0, 100.0, *[float("nan")] * 3],
        label_vi=frame["series_id"],
        label_en=frame["series_id"],
    )


def _indicators() -> pd.DataFrame:
    ids = list(dict.fromkeys(row[1] for row in SERIES))
    groups = [int(name.split(".")[0]) for name in ids]
    return pd.DataFrame({"indicator_id": ids, "group_id": groups, "name_vi": ids, "name_en": ids})


def _units() -> pd.DataFrame:
    ids = list(dict.fromkeys(row[2] for row in SERIES))
    return pd.DataFrame({"unit_id": ids, "symbol_vi": ids, "symbol_en": ids})


def _agencies() -> Tables:
    agencies = ["health", "housing", "merged", "guessed"]
    led = [("a", "health"), ("b", "health"), ("c", "health"), ("d-one", "housing")]
    led += [("d-two", "health"), ("e", "housing"), ("f", "housing"), ("g", "housing")]
    roles = [{"series_id": series, "agency_id": agency, "role": "lead"} for series, agency in led]
    roles += [
        {"series_id": "a", "agency_id": "housing", "role": "coordinating"},
        {"series_id": "a", "agency_id": "merged", "role": "coordinating"},
    ]
    successions = [
        {"predecessor_id": "housing", "successor_id": "merged", "confidence": "reported"},
        {"predecessor_id": "housing", "successor_id": "guessed", "confidence": "inferred"},
    ]
    return {
        "agencies": pd.DataFrame({"agency_id": agencies, "name_vi": agencies, "name_en": agencies}),
        "indicator_agencies": pd.DataFrame(roles),
        "agency_successions": pd.DataFrame(successions),
    }


def value(series_id: str, year: int, number: float, **cells: Any) -> dict[str, Any]:
    """One row of a current view."""
    area = cells.get("area_id", "QN")
    key = {"observation_id": f"{series_id}-{area}-{year}", "period": str(year)}
    return {**VALUE, "series_id": series_id, "year": year, "value": number, **key, **cells}


def view(*rows: dict[str, Any]) -> pd.DataFrame:
    columns = ["series_id", "year", "value", *VALUE, "observation_id", "period"]
    return pd.DataFrame(list(rows), columns=columns)


def observations(values: pd.DataFrame, *more: dict[str, Any]) -> pd.DataFrame:
    """The observations behind a view, and others."""
    columns = ["observation_id", "series_id", "area_id", "period", "comparability", "source_id"]
    return pd.concat([values[columns], pd.DataFrame(list(more), columns=columns)])
