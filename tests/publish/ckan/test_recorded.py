"""The uploader against what a real CKAN has said.

The recordings in ``recorded/`` are conversations with CKAN 2.11.6 and 2.12.0, each with its own
PostgreSQL and Redis, made by ``test_live.py`` on a machine without a search index: a small server
took every document that CKAN wanted to be indexed, and found none. Uploads search for nothing, and
``package_show`` then answers from the database. All else, such as authorisation, validation and
the storage of files, is CKAN's own.

The player takes no other request than the recorded one, byte by byte of every file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.publish.ckan.exchanges import Player
from tests.publish.ckan.scenarios import SCENARIOS, Stage, as_text
from tests.publish.ckan.site import FILES

RECORDED = Path(__file__).parent / "recorded"
VERSIONS = sorted(each.name for each in RECORDED.iterdir() if each.is_dir())
TOKENS = {"editor": "token-of-the-editor", "outsider": "token-of-an-outsider", "wrong": "not-one"}


class NoHouse:
    """There is no real portal: what was done on it shows in the recording."""

    def do(self, *_: Any, **__: Any) -> None:
        """Do nothing."""

    def lose(self, *_: Any) -> None:
        """Do nothing."""


def recording(version: str, scenario: str) -> list[dict[str, Any]]:
    text = (RECORDED / version / f"{scenario}.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)["exchanges"]
    return found


def play(player: Player, scenario: str, folder: Path) -> None:
    name = scenario.replace("_", "-")
    stage = Stage(player.address, TOKENS, name, "plan-155-office", NoHouse(), folder)
    with player.open():
        SCENARIOS[scenario](stage)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_uploader_holds_the_recorded_conversation(
    scenario: str, version: str, tmp_path: Path
) -> None:
    player = Player(recording(version, scenario), TOKENS)
    try:
        play(player, scenario, tmp_path)
    finally:
        assert not player.complaints, "\n".join(player.complaints)
    assert not player.left, "the uploader has left out requests that it made of the real portal"


def test_a_request_that_is_not_in_the_recording_is_noticed(tmp_path: Path) -> None:
    scenario = "a_first_upload_makes_a_public_dataset"
    player = Player(recording(VERSIONS[-1], scenario), TOKENS)
    sent = next(each for each in player.left if "file" in each["request"])
    sent["request"]["file"]["upload"]["sha256"] = "0" * 64
    with pytest.raises(Exception, match="HTTP 418"):
        play(player, scenario, tmp_path)
    assert len(player.complaints) == 1


@pytest.mark.parametrize("version", VERSIONS)
def test_a_dry_run_sends_only_what_cannot_write(version: str) -> None:
    told = recording(version, "a_dry_run_tells_all_and_writes_nothing")
    assert {each["request"]["method"] for each in told} == {"GET"}


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_there_already_is_sent_once(version: str) -> None:
    told = recording(version, "a_second_upload_finds_nothing_to_do")
    sent = [each["request"]["file"] for each in told if each["request"].get("file")]
    assert len(sent) == len(FILES)


def test_every_scenario_is_recorded_with_every_version_and_nothing_else_is() -> None:
    for version in VERSIONS:
        found = {each.stem for each in (RECORDED / version).iterdir()}
        assert found == set(SCENARIOS), version
    assert len(VERSIONS) == 2


def test_the_recordings_hold_no_token_and_no_place_of_a_machine() -> None:
    for path in RECORDED.rglob("*.json"):
        text = path.read_text(encoding="utf-8")
        content = json.loads(text)
        assert as_text(content["ckan"], content["exchanges"]) == text
        assert not [word for word in ("eyJ", "127.0.0.1", "localhost", "/tmp/") if word in text]
