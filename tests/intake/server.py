"""Runs commands of the command line, each in a process of its own that is forked off warm.

What a command needs is imported once, so that a dozen real processes cost no more than their work.
It reads one request a line, as JSON: ``run`` starts a command and answers with its process id,
``wait`` waits for the end of one and answers with its exit code (below zero: the signal).
"""

from __future__ import annotations

import fcntl
import gc
import json
import os
import signal
import sys
import termios
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.intake.ledger import committing

WATCHED = ("open", "os.rename", "os.mkdir", "shutil.rmtree", "tempfile.mkdtemp")
"""Events at which a process can be killed: it touches a file or folder."""


def serve() -> None:
    """Answer requests until there are no more."""
    _warm_up()
    print("ready", flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        if "wait" in request:
            _, status = os.waitpid(request["wait"], 0)
            print(os.waitstatus_to_exitcode(status), flush=True)
        else:
            print(_start(**request), flush=True)


def _warm_up() -> None:
    """Import all that an addition needs, and let be read once what stays the same."""
    import openpyxl  # noqa: F401

    from analysis import cli  # noqa: F401
    from analysis.intake import showing, vintages  # noqa: F401
    from analysis.intake.adding import Desk
    from analysis.results import generated_texts
    from tests.conftest import ROOT

    assert Desk.open(ROOT).background.known
    assert generated_texts(ROOT)
    gc.freeze()  # else each process looks through all of that anew


def _start(
    run: Sequence[str],
    out: str,
    tty: str = "",
    kill_at: int = 0,
    count: str = "",
    unchecked: bool = False,
) -> int:
    """Start a command in a process of its own and return its id.

    Parameters
    ----------
    run
        What is typed behind ``plan155``.
    out
        Where its outputs go: ``OUT.stdout`` and ``OUT.stderr``.
    tty
        The terminal at which it is typed, instead.
    kill_at
        The process is killed at this event of :data:`WATCHED`, counted from its start.
    count
        A file that gets the number of events, at the end of the process.
    unchecked
        Whether the whole package is not checked before rows are recorded.
    """
    pid = os.fork()
    if pid:
        return pid
    try:
        os.setsid()
        _connect(out, tty)
        if unchecked:
            setattr(committing, "_faults", lambda _: [])  # noqa: B010
        events = _watch(kill_at)
        code = _command(run)
        if count:
            number = len(events)
            Path(count).write_text(str(number))
    except BaseException:  # whatever it is, this process must end here
        import traceback

        traceback.print_exc()
        code = 99
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _connect(out: str, tty: str) -> None:
    """Lay the standard streams to files, or to a terminal that is then this process's own."""
    if tty:
        handle = os.open(tty, os.O_RDWR)
        fcntl.ioctl(handle, termios.TIOCSCTTY, 0)
        handles = [handle] * 3
    else:
        create = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        handles = [os.open(os.devnull, os.O_RDONLY)]
        handles += [os.open(f"{out}.{name}", create) for name in ("stdout", "stderr")]
    for number, handle in enumerate(handles):
        os.dup2(handle, number)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        mode = "w" if number else "r"
        setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def _watch(kill_at: int) -> list[str]:
    """Count the events; at one of them this process kills itself as ``kill -9`` does."""
    events: list[str] = []

    def look(event: str, _arguments: tuple[Any, ...]) -> None:
        if event not in WATCHED:
            return
        events.append(event)
        if len(events) == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(look)
    return events


def _command(run: Sequence[str]) -> int:
    from analysis.cli import main

    try:
        main(list(run), prog_name="plan155")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    return 0


if __name__ == "__main__":
    serve()
