"""What a process imports once, so that the notebooks forked from it need not.

The order matters: first the settings that libraries read when they are imported, then the shell
(:mod:`.kernel`), then the libraries. A process with threads must not be forked.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path

from analysis.runs.settings import CHILD_ENVIRONMENT, PERSONAL_ENVIRONMENT

TASKS = Path("/proc/self/task")

READY = False
"""Whether this process, or the one that it was forked from, was made ready."""

WHY_NOT = "it was never asked to be"


def make_ready() -> None:
    """Import everything; a fault is kept for those that are forked, which then do without."""
    global READY, WHY_NOT  # noqa: PLW0603 # what a fork inherits is what is global
    try:
        _import_all()
    except Exception as error:
        WHY_NOT = f"{type(error).__name__}: {error}"
        return
    threads = len(list(TASKS.iterdir()))
    READY, WHY_NOT = threads == 1, f"it has {threads} threads"
    gc.collect()
    gc.freeze()  # what all share is left alone by the collectors, so that it stays shared


def _import_all() -> None:
    for name in PERSONAL_ENVIRONMENT:
        os.environ.pop(name, None)
    os.environ.update(CHILD_ENVIRONMENT)
    from analysis.runs.engine.kernel import own

    own()
    import bs4  # noqa: F401
    import great_tables  # noqa: F401
    import matplotlib.pyplot  # noqa: F401
    import pandas  # noqa: F401
    import papermill  # noqa: F401
    import seaborn  # noqa: F401

    import analysis.reports
    import analysis.runs.execute  # noqa: F401
    from analysis.runs.html import exporter
    from analysis.words import LANGUAGES, Words

    for language in LANGUAGES:
        exporter(language)
        Words(language)


def freshen() -> None:
    """Give a fork what it must not share with the others: numpy's state of chance."""
    import numpy as np

    np.random.seed()
