"""One bad package for each rule: exactly the rules named find it, at the place named."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import UserError
from analysis.package import Report, check, write_descriptor
from analysis.package.checking import own_checks
from analysis.package.raw import read_raw
from analysis.package.rules import RULES
from analysis.package.standard import check_database
from tests.package.builder import Row, Tables, build

STANDARD = {"readable", "descriptor-profile", "frictionless", "database"}
KEYS = {"frictionless", "database"}


@dataclass(frozen=True)
class Bad:
    """A fault: how it is made, which rules must find it, and where the first of them says it is."""

    name: str
    rules: set[str]
    where: str
    rows: Callable[[Tables], None] | None = None
    files: Callable[[Path], None] | None = None
    severity: str = "error"


def put(table: str, key: str, **cells: str) -> Callable[[Tables], None]:
    """Return a change of the first row whose first cell is the key."""

    def change(tables: Tables) -> None:
        row = next(row for row in tables[table] if next(iter(row.values())) == key)
        row.update(cells)

    return change


def put_target(series: str, of: str, **cells: str) -> Callable[[Tables], None]:
    def change(tables: Tables) -> None:
        for row in tables["targets"]:
            if (row["series_id"], row["year"]) == (series, of):
                row.update(cells)

    return change


def drop_last_task(tables: Tables) -> None:
    tables["tasks"].pop()
    tables["task_agencies"].pop()


def reported_backwards(tables: Tables) -> None:
    for day, addition in (("2026-11-02", "add-0002"), ("2026-11-01", "add-0001")):
        tables["task_updates"].append(
            {
                "task_id": "I.1",
                "date": day,
                "source_id": "cuc-thong-ke-2024",
                "status": "under_way",
                "addition_id": addition,
            }
        )


def add_revision(revises: str, addition: str = "add-0004") -> Callable[[Tables], None]:
    """Return the addition of a value that revises another one of the same series and period."""

    def change(tables: Tables) -> None:
        rows = {row["addition_id"]: row for row in tables["additions"]}
        if addition not in rows:
            rows[addition] = {"addition_id": addition, "recorded_on": "2026-11-29"}
            tables["additions"].append(rows[addition])
        revised = next(row for row in tables["observations"] if row["observation_id"] == revises)
        own = {"observation_id": "obs-0009", **rows[addition]}
        tables["observations"].append({**revised, **own})
        tables["revisions"].append({"observation_id": "obs-0009", "revises_id": revises})

    return change


def revised_by_another(tables: Tables) -> None:
    source = {**tables["sources"][0], "source_id": "so-y-te-2026", "publisher": "Sở Y tế"}
    tables["sources"].append(source)
    put("observations", "obs-0007", source_id="so-y-te-2026")(tables)


def swap(table: str) -> Callable[[Tables], None]:
    def change(tables: Tables) -> None:
        rows = tables[table]
        rows[0], rows[1] = rows[1], rows[0]

    return change


def add(table: str, row: Row) -> Callable[[Tables], None]:
    return lambda tables: tables[table].append(row)


def rewrite(path: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """Return a change of a file's bytes, after which the descriptor is written anew."""

    def apply(root: Path) -> None:
        file = root / path
        file.write_bytes(change(file.read_bytes()))
        write_descriptor(root)

    return apply


def redescribe(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    def apply(root: Path) -> None:
        path = root / "datapackage.json"
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        change(descriptor)
        path.write_text(json.dumps(descriptor, ensure_ascii=False, indent=2), encoding="utf-8")

    return apply


def remove(path: str) -> Callable[[Path], None]:
    return lambda root: (root / path).unlink()


def overwrite(path: str, data: bytes) -> Callable[[Path], None]:
    def apply(root: Path) -> None:
        (root / path).write_bytes(data)

    return apply


def append_after_describing(path: str, line: str) -> Callable[[Path], None]:
    def apply(root: Path) -> None:
        with (root / path).open("a", encoding="utf-8", newline="\n") as file:
            file.write(line)

    return apply


def stray(root: Path) -> None:
    (root / "data/observed/copy.csv").write_text("a\n1\n", encoding="utf-8")


OBSERVED = "data/observed/observations.csv"
ALIASES = "data/reference/unit_aliases.csv"
NFD = unicodedata.normalize("NFD", "Số liệu sơ bộ")

BAD = (
    Bad("a missing file", {"readable"}, ALIASES, files=remove(ALIASES)),
    Bad(
        "bytes that are not UTF-8",
        {"readable"},
        f"{ALIASES}, line 2",
        files=overwrite(ALIASES, b"unit_text,unit_id,note\n\xff,percent,\n"),
    ),
    Bad(
        "roles that are no list",
        {"descriptor-profile", "descriptor-current"},
        "datapackage.json, $.contributors[0].roles",
        files=redescribe(lambda one: one["contributors"][0].update(roles="creator")),
    ),
    Bad(
        "a cell that breaks its pattern",
        {"frictionless"},
        "sources.csv, row 2, column url",
        rows=put("sources", "cuc-thong-ke-2024", url="ftp://example.org"),
    ),
    Bad(
        "a reference to nothing",
        KEYS,
        "citations.csv, row 2",
        rows=lambda tables: tables["citations"][0].update(document_id="43-NQ/TW"),
    ),
    Bad(
        "an unknown code",
        KEYS,
        "areas.csv, row 2, column kind",
        rows=put("areas", "QN", kind="state"),
    ),
    Bad(
        "a key that stands twice",
        KEYS,
        "unit_aliases.csv, row 3",
        rows=add("unit_aliases", {"unit_text": "%", "unit_id": "percent"}),
    ),
    Bad(
        "a cell that is missing",
        KEYS,
        "observations.csv, row 2, column status",
        rows=put("observations", "obs-0001", status=""),
    ),
    Bad(
        "a day that no calendar has",
        KEYS,
        "documents.csv, row 2, column date",
        rows=put("documents", "42-NQ/TW", date="2023-02-30"),
    ),
    Bad(
        "an empty table",
        {"rows-present"},
        ALIASES,
        rows=lambda tables: tables["unit_aliases"].clear(),
    ),
    Bad("a lost task", {"plan-totals"}, "data/plan/tasks.csv", rows=drop_last_task),
    Bad(
        "a task in another group",
        {"identifiers-nested"},
        "data/plan/tasks.csv, line 42, column task_id",
        rows=put("tasks", "IX.4", task_group_id="I"),
    ),
    Bad(
        "indicators out of order",
        {"positions-in-order"},
        "data/plan/indicators.csv, line 2, column position",
        rows=swap("indicators"),
    ),
    Bad(
        "a series without lead",
        {"every-series-has-lead"},
        "data/plan/series.csv, line 2, column series_id",
        rows=put("indicator_agencies", "1", role="coordinating"),
    ),
    Bad(
        "a task without lead",
        {"every-task-has-lead"},
        "data/plan/tasks.csv, line 2, column task_id",
        rows=put("task_agencies", "I.1", role="coordinating"),
    ),
    Bad(
        "an inherited cell without reading",
        {"inherited-has-reading"},
        "data/plan/task_agencies.csv, line 2, column reading_id",
        rows=put("task_agencies", "I.1", inherited="true"),
    ),
    Bad(
        "an inherited time without reading",
        {"inherited-has-reading"},
        "data/plan/tasks.csv, line 2, column reading_id",
        rows=put("tasks", "I.1", time_inherited="true"),
    ),
    Bad(
        "a reading used nowhere",
        {"readings-used"},
        "data/plan/readings.csv, line 3, column applied",
        rows=put("readings", "R01", applied="0"),
        severity="warning",
    ),
    Bad(
        "a citation in no section",
        {"cited-place-exists"},
        "data/plan/citations.csv, line 2, column place_id",
        rows=put("citations", "42-NQ/TW", place_id="I-p9"),
    ),
    Bad(
        "bounds exchanged",
        {"bounds-ordered"},
        "data/plan/targets.csv",
        rows=put_target("10.4", "2030", low="90", high="85"),
    ),
    Bad(
        "a target for 2035",
        {"target-years", *KEYS},
        "data/plan/targets.csv",
        rows=put_target("10.4", "2030", year="2035"),
    ),
    Bad(
        "a floor with a ceiling",
        {"kind-fits-bounds"},
        "data/plan/targets.csv, line 2, column kind",
        rows=put_target("1", "2025", kind="at_least"),
    ),
    Bad(
        "an exact target of two values",
        {"kind-fits-bounds"},
        "data/plan/targets.csv, line 2, column kind",
        rows=put_target("1", "2025", low="90"),
    ),
    Bad(
        "an unstated target with a value",
        {"kind-fits-bounds"},
        "data/plan/targets.csv, line 2, column status",
        rows=put_target("1", "2025", status="not_stated"),
    ),
    Bad(
        "a floor where less is better",
        {"mode-fits-bounds"},
        "data/plan/targets.csv, line 6, column kind",
        rows=put_target("3.1", "2025", kind="at_least", low="2", high=""),
    ),
    Bad(
        "words where more is better",
        {"mode-fits-bounds"},
        "data/plan/targets.csv, line 2, column kind",
        rows=put_target("1", "2025", kind="text", low="", high=""),
    ),
    Bad(
        "a level of another scale",
        {"level-fits-scale"},
        "data/plan/targets.csv",
        rows=put_target("7.14", "2030", level_id="literacy-1"),
    ),
    Bad(
        "a level that does not exist",
        {"level-fits-scale", *KEYS},
        f"{OBSERVED}, line 6, column level_id",
        rows=put("observations", "obs-0005", level_id="education-9"),
    ),
    Bad(
        "a thirteenth month",
        {"periods-well-formed"},
        f"{OBSERVED}, line 2, column period",
        rows=put("observations", "obs-0001", period="2024-13"),
    ),
    Bad(
        "a span that ends before it begins",
        {"periods-well-formed"},
        f"{OBSERVED}, line 4, column period",
        rows=put("observations", "obs-0003", period="2020-2016"),
    ),
    Bad(
        "a break in a thirteenth month",
        {"periods-well-formed"},
        "data/reference/breaks.csv, line 2, column from_period",
        rows=put("breaks", "5.7", from_period="2022-13"),
    ),
    Bad(
        "an observation that says nothing",
        {"observation-says-something"},
        f"{OBSERVED}, line 2, column value",
        rows=put("observations", "obs-0001", value=""),
    ),
    Bad(
        "another unit called exact",
        {"unit-fits-series"},
        f"{OBSERVED}, line 2, column unit_id",
        rows=put("observations", "obs-0001", unit_id="rank"),
    ),
    Bad(
        "an inconvertible unit called close",
        {"comparability-fits-rule"},
        f"{OBSERVED}, line 2, column comparability",
        rows=put(
            "observations",
            "obs-0001",
            comparability="close",
            comparability_rule="unit_not_convertible",
        ),
    ),
    Bad(
        "a related measure by no such rule",
        {"comparability-fits-rule"},
        f"{OBSERVED}, line 2, column measure",
        rows=put("observations", "obs-0001", measure="Số người"),
    ),
    Bad(
        "101 per cent observed",
        {"percent-in-range"},
        f"{OBSERVED}, line 2, column value",
        rows=put("observations", "obs-0001", value="101"),
    ),
    Bad(
        "101 per cent as a proxy",
        {"percent-in-range"},
        f"{OBSERVED}, line 2, column value",
        rows=put("observations", "obs-0001", value="101", comparability="proxy"),
        severity="warning",
    ),
    Bad(
        "101 per cent wanted",
        {"percent-in-range"},
        "data/plan/targets.csv, line 2, column low",
        rows=put_target("1", "2025", low="101", high="101"),
    ),
    Bad(
        "rank zero",
        {"natural-limits"},
        f"{OBSERVED}, line 5, column value",
        rows=put("observations", "obs-0004", value="0"),
    ),
    Bad(
        "a source of nothing",
        {"sources-used"},
        "data/observed/sources.csv, line 3, column source_id",
        rows=add(
            "sources",
            {"source_id": "x-nd", "title": "x", "publisher": "x", "tier": "press"},
        ),
    ),
    Bad(
        "an observation without source",
        {"sources-used", *KEYS},
        f"{OBSERVED}, line 2, column source_id",
        rows=put("observations", "obs-0001", source_id=""),
    ),
    Bad(
        "observations out of order",
        {"observations-in-order"},
        f"{OBSERVED}, line 2, column observation_id",
        rows=swap("observations"),
    ),
    Bad(
        "a day of entry that goes back",
        {"observations-in-order", "rows-of-additions"},
        f"{OBSERVED}, line 7, column recorded_on",
        rows=put("observations", "obs-0006", recorded_on="2026-11-24"),
    ),
    Bad(
        "additions out of order",
        {"additions-in-order"},
        "data/observed/additions.csv, line 2, column addition_id",
        rows=swap("additions"),
    ),
    Bad(
        "an addition whose day goes back",
        {"additions-in-order", "rows-of-additions"},
        "data/observed/additions.csv, line 4, column recorded_on",
        rows=put("additions", "add-0003", recorded_on="2026-11-24"),
    ),
    Bad(
        "a report of an earlier addition after one of a later",
        {"rows-of-additions"},
        "data/observed/task_updates.csv, line 3, column addition_id",
        rows=reported_backwards,
    ),
    Bad(
        "a row of another day than its addition",
        {"rows-of-additions"},
        f"{OBSERVED}, line 9, column recorded_on",
        rows=put("observations", "obs-0008", recorded_on="2026-11-28"),
    ),
    Bad(
        "a row of no addition",
        KEYS,
        "observations.csv, row 9",
        rows=put("observations", "obs-0008", addition_id="add-0009"),
    ),
    Bad(
        "a withdrawal before the addition",
        {"withdrawals-after-additions"},
        "data/observed/withdrawals.csv, line 2, column withdrawn_on",
        rows=put("withdrawals", "add-0003", withdrawn_on="2026-11-26"),
    ),
    Bad(
        "a revision of another period",
        {"revisions-of-the-same"},
        "data/observed/revisions.csv, line 2, column revises_id",
        rows=put("revisions", "obs-0007", revises_id="obs-0001"),
    ),
    Bad(
        "a revision by another publisher",
        {"revisions-of-the-same"},
        "data/observed/revisions.csv, line 2, column revises_id",
        rows=revised_by_another,
    ),
    Bad(
        "a revision of what came later",
        {"revisions-of-the-same"},
        "data/observed/revisions.csv, line 3, column revises_id",
        rows=add("revisions", {"observation_id": "obs-0002", "revises_id": "obs-0007"}),
    ),
    Bad(
        "a value replaced twice",
        {"revisions-of-the-same"},
        "data/observed/revisions.csv, line 3, column revises_id",
        rows=add_revision("obs-0002"),
    ),
    Bad(
        "a revision of nothing",
        KEYS,
        "revisions.csv, row 2",
        rows=put("revisions", "obs-0007", revises_id="obs-0099"),
    ),
    Bad(
        "a break that divides nothing",
        {"breaks-known"},
        "data/reference/breaks.csv, line 2, column from_period",
        rows=put("breaks", "5.7", from_period="2010"),
        severity="warning",
    ),
    Bad(
        "a task that ends before it starts",
        {"dates-ordered"},
        "data/plan/tasks.csv, line 2, column start",
        rows=put("tasks", "I.1", end="2023-12-31"),
    ),
    Bad(
        "an area that ends before it starts",
        {"dates-ordered"},
        "data/reference/areas.csv, line 3, column valid_from",
        rows=put("areas", "QN-ha-long", valid_from="2025-07-01"),
    ),
    Bad(
        "letters in pieces",
        {"text-nfc"},
        f"{OBSERVED}, line 2, column note",
        rows=put("observations", "obs-0001", note=NFD),
    ),
    Bad(
        "a formula",
        {"no-formula"},
        f"{OBSERVED}, line 2, column note",
        rows=put("observations", "obs-0001", note="=1+1"),
    ),
    Bad(
        "a formula in printed text",
        {"no-formula"},
        "data/plan/citations.csv, line 2, column text_source",
        rows=put("citations", "42-NQ/TW", text_source="-cmd|' /C calc'!A0"),
    ),
    Bad(
        "a tab",
        {"no-control-characters"},
        f"{OBSERVED}, line 2, column note",
        rows=put("observations", "obs-0001", note="a\tb"),
    ),
    Bad(
        "a byte order mark",
        {"file-form"},
        ALIASES,
        files=rewrite(ALIASES, lambda data: b"\xef\xbb\xbf" + data),
    ),
    Bad(
        "carriage returns",
        {"file-form"},
        ALIASES,
        files=rewrite(ALIASES, lambda data: data.replace(b"\n", b"\r\n")),
    ),
    Bad(
        "no last line end",
        {"file-form"},
        ALIASES,
        files=rewrite(ALIASES, lambda data: data.rstrip(b"\n")),
    ),
    Bad(
        "a text in Vietnamese only",
        {"bilingual-cells"},
        "data/reference/agency_successions.csv, line 2, column scope_en",
        rows=put("agency_successions", "so-y-te", scope_vi="dân số"),
    ),
    Bad(
        "a field without English title",
        {"bilingual-descriptor", "descriptor-current"},
        "datapackage.json, resource units, field ucum",
        files=redescribe(
            lambda one: one["resources"][2]["schema"]["fields"][-1]["titles"].pop("en")
        ),
    ),
    Bad(
        "a descriptor changed by hand",
        {"descriptor-current"},
        "datapackage.json",
        files=redescribe(lambda one: one.update(version="9.9.9")),
    ),
    Bad(
        "a file changed after the build",
        {"descriptor-current", "frictionless"},
        ALIASES,
        files=append_after_describing(ALIASES, "per cent,percent,\n"),
    ),
    Bad("a file that is not described", {"no-stray-files"}, "data/observed/copy.csv", files=stray),
)


BY_STANDARD = [bad for bad in BAD if bad.rules & STANDARD]
BY_OWN_RULES = [bad for bad in BAD if not bad.rules & STANDARD]


def assert_found(bad: Bad, report: Report) -> None:
    assert {finding.rule for finding in report.findings} == bad.rules
    assert any(bad.where in finding.where for finding in report.findings)
    assert {finding.severity for finding in report.findings} == {bad.severity}
    assert report.ok is (bad.severity != "error")
    assert all(finding.what and finding.mend for finding in report.findings)


def made(bad: Bad, folder: Path) -> Path:
    root = build(folder, bad.rows)
    if bad.files is not None:
        bad.files(root)
    return root


@pytest.mark.parametrize("bad", BY_STANDARD, ids=lambda bad: bad.name.replace(" ", "-"))
def test_exactly_these_judges_find_the_fault(bad: Bad, tmp_path: Path) -> None:
    assert_found(bad, check(made(bad, tmp_path)))


@pytest.mark.parametrize("bad", BY_OWN_RULES, ids=lambda bad: bad.name.replace(" ", "-"))
def test_exactly_this_rule_finds_the_fault(bad: Bad, tmp_path: Path) -> None:
    errors: list[UserError] = []
    raw = read_raw(made(bad, tmp_path), errors)
    assert not errors
    assert_found(bad, Report((*own_checks(raw), check_database(raw))))


def test_frictionless_and_the_profile_find_none_of_what_is_left_to_our_rules(
    tmp_path: Path,
) -> None:
    def all_at_once(tables: Tables) -> None:
        for bad in BY_OWN_RULES:
            if bad.rows is not None and bad.rules.isdisjoint({"plan-totals", "rows-present"}):
                bad.rows(tables)

    report = check(build(tmp_path, all_at_once))
    assert not report.ok
    assert {one.rule for one in report.findings}.isdisjoint({"frictionless", "descriptor-profile"})


def test_every_rule_has_a_bad_package() -> None:
    tried = {rule for bad in BAD for rule in bad.rules}
    assert tried == STANDARD | {rule.name for rule in RULES}


def test_every_rule_has_its_own_name_and_two_titles() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.title_vi and rule.title_en for rule in RULES)


def test_the_small_package_is_valid_and_almost_every_rule_looks_at_something(
    package: Path,
) -> None:
    report = check(package)
    assert report.ok
    assert not report.findings
    idle = {one.rule for one in report.checks if one.checked == 0}
    assert idle == {"inherited-has-reading"}


def test_what_is_inherited_by_a_named_reading_is_looked_at_and_passes(tmp_path: Path) -> None:
    root = build(tmp_path, put("task_agencies", "I.1", inherited="true", reading_id="R01"))
    report = check(root)
    assert not report.findings
    assert next(one for one in report.checks if one.rule == "inherited-has-reading").checked == 1


@pytest.mark.parametrize(
    "change",
    [add_revision("obs-0007"), add_revision("obs-0002", "add-0003")],
    ids=["of-a-revision", "that-was-taken-back"],
)
def test_a_second_revision_passes(change: Callable[[Tables], None], tmp_path: Path) -> None:
    assert not Report(own_checks(read_raw(build(tmp_path, change), []))).findings


def test_a_folder_without_descriptor_is_not_valid(tmp_path: Path) -> None:
    report = check(tmp_path)
    assert report.exit_code == 1
    assert [one.rule for one in report.findings] == ["readable"]
