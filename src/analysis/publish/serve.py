"""Shows a site on this machine as a good web server would, to this machine alone."""

from __future__ import annotations

import errno
import html
import os
import re
import shutil
import socketserver
import sys
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import IO, Final
from urllib.parse import unquote_to_bytes

import click

from analysis.errors import UserError

HOST: Final = "127.0.0.1"
NAMES: Final = frozenset({HOST, "localhost"})
INDEX: Final = "index.html"
NOT_FOUND: Final = "404.html"

TYPES: Final = {
    ".atom": "application/atom+xml",
    ".cff": "text/yaml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".ipynb": "application/x-ipynb+json",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".sqlite": "application/vnd.sqlite3",
    ".svg": "image/svg+xml",
    ".ttl": "text/turtle; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".yaml": "text/yaml; charset=utf-8",
    ".zip": "application/zip",
}
"""Content types by the end of a file's name; any other file is sent as bytes."""

BYTES: Final = "application/octet-stream"
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",  # the next look shall show what was made meanwhile
}
FRAMES: Final = "frame-ancestors 'self'"
DRAWING: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""The policy of a drawing that is opened by itself."""

_POLICY: Final = re.compile(
    rb"""<meta\s+http-equiv=["']?Content-Security-Policy["']?\s+content="([^"]*)\"""", re.IGNORECASE
)
_HEAD: Final = 16_384  # a page's policy comes before anything that it could forbid


def serve(folder: Path, port: int = 0, report: Callable[[str], None] = click.echo) -> None:
    """Show a site until Ctrl-C, to this machine alone.

    Parameters
    ----------
    folder
        The folder of the site.
    port
        Where; 0: any that is free.
    report
        Is told the address, and every file that was asked for and is not there.

    Raises
    ------
    UserError
        If there is no site, or the port cannot be had.
    """
    with open_preview(folder, port, report) as preview:
        report(f"{preview.address}  (this machine only; Ctrl-C ends it)")
        try:
            preview.serve_forever()
        except KeyboardInterrupt:
            report("")  # the terminal shows ^C at the start of this line


def open_preview(
    folder: Path, port: int = 0, report: Callable[[str], None] = click.echo
) -> Preview:
    """Return a server of a site that listens, and does not answer yet; see :func:`serve`."""
    if not (folder / INDEX).is_file():
        raise UserError("there is no site to show", str(folder), "run `plan155 publish`")
    try:
        return Preview(folder, port, report)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            what, mend = "the port is in use", "name another with --port, or 0 for any that is free"
        else:
            what, mend = f"the port cannot be had: {error.strerror}", "name another with --port"
        raise UserError(what, f"{HOST}:{port}", mend) from None


class Preview(ThreadingHTTPServer):
    """A server of one folder on the loopback.

    Parameters
    ----------
    folder
        The folder.
    port
        The port; 0: any that is free.
    report
        Is told what is not there.
    """

    daemon_threads = True

    def __init__(self, folder: Path, port: int, report: Callable[[str], None]) -> None:
        self.folder = folder.resolve()
        self.report = report
        super().__init__((HOST, port), Visit)

    @property
    def address(self) -> str:
        """The address of the first page."""
        return f"http://{HOST}:{self.server_address[1]}/"

    def server_bind(self) -> None:
        """Bind, without asking the network for the name of this machine."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing if a browser has gone away; all else is a fault of ours."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Visit(BaseHTTPRequestHandler):
    """Answers one visitor."""

    protocol_version = "HTTP/1.1"
    timeout = 30
    server: Preview

    def do_GET(self) -> None:
        """Send a file."""
        self._answer()

    def do_HEAD(self) -> None:
        """Send what is told of a file."""
        self._answer()

    def version_string(self) -> str:
        """Return what is told of this server: no versions."""
        return "plan155"

    def log_message(self, *_: object) -> None:
        """Say nothing: what is not there is told elsewhere."""

    def _answer(self) -> None:
        if (
            self.headers.get("Host", "").partition(":")[0].lower() not in NAMES
        ):  # a page from elsewhere that gave its own name to this address
            self._send_text(HTTPStatus.MISDIRECTED_REQUEST, "only for this machine")
            return
        path, _, query = self.path.partition("?")
        place = find(self.server.folder, path)
        if place is not None and place.is_dir():
            if not path.endswith("/"):
                self._send_on(path, query)
                return
            place = find(self.server.folder, f"{path}{INDEX}")
        if place is None:
            self._send_not_found(path)
        else:
            self._send_file(HTTPStatus.OK, place)

    def _send_on(self, path: str, query: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        target = f"/{path.strip('/')}/"  # two slashes at its start would name another host
        self.send_header("Location", f"{target}?{query}" if query else target)
        self._end({"Content-Length": "0"})

    def _send_not_found(self, path: str) -> None:
        self.server.report(f"not there: {path!r}")
        page = find(self.server.folder, f"/{NOT_FOUND}")
        if page is None:
            self._send_text(HTTPStatus.NOT_FOUND, "not found")
        else:
            self._send_file(HTTPStatus.NOT_FOUND, page)

    def _send_text(self, status: HTTPStatus, text: str) -> None:
        content = f"{text}\n".encode()
        self.send_response(status)
        self._end({"Content-Type": TYPES[".txt"], "Content-Length": str(len(content))})
        self._write(BytesIO(content))

    def _send_file(self, status: HTTPStatus, place: Path) -> None:
        with place.open("rb") as file:
            told = os.fstat(file.fileno())
            self.send_response(status)
            headers = {
                "Content-Type": TYPES.get(place.suffix.lower(), BYTES),
                "Content-Length": str(told.st_size),
                "Last-Modified": self.date_time_string(int(told.st_mtime)),
            }
            policy = policy_of(place.suffix.lower(), file.read(_HEAD))
            if policy:
                headers["Content-Security-Policy"] = policy
            file.seek(0)
            self._end(headers)
            self._write(file)

    def _end(self, headers: dict[str, str]) -> None:
        for name, value in (HEADERS | headers).items():
            self.send_header(name, value)
        self.end_headers()

    def _write(self, content: IO[bytes]) -> None:
        if self.command != "HEAD":
            shutil.copyfileobj(content, self.wfile)


def find(folder: Path, path: str) -> Path | None:
    """Return the file or folder that the path of an address means; None if there is none.

    Parameters
    ----------
    folder
        The folder of the site, without links in its own path.
    path
        The path, with ``%`` codes as it came.

    Returns
    -------
    pathlib.Path or None
        Never a place outside of the folder, however the path is written and wherever links lead.
    """
    if not path.startswith("/"):
        return None
    try:
        parts = unquote_to_bytes(path).decode("utf-8").split("/")
        if any(part in (".", "..") or "\\" in part or "\0" in part for part in parts):
            return None
        place = folder.joinpath(*filter(None, parts)).resolve()
        fits = place.is_dir() or (place.is_file() and parts[-1] and os.access(place, os.R_OK))
        return place if fits and place.is_relative_to(folder) else None
    except (ValueError, OSError, RuntimeError):  # no UTF-8, a name too long, links in a circle
        return None


def policy_of(suffix: str, head: bytes) -> str:
    """Return the content security policy to be sent with a file; empty: none.

    A page gets its own policy and what a page cannot say itself: who may frame it. Scripts get
    none, for that of a worker would be other than that of its page.

    Parameters
    ----------
    suffix
        The end of the file's name.
    head
        The start of the file.
    """
    if suffix == ".svg":
        return f"{DRAWING}; {FRAMES}"
    if suffix != ".html":
        return ""
    found = _POLICY.search(head)
    own = html.unescape(found[1].decode("utf-8")) if found else ""
    return f"{own.rstrip('; ')}; {FRAMES}" if own and own.isprintable() else FRAMES
