"""ipykernel's own kernel and shell in this process, without sockets, threads or history.

It is made before any library is imported: pandas decides at its import whether it is in a
notebook, and pyplot then hooks itself into the shell.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from traitlets import Any as AnyTrait
from traitlets.config import Config

from analysis.runs.engine.recorder import Message, Recorder
from analysis.runs.engine.streams import Streams

INLINE = "module://matplotlib_inline.backend_inline"

Listener = Callable[[Message], None]


class QuietKernel(IPythonKernel):
    """A kernel that is asked by a call instead of a message."""

    iopub_socket = AnyTrait()
    io_loop = AnyTrait()


@dataclass(frozen=True)
class Own:
    """The kernel of this process and its parts, which ipykernel types as possibly missing."""

    kernel: Any
    shell: Any
    session: Recorder


@cache
def own() -> Own:
    """Return the kernel of this process, made at the first call."""
    os.environ["MPLBACKEND"] = INLINE  # as a kernel process does
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    config = Config()
    config.HistoryManager.enabled = False  # it would write to the home, from a thread
    session = Recorder(key=b"in this process")  # without a key it warns of an open line
    kernel: Any = QuietKernel(  # type: ignore[no-untyped-call]
        config=config,
        log=logging.getLogger("analysis.runs.engine"),
        session=session,
        iopub_socket=object(),
        shell_channel_thread=SimpleNamespace(parent_thread=threading.current_thread()),
    )
    kernel.shell.enable_gui = _no_gui
    return Own(kernel, kernel.shell, session)


def _no_gui(gui: str | None = None) -> None:
    """Stand for the shell's own, which asks for a kernel that serves sockets.

    Raises
    ------
    NotImplementedError
        If a real window system is asked for.
    """
    if gui not in (None, "inline"):
        raise NotImplementedError(f"no windows ({gui}) in a run: use %matplotlib inline")


class Executor:
    """Runs cells one after another, each as a kernel would that is asked by a front end.

    Parameters
    ----------
    listener
        Gets the messages about a cell, as a front end would.
    """

    def __init__(self, listener: Listener) -> None:
        self._own = own()
        self._own.session.listener = listener
        self._streams = Streams(self._written)
        self._loop = asyncio.new_event_loop()
        self._own.kernel.io_loop = SimpleNamespace(add_callback=self._loop.call_soon_threadsafe)
        asyncio.set_event_loop(self._loop)

    def execute(self, source: str, cell_id: str) -> Message:
        """Run a cell and return the kernel's reply."""
        own_ = self._own
        self._send("status", {"execution_state": "busy"})
        count = own_.shell.execution_count
        self._send("execute_input", {"code": source, "execution_count": count})
        asked = own_.kernel.do_execute(source, silent=False, store_history=True, cell_id=cell_id)
        with self._streams.taken():
            reply: Message = self._loop.run_until_complete(asked)
        self._send("status", {"execution_state": "idle"})
        return own_.session.msg("execute_reply", reply)

    @property
    def language_info(self) -> Message:
        """What the kernel says of its language; it stands in the notebook."""
        info: Message = self._own.kernel.kernel_info["language_info"]
        return info

    def close(self) -> None:
        """End the loop of asynchronous cells."""
        asyncio.set_event_loop(None)
        self._loop.close()

    def _written(self, name: str, text: str) -> None:
        self._send("stream", {"name": name, "text": text})

    def _send(self, kind: str, content: Message) -> None:
        self._own.session.send(None, kind, content)
