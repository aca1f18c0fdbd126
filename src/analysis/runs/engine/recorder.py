"""In the place of a kernel's socket: what would be sent is kept, as it would arrive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jupyter_client.session import Session

Message = dict[str, Any]


class Recorder(Session):
    """A session that hands its messages to a listener in this process.

    Each message is packed and unpacked as on a real line, so that the listener gets exactly what a
    front end would (tuples as lists, for example), and what cannot be sent fails here as well.
    """

    listener: Callable[[Message], None] | None = None

    def send(
        self,
        stream: Any,  # noqa: ARG002 # a socket, elsewhere
        msg_or_type: Message | str,
        content: Message | None = None,
        parent: Message | None = None,
        *_: Any,
        metadata: Message | None = None,
        **__: Any,
    ) -> Message:
        """Hand a message over; the socket is not used."""
        message: Message = (
            msg_or_type
            if isinstance(msg_or_type, dict)
            else self.msg(msg_or_type, content, parent, metadata=metadata)
        )
        arrived = {**message, "content": self.unpack(self.pack(message["content"]))}
        if self.listener is not None:
            self.listener(arrived)
        return message
