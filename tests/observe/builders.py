"""Small rows, facts and frames for the tests of this room."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd

from analysis.observe.facts import Facts, Publisher, SeriesFact
from analysis.observe.rows import OBSERVATIONS, SOURCES, Row

PLAIN = frozenset({""})


def facts() -> Facts:
    return Facts(
        series={
            "5.7": (SeriesFact("5.7", PLAIN, "percent", "none"),),
            "4.1": (SeriesFact("4.1", PLAIN, "rank", "none"),),
            "7.14": (SeriesFact("7.14", PLAIN, "education-level", "universal-education"),),
            "8.1": (SeriesFact("8.1", PLAIN, "children-per-woman", "none"),),
            "8.10": (SeriesFact("8.10", PLAIN, "level", "none"),),
            "10.2": (SeriesFact("10.2", PLAIN, "level", "temporary-housing"),),
            "8.4": (
                SeriesFact("8.4-beds", frozenset({"Số giường bệnh"}), "beds", "none"),
                SeriesFact("8.4-doctors", frozenset({"Số bác sĩ"}), "persons-per-10000", "none"),
            ),
            "10.3": (
                SeriesFact("10.3", PLAIN, "m2-per-person", "none"),
                SeriesFact("10.3-urban", frozenset({"Thành thị"}), "m2-per-person", "none"),
            ),
        },
        units={
            "%": "percent",
            "rank": "rank",
            "index": "index",
            "Mức độ": "level",
            "người": "persons",
            "m2/người": "m2-per-person",
            "người/10.000 dân": "persons-per-10000",
            "children per woman": "children-per-woman",
        },
        ordinal_units=frozenset({"level", "education-level"}),
        areas=frozenset({"QN", "VN"}),
        agencies={"Sở Y tế": "so-y-te", "Sở Nội vụ": "so-noi-vu"},
        yearly_counts=frozenset({("10.1", "1758")}),
        level_texts={
            ("universal-education", "Mức độ 2"): "education-2",
            ("universal-education", "Mức độ 3"): "education-3",
            ("temporary-housing", "Không còn nhà tạm, nhà dột nát"): "housing-eliminated",
        },
        rank_unit="rank",
        rank_text=re.compile("Thứ ([0-9]+) cả nước"),
        top_text=re.compile("nhóm ([0-9]+) địa phương đứng đầu"),
        publishers={
            "Statistics": Publisher("official", ""),
            "Paper (English)": Publisher("state_press", "en"),
            "paper.example": Publisher("press", ""),
        },
        copies={"copies.example": "other"},
        languages={"tiếng Anh": "en", "tiếng Đức": "de"},
        address_languages={"en": "en", "de": "de", "fr": "fr"},
        documents={("Resolution 1", ""): "Resolution 1/2020", ("Page", "first"): "Plan 1"},
        scopes={"health": "y tế"},
        recorded_on=date(2026, 11, 25),
    )


def value_row(**cells: str) -> Row:
    row = {
        "indicator_code": "5.7",
        "part": "",
        "area": "QN",
        "period": "2024",
        "value": "95.30",
        "unit": "%",
        "status": "actual",
        "comparability": "exact",
        "source_url": "https://stat.example/a",
        "source_title": "A",
        "publisher": "Statistics",
        "published": "2025-01-02",
        "note": "",
    }
    return row | cells


def other_row(**cells: str) -> Row:
    row = {
        "indicator_code": "5.7",
        "part": "",
        "area": "QN",
        "period": "2030",
        "value": ">=97",
        "unit": "%",
        "source_url": "https://www.paper.example/a",
        "source_title": "Resolution 1",
        "note": "",
    }
    return row | cells


def national_row(**cells: str) -> Row:
    row = {
        "indicator_code": "5.7",
        "framework": "Resolution 2",
        "period": "2025",
        "target_text": "95",
        "source_url": "https://paper.example/b",
        "source_title": "B",
        "note": "",
    }
    return row | cells


def succession_row(**cells: str) -> Row:
    row = {
        "predecessor_vi": "Sở Y tế",
        "successor_vi": "Sở Nội vụ",
        "effective": "2025-03",
        "scope": "health",
        "source_url": "https://paper.example/c",
        "publisher": "Statistics",
        "confidence": "reported",
        "note": "",
    }
    return row | cells


def observation(number: int, **cells: str) -> Row:
    row = {
        "observation_id": f"obs-{number:04}",
        "series_id": "5.7",
        "measure": "",
        "area_id": "QN",
        "period": "2024",
        "value": "95.3",
        "level_id": "none",
        "text": "",
        "unit_source": "%",
        "unit_id": "percent",
        "status": "actual",
        "comparability": "exact",
        "comparability_rule": "as_collected",
        "source_id": "press",
        "recorded_on": "2026-11-25",
        "addition_id": "add-0001",
        "note": "",
    }
    return row | cells


def observations(*rows: Row) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(OBSERVATIONS), dtype="str")


def sources(**published: str) -> pd.DataFrame:
    """One source for each tier, named after it; and those named here, of the tier press."""
    tiers = {tier: tier for tier in ("official", "state_press", "press", "other")}
    rows = [
        dict.fromkeys(SOURCES, "")
        | {"source_id": name, "tier": tier, "published": published.get(name, "")}
        for name, tier in (tiers | dict.fromkeys(published, "press")).items()
    ]
    return pd.DataFrame(rows, columns=list(SOURCES), dtype="str")


def breaks(*pairs: tuple[str, str], area: str = "QN") -> pd.DataFrame:
    frame = pd.DataFrame(list(pairs), columns=["series_id", "from_period"], dtype="str")
    return frame.assign(area_id=pd.Series(area, index=frame.index, dtype="str"))


def levels() -> pd.DataFrame:
    return pd.DataFrame({"level_id": ["none", "education-2", "education-3"], "ordinal": [0, 2, 3]})
