"""What is taken away: files that say what they rest on."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.api import Plan
from analysis.explore import VERDICT_COLUMNS, Findings, choose, export


def found(plan: Plan, as_of: date, **options: Any) -> Findings:
    return Findings(plan, choose(plan, as_of=as_of, **options))


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_tables_and_chart_are_written_with_what_was_chosen(
    plan: Plan, as_of: date, tmp_path: Path
) -> None:
    what = found(plan, as_of, base_year=2019)
    files = export(what, tmp_path / "new" / "folder")
    names = [path.name for path in files]
    assert names[:3] == ["verdicts.csv", "verdicts.json", "country.csv"]
    assert {"chart.png", "chart.txt"} <= set(names)
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == sorted(names)
    table = lines(files[0])
    assert list(table[0]) == list(VERDICT_COLUMNS)
    assert [row["change"] for row in table] == what.verdicts["change"].tolist()
    told = json.loads(files[1].read_text(encoding="utf-8"))
    assert told["choice"]["base_year"] == 2019
    assert told["choice"]["as_of"] == as_of.isoformat()
    assert told["package_version"] == plan.tables.version
    assert told["hypothetical_values"] == 0
    assert [row["verdict"] for row in told["rows"]] == what.verdicts["verdict"].tolist()
    assert lines(files[2])[0]["series_id"] == what.country["series_id"].iloc[0]


def test_a_number_is_written_as_it_was_given(plan: Plan, as_of: date, tmp_path: Path) -> None:
    what = found(plan, as_of, series_id="5.7")
    table, document, *_ = export(what, tmp_path)
    assert {row["judged_value"] for row in lines(table)} == {"95.76"}
    rows = json.loads(document.read_text(encoding="utf-8"))["rows"]
    assert {row["judged_value"] for row in rows} == {95.76}
    read = pd.read_csv(table, dtype={"series_id": "str"})
    assert read["series_id"].tolist() == ["5.7", "5.7"]


def test_a_what_if_is_marked_in_every_table(plan: Plan, as_of: date, tmp_path: Path) -> None:
    idea = plan.with_observations([{"series_id": "5.7", "period": 2026, "value": 97}])
    files = {path.name: path for path in export(found(idea, as_of), tmp_path)}
    marked = [row["series_id"] for row in lines(files["verdicts.csv"]) if row["what_if"] == "True"]
    assert marked == ["5.7", "5.7"]
    told = json.loads(files["verdicts.json"].read_text(encoding="utf-8"))
    assert told["package_version"].endswith("+what-if")
    assert told["hypothetical_values"] == 1
    assert [row["value"] for row in lines(files["what_if.csv"])] == ["97.0"]


def test_where_there_is_no_chart_none_is_written(plan: Plan, as_of: date, tmp_path: Path) -> None:
    files = export(found(plan, as_of, series_id="6.18"), tmp_path)
    assert [path.name for path in files] == ["verdicts.csv", "verdicts.json", "country.csv"]


def test_the_same_findings_give_the_same_bytes(plan: Plan, as_of: date, tmp_path: Path) -> None:
    first, second = (
        {path.name: path.read_bytes() for path in export(found(plan, as_of), tmp_path / name)}
        for name in ("a", "b")
    )
    assert first == second
