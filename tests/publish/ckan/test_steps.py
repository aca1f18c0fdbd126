"""Comparing what a portal has with what is wanted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.publish.ckan.steps import Step, foreign_files, is_ours, plan_steps
from analysis.publish.ckan.wanted import File, Wanted, read_wanted
from tests.publish.ckan.site import FILES, package, write_site

ORGANISATION = "plan-155-office"


@pytest.fixture
def wanted(tmp_path: Path) -> Wanted:
    return read_wanted(package("plan", FILES), write_site(tmp_path, FILES))


def after(steps: tuple[Step, ...], found: dict[str, Any] | None, wanted: Wanted) -> dict[str, Any]:
    """Return what a portal has after steps, as plainly as can be: a dict and a list."""
    now: dict[str, Any] = {**(found or {}), "resources": list((found or {}).get("resources", ()))}
    for step in steps:
        resources = now["resources"]
        if step.kind == "add" and step.file:
            made = {"url_type": "upload", "size": step.file.size, **step.fields}
            resources.append({"id": f"new-{len(resources)}-{step.what}", **made})
        elif step.kind == "replace" and step.file:
            made = {"url_type": "upload", "size": step.file.size, **step.fields}
            now["resources"] = [
                {**each, **made} if each["id"] == step.id else each for each in resources
            ]
        elif step.kind == "describe":
            now["resources"] = [
                {**each, **step.fields} if each["id"] == step.id else each for each in resources
            ]
        elif step.kind == "remove":
            now["resources"] = [each for each in resources if each["id"] != step.id]
        elif step.kind == "order":
            places = {each.path: number for number, each in enumerate(wanted.files)}
            resources.sort(key=lambda one: places.get(one.get("plan155_path"), len(places)))
        else:
            now |= step.fields
    return now


def kinds(steps: tuple[Step, ...]) -> list[str]:
    return [step.kind for step in steps]


def test_what_is_not_there_is_made_and_made_public_last(wanted: Wanted) -> None:
    steps = plan_steps(wanted, None, ORGANISATION)
    assert kinds(steps) == ["create", "add", "add", "add", "add", "finish"]
    assert steps[0].fields["private"] is True
    assert "version" not in steps[0].fields
    assert steps[-1].fields["private"] is False
    assert steps[-1].fields["version"] == "1.0.0"


def test_without_an_organisation_nothing_is_private(wanted: Wanted) -> None:
    steps = plan_steps(wanted, None)
    assert "private" not in steps[0].fields
    assert "owner_org" not in steps[0].fields
    assert "private" not in steps[-1].fields


def test_after_all_steps_none_are_left(wanted: Wanted) -> None:
    now = after(plan_steps(wanted, None, ORGANISATION), None, wanted)
    assert plan_steps(wanted, now, ORGANISATION) == ()
    assert is_ours(now)
    assert foreign_files(now) == ()


@given(st.data())
def test_from_wherever_it_stands_the_steps_lead_to_what_is_wanted(data: st.DataObject) -> None:
    """Files of ours and of others in any order, twice, with old content, or not there."""
    files = tuple(
        File(path, path[:1] * 64, 5, {"name": path, "hash": "x", "description": ""})
        for path in ("a.csv", "b.csv", "c.csv")
    )
    wanted = Wanted("plan", {"title": "t", "version": "1"}, ("a tag",), {"x": "1"}, files)
    there = st.fixed_dictionaries(
        {
            "plan155_path": st.sampled_from(["a.csv", "b.csv", "c.csv", "old.csv", None]),
            "plan155_sha256": st.sampled_from(["a" * 64, "b" * 64, "c" * 64, None]),
            "url_type": st.sampled_from(["upload", None]),
            "size": st.sampled_from([5, 6, None]),
            "name": st.sampled_from(["a.csv", "b.csv", "c.csv", "other"]),
            "description": st.sampled_from(["", None, "old"]),
        }
    )
    resources = [
        {**each, "id": str(number)}
        for number, each in enumerate(data.draw(st.lists(there, max_size=7)))
    ]
    extra = {"key": "plan155_upload", "value": data.draw(st.sampled_from(["started", "complete"]))}
    found = {"private": data.draw(st.booleans()), "extras": [extra], "resources": resources}
    now = after(plan_steps(wanted, found), found, wanted)
    assert plan_steps(wanted, now) == ()
    paths = [each["plan155_path"] for each in now["resources"]]
    foreign = [each for each in resources if not each["plan155_path"]]
    assert paths == ["a.csv", "b.csv", "c.csv", *(None for _ in foreign)]
    assert [each for each in now["resources"] if not each["plan155_path"]] == foreign
    if extra["value"] == "complete":
        assert now["private"] == found["private"]
    else:
        assert now["private"] is False


def done(wanted: Wanted) -> dict[str, Any]:
    return after(plan_steps(wanted, None, ORGANISATION), None, wanted)


def test_a_portal_may_write_a_format_in_its_own_way(wanted: Wanted) -> None:
    now = done(wanted)
    now["resources"][3]["format"] = "TURTLE"
    assert plan_steps(wanted, now) == ()


def test_a_sum_that_the_portal_writes_of_its_own_does_not_matter(wanted: Wanted) -> None:
    now = done(wanted)
    now["resources"][0]["hash"] = "md5 of an add-on"
    assert plan_steps(wanted, now) == ()


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("plan155_sha256", "0" * 64, "its content is new"),
        ("url_type", "", "the portal has no file for it"),
        ("size", 1, "the portal's file has another size"),
    ],
)
def test_a_file_that_the_portal_does_not_have_is_sent_again(
    wanted: Wanted, field: str, value: Any, why: str
) -> None:
    now = done(wanted)
    now["resources"][1][field] = value
    (step,) = plan_steps(wanted, now)
    assert (step.kind, step.what, step.why) == ("replace", "data/plan/tasks.csv", why)


def test_a_size_that_is_not_told_is_no_reason_to_send_again(wanted: Wanted) -> None:
    now = done(wanted)
    now["resources"][1]["size"] = None
    assert plan_steps(wanted, now) == ()


def test_a_file_that_is_there_twice_is_removed_once(wanted: Wanted) -> None:
    now = done(wanted)
    now["resources"].append({**now["resources"][0], "id": "second"})
    (step,) = plan_steps(wanted, now)
    assert (step.kind, step.id, step.why) == ("remove", "second", "there twice")


def test_extras_of_others_stay_and_ours_of_before_go(wanted: Wanted) -> None:
    now = done(wanted)
    now["extras"] += [{"key": "contact", "value": "x"}]
    assert plan_steps(wanted, now) == ()
    fewer = Wanted(wanted.name, wanted.fields, wanted.tags, {"as_of": "2027-01-01"}, wanted.files)
    (step,) = plan_steps(fewer, now)
    extras = {each["key"]: each["value"] for each in step.fields["extras"]}
    assert extras == {
        "as_of": "2027-01-01",
        "contact": "x",
        "plan155_extras": '["as_of"]',
        "plan155_upload": "complete",
    }


@pytest.mark.parametrize("told", ["", "no JSON", "5", '{"a": 1}'])
def test_a_list_of_extras_that_was_spoiled_by_hand_takes_nothing_away(
    wanted: Wanted, told: str
) -> None:
    now = done(wanted)
    for each in now["extras"]:
        if each["key"] == "plan155_extras":
            each["value"] = told
    (step,) = plan_steps(wanted, now)
    assert {each["key"] for each in step.fields["extras"]} == {
        each["key"] for each in now["extras"]
    }


def test_a_dataset_without_the_mark_is_not_ours() -> None:
    assert not is_ours({"extras": [{"key": "title_en", "value": "x"}]})
    assert not is_ours({})
