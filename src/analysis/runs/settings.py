"""How a run works, as opposed to what it makes."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Limits:
    """How long things may take, in seconds.

    Parameters
    ----------
    cell
        One cell of a notebook.
    notebook
        A whole notebook, its page included.
    start
        The start of a kernel.
    """

    cell: int = 120
    notebook: int = 600
    start: int = 60


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
    """

    notebooks: Path
    outputs: Path
    workers: int = 1
    limits: Limits = field(default_factory=Limits)


def cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
