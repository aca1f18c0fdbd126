"""Commands in real processes, one after another or several at once, with or without a terminal."""

from __future__ import annotations

import codecs
import json
import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

PATIENCE = 120
"""Seconds after which a terminal that says nothing is given up, so that no test waits for ever."""


@dataclass(frozen=True)
class Done:
    """What came of a command."""

    code: int
    stdout: str
    stderr: str


class Server:
    """Starts commands in processes forked off a warm one (:mod:`tests.intake.server`)."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process, self._folder, self._number = process, folder, 0

    def ask(self, **request: Any) -> int:
        """Return the answer to a request."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(request), file=self._process.stdin, flush=True)
        return int(self._process.stdout.readline())

    def start(self, *arguments: object, **options: Any) -> Running:
        """Start a command."""
        self._number += 1
        out = str(self._folder / str(self._number))
        pid = self.ask(run=list(map(str, arguments)), out=out, **options)
        return Running(self, pid, out)

    def run(self, *arguments: object, **options: Any) -> Done:
        """Start a command and wait for its end."""
        return self.start(*arguments, **options).wait()


@dataclass(frozen=True)
class Running:
    """A command at work."""

    server: Server
    pid: int
    out: str

    def kill(self) -> None:
        """End it as ``kill -9`` does."""
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> Done:
        """Wait for its end."""
        code = self.server.ask(wait=self.pid)
        told = [Path(f"{self.out}.{name}") for name in ("stdout", "stderr")]
        return Done(code, *(path.read_text("utf-8") if path.exists() else "" for path in told))


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A server whose commands write into a folder."""
    command = [sys.executable, "-m", "tests.intake.server"]
    environment = os.environ | {
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "COLUMNS": "200",
        "PYTHONDONTWRITEBYTECODE": "1",  # so that every process touches the same files
    }
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout"), subprocess.PIPE)
    with subprocess.Popen(command, cwd=folder, env=environment, text=True, **pipes) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield Server(process, folder)


class Terminal:
    """A terminal at which a command is typed, and its questions answered."""

    def __init__(
        self, server: Server, arguments: tuple[object, ...], options: dict[str, Any]
    ) -> None:
        self._handle, self._other = pty.openpty()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._running = server.start(*arguments, tty=os.ttyname(self._other), **options)
        self.text = ""

    def until(self, words: str) -> str:
        """Read until these words stand there; return what was said since the last line typed."""
        while words not in self.text:
            more = self._read()
            assert more, f"{words!r} was never said:\n{self.text}"
            self.text += more
        return self.text

    def type(self, line: str) -> None:
        """Type a line; what was said before is forgotten."""
        self.text = ""
        os.write(self._handle, f"{line}\n".encode())

    def end(self) -> int:
        """Read to the end; return the exit code."""
        while more := self._read():
            self.text += more
        return self._running.wait().code

    def close(self) -> None:
        """Take the terminal away."""
        for handle in {self._handle, self._other} - {-1}:
            os.close(handle)

    def _read(self) -> str:
        ready, _, _ = select.select([self._handle], [], [], PATIENCE)
        assert ready, f"nothing more is said:\n{self.text}"
        try:
            data = os.read(self._handle, 65536)
        except OSError:  # the command has ended
            return ""
        if self._other >= 0:  # the command has its own end open by now
            os.close(self._other)
            self._other = -1
        return self._decoder.decode(data)


@contextmanager
def terminal(server: Server, *arguments: object, **options: Any) -> Iterator[Terminal]:
    """A command as somebody types it who sits at a terminal."""
    opened = Terminal(server, arguments, options)
    try:
        yield opened
    finally:
        opened.close()
