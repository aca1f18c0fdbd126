"""A report depends on the rows that are found for it, and on no others."""

from __future__ import annotations

import ast
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from analysis.api import Plan, load
from analysis.errors import UserError
from analysis.package.tables import Tables
from analysis.reports import (
    AgencyReport,
    CoverageReport,
    GapReport,
    OverviewReport,
    Report,
    TasksReport,
    TrendReport,
)
from analysis.runs.rows import Data, Table, read_data
from tests.observe.amended import CORRECTION, REASON, REVISED, amend

ROOT = Path(__file__).parents[2]


@cache
def data() -> Data:
    return read_data(ROOT)


def small(root: Path, **tables: str) -> Path:
    """A package of groups, indicators, series, observations and sources."""
    links = {
        "indicators": [("group_id", "indicator_groups")],
        "series": [("indicator_id", "indicators")],
        "observations": [("series_id", "series"), ("source_id", "sources")],
    }
    texts = {
        "indicator_groups": "group_id\n1\n2\n",
        "indicators": "indicator_id,group_id\n1.1,1\n2.1,2\n",
        "series": "series_id,indicator_id\n1.1,1.1\n2.1,2.1\n",
        "observations": "observation_id,series_id,source_id\na,1.1,s\nb,2.1,s\nc,2.1,t\n",
        "sources": "source_id,title\ns,S\nt,T\n",
        "units": "unit_id\n%\n",
        **tables,
    }
    resources = []
    for name, text in texts.items():
        (root / f"{name}.csv").write_text(text, encoding="utf-8")
        keys = [
            {"fields": [column], "reference": {"resource": target, "fields": [column]}}
            for column, target in links.get(name, [])
        ]
        resource = {"name": name, "path": f"{name}.csv", "schema": {"foreignKeys": keys}}
        resources.append(resource)
    (root / "datapackage.json").write_text(json.dumps({"resources": resources}))
    return root


def test_a_group_has_its_rows_what_belongs_to_them_and_what_they_name(tmp_path: Path) -> None:
    found = read_data(small(tmp_path)).of_subject("group_id", "2")
    assert {name: sorted(places) for name, places in found.items()} == {
        "indicator_groups": [1],
        "indicators": [1],
        "series": [1],
        "observations": [1, 2],
        "sources": [0, 1],
        "units": [0],
    }


def test_what_is_named_does_not_bring_others_that_name_it(tmp_path: Path) -> None:
    found = read_data(small(tmp_path)).of_subject("group_id", "1")
    assert sorted(found["observations"]) == [0]  # b names the same source


def test_the_whole_plan_has_all_rows(tmp_path: Path) -> None:
    package = read_data(small(tmp_path))
    assert package.of_subject("", "") == package.all()


def test_a_row_of_another_subject_changes_no_digest(tmp_path: Path) -> None:
    before = read_data(small(tmp_path))
    rows = "observation_id,series_id,source_id\na,1.1,s\nb,2.1,t\nc,2.1,t\nd,2.1,t\n"
    after = read_data(small(tmp_path, observations=rows))
    for group, same in (("1", True), ("2", False)):
        told = [one.digests(one.of_subject("group_id", group)) for one in (before, after)]
        assert (told[0] == told[1]) is same


def test_a_new_column_changes_the_digest(tmp_path: Path) -> None:
    before = read_data(small(tmp_path))
    after = read_data(small(tmp_path, sources="source_id,title,x\ns,S,\nt,T,\n"))
    told = [one.digests(one.of_subject("group_id", "1")) for one in (before, after)]
    assert [name for name in told[0] if told[0][name] != told[1][name]] == ["sources"]


@pytest.mark.parametrize(
    "damage", ["datapackage.json", "series.csv"], ids=["no descriptor", "no table"]
)
def test_a_package_that_cannot_be_read_is_refused(tmp_path: Path, damage: str) -> None:
    (small(tmp_path) / damage).unlink()
    with pytest.raises(UserError, match="cannot be read"):
        read_data(tmp_path)


def test_a_table_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (small(tmp_path) / "series.csv").write_bytes(b"series_id\n\xff\xfe\n")
    with pytest.raises(UserError, match="cannot be read"):
        read_data(tmp_path)


def without_the_others(plan: Plan, rows: Data, parameter: str, subject: str) -> Plan:
    """The plan with only those rows that the report depends on."""
    chosen = rows.of_subject(parameter, subject)
    frames = {
        name: frame.iloc[sorted(chosen.get(name, ()))].reset_index(drop=True)
        for name, frame in plan.recorded.items()
    }
    whole = plan.recorded
    return Plan(Tables(frames, whole.descriptor, whole.root, whole.sha256))


def told(report: Report, notebook: str) -> dict[str, str]:
    """Everything that the cells of a notebook show of a report, and its results."""
    cells = json.loads((ROOT / "notebooks" / f"{notebook}.ipynb").read_text())["cells"]
    shown: dict[str, str] = {}
    scope: dict[str, Any] = {"report": report, "display": lambda *_: None}
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] != "code" or "report." not in source or "finish" in source:
            continue
        if ".open(" in source:
            source = "report.title()"
        things: list[Any] = []
        scope["display"] = lambda *parts, kept=things: kept.extend(parts)
        *before, last = ast.parse(source).body
        assert isinstance(last, ast.Expr)
        exec(compile(ast.Module(before, []), "cell", "exec"), scope)
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), scope)
        things += [] if value is None else [value]
        shown[cell["id"]] = "\n".join(map(text, things))
    return {**shown, "rows": report.result_rows().to_csv(), "summary": repr(report.summary())}


def text(thing: Any) -> str:
    if isinstance(thing, tuple):
        return "\n".join(map(text, thing))
    if hasattr(thing, "alt"):
        return str(thing.alt)
    return str(thing._repr_html_() if hasattr(thing, "_repr_html_") else thing)


MAKERS: dict[str, Any] = {
    "gap": (GapReport, "group_id", int),
    "trend": (TrendReport, "group_id", int),
    "tasks": (TasksReport, "task_group_id", str),
    "agency": (AgencyReport, "agency_id", str),
}
SUBJECTS = [
    *(("gap", group) for group in ("1", "5", "8", "10")),
    *(("trend", group) for group in ("5", "7", "9")),
    *(("tasks", group) for group in ("I", "VI")),
    *(("agency", name) for name in ("so-y-te", "so-nong-nghiep-va-moi-truong", "cuc-thong-ke")),
]


@pytest.mark.parametrize(("kind", "subject"), SUBJECTS)
def test_a_report_is_the_same_when_all_other_rows_are_taken_away(
    plan: Plan, as_of: date, kind: str, subject: str
) -> None:
    make, parameter, read = MAKERS[kind]
    reports = [
        make(one, read(subject), "vi", as_of=as_of)
        for one in (plan, without_the_others(plan, data(), parameter, subject))
    ]
    whole, part = (told(report, kind) for report in reports)
    for name, expected in whole.items():
        assert part[name] == expected, name


# What was corrected or taken back


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A value of 5.7 corrected, another one and a report of task II.2 added and taken back."""
    return amend(tmp_path_factory.mktemp("later"))


@pytest.mark.parametrize(
    ("kind", "subject"), [("trend", "5"), ("tasks", "II"), ("agency", "cong-an-tinh")]
)
def test_a_report_needs_no_other_rows_to_know_what_stands(
    later: Path, as_of: date, kind: str, subject: str
) -> None:
    make, parameter, read = MAKERS[kind]
    plan = load(later)
    few = without_the_others(plan, read_data(later), parameter, subject)
    whole, part = (told(make(one, read(subject), "vi", as_of=as_of), kind) for one in (plan, few))
    assert part == whole


def of_5_7_and_task_ii_2() -> dict[str, set[str]]:
    """The subjects of which the amended series and task are a part, by the parameter."""
    tables = data().tables
    names = {"indicator_agencies": "series_id", "task_agencies": "task_id"}
    agencies = {
        row[table.columns.index("agency_id")]
        for name, column in names.items()
        for table in (tables[name],)
        for row in table.rows
        if row[table.columns.index(column)] in {"5.7", "II.2"}
    }
    moved = tables["agency_successions"]
    pairs = list(zip(moved.column("predecessor_id"), moved.column("successor_id"), strict=True))
    agencies |= {one for pair in pairs for one in pair if agencies & set(pair)}
    return {"group_id": {"5"}, "task_group_id": {"II"}, "agency_id": agencies, "": {""}}


def changed(before: Data, after: Data) -> dict[str, set[str]]:
    """The subjects, by their parameter, whose digests are others."""
    names = {
        "group_id": before.tables["indicator_groups"].column("group_id"),
        "task_group_id": before.tables["task_groups"].column("task_group_id"),
        "agency_id": before.tables["agencies"].column("agency_id"),
        "": [""],
    }
    return {
        parameter: {
            name
            for name in subjects
            if before.digests(before.of_subject(parameter, name))
            != after.digests(after.of_subject(parameter, name))
        }
        for parameter, subjects in names.items()
    }


def test_an_addition_concerns_those_reports_to_which_its_rows_matter(tmp_path: Path) -> None:
    assert changed(data(), read_data(amend(tmp_path, ()))) == of_5_7_and_task_ii_2()


def test_a_withdrawal_concerns_those_reports_to_which_its_rows_mattered(
    later: Path, tmp_path: Path
) -> None:
    before, after = read_data(amend(tmp_path, ())), read_data(later)
    assert changed(before, after) == of_5_7_and_task_ii_2()


def test_a_revision_concerns_the_reports_of_its_series(later: Path, tmp_path: Path) -> None:
    root = amend(tmp_path)
    path = root / "data/observed/revisions.csv"
    path.write_text(path.read_text().replace(f"{CORRECTION},{REVISED}\n", ""))
    found = changed(read_data(root), read_data(later))
    assert (found["group_id"], found["task_group_id"]) == ({"5"}, set())
    tables = data().tables["indicator_agencies"]
    own = {row[1] for row in tables.rows if row[0] == "5.7"}
    assert own <= found["agency_id"] <= of_5_7_and_task_ii_2()["agency_id"]
    assert "cong-an-tinh" not in found["agency_id"]  # of task II.2 alone


def test_a_reason_that_is_told_is_part_of_what_a_report_depends_on(
    later: Path, tmp_path: Path
) -> None:
    root = amend(tmp_path)
    path = root / "data/observed/withdrawals.csv"
    path.write_text(path.read_text().replace(REASON, "Sai đơn vị"))
    assert changed(read_data(root), read_data(later))["group_id"] == {"5"}


def test_data_without_withdrawals_or_additions_are_read_all_the_same(tmp_path: Path) -> None:
    found = read_data(small(tmp_path)).of_subject("group_id", "1")
    assert {"withdrawals", "additions"}.isdisjoint(found)


def test_every_kind_of_report_about_a_part_of_the_plan_is_tried() -> None:
    about_all = {OverviewReport.kind, CoverageReport.kind}
    notebooks = {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")} - {"explore"}
    assert notebooks - about_all == {kind for kind, _ in SUBJECTS}


def test_tables_are_read_as_they_stand(tmp_path: Path) -> None:
    table = read_data(small(tmp_path)).tables["sources"]
    assert table == Table(("source_id", "title"), (("s", "S"), ("t", "T")))
