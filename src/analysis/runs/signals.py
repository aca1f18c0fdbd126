"""Interrupts (Ctrl-C, and the SIGTERM of a scheduler), turned into a request to stop."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass
class Stop:
    """Whether the run should stop, and a file descriptor that becomes readable when it should.

    Parameters
    ----------
    fd
        The reading end of a pipe.
    signum
        The signal that came; 0 as long as none did.
    writing
        The writing end of the pipe.
    called_off
        Whether the run itself has found that it must not go on.
    """

    fd: int
    signum: int = 0
    writing: int | None = None
    called_off: bool = False

    @property
    def requested(self) -> bool:
        """Whether a signal came, or the run was called off."""
        return self.called_off or self.signum != 0

    def call_off(self) -> None:
        """Have the run stop as if a signal had come; any thread may call it."""
        self.called_off = True
        if self.writing is not None:
            os.write(self.writing, b"!")

    @property
    def exit_code(self) -> int:
        """What a shell expects of a command ended by that signal: 130 or 143."""
        return 128 + self.signum


@contextmanager
def interruptible() -> Iterator[Stop]:
    """Catch interrupts inside the block: a move that has begun is finished before the stop.

    Outside the main thread, where Python allows no handlers, the block runs without them.
    """
    reading, writing = os.pipe()
    stop = Stop(reading, writing=writing)

    def request(signum: int, _: object) -> None:
        if not stop.signum:
            stop.signum = signum
            os.write(writing, b"!")

    here = threading.current_thread() is threading.main_thread()
    before = {number: signal.signal(number, request) for number in SIGNALS} if here else {}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(reading)
        os.close(writing)
