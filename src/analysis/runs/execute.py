"""One job, in the process made for it: run the notebook, check what it left, export the page."""

from __future__ import annotations

import logging
import os
import resource
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

from analysis.runs import accept, descendants
from analysis.runs.failure import Failure, last_started, read_notebook
from analysis.runs.html import Page
from analysis.runs.job import Job
from analysis.runs.parameters import Value
from analysis.runs.settings import (
    CHILD_ENVIRONMENT,
    PERSONAL_ENVIRONMENT,
    STANDARD,
    WARM,
    Limits,
)
from analysis.words import asked_for

PATIENCE = 5.0
"""Seconds in which a worker that is to end may do so by itself."""

STOPPING = threading.Event()
LOGGED = {
    "analysis": "WARNING",
    "nbconvert": "WARNING",
    "papermill": "INFO",
    "traitlets": "WARNING",
}
LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Order:
    """All that a worker needs to know.

    Parameters
    ----------
    job
        What to make.
    notebook
        The notebook, relative to ``folder``, so that no saved file names a place on this machine.
    folder
        The empty folder to work in.
    parameters
        What the notebook is given; ``data`` and ``results`` are relative to ``folder``.
    limits
        How long things may take.
    page
        What the report's page says besides the notebook.
    engine
        What is to run the cells (:mod:`analysis.runs.settings`).
    """

    job: Job
    notebook: str
    folder: Path
    parameters: Mapping[str, Value]
    limits: Limits
    page: Page
    engine: str = STANDARD


@dataclass(frozen=True)
class Began:
    """A worker says that it begins with a cell (from 1), or with what follows them (``None``)."""

    cell: int | None


@dataclass(frozen=True)
class Ended:
    """A worker says how its job ended, what ran the cells, and which texts it is made with."""

    failure: Failure | None
    engine: str
    texts: tuple[str, ...] = ()


OnCell = Callable[["int | None"], object]


def _silent(_: int | None) -> None:
    """Tell nobody."""


class Stopped(SystemExit):
    """The run wants this worker to end; asyncio lets a SystemExit through, wherever it strikes."""


def serve(order: Order, answer: Connection) -> None:
    """Do one job and tell how it goes; the entry point of a worker process.

    Sends :class:`Began` before each cell, where the engine runs the cells in this process, and
    :class:`Ended` at last.
    """
    _stand_alone(order, answer)
    _prepare(order)
    engine = _engine(order)
    try:
        failure = perform(order, engine, _teller(answer))
    except Stopped:
        descendants.end_mine()
        sys.exit(128 + signal.SIGTERM)
    except BaseException as error:
        LOG.exception("the worker stumbled")
        failure = Failure("worker", f"{type(error).__name__}: {error}")
    answer.send(Ended(failure, engine, asked_for()))
    answer.close()


def _stand_alone(order: Order, answer: Connection) -> None:
    """See to it that this process ends when it should, and all that it starts with it."""
    os.setsid()  # an interrupt typed at the terminal reaches the run only, which then ends us
    descendants.adopt()
    os.register_at_fork(after_in_child=answer.close)  # else the run hears no end as long as it is
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(int(order.limits.notebook + 4 * PATIENCE))  # that far only without a run
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _teller(answer: Connection) -> OnCell:
    """Return what tells of each cell, and ends what a notebook has left running."""
    worker = os.getpid()

    def tell(cell: int | None) -> None:
        if os.getpid() != worker:  # the notebook has forked, and its copy goes on as if it were us
            os._exit(1)
        if cell is None:
            descendants.end_mine()
        answer.send(Began(cell))

    return tell


def _engine(order: Order) -> str:
    """Return the engine that can be used: cells need a fork of a process that is warm and whole."""
    if order.engine == STANDARD:
        return STANDARD
    from analysis.runs.engine import warm

    if not warm.READY:
        LOG.warning("the warm process could not be prepared (%s): a kernel is used", warm.WHY_NOT)
        return STANDARD
    warm.freshen()
    return WARM


def _stop(signum: int, _: object) -> NoReturn:
    STOPPING.set()
    signal.signal(signum, signal.SIG_IGN)  # once is enough: the kernel is being ended
    raise Stopped


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE)
        descendants.end_those_of(os.getpid())
        os.kill(os.getpid(), signal.SIGKILL)


def _prepare(order: Order) -> None:
    """Work in the job's folder, with everything that is said going into its log.

    The log has a file descriptor of its own, and the root logger stays as it is: what a notebook
    writes and logs is the notebook's.
    """
    os.chdir(order.folder)
    log = os.open(accept.LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(log, 1)
    os.dup2(log, 2)
    handler = logging.StreamHandler(os.fdopen(log, "w", encoding="utf-8"))
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    for name, level in LOGGED.items():
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
    backend = os.environ.get("MPLBACKEND")  # the warm process has set it for its forks
    inline = {"MPLBACKEND": backend} if order.engine == WARM and backend else {}
    for name in PERSONAL_ENVIRONMENT:
        os.environ.pop(name, None)
    os.environ.update(CHILD_ENVIRONMENT, IPYTHONDIR=str(order.folder.parent / "ipython"), **inline)
    _limit_memory(order.limits.memory)


def _limit_memory(megabytes: int) -> None:
    """Let this process, and each that it starts, fail with a MemoryError instead of starving all.

    Systems that do not know the limit (macOS) go without.
    """
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = megabytes * 2**20
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, most))


def perform(order: Order, engine: str = STANDARD, on_cell: OnCell = _silent) -> Failure | None:
    """Run, check and export; return the first failure, or ``None`` for a good report.

    The working directory must be the job's folder.

    Parameters
    ----------
    order
        What to do.
    engine
        What runs the cells.
    on_cell
        Told of each cell before it runs (warm engine only), and of ``None`` after the last.
    """
    failure = run_notebook(order, engine, on_cell)
    on_cell(None)
    if failure is None:
        faults = accept.faults(Path(), order.job)
        failure = Failure("results", "; ".join(faults)) if faults else export(order.page)
    if failure is not None:
        LOG.error("%s", failure)
    return failure


def export(page: Page) -> Failure | None:
    """Write ``report.html``."""
    from analysis.runs.html import write_page

    try:
        write_page(Path(accept.NOTEBOOK), Path("report.html"), page)
    except Exception as error:
        LOG.exception("export to HTML failed")
        return Failure("page", f"export to HTML failed: {type(error).__name__}: {error}")
    return None


def run_notebook(order: Order, engine: str = STANDARD, on_cell: OnCell = _silent) -> Failure | None:
    """Run the notebook; once more if its kernel did not start, which a busy machine can cause."""
    failure = _attempt(order, engine, on_cell)
    if failure is not None and failure.stage == "kernel" and failure.cell is None:
        LOG.warning("%s; trying once more", failure)
        failure = _attempt(order, engine, on_cell)
    return failure


def _attempt(order: Order, engine: str, on_cell: OnCell) -> Failure | None:
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    try:
        with _unmoved():
            _papermill(order, engine, on_cell)
    except PapermillExecutionError as error:
        if STOPPING.is_set():  # it struck inside a cell
            raise Stopped from error
        LOG.info("%s", error)
        return Failure("cell", f"{error.ename}: {error.evalue}", error.cell_index + 1)
    except CellTimeoutError:
        return Failure("time", too_long(order.limits.cell, "one cell"), _last_cell())
    except DeadKernelError:
        what = "the kernel died: out of memory, killed, or a crash inside a library"
        return Failure("kernel", what, _last_cell())
    except Exception as error:
        if STOPPING.is_set():  # it came up while the kernel was being ended
            raise Stopped from error
        LOG.exception("papermill failed")
        return Failure("kernel", f"{type(error).__name__}: {error}", _last_cell())
    return None


@contextmanager
def _unmoved() -> Iterator[None]:
    """Undo what a notebook that ran in this process could spoil for the checks after it."""
    here = Path.cwd()
    with warnings.catch_warnings():
        try:
            yield
        finally:
            os.chdir(here)


def too_long(seconds: int, what: str) -> str:
    """Return the sentence for something that overran its limit."""
    return f"ran longer than {seconds} s, the limit for {what}"


def _papermill(order: Order, engine: str, on_cell: OnCell) -> None:
    from papermill import execute_notebook

    from analysis.runs.kernel import KERNEL_NAME

    execute_notebook(
        order.notebook,
        accept.NOTEBOOK,
        parameters=dict(order.parameters),
        kernel_name=KERNEL_NAME,
        language="python",
        progress_bar=False,
        log_output=True,
        cwd=".",
        **_engine_options(order, engine, on_cell),
    )


def _engine_options(order: Order, engine: str, on_cell: OnCell) -> dict[str, Any]:
    if engine == WARM:
        from analysis.runs.engine import registered

        return {"engine_name": registered(), "on_cell": on_cell}
    from analysis.runs.kernel import OwnKernelManager

    return {
        "start_timeout": order.limits.start,
        "execution_timeout": order.limits.cell,
        "kernel_manager_class": OwnKernelManager,
        "shutdown_kernel": "immediate",
    }


def _last_cell() -> int | None:
    saved: Mapping[str, Any] = read_notebook(Path(accept.NOTEBOOK)) or {}
    return last_started(saved.get("cells", []))
