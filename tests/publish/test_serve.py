"""The preview of a site, asked over real connections."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pytest

from analysis.errors import UserError
from analysis.publish.serve import HOST, TYPES, Preview, open_preview

POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'"
PAGE = (
    '<!doctype html><html lang="vi"><meta charset="utf-8">'
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY.replace(chr(39), "&#39;")}">'
    "<title>Kế hoạch 155</title>"
)


@dataclass
class Site:
    """A site that is shown."""

    preview: Preview
    folder: Path
    lines: list[str] = field(default_factory=list)

    def ask(
        self, path: str, method: str = "GET", host: str | None = None
    ) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection(HOST, self.preview.server_address[1], timeout=30)
        connection.putrequest(method, path, skip_host=host is not None)
        if host is not None:
            connection.putheader("Host", host)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def raw(self, request: bytes) -> bytes:
        """Send bytes as they are, and return all that comes back."""
        with socket.create_connection((HOST, self.preview.server_address[1]), timeout=30) as line:
            line.sendall(request)
            line.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: line.recv(65_536), b""))


@contextmanager
def shown(folder: Path) -> Iterator[Site]:
    lines: list[str] = []
    with open_preview(folder, 0, lines.append) as preview:
        thread = Thread(target=preview.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield Site(preview, folder, lines)
        finally:
            preview.shutdown()
            thread.join()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "site"
    for name in ("index.html", "vi/index.html", "404.html", "vi/nhiệm vụ.html"):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(f"{PAGE}<h1>{name}</h1>", encoding="utf-8")
    (made / "data").mkdir()
    (made / "data" / "plan.csv").write_text("a,b\n1,ệ\n", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "site-beside").mkdir()
    (tmp_path / "site-beside" / "index.html").write_text("secret", encoding="utf-8")
    return made


@pytest.fixture
def site(folder: Path) -> Iterator[Site]:
    with shown(folder) as found:
        yield found


def test_the_first_page_and_pages_below_are_shown(site: Site) -> None:
    for path, name in [("/", "index.html"), ("/vi/", "vi/index.html"), ("/vi/?q=1", "vi/index")]:
        answer, body = site.ask(path)
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert f"<h1>{name}" in body.decode("utf-8")


def test_a_name_with_vietnamese_letters_is_found_as_a_browser_asks_for_it(site: Site) -> None:
    answer, body = site.ask("/vi/nhi%E1%BB%87m%20v%E1%BB%A5.html")
    assert answer.status == 200
    assert "nhiệm vụ" in body.decode("utf-8")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.jsonld", "application/ld+json"),
        ("a.ttl", "text/turtle; charset=utf-8"),
        ("a.parquet", "application/vnd.apache.parquet"),
        ("a.sqlite", "application/vnd.sqlite3"),
        ("a.atom", "application/atom+xml"),
        ("a.wasm", "application/wasm"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.json", "application/json"),
        ("a.svg", "image/svg+xml"),
        ("a.csv", "text/csv; charset=utf-8"),
        ("A.CSV", "text/csv; charset=utf-8"),
        ("a.pf_index", "application/octet-stream"),
        ("none", "application/octet-stream"),
    ],
)
def test_a_file_is_sent_as_what_it_is(site: Site, name: str, kind: str) -> None:
    content = bytes(range(256)) * 300
    (site.folder / name).write_bytes(content)
    answer, body = site.ask(f"/{name}")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Content-Length"] == str(len(content))
    assert body == content


def test_every_type_is_told_in_lower_case_and_once() -> None:
    assert all(end == end.lower() and end.startswith(".") for end in TYPES)
    assert all("/" in kind for kind in TYPES.values())


def test_what_is_not_there_is_answered_by_the_page_for_it(site: Site) -> None:
    answer, body = site.ask("/vi/nothing.html")
    assert answer.status == 404
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"<h1>404.html" in body
    assert site.lines == ["not there: '/vi/nothing.html'"]


def test_without_such_a_page_it_is_said_in_words(site: Site) -> None:
    (site.folder / "404.html").unlink()
    answer, body = site.ask("/nothing")
    assert (answer.status, body) == (404, b"not found\n")


def test_a_folder_is_never_listed(site: Site) -> None:
    answer, body = site.ask("/data/")
    assert answer.status == 404
    assert b"plan.csv" not in body


@pytest.mark.parametrize(
    ("path", "target"),
    [("/vi", "/vi/"), ("/vi?q=a", "/vi/?q=a"), ("/data", "/data/"), ("//vi", "/vi/")],
)
def test_a_folder_without_its_slash_is_sent_on_within_the_site(
    site: Site, path: str, target: str
) -> None:
    answer, _ = site.ask(path)
    assert answer.status == 301
    assert answer.headers["Location"] == target


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/vi/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/vi/..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "/../site-beside/index.html",
        "/../site-beside/",
        "/index.html%00.txt",
        "/%ff%fe",
        f"/{'a' * 5000}",
        "/index.html/",
        "/./index.html",
    ],
)
def test_nothing_outside_is_shown_however_it_is_asked_for(site: Site, path: str) -> None:
    answer, body = site.ask(path)
    assert answer.status == 404
    assert b"secret" not in body


def test_an_absolute_path_is_one_within_the_site(site: Site) -> None:
    answer, body = site.ask(str(site.folder.parent / "secret.txt"))
    assert answer.status == 404
    assert b"secret" not in body


def test_links_that_lead_outside_are_not_followed(site: Site) -> None:
    (site.folder / "out.txt").symlink_to(site.folder.parent / "secret.txt")
    (site.folder / "out").symlink_to(site.folder.parent, target_is_directory=True)
    (site.folder / "vi2").symlink_to(site.folder.parent / "site-beside", target_is_directory=True)
    (site.folder / "circle").symlink_to(site.folder / "circle")
    for path in ("/out.txt", "/out/secret.txt", "/vi2/", "/vi2/index.html", "/vi2", "/circle"):
        answer, body = site.ask(path)
        assert answer.status == 404, path
        assert b"secret" not in body


def test_a_link_within_the_site_is_followed(site: Site) -> None:
    (site.folder / "latest.csv").symlink_to(site.folder / "data" / "plan.csv")
    assert site.ask("/latest.csv")[0].status == 200


def test_an_index_that_leads_outside_is_not_followed(site: Site) -> None:
    (site.folder / "data" / "index.html").symlink_to(site.folder.parent / "secret.txt")
    answer, body = site.ask("/data/")
    assert answer.status == 404
    assert b"secret" not in body


def test_the_headers_are_those_of_a_good_host(site: Site) -> None:
    for path in ("/", "/data/plan.csv", "/nothing"):
        headers = site.ask(path)[0].headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert headers["Cache-Control"] == "no-cache"
        assert headers["Server"] == "plan155"


def test_a_page_is_sent_with_its_own_policy_and_may_not_be_framed(site: Site) -> None:
    for path in ("/", "/vi/", "/nothing"):
        told = site.ask(path)[0].headers["Content-Security-Policy"]
        assert told == f"{POLICY}; frame-ancestors 'self'"


def test_a_page_without_a_policy_gets_none_but_that_on_frames(site: Site) -> None:
    (site.folder / "plain.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    told = site.ask("/plain.html")[0].headers["Content-Security-Policy"]
    assert told == "frame-ancestors 'self'"


def test_a_policy_cannot_bring_a_header_of_its_own(site: Site) -> None:
    page = PAGE.replace("default-src", "x\r\nSet-Cookie: a=b\r\ndefault-src")
    (site.folder / "plain.html").write_bytes(page.encode())
    headers = site.ask("/plain.html")[0].headers
    assert headers["Set-Cookie"] is None
    assert headers["Content-Security-Policy"] == "frame-ancestors 'self'"


def test_a_drawing_may_run_nothing(site: Site) -> None:
    (site.folder / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    told = site.ask("/a.svg")[0].headers["Content-Security-Policy"]
    assert told.startswith("default-src 'none'")


def test_head_tells_the_same_and_sends_nothing(site: Site) -> None:
    answer, body = site.ask("/data/plan.csv", "HEAD")
    assert (answer.status, body) == (200, b"")
    whole = site.ask("/data/plan.csv")[0]
    names = ("Content-Type", "Content-Length", "Last-Modified")
    assert [answer.headers[name] for name in names] == [whole.headers[name] for name in names]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_written(site: Site, method: str) -> None:
    assert site.ask("/index.html", method)[0].status == 501


@pytest.mark.parametrize("host", ["evil.example.org", "evil.example.org:80", "127.0.0.1.evil.org"])
def test_a_page_from_elsewhere_cannot_read_it_under_a_name_of_its_own(
    site: Site, host: str
) -> None:
    answer, body = site.ask("/data/plan.csv", host=host)
    assert answer.status == 421
    assert b"a,b" not in body


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8155", "LocalHost"])
def test_it_answers_to_the_names_of_this_machine(site: Site, host: str) -> None:
    assert site.ask("/data/plan.csv", host=host)[0].status == 200


@pytest.mark.parametrize("path", ["//[", "http://[::1", "*", "", "/a b", "?"])
def test_an_odd_request_breaks_nothing(site: Site, path: str) -> None:
    told = site.raw(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    assert told.split(b" ", 2)[1] in (b"200", b"400", b"404") or told.startswith(b"<")
    assert site.ask("/")[0].status == 200


def test_it_listens_to_this_machine_alone(site: Site) -> None:
    assert site.preview.server_address[0] == "127.0.0.1"


def test_several_visitors_are_answered_at_once(site: Site) -> None:
    with socket.create_connection((HOST, site.preview.server_address[1]), timeout=30) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\n")  # and never ends its request
        assert site.ask("/")[0].status == 200


def test_a_visitor_who_goes_away_is_not_told_as_a_fault(
    site: Site, capfd: pytest.CaptureFixture[str]
) -> None:
    (site.folder / "large.zip").write_bytes(bytes(20_000_000))
    with socket.create_connection((HOST, site.preview.server_address[1]), timeout=30) as line:
        line.sendall(b"GET /large.zip HTTP/1.1\r\nHost: localhost\r\n\r\n")
        line.recv(1000)
    assert site.ask("/")[0].status == 200
    assert capfd.readouterr().err == ""


def test_what_was_made_meanwhile_is_shown(site: Site) -> None:
    (site.folder / "data" / "plan.csv").write_bytes(b"new\n")
    assert site.ask("/data/plan.csv")[1] == b"new\n"


def test_a_port_in_use_is_told_with_the_option(folder: Path, site: Site) -> None:
    port = site.preview.server_address[1]
    with pytest.raises(UserError, match="the port is in use") as refused:
        open_preview(folder, port)
    assert f"127.0.0.1:{port}" in refused.value.where
    assert "--port" in refused.value.mend


def test_a_folder_without_a_site_is_told_with_the_command(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no site to show") as refused:
        open_preview(tmp_path)
    assert "plan155 publish" in refused.value.mend


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal for one process")
def test_ctrl_c_ends_it_quietly_with_code_0(folder: Path) -> None:
    code = (
        "import signal, sys; from pathlib import Path; from analysis.publish.serve import serve; "
        "signal.signal(signal.SIGINT, signal.default_int_handler); serve(Path(sys.argv[1]))"
    )
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", code, str(folder)]
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        address = first.split()[0]
        assert address.startswith("http://127.0.0.1:")
        connection = http.client.HTTPConnection(address.removeprefix("http://").rstrip("/"))
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        process.send_signal(signal.SIGINT)
        _, error = process.communicate()
    assert process.returncode == 0
    assert error == ""


DOCS = [Path(__file__).parents[2] / "docs" / f"publishing{end}.md" for end in ("", ".vi")]


def blocks(page: Path) -> list[str]:
    """Return the fenced blocks of a page."""
    return page.read_text(encoding="utf-8").split("```")[1::2]


def test_both_languages_of_the_page_show_the_same_commands_and_settings() -> None:
    english, vietnamese = map(blocks, DOCS)
    assert english == vietnamese
    assert len(english) == 5


def test_the_server_of_the_page_tells_the_types_that_the_preview_tells() -> None:
    settings = next(each for each in blocks(DOCS[0]) if each.startswith("nginx"))
    listed = settings.partition("types {")[2].partition("}")[0].split(";")
    told = dict(reversed(each.split()) for each in listed if each.strip())
    assert len(told) == 7
    for end, kind in told.items():
        assert TYPES[f".{end}"].partition(";")[0] == kind


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_every_option_of_the_page_is_one_of_the_command(page: Path) -> None:
    from analysis.cli import publish

    known = {name for option in publish.params for name in option.opts}
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) - {"--delete", "--language"}
    assert named
    assert named <= known
