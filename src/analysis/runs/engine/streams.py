"""What is written to stdout and stderr, by Python, by C code and by child processes.

Both file descriptors lead to a file for the time of a cell. Python's own streams first take down
what the files have got since, so that everything stands in the order in which it was written. Each
stream is sent on when it is flushed, as a kernel does: before anything is displayed, and at the
end of the cell.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from io import TextIOBase
from typing import IO

Emit = Callable[[str, str], None]
"""Takes the name of a stream and a text."""

DESCRIPTORS = {"stdout": 1, "stderr": 2}


class Streams:
    """Both streams of a process.

    Parameters
    ----------
    emit
        Gets what is written, in order.
    """

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._pending: dict[str, list[str]] = {name: [] for name in DESCRIPTORS}
        self._files: dict[str, IO[bytes]] = {}
        self._read: dict[str, int] = {}

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Take down what is written inside the block; afterwards everything is as it was."""
        before = sys.stdout, sys.stderr
        for stream in before:
            stream.flush()
        with ExitStack() as stack:
            for name, descriptor in DESCRIPTORS.items():
                stack.enter_context(self._redirected(name, descriptor))
            sys.stdout, sys.stderr = Stream(self, "stdout"), Stream(self, "stderr")
            try:
                yield
            finally:
                for name in DESCRIPTORS:
                    self.flush(name)
                sys.stdout, sys.stderr = before

    @contextmanager
    def _redirected(self, name: str, descriptor: int) -> Iterator[None]:
        saved = os.dup(descriptor)
        with tempfile.TemporaryFile(buffering=0) as file:
            self._files[name], self._read[name] = file, 0
            os.dup2(file.fileno(), descriptor)
            try:
                yield
            finally:
                os.dup2(saved, descriptor)
                os.close(saved)
                del self._files[name]

    def write(self, name: str, text: str) -> None:
        """Take down what Python writes."""
        self._drain(name)
        self._pending[name].append(text)

    def flush(self, name: str) -> None:
        """Send on everything that was written to one stream."""
        self._drain(name)
        text = "".join(self._pending[name])
        self._pending[name] = []
        if text:
            self._emit(name, text)

    def _drain(self, name: str) -> None:
        """Take down what went straight to the file descriptor."""
        file = self._files.get(name)
        if file is None:  # a thread that writes when the cell is over
            return
        size = os.fstat(file.fileno()).st_size - self._read[name]
        if size > 0:
            written = os.pread(file.fileno(), size, self._read[name])
            self._read[name] += len(written)
            self._pending[name].append(written.decode("utf-8", "replace"))


class Stream(TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of a cell."""

    encoding = "UTF-8"
    errors = "strict"

    def __init__(self, streams: Streams, name: str) -> None:
        self._streams = streams
        self.name = f"<{name}>"
        self._stream = name

    def write(self, text: str) -> int:
        """Take a text down.

        Raises
        ------
        TypeError
            If it is no text, as any text stream does.
        """
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._streams.write(self._stream, text)
        return len(text)

    def flush(self) -> None:
        """Send everything on that was written so far."""
        self._streams.flush(self._stream)

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def isatty(self) -> bool:
        """Tell that it is no terminal."""
        return False

    def fileno(self) -> int:
        """Return the file descriptor, for child processes and C code."""
        return DESCRIPTORS[self._stream]
