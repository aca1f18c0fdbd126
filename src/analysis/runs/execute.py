"""One job, in the process made for it: run the notebook, check what it left, export the page."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

from analysis.runs import accept
from analysis.runs.failure import Failure, last_started, read_notebook
from analysis.runs.html import Page
from analysis.runs.job import Job
from analysis.runs.parameters import Value
from analysis.runs.settings import Limits

SINGLE_THREADED = (
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
CHILD_ENVIRONMENT = {
    **dict.fromkeys(SINGLE_THREADED, "1"),
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # else each kernel warns of frozen modules
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",  # under cron there is no locale
}
STOPPING = threading.Event()
PERSONAL_ENVIRONMENT = ("MATPLOTLIBRC", "MPLBACKEND", "PYTHONSTARTUP")


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
    """

    job: Job
    notebook: str
    folder: Path
    parameters: Mapping[str, Value]
    limits: Limits
    page: Page


class Stopped(SystemExit):
    """The run wants this worker to end; asyncio lets a SystemExit through, wherever it strikes."""


def serve(order: Order, answer: Connection) -> None:
    """Do one job and send its failure, or ``None``; the entry point of a worker process."""
    os.setsid()  # an interrupt typed at the terminal reaches the run only, which then ends us
    signal.signal(signal.SIGTERM, _stop)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _prepare(order.folder)
    try:
        failure = perform(order)
    except Stopped:
        sys.exit(128 + signal.SIGTERM)
    except BaseException as error:
        logging.exception("the worker stumbled")
        failure = Failure("worker", f"{type(error).__name__}: {error}")
    answer.send(failure)
    answer.close()


def _stop(signum: int, _: object) -> NoReturn:
    STOPPING.set()
    signal.signal(signum, signal.SIG_IGN)  # once is enough: the kernel is being ended
    raise Stopped


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _prepare(folder: Path) -> None:
    """Work in the job's folder, with everything that is said going into its log."""
    os.chdir(folder)
    log = os.open(accept.LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)
    form = "%(asctime)s %(levelname)s %(message)s"
    logging.basicConfig(level=logging.WARNING, format=form, stream=sys.stderr, force=True)
    logging.getLogger("papermill").setLevel(logging.INFO)
    for name in PERSONAL_ENVIRONMENT:
        os.environ.pop(name, None)
    os.environ.update(CHILD_ENVIRONMENT, IPYTHONDIR=str(folder.parent / "ipython"))


def perform(order: Order) -> Failure | None:
    """Run, check and export; return the first failure, or ``None`` for a good report.

    The working directory must be the job's folder.
    """
    failure = run_notebook(order)
    if failure is None:
        faults = accept.faults(Path(), order.job)
        failure = Failure("results", "; ".join(faults)) if faults else export(order.page)
    if failure is not None:
        logging.error("%s", failure)
    return failure


def export(page: Page) -> Failure | None:
    """Write ``report.html``."""
    from analysis.runs.html import write_page

    try:
        write_page(Path(accept.NOTEBOOK), Path("report.html"), page)
    except Exception as error:
        logging.exception("export to HTML failed")
        return Failure("page", f"export to HTML failed: {type(error).__name__}: {error}")
    return None


def run_notebook(order: Order) -> Failure | None:
    """Run the notebook; once more if its kernel did not start, which a busy machine can cause."""
    failure = _attempt(order)
    if failure is not None and failure.stage == "kernel" and failure.cell is None:
        logging.warning("%s; trying once more", failure)
        failure = _attempt(order)
    return failure


def _attempt(order: Order) -> Failure | None:
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    try:
        _papermill(order)
    except PapermillExecutionError as error:
        logging.info("%s", error)
        return Failure("cell", f"{error.ename}: {error.evalue}", error.cell_index + 1)
    except CellTimeoutError:
        what = f"ran longer than {order.limits.cell} s, the limit for one cell"
        return Failure("time", what, _last_cell())
    except DeadKernelError:
        what = "the kernel died: out of memory, killed, or a crash inside a library"
        return Failure("kernel", what, _last_cell())
    except Exception as error:
        if STOPPING.is_set():  # it came up while the kernel was being ended
            raise Stopped from error
        logging.exception("papermill failed")
        return Failure("kernel", f"{type(error).__name__}: {error}", _last_cell())
    return None


def _papermill(order: Order) -> None:
    from papermill import execute_notebook

    from analysis.runs.kernel import KERNEL_NAME, OwnKernelManager

    execute_notebook(
        order.notebook,
        accept.NOTEBOOK,
        parameters=dict(order.parameters),
        kernel_name=KERNEL_NAME,
        language="python",
        progress_bar=False,
        log_output=True,
        cwd=".",
        start_timeout=order.limits.start,
        execution_timeout=order.limits.cell,
        kernel_manager_class=OwnKernelManager,
        shutdown_kernel="immediate",
    )


def _last_cell() -> int | None:
    saved: Mapping[str, Any] = read_notebook(Path(accept.NOTEBOOK)) or {}
    return last_started(saved.get("cells", []))
