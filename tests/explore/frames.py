"""Findings made by hand, for exact sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from analysis.api import Plan
from analysis.charts import Chart
from analysis.explore import Choice, Findings

DAY = date(2026, 11, 25)

VERDICT = {
    "series_id": "5.7",
    "indicator_id": "5.7",
    "group_id": 5,
    "label_vi": "Dân số tham gia BHYT",
    "label_en": "Population in health insurance",
    "unit_id": "percent",
    "symbol_vi": "%",
    "symbol_en": "%",
    "mode": "up",
    "scale": "none",
    "decimals": 2,
    "target_year": 2030,
    "target_status": "stated",
    "kind": "at_least",
    "low": 97.0,
    "high": float("nan"),
    "text_source": ">=97",
    "text_en": "",
    "due": False,
    "judged_value": 95.76,
    "value_period": "2025",
    "value_source_id": "page",
    "verdict": "ON_TRACK",
    "reason": "",
    "base_year": 2018,
    "category": "",
    "default_verdict": "NEEDS_ACCELERATION",
    "default_reason": "",
    "default_base_year": 2020,
    "change": "changed",
    "changed": True,
    "what_if": False,
}
AREA = {
    **VERDICT,
    "year": 2025,
    "province_value": 95.76,
    "country_value": 95.15,
    "difference": 0.61,
    "better": "province",
    "definition_note": "COMPARABILITY STATUS",
    "province_period": "2025",
    "country_period": "2025",
    "province_source_id": "page",
    "country_source_id": "page",
}
SAME = {"verdict": "NEEDS_ACCELERATION", "change": "unchanged", "changed": False}
MISSING = {
    "verdict": "NO_DATA",
    "default_verdict": "NO_DATA",
    "change": "unchanged",
    "changed": False,
}


def rows(*changes: dict[str, Any]) -> pd.DataFrame:
    frame = pd.DataFrame([{**VERDICT, **change} for change in changes], columns=list(VERDICT))
    return frame.astype({"changed": "boolean", "base_year": "Int64", "default_base_year": "Int64"})


def areas(*changes: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([{**AREA, **change} for change in changes], columns=list(AREA))


class Made(Findings):
    """Findings whose frames are given; nothing is drawn."""

    def picture(self) -> Chart | None:
        return None


def made(
    plan: Plan,
    verdicts: pd.DataFrame,
    country: pd.DataFrame | None = None,
    unused: int = 0,
    **choice: Any,
) -> Made:
    """Return findings of a plan that has one source, ``page``."""
    found = Made(with_one_source(plan), replace(Choice(as_of=DAY), **choice))
    found.__dict__.update(
        verdicts=verdicts,
        country=areas() if country is None else country,
        unused=verdicts.head(unused),
        gap=verdicts,
    )
    return found


def with_one_source(plan: Plan) -> Plan:
    """Return a what-if whose only source is ``page``, so that no real one can be quoted."""
    idea = plan.with_observations([{"series_id": "5.7", "period": 2030, "value": 97}])
    source = {
        "source_id": "page",
        "title": "A page",
        "url": "https://page.example/a?b=1&c=2",
        "publisher": "Báo <Ví dụ>",
    }
    sources = plan["sources"].head(1).assign(**source)
    tables = dict(idea.tables) | {"sources": sources}
    descriptor = {"version": "1.2.3"}
    return Plan(type(plan.tables)(tables, descriptor, ""))
