"""A portal that is out of order in one way; in all others it says what a real CKAN has said."""

from __future__ import annotations

import json
import socket
import struct
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

from tests.publish.ckan.exchanges import Conversation, Desk, action_of

Answer = dict[str, Any]
Behaviour = Callable[[Desk], Answer]
FIRST = Path(__file__).parent / "recorded" / "2.12.0" / "a_first_upload_makes_a_public_dataset.json"


class Broken(Conversation):
    """A portal on which one action goes wrong.

    Parameters
    ----------
    action
        The action that goes wrong, each time.
    behaviour
        What it does instead; None: it takes some bytes of the request and breaks the connection.
    """

    def __init__(self, action: str, behaviour: Behaviour | None) -> None:
        super().__init__()
        told = json.loads(FIRST.read_text(encoding="utf-8"))["exchanges"]
        self.said = {each["request"]["action"]: each["answer"] for each in reversed(told)}
        self.action = action
        self.behaviour = behaviour
        self.asked: Counter[str] = Counter()
        self.headers: list[dict[str, str]] = []

    def takes(self, desk: Desk) -> bool:
        self.asked[action_of(desk)] += 1
        self.headers.append(dict(desk.headers))
        if self.behaviour is not None or action_of(desk) != self.action:
            return True
        desk.rfile.read(10)
        at_once = struct.pack("ii", 1, 0)
        desk.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
        desk.connection.close()
        return False

    def answer(self, desk: Desk, _: bytes) -> Answer:
        action = action_of(desk)
        if action == self.action and self.behaviour is not None:
            return self.behaviour(desk)
        made = self.asked["package_create"] and self.action != "package_create"
        if action == "package_show" and made:
            return dict(self.said["package_create"])
        return dict(self.said[action])


def says(status: int, body: str, kind: str = "text/html", **headers: str) -> Behaviour:
    """Return the behaviour of a portal that says the same each time."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: {"status": status, "type": kind, "body": body, "headers": names}


def fault(status: int, **error: Any) -> Behaviour:
    """Return the behaviour of a portal that tells an error as CKAN does."""
    body = json.dumps({"help": "", "success": False, "error": error})
    return says(status, body, "application/json")


def silent(until: Event) -> Behaviour:
    """Return the behaviour of a portal that does not answer until it is told to."""

    def wait(_: Desk) -> Answer:
        until.wait()
        return {}

    return wait
