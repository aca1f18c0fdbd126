from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.package import PackageError
from analysis.package.declared import FACTS, declared, read_facts


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FACTS, tmp_path / "facts"))


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def message(folder: Path) -> str:
    with pytest.raises(PackageError) as caught:
        read_facts(folder)
    return str(caught.value)


def test_the_declared_facts_are_read() -> None:
    facts = declared()
    assert facts.name == "plan-155-quang-ninh"
    assert len(facts.resources) == 27
    targets = next(one for one in facts.resources if one.name == "targets")
    assert targets.primary_key == ("series_id", "year")


def test_a_field_takes_over_a_common_field_and_restates_a_part_of_it(facts: Path) -> None:
    series = next(one for one in read_facts(facts).resources if one.name == "observations")
    unit = next(one for one in series.fields if one.name == "unit_id")
    assert unit.references == ("units", "unit_id")
    assert unit.description["en"] == "Unit of the value, found by table unit_aliases."


def test_an_unknown_key_is_refused_and_the_near_one_named(facts: Path) -> None:
    edit(facts / "units.yaml", "primaryKey:", "primarykey:")
    text = message(facts)
    assert "unknown key `primarykey`" in text
    assert "units.yaml" in text
    assert "write `primaryKey`" in text


def test_an_unknown_key_of_a_field_is_refused_with_the_field(facts: Path) -> None:
    edit(facts / "units.yaml", "    example: percent\n", "    exemple: percent\n")
    text = message(facts)
    assert "unknown key `exemple`" in text
    assert "units.yaml, field unit_id" in text
    assert "missing key `example`" in text


def test_an_unknown_constraint_is_refused(facts: Path) -> None:
    edit(facts / "areas.yaml", "{required: true, unique: true", "{requird: true, unique: true")
    assert "areas.yaml, field area_id, constraints" in message(facts)


def test_a_text_in_one_language_only_is_refused(facts: Path) -> None:
    edit(facts / "areas.yaml", 'title: {vi: "Địa bàn", en: "Areas"}', 'title: {vi: "Địa bàn"}')
    text = message(facts)
    assert "missing key `en`" in text
    assert "areas.yaml, title" in text


def test_an_empty_text_is_refused(facts: Path) -> None:
    edit(facts / "areas.yaml", 'en: "Areas"', 'en: " "')
    assert "empty text in `en`" in message(facts)


def test_a_type_that_is_not_known_is_refused(facts: Path) -> None:
    edit(facts / "areas.yaml", "type: date", "type: day")
    assert "unknown type `day`" in message(facts)


def test_a_common_field_that_does_not_exist_is_refused(facts: Path) -> None:
    edit(facts / "breaks.yaml", "like: series_id", "like: serie")
    assert "`like: serie` names no common field" in message(facts)


def test_a_reference_to_no_key_is_refused(facts: Path) -> None:
    edit(facts / "tasks.yaml", "task_groups.task_group_id", "task_groups.position")
    assert "`references: task_groups.position` names no primary key" in message(facts)


def test_a_primary_key_that_is_no_field_is_refused(facts: Path) -> None:
    edit(facts / "units.yaml", "primaryKey: [unit_id]", "primaryKey: [unit]")
    assert "primary key `unit` is no field" in message(facts)


def test_a_day_without_time_is_no_time_of_creation(facts: Path) -> None:
    edit(facts / "package.yaml", "T00:00:00Z", "")
    assert "is no time" in message(facts)


def test_a_missing_file_of_facts_is_named(facts: Path) -> None:
    (facts / "units.yaml").unlink()
    text = message(facts)
    assert "file of facts missing" in text
    assert "units.yaml" in text


def test_a_file_of_facts_that_is_not_listed_is_named(facts: Path) -> None:
    shutil.copy(facts / "units.yaml", facts / "measures.yaml")
    assert "resource not listed" in message(facts)


def test_a_file_under_another_name_is_refused(facts: Path) -> None:
    edit(facts / "units.yaml", "name: units", "name: unit")
    assert "`name` is not `units`" in message(facts)


def test_all_faults_are_named_at_once(facts: Path) -> None:
    edit(facts / "units.yaml", "primaryKey:", "primarykey:")
    edit(facts / "areas.yaml", "type: date", "type: day")
    text = message(facts)
    assert "primarykey" in text
    assert "`day`" in text


@pytest.fixture
def other(facts: Path) -> Path:
    """A second package that rests on the first one."""
    for path in facts.glob("*.yaml"):
        if path.stem not in {"package", "common", "areas"}:
            path.unlink()
    text = (facts / "package.yaml").read_text(encoding="utf-8")
    start, end = text.index("licenses:"), text.index("sources:")
    text = text[:start] + text[end:]
    start, end = text.index("contributors:"), text.index("# The tables")
    text = text[:start] + text[end:]
    own = [
        line for line in text.splitlines() if not line.startswith(("version:", "created:", "  - "))
    ]
    own[own.index("keywords:")] = "keywords: [a]"
    (facts / "package.yaml").write_text("\n".join([*own, "  - areas", ""]), encoding="utf-8")
    return facts


def test_version_day_licence_and_contributors_are_those_of_the_base(other: Path) -> None:
    base = declared()
    found = read_facts(other, base=base)
    assert (found.version, found.created) == (base.version, base.created)
    assert (found.licenses, found.contributors) == (base.licenses, base.contributors)
    assert [one.name for one in found.resources] == ["areas"]


def test_without_a_base_they_must_be_stated(other: Path) -> None:
    assert "missing key `version`" in message(other)


def test_a_field_of_the_base_is_taken_over_without_its_reference_and_uniqueness(
    other: Path,
) -> None:
    edit(other / "areas.yaml", "  - name: kind\n", "  - {name: label, like: series.label_vi}\n"
         "  - {name: unit, like: series.unit_id}\n  - name: kind\n")  # fmt: skip
    fields = {one.name: one for one in read_facts(other, base=declared()).resources[0].fields}
    assert fields["label"].title["en"] == "Short label in Vietnamese"
    assert fields["label"].constraints == {"required": True}
    assert fields["unit"].references is None


def test_a_list_of_codes_is_taken_over_and_can_be_added_to(other: Path) -> None:
    edit(other / "areas.yaml", "    enumLabels:\n", "    enumLabels:\n      like: codes\n")
    lists = {"codes": {"moon": {"vi": "Mặt trăng", "en": "Moon"}}}
    fields = {one.name: one for one in read_facts(other, base=declared(), code_lists=lists)
              .resources[0].fields}  # fmt: skip
    assert list(fields["kind"].enum_labels) == ["moon", "country", "province", "part", "district"]
    assert fields["kind"].enum_labels["moon"]["en"] == "Moon"


def test_a_list_of_codes_that_does_not_exist_is_refused(facts: Path) -> None:
    edit(facts / "areas.yaml", "    enumLabels:\n", "    enumLabels:\n      like: codes\n")
    assert "`like: codes` names no list of codes" in message(facts)
