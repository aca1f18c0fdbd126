"""What people do with an upload: played against a real CKAN, and against recordings of one.

A scenario is a function that takes a :class:`Stage`. What it asserts, it asserts of both.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest

from analysis.errors import UserError
from analysis.publish.ckan import UploadReport, UploadStoppedError
from analysis.publish.ckan.portal import Portal
from analysis.publish.ckan.sending import send
from analysis.publish.ckan.session import Patience
from analysis.publish.ckan.wanted import read_wanted
from tests.publish.ckan.site import FILES, package, write_site

AT_ONCE = Patience(connect=30, answer=60, tries=3, pause=0)


class House(Protocol):
    """Whoever keeps the real portal, if there is one."""

    def do(self, action: str, **fields: Any) -> Any:
        """Do something on the portal itself, past the upload; nothing when playing back."""

    def lose(self, action: str, how: str) -> None:
        """Lose the next answer to an action (``lost``), or the request itself (``cut``)."""


@dataclass
class Stage:
    """Where a scenario plays.

    Parameters
    ----------
    address
        The portal, or what takes its place.
    tokens
        The tokens by label: ``editor``, ``outsider``, ``wrong``.
    name
        The name of the dataset.
    organisation
        In which the editor may make datasets.
    house
        Who keeps the portal.
    folder
        An empty folder.
    lines
        What the uploads have reported.
    """

    address: str
    tokens: dict[str, str]
    name: str
    organisation: str
    house: House
    folder: Path
    lines: list[str] = field(default_factory=list)

    def send(
        self,
        files: dict[str, bytes] = FILES,
        *,
        token: str = "editor",
        organisation: str | None = "",
        dry_run: bool = False,
        **fields: Any,
    ) -> UploadReport:
        """Upload files as the scenario's dataset."""
        site = write_site(self.folder, files)
        wanted = read_wanted(package(self.name, files, **fields), site)
        portal = Portal(self.address, self.tokens[token], AT_ONCE)
        self.lines.clear()
        try:
            return send(
                wanted,
                site,
                portal,
                organisation=self.organisation if organisation == "" else organisation,
                dry_run=dry_run,
                report=self.lines.append,
            )
        finally:
            portal.close()

    def look(self) -> dict[str, Any]:
        """Return the dataset as the portal shows it to its editor."""
        portal = Portal(self.address, self.tokens["editor"], AT_ONCE)
        try:
            return portal.dataset(self.name) or {}
        finally:
            portal.close()

    def paths(self) -> list[str]:
        """Return the paths of the resources of the dataset, in order."""
        return [each.get("plan155_path", each["name"]) for each in self.look()["resources"]]


def a_first_upload_makes_a_public_dataset(stage: Stage) -> None:
    report = stage.send()
    assert report.created
    assert report.uploaded == tuple(FILES)
    assert not report.private
    found = stage.look()
    assert found["private"] is False
    assert found["state"] == "active"
    assert found["version"] == "1.0.0"
    assert found["organization"]["name"] == stage.organisation
    assert found["notes"] == "Chỉ tiêu và nhiệm vụ.\n\nTargets and tasks."
    assert sorted(each["name"] for each in found["tags"]) == ["an sinh xã hội", "quang-ninh"]
    extras = {each["key"]: each["value"] for each in found["extras"]}
    assert extras["plan155_upload"] == "complete"
    assert extras["as_of"] == "2026-11-25"
    for resource, (path, content) in zip(found["resources"], FILES.items(), strict=True):
        assert resource["plan155_path"] == path
        assert resource["size"] == len(content)
        assert resource["description"] == f"Tệp {path}"
        assert resource["url"].endswith(f"/download/{path.rpartition('/')[2]}")


def a_second_upload_finds_nothing_to_do(stage: Stage) -> None:
    stage.send()
    report = stage.send()
    assert report.nothing_to_do
    assert report.unchanged == tuple(FILES)
    assert stage.lines[-1].startswith("nothing to do")


def an_update_sends_only_what_is_new(stage: Stage) -> None:
    stage.send()
    files = {
        "data/plan/indicators.csv": b"indicator_id\n5.7\n",
        "data/plan/targets.csv": FILES["data/plan/targets.csv"] + b"5.9,12\n",
        "downloads/plan-155.zip": FILES["downloads/plan-155.zip"],
        "catalogue/catalog.ttl": FILES["catalogue/catalog.ttl"],
    }
    report = stage.send(files, version="1.1.0")
    assert not report.created
    assert report.uploaded == ("data/plan/indicators.csv", "data/plan/targets.csv")
    assert report.removed == ("data/plan/tasks.csv",)
    assert report.unchanged == ("downloads/plan-155.zip", "catalogue/catalog.ttl")
    found = stage.look()
    assert found["version"] == "1.1.0"
    assert [each["plan155_path"] for each in found["resources"]] == list(files)
    assert [each["size"] for each in found["resources"]] == [len(each) for each in files.values()]


def new_words_alone_send_no_file(stage: Stage) -> None:
    stage.send()
    resources = package(stage.name, FILES)["resources"]
    resources[1]["description"] = "Nhiệm vụ và giải pháp"
    extras = [{"key": "as_of", "value": "2026-12-01"}]
    report = stage.send(resources=resources, extras=extras, tags=[{"name": "quang-ninh"}])
    assert report.uploaded == ()
    assert report.described == ("data/plan/tasks.csv",)
    found = stage.look()
    assert found["resources"][1]["description"] == "Nhiệm vụ và giải pháp"
    assert [each["name"] for each in found["tags"]] == ["quang-ninh"]
    extras = {each["key"]: each["value"] for each in found["extras"]}
    assert extras["as_of"] == "2026-12-01"
    assert "language" not in extras  # ours, and no longer said


def what_others_have_added_stays(stage: Stage) -> None:
    stage.send()
    stage.house.do(
        "resource_create",
        package_id=stage.name,
        name="Bản đồ",
        url="https://map.example.org/",
    )
    extras = [
        *package(stage.name, FILES)["extras"],
        {"key": "plan155_upload", "value": "complete"},
        {"key": "plan155_extras", "value": '["as_of", "language"]'},
        {"key": "contact", "value": "Phòng Thống kê"},
    ]
    stage.house.do("package_patch", id=stage.name, extras=extras, maintainer="Văn phòng")
    new = {"data/plan/groups.csv": b"group_id\n1\n"}
    report = stage.send(FILES | new, version="1.2.0")
    assert report.foreign == ("Bản đồ",)
    assert "left alone: Bản đồ (not made by this command)" in stage.lines
    found = stage.look()
    assert stage.paths() == [*FILES, *new, "Bản đồ"]
    assert found["maintainer"] == "Văn phòng"
    assert {"key": "contact", "value": "Phòng Thống kê"} in found["extras"]


def a_lost_answer_leaves_nothing_twice(stage: Stage) -> None:
    stage.house.lose("package_create", "lost")
    stage.house.lose("resource_create", "lost")
    stage.house.lose("resource_create", "cut")
    stage.house.lose("package_patch", "lost")
    report = stage.send()
    assert report.created
    assert report.uploaded == tuple(FILES)
    assert stage.paths() == list(FILES)
    assert stage.look()["private"] is False


def an_upload_that_broke_off_is_gone_on_with(stage: Stage) -> None:
    for _ in range(AT_ONCE.tries):
        stage.house.lose("resource_create", "cut")
    with pytest.raises(UploadStoppedError, match="run the same command again") as stopped:
        stage.send()
    assert stopped.value.exit_code == 1
    found = stage.look()
    assert found["private"] is True  # nobody sees half of a dataset
    assert found["version"] is None
    report = stage.send()
    assert not report.created
    assert report.uploaded == tuple(FILES)
    assert stage.look()["private"] is False


def a_dataset_that_was_made_private_stays_so(stage: Stage) -> None:
    stage.send()
    stage.house.do("package_patch", id=stage.name, private=True)
    report = stage.send(version="1.0.1")
    assert report.private
    assert stage.look()["private"] is True
    assert "private" in stage.lines[-1]


def a_dry_run_tells_all_and_writes_nothing(stage: Stage) -> None:
    report = stage.send(dry_run=True)
    assert report.dry_run
    assert report.created
    assert report.uploaded == tuple(FILES)
    assert [line.partition(" (")[0] for line in stage.lines[1:-1]] == [
        f"would new dataset: {stage.name}",
        *(f"would upload: {path}" for path in FILES),
        f"would dataset: {stage.name}",
    ]
    assert stage.look() == {}


def a_dry_run_of_an_update_tells_only_what_is_new(stage: Stage) -> None:
    stage.send()
    before = stage.look()
    files = {path: FILES[path] for path in reversed(FILES)}
    files["data/plan/tasks.csv"] += b"I.2,x\n"
    report = stage.send(files, dry_run=True, version="2.0.0")
    assert report.uploaded == ("data/plan/tasks.csv",)
    assert report.changed
    assert stage.look() == before


def a_token_that_the_portal_does_not_know_is_refused(stage: Stage) -> None:
    with pytest.raises(UserError, match="may not make datasets in that organisation") as refused:
        stage.send(token="wrong")
    assert "PLAN155_CKAN_TOKEN" in str(refused.value)


def an_outsider_may_not_update(stage: Stage) -> None:
    stage.send()
    with pytest.raises(UserError, match=r"not allow it: .*not authorized") as refused:
        stage.send(token="outsider", version="9.9.9")
    assert refused.value.exit_code == 2
    assert stage.look()["version"] == "1.0.0"


def without_an_organisation_those_that_are_open_are_named(stage: Stage) -> None:
    with pytest.raises(UserError, match="needs an organisation") as refused:
        stage.send(organisation=None)
    assert stage.organisation in refused.value.mend


def another_organisation_is_refused(stage: Stage) -> None:
    with pytest.raises(UserError, match="that organisation") as refused:
        stage.send(organisation="other-office")
    assert stage.organisation in refused.value.mend


def what_is_not_valid_is_told_field_by_field(stage: Stage) -> None:
    with pytest.raises(UserError, match="refuses the data") as refused:
        stage.send(tags=[{"name": "good"}, {"name": "a*b"}, {"name": "c"}])
    assert refused.value.exit_code == 2
    assert "a*b" in refused.value.what
    assert "less than minimum" in refused.value.what
    assert stage.look() == {}


def a_file_too_large_is_named(stage: Stage) -> None:
    files = FILES | {"downloads/large.bin": bytes(1_500_000)}
    with pytest.raises(UploadStoppedError, match="too large") as refused:
        stage.send(files)
    assert "downloads/large.bin" in refused.value.where
    assert stage.look()["private"] is True


def a_dataset_of_the_same_name_by_others_is_left_alone(stage: Stage) -> None:
    stage.house.do("package_create", name=stage.name, owner_org=stage.organisation, title="Khác")
    with pytest.raises(UserError, match="not made by this command"):
        stage.send()
    assert stage.look()["title"] == "Khác"


def a_deleted_dataset_is_not_brought_back(stage: Stage) -> None:
    stage.send()
    stage.house.do("package_delete", id=stage.name)
    with pytest.raises(UserError, match="was deleted on the portal"):
        stage.send()


def a_file_that_was_taken_away_on_the_portal_is_sent_again(stage: Stage) -> None:
    stage.send()
    there = stage.look()["resources"][0]
    fields = {"url": "https://elsewhere.example.org/x.csv", "url_type": ""}
    stage.house.do("resource_patch", id=there["id"], **fields)
    report = stage.send()
    assert report.uploaded == ("data/plan/targets.csv",)
    assert stage.look()["resources"][0]["url_type"] == "upload"


SCENARIOS: dict[str, Callable[[Stage], None]] = {
    found.__name__: found
    for found in (
        a_first_upload_makes_a_public_dataset,
        a_second_upload_finds_nothing_to_do,
        an_update_sends_only_what_is_new,
        new_words_alone_send_no_file,
        what_others_have_added_stays,
        a_lost_answer_leaves_nothing_twice,
        an_upload_that_broke_off_is_gone_on_with,
        a_dataset_that_was_made_private_stays_so,
        a_dry_run_tells_all_and_writes_nothing,
        a_dry_run_of_an_update_tells_only_what_is_new,
        a_token_that_the_portal_does_not_know_is_refused,
        an_outsider_may_not_update,
        without_an_organisation_those_that_are_open_are_named,
        another_organisation_is_refused,
        what_is_not_valid_is_told_field_by_field,
        a_file_too_large_is_named,
        a_dataset_of_the_same_name_by_others_is_left_alone,
        a_deleted_dataset_is_not_brought_back,
        a_file_that_was_taken_away_on_the_portal_is_sent_again,
    )
}


def as_text(ckan: str, exchanges: list[dict[str, Any]]) -> str:
    """Return a recording as the text of its file: a line for each exchange."""
    lines = [json.dumps(each, ensure_ascii=False, sort_keys=True) for each in exchanges]
    listed = ",\n".join(lines)
    return f'{{"ckan": "{ckan}", "exchanges": [\n{listed}\n]}}\n'
