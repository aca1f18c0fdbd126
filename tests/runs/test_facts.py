from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from analysis.errors import UserError
from analysis.runs.facts import read_facts
from tests.runs.project import write_package


def test_facts_hold_version_digest_and_names_of_groups(tmp_path: Path) -> None:
    facts = read_facts(write_package(tmp_path, version="2.1.0"))
    raw = (tmp_path / "datapackage.json").read_bytes()
    assert (facts.name, facts.version) == ("small", "2.1.0")
    assert facts.sha256 == hashlib.sha256(raw).hexdigest()
    assert facts.subject("group_id", "2").name("vi") == "Đói & nghèo"
    assert facts.subject("group_id", "2").name("en") == "Poverty"


def test_a_subject_that_the_package_lacks_is_called_by_its_id(tmp_path: Path) -> None:
    facts = read_facts(write_package(tmp_path))
    assert facts.subject("group_id", "9").name("vi") == "9"
    assert facts.subject("agency_id", "so-y-te").name("en") == "so-y-te"


def test_a_table_that_the_package_lacks_has_no_subjects(tmp_path: Path) -> None:
    ids = read_facts(write_package(tmp_path)).subject_ids
    assert ids == {"group_id": ("1", "2", "3"), "task_group_id": (), "agency_id": ()}


def test_the_plan_has_eleven_groups_nine_task_groups_and_agencies_that_answer(root: Path) -> None:
    ids = read_facts(root).subject_ids
    assert ids["group_id"] == tuple(str(n) for n in range(1, 12))
    assert ids["task_group_id"] == ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    assert {"so-y-te", "so-nong-nghiep-va-moi-truong"} <= set(ids["agency_id"])


def test_a_folder_without_a_descriptor_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no datapackage\.json") as caught:
        read_facts(tmp_path)
    assert "plan155 build" in caught.value.mend


@pytest.mark.parametrize(
    ("text", "said"), [("{", "not JSON"), ("[]", "not an object"), ("{}", "no resource")]
)
def test_a_damaged_descriptor_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "datapackage.json").write_text(text)
    with pytest.raises(UserError, match=said):
        read_facts(tmp_path)


@pytest.mark.parametrize(
    "text", ["group_id,name_vi\n1,x\n", "group_id,name_vi,name_en\n../x,x,y\n"]
)
def test_a_table_of_groups_that_cannot_be_read_is_refused(tmp_path: Path, text: str) -> None:
    write_package(tmp_path)
    (tmp_path / "data/plan/indicator_groups.csv").write_text(text)
    with pytest.raises(UserError, match="cannot be read"):
        read_facts(tmp_path)


def test_a_missing_table_of_groups_is_refused(tmp_path: Path) -> None:
    write_package(tmp_path)
    (tmp_path / "data/plan/indicator_groups.csv").unlink()
    with pytest.raises(UserError, match="cannot be read"):
        read_facts(tmp_path)
