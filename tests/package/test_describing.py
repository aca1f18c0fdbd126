from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis.package import PackageError, describe, write_descriptor
from analysis.package.declared import FieldFacts, ResourceFacts, declared
from analysis.package.describing import outline, versioned
from tests.package.builder import build


def test_the_descriptor_is_one_of_data_package_two(package: Path) -> None:
    descriptor = describe(package)
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert descriptor["name"] == "plan-155-quang-ninh"
    assert descriptor["created"].endswith("T00:00:00Z")
    assert descriptor["generatedBy"] == "plan155 build"
    assert [one["name"] for one in descriptor["licenses"]] == ["CC-BY-4.0"]
    assert all(isinstance(one["roles"], list) for one in descriptor["contributors"])
    for resource in descriptor["resources"]:
        schema = resource["schema"]
        assert schema["$schema"] == "https://datapackage.org/profiles/2.0/tableschema.json"
        assert isinstance(schema["primaryKey"], list)
        assert "fieldsMatch" not in schema


def test_size_hash_and_rows_are_those_of_the_file(package: Path) -> None:
    for resource in describe(package)["resources"]:
        data = (package / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    rows = {one["name"]: one["rowCount"] for one in describe(package)["resources"]}
    assert (rows["targets"], rows["task_updates"]) == (220, 0)


def test_no_foreign_key_may_be_empty(package: Path) -> None:
    for resource in describe(package)["resources"]:
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        for key in resource["schema"].get("foreignKeys", ()):
            assert fields[key["fields"][0]]["constraints"]["required"] is True


def test_every_code_has_a_label_in_both_languages(package: Path) -> None:
    for field in _fields(describe(package)):
        enum = [str(code) for code in field.get("constraints", {}).get("enum", [])]
        assert enum == list(field.get("enumLabels", {}))
        assert all(set(one) == {"vi", "en"} for one in field.get("enumLabels", {}).values())


def test_columns_are_described_in_the_order_of_the_file(tmp_path: Path) -> None:
    root = build(tmp_path)
    path = root / "data/reference/unit_aliases.csv"
    path.write_text("note,unit_id,unit_text\n,percent,%\n", encoding="utf-8", newline="\n")
    names = [field["name"] for field in describe(root)["resources"][-1]["schema"]["fields"]]
    assert names == ["note", "unit_id", "unit_text"]


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    root = build(tmp_path)
    first = write_descriptor(root).read_bytes()
    assert write_descriptor(root).read_bytes() == first
    assert first.endswith(b"}\n")
    assert b"\r" not in first
    assert "Kế hoạch".encode() in first
    assert json.loads(first) == describe(root)


def test_missing_files_are_named_all_at_once(tmp_path: Path) -> None:
    root = build(tmp_path)
    (root / "data/plan/units.csv").unlink()
    (root / "data/plan/tasks.csv").unlink()
    with pytest.raises(PackageError, match=r"units(.|\n)*tasks"):
        describe(root)


def test_columns_that_are_not_declared_or_not_there_are_refused(tmp_path: Path) -> None:
    root = build(tmp_path)
    path = root / "data/reference/unit_aliases.csv"
    path.write_text("unit_text,unit_id,remark\n%,percent,\n", encoding="utf-8")
    with pytest.raises(PackageError) as caught:
        describe(root)
    assert "column remark" in str(caught.value)
    assert "field note" in str(caught.value)


def _fields(descriptor: dict[str, Any]) -> list[dict[str, Any]]:
    return [field for one in descriptor["resources"] for field in one["schema"]["fields"]]


def test_an_outline_is_the_descriptor_without_what_only_files_can_tell(package: Path) -> None:
    described = describe(package)
    for resource in described["resources"]:
        for name in ("bytes", "hash", "rowCount"):
            del resource[name]
    assert outline(versioned(declared(), package)) == described


FIRST = "2026-11-25"


@pytest.mark.parametrize(
    ("added", "withdrawn", "version", "day"),
    [
        ([FIRST], [], "2.3.4", FIRST),
        ([FIRST, "2026-12-01"], [], "2.4.0", "2026-12-01"),
        ([FIRST, "2026-12-01", "2026-12-01"], [], "2.5.0", "2026-12-01"),
        ([FIRST, "2026-12-01"], ["2027-01-31"], "2.5.0", "2027-01-31"),
        ([FIRST, "2026-12-01", "2027-02-01"], ["2027-01-31"], "2.6.0", "2027-02-01"),
        (["2020-01-01"], [], "2.3.4", FIRST),  # never before the declared day
        ([FIRST, "soon", ""], ["2026-12-01T00:00:00"], "2.3.4", FIRST),  # the rules refuse these
    ],
)
def test_every_addition_and_withdrawal_after_the_first_raises_the_version(
    tmp_path: Path, added: list[str], withdrawn: list[str], version: str, day: str
) -> None:
    days(tmp_path, "additions", "recorded_on", added)
    days(tmp_path, "withdrawals", "withdrawn_on", withdrawn)
    found = versioned(OTHER, tmp_path)
    assert (found.version, found.created) == (version, f"{day}T00:00:00Z")
    assert replace(found, version=OTHER.version, created=OTHER.created) == OTHER


OTHER = replace(declared(), version="2.3.4", created=f"{FIRST}T00:00:00Z")


def days(root: Path, table: str, column: str, cells: list[str]) -> None:
    path = root / f"data/observed/{table}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"addition_id,{column}", *(f"add-{n:04},{cell}" for n, cell in enumerate(cells, 1))]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")


def test_a_folder_without_additions_has_the_declared_version(tmp_path: Path) -> None:
    assert versioned(OTHER, tmp_path) == OTHER
    none_declared = replace(OTHER, resources=())
    assert versioned(none_declared, tmp_path) == none_declared


def test_additions_without_days_are_refused_by_their_columns(tmp_path: Path) -> None:
    root = build(tmp_path)
    (root / "data/observed/additions.csv").write_text("addition_id,note\nadd-0001,\n")
    with pytest.raises(PackageError, match=r"facts/additions\.yaml, field recorded_on"):
        describe(root)


def test_the_version_is_that_of_the_rows_in_the_folder(package: Path) -> None:
    descriptor = describe(package)
    assert (descriptor["version"], descriptor["created"]) == ("1.3.0", "2026-11-28T00:00:00Z")


def test_a_cell_of_several_codes_is_held_to_them_by_a_pattern() -> None:
    label = {"vi": "x", "en": "x"}
    field = FieldFacts("flags", "string", label, label, "A", {}, {"A": label, "B+": label},
                       None, None, " ")  # fmt: skip
    resource = ResourceFacts("r", "r.csv", label, label, (), ("flags",), (field,))
    told = outline(replace(declared(), resources=(resource,)))["resources"][0]["schema"]["fields"][
        0
    ]
    assert told["separator"] == " "
    assert "enum" not in told["constraints"]
    pattern = told["constraints"]["pattern"]
    assert [bool(re.fullmatch(pattern, text)) for text in ("A", "A B+", "B", "A  B+", "A,A")] == [
        True, True, False, False, False,
    ]  # fmt: skip
