"""Conversations with CKAN: recorded between an upload and a real portal, and played back.

An exchange is one request and its answer, as JSON:

``request``
    ``token``: whose token it carried (a label, never the token); ``method``; ``action``; and
    ``query``, ``json`` or ``form`` with ``file`` (name, content type, size and SHA-256).
``answer``
    ``status``, ``type`` and ``body``; or ``lost``: CKAN has answered, but the answer never came;
    or ``cut``: the request never got there.
"""

from __future__ import annotations

import hashlib
import http.client
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

Exchange = dict[str, Any]


class Desk(BaseHTTPRequestHandler):
    """Takes requests to the action API and hands them to the server's ``answer``."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # else head and body go in two packets, and each waits for the other
    server: Conversation

    def handle_all(self) -> None:
        if not self.server.takes(self):
            self.close_connection = True
            return
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        answer = self.server.answer(self, body)
        if "status" not in answer:
            self.close_connection = True
            return
        content = answer["body"].encode()
        self.send_response(answer["status"])
        self.send_header("Content-Type", answer["type"])
        self.send_header("Content-Length", str(len(content)))
        for name, value in answer.get("headers", {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self) -> None:
        self.handle_all()

    def do_POST(self) -> None:
        self.handle_all()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Conversation(ThreadingHTTPServer):
    """A server on the loopback that takes the place of a portal."""

    daemon_threads = True
    tokens: ClassVar[Mapping[str, str]]

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Desk)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def takes(self, _: Desk) -> bool:
        """Return whether the body of a request is read at all."""
        return True

    def answer(self, desk: Desk, body: bytes) -> dict[str, Any]:
        raise NotImplementedError

    @contextmanager
    def open(self) -> Iterator[None]:
        thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield
        finally:
            self.shutdown()
            thread.join()
            self.server_close()


class Recorder(Conversation):
    """Hands requests on to a real portal, keeps what was said, and can lose an answer.

    Parameters
    ----------
    portal
        The address of the real portal.
    tokens
        The tokens by label.
    replacing
        What of the real portal is written otherwise into the recording.
    """

    def __init__(
        self, portal: str, tokens: Mapping[str, str], replacing: Mapping[str, str]
    ) -> None:
        super().__init__()
        self.portal = portal
        self.tokens = tokens
        self.replacing = replacing
        self.exchanges: list[Exchange] = []
        self.faults: list[tuple[str, str]] = []

    def answer(self, desk: Desk, body: bytes) -> dict[str, Any]:
        request = told(desk, body, self.tokens)
        fault = self._fault(request["action"])
        answer: dict[str, Any] = {"cut": True} if fault == "cut" else self._asked(desk, body)
        kept = {"lost": True} if fault == "lost" else answer
        self.exchanges.append(self._sanitised({"request": request, "answer": kept}))
        return kept

    def _fault(self, action: str) -> str:
        if self.faults and self.faults[0][0] == action:
            return self.faults.pop(0)[1]
        return ""

    def _asked(self, desk: Desk, body: bytes) -> dict[str, Any]:
        parts = urlsplit(self.portal)
        connection = http.client.HTTPConnection(parts.netloc, timeout=60)
        names = ("Content-Type", "Authorization", "X-CKAN-API-Key", "User-Agent")
        headers = {name: desk.headers[name] for name in names if desk.headers[name]}
        connection.request(desk.command, f"{parts.path}{desk.path}", body or None, headers)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return {
            "status": response.status,
            "type": response.headers.get("Content-Type", ""),
            "body": text,
        }

    def _sanitised(self, exchange: Exchange) -> Exchange:
        text = json.dumps(exchange)
        for real, written in self.replacing.items():
            text = text.replace(real, written)
        return json.loads(text)


class Player(Conversation):
    """Answers as a recording says, and only the requests of the recording, in their order.

    Parameters
    ----------
    exchanges
        The recording.
    tokens
        The tokens by label.
    """

    def __init__(self, exchanges: list[Exchange], tokens: Mapping[str, str]) -> None:
        super().__init__()
        self.left = list(exchanges)
        self.tokens = tokens
        self.complaints: list[str] = []

    def answer(self, desk: Desk, body: bytes) -> dict[str, Any]:
        request = told(desk, body, self.tokens)
        expected = self.left[0]["request"] if self.left else None
        if request != expected:
            self.complaints.append(f"came:     {request}\nexpected: {expected}")
            return {"status": 418, "type": "text/plain", "body": "not in the recording"}
        return dict(self.left.pop(0)["answer"])


def told(desk: Desk, body: bytes, tokens: Mapping[str, str]) -> dict[str, Any]:
    """Return what a request says, without what differs from run to run."""
    parts = urlsplit(desk.path)
    action = action_of(desk)
    request: dict[str, Any] = {
        "token": _label(desk, tokens),
        "method": desk.command,
        "action": action,
    }
    kind = desk.headers.get("Content-Type", "")
    if desk.command == "GET":
        return request | {"query": dict(parse_qsl(parts.query, keep_blank_values=True))}
    if kind.startswith("multipart/form-data"):
        return request | _form(kind, body)
    return request | {"json": json.loads(body)}


def action_of(desk: Desk) -> str:
    """Return the name of the action that a request asks for."""
    return urlsplit(desk.path).path.removeprefix("/api/action/")


def _label(desk: Desk, tokens: Mapping[str, str]) -> str:
    given = {desk.headers.get(name) for name in ("Authorization", "X-CKAN-API-Key")}
    known = [label for label, token in tokens.items() if given == {token}]
    return known[0] if known else "none that is known"


def _form(kind: str, body: bytes) -> dict[str, Any]:
    message = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body, policy=HTTP)
    fields: dict[str, str] = {}
    sent: dict[str, Any] = {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if part.get_filename() is None:
            fields[name] = content.decode()
        else:
            sent[name] = {
                "name": part.get_filename(),
                "type": part.get_content_type(),
                "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
    return {"form": fields, "file": sent}
