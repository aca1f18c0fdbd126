"""How a run works, as opposed to what it makes."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from analysis.errors import UserError

WARM, STANDARD = "warm", "standard"
"""Engines: the cells run in a fork of a warm process, or in a kernel process of their own."""

CAN_FORK = sys.platform == "linux"
"""Elsewhere a fork of a process that has used its system's libraries is not safe, or missing."""

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
"""The environment of every process that runs a notebook."""

KEPT_DATA, KEPT_DAY = "PLAN155_KEPT_DATA", "PLAN155_KEPT_DAY"
"""Tell the process from which workers are forked what data to read, and for which day."""

PERSONAL_ENVIRONMENT = ("MATPLOTLIBRC", "MPLBACKEND", "PYTHONSTARTUP")
"""What a user has set for other work must not steer a report."""


@dataclass(frozen=True)
class Limits:
    """How long things may take, in seconds, and how much memory.

    Parameters
    ----------
    cell
        One cell of a notebook.
    notebook
        A whole notebook, its page included.
    start
        The start of a kernel.
    memory
        How much memory one notebook may take for its data, in MB (only Linux enforces it).
    """

    cell: int = 120
    notebook: int = 600
    start: int = 60
    memory: int = 2048


@dataclass(frozen=True)
class Settings:
    """Where a run reads and writes, and how hard it works.

    Parameters
    ----------
    notebooks
        The folder of ``trend.ipynb`` and ``gap.ipynb``.
    outputs
        The folder to write into.
    workers
        How many notebooks run at once.
    limits
        How long things may take.
    engine
        What runs the cells: :data:`WARM` or :data:`STANDARD`.
    scheduler
        The address of a Dask cluster that does the jobs (:mod:`analysis.runs.cluster`); empty:
        this machine does them.
    """

    notebooks: Path
    outputs: Path
    workers: int = 1
    limits: Limits = field(default_factory=Limits)
    engine: str = STANDARD
    scheduler: str = ""


def choose_engine(asked: str) -> str:
    """Return the engine that is asked for; without a wish, the fast one where it can be.

    Raises
    ------
    UserError
        If there is no such engine, or it cannot work on this system.
    """
    if asked not in ("", WARM, STANDARD):
        raise UserError(f"there is no engine {asked!r}", "--engine", f"use {WARM} or {STANDARD}")
    if asked == WARM and not CAN_FORK:
        what = f"the engine {WARM} needs Linux; this is {sys.platform}"
        raise UserError(what, "--engine", f"use {STANDARD}, or leave it out")
    return asked or (WARM if CAN_FORK else STANDARD)


def cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
