"""The whole upload of an edition of the real data, up to the portal."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import UserError
from analysis.publish import Edition
from analysis.publish.catalogue import ckan_package
from analysis.publish.ckan import TOKEN, upload
from tests.publish.ckan.broken import Broken, says


def test_a_dry_run_names_every_file_of_the_catalogue_and_reads_only(
    edition: Edition, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TOKEN, "a-token")
    server = Broken("package_show", says(404, NOT_THERE, "application/json"))
    lines: list[str] = []
    with server.open():
        report = upload(
            edition,
            site,
            server.address,
            organisation="plan-155-office",
            dry_run=True,
            report=lines.append,
        )
    expected = [each["url"] for each in ckan_package(edition, site)["resources"]]
    assert list(report.uploaded) == expected
    assert set(expected) >= {each["path"] for each in edition.descriptor["resources"]}
    assert report.address == f"{server.address}/dataset/{edition.name}"
    assert set(server.asked) == {"status_show", "package_show", "organization_list_for_user"}
    assert len(lines) == len(expected) + 4
    assert report.as_dict()["dry_run"] is True


NOT_THERE = (
    '{"success": false, "error": {"__type": "Not Found Error", "message": "Not found"}, "help": ""}'
)


def test_without_a_token_nothing_is_asked(
    edition: Edition, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(TOKEN, raising=False)
    server = Broken("-", None)
    with server.open(), pytest.raises(UserError, match="no token"):
        upload(edition, site, server.address, report=print)
    assert server.asked == {}


def test_without_a_site_nothing_is_asked(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TOKEN, "a-token")
    server = Broken("-", None)
    with server.open(), pytest.raises(UserError, match="no site to upload"):
        upload(edition, tmp_path / "none", server.address, report=print)
    assert server.asked == {}
