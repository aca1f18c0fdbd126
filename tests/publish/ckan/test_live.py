"""The uploader against a real CKAN, where the environment names one; the recordings come from here.

``PLAN155_TEST_CKAN_URL``
    The address of a CKAN on this machine that may be filled with trial datasets.
``PLAN155_TEST_CKAN_TOKEN``, ``PLAN155_TEST_CKAN_OUTSIDER``
    The tokens of an editor of the organisation and of a user who is a member of none.
``PLAN155_TEST_CKAN_ORGANISATION``
    The name of the organisation; there must be another one, ``other-office``.
``PLAN155_TEST_CKAN_RECORD``
    ``1``: write the recordings anew, into ``recorded/`` and the version of that CKAN.

That CKAN must take files of up to 1 MB (``ckan.max_resource_size = 1``). Its search index is not
used: it may as well be a server that takes every document and finds none.
"""

from __future__ import annotations

import http.client
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from analysis.publish import Edition
from analysis.publish.catalogue import ckan_package
from analysis.publish.ckan import TOKEN, upload
from tests.publish.ckan.exchanges import Recorder
from tests.publish.ckan.scenarios import SCENARIOS, Stage, as_text

URL = os.environ.get("PLAN155_TEST_CKAN_URL", "")
RECORDED = Path(__file__).parent / "recorded"
ORGANISATION = "plan-155-office"

pytestmark = pytest.mark.skipif(not URL, reason="PLAN155_TEST_CKAN_URL names no CKAN to try")


class RealHouse:
    """Does things on a real portal, past the recorder."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder

    def do(self, action: str, **fields: Any) -> Any:
        return call(action, self.recorder.tokens["editor"], fields)

    def lose(self, action: str, how: str) -> None:
        self.recorder.faults.append((action, how))


def call(action: str, token: str, fields: dict[str, Any]) -> Any:
    parts = urlsplit(URL)
    connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    headers = {"Authorization": token, "Content-Type": "application/json"}
    body = json.dumps(fields)
    connection.request("POST", f"{parts.path.rstrip('/')}/api/action/{action}", body, headers)
    answer = json.loads(connection.getresponse().read())
    connection.close()
    assert answer["success"], answer
    return answer["result"]


@pytest.fixture
def recorder(request: pytest.FixtureRequest) -> Iterator[tuple[Recorder, str]]:
    scenario = request.getfixturevalue("scenario")
    tokens = {
        "editor": os.environ["PLAN155_TEST_CKAN_TOKEN"],
        "outsider": os.environ["PLAN155_TEST_CKAN_OUTSIDER"],
        "wrong": "not-a-token",
    }
    name = f"{uuid4().hex[:8]}-{scenario.replace('_', '-')}"
    site = call("status_show", tokens["editor"], {})["site_url"]
    organisation = os.environ["PLAN155_TEST_CKAN_ORGANISATION"]
    replacing = {
        name: scenario.replace("_", "-"),
        site: "https://portal.example.org",
        organisation: ORGANISATION,
    }
    made = Recorder(URL.rstrip("/"), tokens, replacing)
    with made.open():
        yield made, name


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_real_portal_does_what_the_scenario_says(
    scenario: str, recorder: tuple[Recorder, str], tmp_path: Path
) -> None:
    server, name = recorder
    organisation = os.environ["PLAN155_TEST_CKAN_ORGANISATION"]
    stage = Stage(
        server.address, dict(server.tokens), name, organisation, RealHouse(server), tmp_path
    )
    SCENARIOS[scenario](stage)
    assert not server.faults, "a fault that was ordered did not come about"
    if os.environ.get("PLAN155_TEST_CKAN_RECORD") == "1":
        version = call("status_show", server.tokens["editor"], {})["ckan_version"]
        folder = RECORDED / version
        folder.mkdir(parents=True, exist_ok=True)
        text = as_text(version, server.exchanges)
        (folder / f"{scenario}.json").write_text(text, encoding="utf-8", newline="\n")


def test_a_real_portal_takes_the_edition_of_the_real_data(
    edition: Edition, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = os.environ["PLAN155_TEST_CKAN_TOKEN"]
    monkeypatch.setenv(TOKEN, token)
    organisation = os.environ["PLAN155_TEST_CKAN_ORGANISATION"]
    expected = ckan_package(edition, site)
    try:
        first = upload(edition, site, URL, organisation=organisation, report=print)
        assert list(first.uploaded) == [each["url"] for each in expected["resources"]]
        assert not first.private
        assert upload(edition, site, URL, report=print).nothing_to_do
        found = call("package_show", token, {"id": edition.name})
        assert found["title"] == expected["title"]
        assert found["license_title"] == "Creative Commons Attribution"
        for resource, wanted in zip(found["resources"], expected["resources"], strict=True):
            answer = fetched(resource["url"])
            assert answer == (site / wanted["url"]).read_bytes()
    finally:  # its name is needed again
        call("package_patch", token, {"id": edition.name, "name": uuid4().hex})


def fetched(address: str) -> bytes:
    """Return what anybody gets who asks the portal for a file."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(urlsplit(URL).netloc, timeout=60)
    connection.request("GET", parts.path)
    content = connection.getresponse().read()
    connection.close()
    return content
