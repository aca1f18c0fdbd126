"""What an upload does if a portal is out of order, over real connections on the loopback."""

from __future__ import annotations

import json
import socket
import stat
from contextlib import ExitStack
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from analysis.errors import UserError
from analysis.publish.ckan import UploadStoppedError
from analysis.publish.ckan import portal as portal_module
from analysis.publish.ckan.portal import Portal
from analysis.publish.ckan.sending import send
from analysis.publish.ckan.session import Patience
from analysis.publish.ckan.wanted import read_wanted
from tests.publish.ckan.broken import Behaviour, Broken, Desk, fault, says, silent
from tests.publish.ckan.site import FILES, package, write_site

TOKEN = "eyJ-secret.token_155"
NAME = "a-first-upload-makes-a-public-dataset"
AT_ONCE = Patience(connect=10, answer=10, tries=3, pause=0)
HTML = "<!doctype html><title>Cổng dữ liệu</title>"


class Tried:
    """An upload to a portal that is out of order, and what came of it."""

    def __init__(
        self, folder: Path, action: str, behaviour: Behaviour | None, patience: Patience = AT_ONCE
    ) -> None:
        self.server = Broken(action, behaviour)
        self.lines: list[str] = []
        with self.server.open(), pytest.raises(UserError) as refused:
            attempt(folder, self.server.address, self.lines, patience)
        self.error = refused.value

    @property
    def text(self) -> str:
        return "\n".join([str(self.error), *self.lines])


def attempt(
    folder: Path,
    address: str,
    lines: list[str],
    patience: Patience = AT_ONCE,
    dry_run: bool = False,
) -> Any:
    site = write_site(folder, FILES)
    wanted = read_wanted(package(NAME, FILES), site)
    portal = Portal(address, TOKEN, patience)
    try:
        return send(
            wanted,
            site,
            portal,
            organisation="plan-155-office",
            dry_run=dry_run,
            report=lines.append,
        )
    finally:
        portal.close()


def test_a_connection_that_breaks_in_the_middle_of_a_file_is_tried_three_times(
    tmp_path: Path,
) -> None:
    tried = Tried(tmp_path, "resource_create", None)
    assert isinstance(tried.error, UploadStoppedError)
    assert tried.error.exit_code == 1
    assert tried.server.asked["resource_create"] == 3
    assert tried.server.asked["package_create"] == 1
    assert tried.error.what.startswith("the portal did not answer as it should, 3 times: ")
    assert "data/plan/targets.csv" in tried.error.where
    assert "run the same command again" in tried.error.mend
    assert [line for line in tried.lines if line.startswith("try again")] != []


def test_what_is_not_allowed_is_not_tried_again(tmp_path: Path) -> None:
    error = fault(403, __type="Authorization Error", message="Access denied: no")
    tried = Tried(tmp_path, "package_create", error)
    assert tried.server.asked["package_create"] == 1
    assert tried.error.exit_code == 2
    assert tried.error.what == "the portal does not allow it: Access denied: no"
    assert "PLAN155_CKAN_TOKEN" in tried.error.mend


def test_what_is_not_allowed_after_the_beginning_has_the_code_of_a_failure(tmp_path: Path) -> None:
    error = fault(403, __type="Authorization Error", message="Access denied")
    tried = Tried(tmp_path, "resource_create", error)
    assert tried.error.exit_code == 1
    assert tried.lines[-1].startswith("upload: data/plan/targets.csv")


def test_what_is_not_valid_is_told_with_the_field(tmp_path: Path) -> None:
    error = fault(
        409,
        __type="Validation Error",
        title=["Missing value"],
        resources=[{}, {"url": ["Bad\u001b[31m address"]}],
    )
    tried = Tried(tmp_path, "package_create", error)
    assert "title: Missing value; resources[2].url: Bad" in tried.error.what
    assert "\u001b" not in tried.text
    assert tried.server.asked["package_create"] == 1


def test_a_missing_organisation_is_mended_by_the_option(tmp_path: Path) -> None:
    error = fault(409, __type="Validation Error", owner_org=["An organization must be provided"])
    tried = Tried(tmp_path, "package_create", error)
    assert "--ckan-organisation" in tried.error.mend


@pytest.mark.parametrize("action", ["status_show", "package_show", "organization_list_for_user"])
@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_portal_out_of_order_is_asked_three_times(
    tmp_path: Path, action: str, status: int
) -> None:
    tried = Tried(tmp_path, action, says(status, HTML))
    assert tried.server.asked[action] == 3
    assert f"3 times: HTTP {status}" in tried.error.what
    assert tried.error.exit_code == 2


def test_what_ckan_says_of_its_own_fault_is_told(tmp_path: Path) -> None:
    error = fault(500, __type="Search Index Error", message="Solr is away")
    tried = Tried(tmp_path, "package_create", error)
    assert "HTTP 500, Solr is away" in tried.error.what
    assert tried.server.asked["package_create"] == 3
    assert tried.server.asked["package_show"] == 3  # it looks before it tries again


@pytest.mark.parametrize(("asked", "waited"), [("7", 7), ("86400", 60), ("soon", 0)])
def test_a_portal_that_asks_for_a_pause_gets_it_within_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str, waited: int
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(portal_module.time, "sleep", pauses.append)
    Tried(tmp_path, "status_show", says(503, HTML, Retry_After=asked))
    assert pauses == [waited, waited]


def test_the_pauses_grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(portal_module.time, "sleep", pauses.append)
    Tried(tmp_path, "status_show", says(502, HTML), Patience(tries=4, pause=1.5))
    assert pauses == [1.5, 3.0, 6.0]


@pytest.mark.parametrize(
    "behaviour",
    [
        says(200, HTML),
        says(404, HTML),
        says(401, HTML),
        says(200, '{"hello": 1}', "application/json"),
        says(200, "[]", "application/json"),
        says(200, '{"success": true, "result": {"name": "x"}}', "application/json"),
        says(200, '{"success": false, "error": "of another kind"}', "application/json"),
        fault(404, __type="Not Found Error", message="Not found"),
    ],
)
def test_what_is_no_ckan_is_told_so_at_once(tmp_path: Path, behaviour: Behaviour) -> None:
    tried = Tried(tmp_path, "status_show", behaviour)
    assert tried.error.what.startswith("no CKAN answers there")
    assert tried.server.asked == {"status_show": 1}
    assert tried.error.exit_code == 2


def test_a_page_in_the_place_of_an_answer_stops_an_upload(tmp_path: Path) -> None:
    tried = Tried(tmp_path, "resource_create", says(200, HTML))
    assert isinstance(tried.error, UploadStoppedError)
    assert "HTTP 200, text/html" in tried.error.what


def test_a_portal_that_does_not_answer_is_not_waited_for_endlessly(tmp_path: Path) -> None:
    over = Event()
    with ExitStack() as stack:
        stack.callback(over.set)
        server = Broken("resource_create", silent(over))
        stack.enter_context(server.open())
        stack.callback(over.set)
        lines: list[str] = []
        with pytest.raises(UploadStoppedError, match=r"no answer within 0\.2 seconds"):
            attempt(tmp_path, server.address, lines, Patience(answer=0.2, tries=3, pause=0))
    assert server.asked["resource_create"] == 3


def test_a_redirect_is_told_and_the_token_is_not_sent_on(tmp_path: Path) -> None:
    other = Broken("-", None)
    with other.open():
        tried = Tried(tmp_path, "status_show", says(301, "", Location=f"{other.address}/new"))
    assert other.asked == {}
    assert f"{other.address}/new" in tried.error.mend
    assert tried.server.asked == {"status_show": 1}


def test_a_file_too_large_for_the_web_server_is_named(tmp_path: Path) -> None:
    tried = Tried(tmp_path, "resource_create", says(413, HTML))
    assert "no file as large" in tried.error.what
    assert "data/plan/targets.csv" in tried.error.where
    assert tried.server.asked["resource_create"] == 1


def test_nobody_at_the_address_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(UserError, match="Connection refused") as refused:
            attempt(tmp_path, address, [])
    assert address in refused.value.where
    assert refused.value.exit_code == 2


def test_a_portal_whose_certificate_is_none_is_not_trusted(tmp_path: Path) -> None:
    server = Broken("-", None)
    with server.open(), pytest.raises(UserError, match="cannot be trusted"):
        attempt(tmp_path, server.address.replace("http:", "https:"), [])
    assert server.asked == {}


def echo(desk: Desk) -> dict[str, Any]:
    error = {"__type": "Authorization Error", "message": f"no: {desk.headers['Authorization']}"}
    body = json.dumps({"success": False, "error": error})
    return {"status": 403, "type": "application/json", "body": body}


def echo_as_unknown(desk: Desk) -> dict[str, Any]:
    body = json.dumps({"success": False, "error": {"told": desk.headers["Authorization"]}})
    return {"status": 400, "type": "application/json", "body": body}


def echo_as_type(desk: Desk) -> dict[str, Any]:
    return {"status": 200, "type": f"text/{desk.headers['Authorization']}", "body": HTML}


def echo_as_fault(desk: Desk) -> dict[str, Any]:
    body = json.dumps({"error": {"message": desk.headers["Authorization"]}})
    return {"status": 500, "type": "application/json", "body": body}


def echo_as_redirect(desk: Desk) -> dict[str, Any]:
    place = {"Location": f"https://other.example.org/?t={desk.headers['Authorization']}"}
    return {"status": 302, "type": "text/plain", "body": "", "headers": place}


@pytest.mark.parametrize("action", ["status_show", "package_create", "resource_create"])
@pytest.mark.parametrize(
    "behaviour", [echo, echo_as_unknown, echo_as_type, echo_as_fault, echo_as_redirect]
)
def test_the_token_is_never_shown_even_if_the_portal_says_it_back(
    tmp_path: Path, behaviour: Behaviour, action: str
) -> None:
    tried = Tried(tmp_path, action, behaviour)
    assert TOKEN not in tried.text
    assert {each["Authorization"] for each in tried.server.headers} == {TOKEN}


def test_a_password_of_netrc_does_not_take_the_place_of_the_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password else\n")
    netrc.chmod(stat.S_IRUSR | stat.S_IWUSR)
    monkeypatch.setenv("NETRC", str(netrc))
    tried = Tried(tmp_path, "package_create", says(413, HTML))
    assert {each["Authorization"] for each in tried.server.headers} == {TOKEN}


def without(name: str) -> Behaviour:
    """Return the behaviour of a portal whose schema drops the fields that it does not know."""
    server = Broken("-", None)
    server.server_close()

    def answer(desk: Desk) -> dict[str, Any]:
        action = desk.path.rpartition("/")[2]
        content = json.loads(server.said[action]["body"])
        del content["result"][name]
        return server.said[action] | {"body": json.dumps(content)}

    return answer


def test_a_portal_that_drops_extras_is_noticed_with_the_first_step(tmp_path: Path) -> None:
    tried = Tried(tmp_path, "package_create", without("extras"))
    assert tried.error.what == "the portal does not keep extras"
    assert tried.error.exit_code == 1  # the dataset was made
    assert tried.server.asked["resource_create"] == 0


def test_a_portal_that_drops_fields_of_resources_is_noticed_with_the_first_file(
    tmp_path: Path,
) -> None:
    tried = Tried(tmp_path, "resource_create", without("plan155_path"))
    assert tried.error.what == "the portal does not keep further fields of resources"
    assert tried.server.asked["resource_create"] == 1


def test_a_portal_that_says_yes_and_keeps_nothing_is_noticed_at_the_end(tmp_path: Path) -> None:
    server = Broken("-", None)  # shows the dataset as it was made, always
    first = dict(list(FILES.items())[:1])
    wanted = read_wanted(package(NAME, first), write_site(tmp_path, first))
    portal = Portal(server.address, TOKEN, AT_ONCE)
    options = {"organisation": "plan-155-office", "dry_run": False, "report": print}
    with server.open(), pytest.raises(UploadStoppedError, match="does not keep what was sent"):
        send(wanted, tmp_path, portal, **options)
    portal.close()
    assert server.asked["package_patch"] == 1


def test_a_site_that_has_changed_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    site = write_site(tmp_path, FILES)
    record = package(NAME, FILES)
    (site / "data/plan/targets.csv").write_bytes(b"other\n")
    (site / "data/plan/tasks.csv").unlink()
    with pytest.raises(Exception, match="not that of the catalogue") as refused:
        read_wanted(record, site)
    assert "is not in the site" in str(refused.value)


def test_a_stop_by_the_person_is_not_swallowed(tmp_path: Path) -> None:
    server = Broken("-", None)

    def stop(line: str) -> None:
        if line.startswith("upload"):
            raise KeyboardInterrupt

    site = write_site(tmp_path, FILES)
    wanted = read_wanted(package(NAME, FILES), site)
    portal = Portal(server.address, TOKEN, AT_ONCE)
    with server.open(), pytest.raises(KeyboardInterrupt):
        send(wanted, site, portal, organisation="plan-155-office", dry_run=False, report=stop)
    portal.close()
    assert server.asked["resource_create"] == 0
